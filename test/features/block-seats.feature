Feature: Block seats
  The box office withholds seats from sale, with a reason: house seats, a broken chair, a camera.

  Background:
    Given a show with rows A to B of 10 seats

  Scenario: blocked seats are not for sale
    When the box office blocks seats A1 and A2 for "house seats"
    Then seats A1 and A2 are blocked
    And the block has seats A1 and A2
    When Alice asks to hold seat A1
    Then she is refused: seats_unavailable, because of
      | seat | reason  |
      | A1   | blocked |

  Scenario: a block does not run out
    Given the box office blocks seat A1 for "pillar"
    When 30 days pass
    Then seat A1 is blocked

  Scenario: all the seats, or none
    Given Alice holds seat A2
    And Bob books seat A3
    When the box office asks to block seats A1, A2, A3 and Z9 for "camera"
    Then the box office is refused: seats_unavailable, because of
      | seat | reason  |
      | A2   | held    |
      | A3   | booked  |
      | Z9   | unknown |
    And seat A1 is available

  Scenario: as many as it takes, whatever shoppers may have
    Given a show with rows A to B of 10 seats, on these terms
      | maxSeatsPerHold | 2 |
    When the box office asks to block seats A1 to A10 for "sponsor"
    Then the box office is told yes

  Scenario: it takes the operator key
    When Alice asks to block seat A1 for "myself"
    Then she is refused: unauthenticated
    And seat A1 is available
