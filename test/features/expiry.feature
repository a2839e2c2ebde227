Feature: Expiry
  Holds end on time, by the database's clock. Nobody has to clean up for a hold to stop counting.

  Background:
    Given a show with rows A to B of 10 seats

  Rule: in real time

    Scenario: a hold of one second
      Given Alice holds seats A1 and A2 for 1 second
      Then seats A1 and A2 are held until her hold ends, and free from then on
      When Bob asks to hold seats A1 and A2
      Then he is given a hold of seats A1 and A2
      When Alice asks to confirm
      Then she is refused: hold_expired

    Scenario: whoever polls sees it end, on every server
      Given Bob speaks to the second server
      And Alice holds seat A1 for 1 second
      Then seat A1 is held until Alice's hold ends, and free from then on, says the second server

  Rule: at once, and for everybody

    Scenario: not before its time
      Given Alice holds seat A1 for 1 minute
      When 45 seconds pass
      And Bob asks to hold seat A1
      Then he is refused: seats_unavailable, because of
        | seat | reason |
        | A1   | held   |

    Scenario: the seat is free for others the moment the time is up
      Given Alice holds seat A1 for 1 minute
      When 1 minute passes
      And Bob asks to hold seat A1
      Then he is given a hold of seat A1

    Scenario: a late confirm is refused, although the seat is still free
      Given Alice holds seat A1 for 1 minute
      And 1 minute passes
      When Alice asks to confirm
      Then she is refused: hold_expired
      And seat A1 is available

    Scenario: a late confirm takes nothing from whoever has the seat now
      Given Alice holds seat A1 for 1 minute
      And 1 minute passes
      And Bob holds seat A1
      And Bob confirms
      When Alice asks to confirm
      Then she is refused: hold_expired
      And Bob's booking has seat A1

    Scenario: the same shopper again is another hold
      Given Alice holds seat A1 for 1 minute
      And 1 minute passes
      When Alice asks to hold seat A1
      Then she is given a hold of seat A1
      And her hold ends in 10 minutes

  Rule: a clock that jumps never sells a seat twice

    Scenario: back, after somebody else took the seat over
      Given Alice holds seat A1 for 1 minute
      And 2 minutes pass
      And Bob holds seat A1
      When the clock jumps back by 2 minutes
      And Alice asks to confirm
      Then she is refused: hold_expired
      When Bob asks to confirm
      Then he is given a new booking of seat A1

    Scenario: forward, and a hold ends early
      Given Alice holds seat A1
      When 1 day passes
      And Bob asks to hold seat A1
      Then he is told yes
      When Alice asks to release her hold
      Then she is told yes
      And Bob's hold is live
