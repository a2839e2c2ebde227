Feature: Get a hold
  Whoever has the id of a hold has the hold. The answer tells what it contains and how long it
  lives, so that a countdown does not depend on the client's clock.

  Background:
    Given a show with rows A to B of 10 seats

  Scenario: a live hold counts down by the database's clock
    Given Alice holds seats A1 and A2 for 5 minutes
    When 2 minutes pass
    Then her hold ends in 3 minutes
    And her hold has seats A1 and A2

  Scenario Outline: a hold that <ended> is told as it ended
    Given Alice holds seats A1 and A2 for 5 minutes
    When <what happens>
    And Alice looks at her hold
    Then the answer has
      | status      | <status> |
      | secondsLeft | 0        |

    Examples:
      | ended        | what happens            | status    |
      | ran out      | 5 minutes pass          | expired   |
      | was released | Alice releases her hold | released  |
      | was bought   | Alice confirms          | confirmed |

  Scenario: somebody else's hold is not found by guessing
    When Alice looks at a hold that does not exist
    Then she is refused: hold_unknown

  Scenario: a hold belongs to its show
    Given Alice holds seat A1
    And a show with rows A to B of 10 seats
    When Alice looks at her hold
    Then she is refused: hold_unknown
