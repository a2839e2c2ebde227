Feature: Extend a hold
  A shopper who needs more time gets it, but not for ever.

  Background:
    Given a show with rows A to B of 10 seats, on these terms
      | holdSeconds        | 300  |
      | holdSecondsMax     | 600  |
      | holdLifeSecondsMax | 1200 |

  Rule: the end moves to so long from now

    Scenario: the shopper says how long
      Given Alice holds seat A1
      When 4 minutes pass
      And Alice asks for 10 minutes from now
      Then her hold ends in 10 minutes
      And seat A1 is held

    Scenario: without a duration, the show's usual one
      Given Alice holds seat A1
      When 4 minutes pass
      And Alice asks for more time
      Then her hold ends in 5 minutes

    Scenario: the end never moves back
      Given Alice holds seat A1
      When Alice asks for 1 minute from now
      Then she is told yes
      And her hold ends in 5 minutes

    Scenario: longer than the show allows at once
      Given Alice holds seat A1
      When Alice asks for 601 seconds from now
      Then she is refused: hold_seconds_out_of_bounds, limit 600
      And her hold ends in 5 minutes

  Rule: never past the show's longest life of a hold

    Background:
      Given Alice holds seat A1 for 10 minutes
      And 9 minutes pass
      And Alice asks for 10 minutes from now
      And 9 minutes pass

    Scenario: a duration that would lead beyond is refused
      When Alice asks for 3 minutes from now
      Then she is refused: hold_life_exceeded
      And her hold ends in 1 minute

    Scenario: without a duration, as far as that life allows
      When Alice asks for more time
      Then her hold ends in 2 minutes

    Scenario: pressing again does not help
      Given Alice asks for more time
      When Alice asks for more time
      Then she is refused: hold_life_exceeded
      When 2 minutes pass
      Then seat A1 is available

  Rule: only a live hold can be extended

    Scenario Outline: a hold that <ended>
      Given Alice holds seat A1
      When <what happens>
      And Alice asks for more time
      Then she is refused: <code>

      Examples:
        | ended        | what happens            | code           |
        | ran out      | 5 minutes pass          | hold_expired   |
        | was released | Alice releases her hold | hold_released  |
        | was bought   | Alice confirms          | hold_confirmed |
        | lost its show | the show is cancelled  | show_cancelled |

    Scenario: a hold that ran out and whose seat somebody else has
      Given Alice holds seat A1
      And 5 minutes pass
      And Bob holds seat A1
      When Alice asks for more time
      Then she is refused: hold_expired
      And Bob's hold is live
