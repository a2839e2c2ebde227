Feature: Get a block
  A block is read by its id, also when it has given its seats back.

  Background:
    Given a show with rows A to B of 10 seats
    And the box office blocks seats A1 and A2 for "camera"

  Scenario: as it is now
    Given the box office unblocks seat A1
    When the box office looks at the block
    Then the answer has
      | reason     | camera |
      | releasedAt | null   |

  Scenario: a hold is no block
    Given Alice holds seat B1
    When the box office looks at a block with the id of Alice's hold
    Then the box office is refused: block_unknown
