Feature: Change a show
  The box office changes the terms on which a show is sold, or calls it off. Only what is named
  changes.

  Background:
    Given a show with rows A to B of 10 seats

  Rule: only what is named

    Scenario: new terms count at once
      When the box office changes the show
        | title           | Hamlet, Prince of Denmark |
        | maxSeatsPerHold | 2                         |
      Then the show has
        | title           | Hamlet, Prince of Denmark |
        | maxSeatsPerHold | 2                         |
        | holdSeconds     | 600                       |
      When Alice asks to hold seats A1 to A3
      Then she is refused: too_many_seats, limit 2

    Scenario: who may confirm
      Given Alice holds seat A1
      When the box office changes the show
        | confirmBy | seller |
      Then the show has
        | confirmBy | seller |
      When Alice asks to confirm
      Then she is refused: seller_required
      When the box office changes the show
        | confirmBy | holder |
      And Alice asks to confirm
      Then she is told yes

    Scenario: a bound is cleared
      Given the box office changes the show
        | salesFrom | in 1 day |
      When the box office changes the show
        | salesFrom | null |
      And Alice asks to hold seat A1
      Then she is told yes

    Scenario: a hold that is there keeps its time
      Given Alice holds seat A1 for 10 minutes
      When the box office changes the show
        | holdSeconds    | 60 |
        | holdSecondsMax | 60 |
      Then Alice's hold ends in 10 minutes

    Scenario: terms that contradict those that stay
      When the box office changes the show
        | holdSecondsMax | 60 |
      Then the box office is refused: invalid_request
      And the show has
        | holdSecondsMax | 1800 |

    Scenario: nothing to change
      When the box office changes nothing of the show
      Then the box office is refused: invalid_request

  Rule: calling it off

    Scenario: nothing more is sold, and what was sold can be given back
      Given Alice books seat A1
      When the box office changes the show
        | cancelled | true |
      And Bob asks to hold seat A2
      Then he is refused: show_cancelled
      When the box office cancels Alice's booking
      Then seat A1 is available

    Scenario: it takes place after all
      Given the show is cancelled
      When the box office changes the show
        | cancelled | false |
      And Alice asks to hold seat A1
      Then she is told yes

  Rule: who may

    Scenario: it takes the operator key
      When Alice changes the show
        | title | Mine |
      Then she is refused: unauthenticated
