Feature: Unblock seats
  What the box office withheld goes on sale again, all of it or some seats.

  Background:
    Given a show with rows A to B of 10 seats
    And the box office blocks seats A1, A2 and A3 for "house seats"

  Scenario: everything
    When the box office unblocks everything
    Then the block is over
    And every seat is available

  Scenario: some seats
    When the box office unblocks seat A2
    Then seat A2 is available
    And seats A1 and A3 are blocked
    And the block has seats A1 and A3

  Scenario: twice is as good as once
    Given the box office unblocks everything
    And Alice holds seat A1
    When the box office unblocks everything
    Then the block is over
    And seat A1 is held

  Scenario: seats that are not in the block
    When the box office asks to unblock seats A1 and B1
    Then the box office is refused: seats_not_in_block, because of
      | seat | reason  |
      | B1   | unknown |
    And seats A1, A2 and A3 are blocked

  Scenario: a block that was never there
    When the box office asks to unblock a block that does not exist
    Then the box office is refused: block_unknown
