Feature: Release a hold
  A shopper gives seats back, and others can have them at once.

  Background:
    Given a show with rows A to B of 10 seats

  Rule: the seats are free at once

    Scenario: all of them
      Given Alice holds seats A1 and A2
      When Alice releases her hold
      Then seats A1 and A2 are available
      And her hold is released

    Scenario: some of them
      Given Alice holds seats A1, A2 and A3
      When Alice releases seats A2
      Then seat A2 is available
      And seats A1 and A3 are held
      And her hold has seats A1 and A3
      And her hold is live

    Scenario: the last of them
      Given Alice holds seats A1 and A2
      When Alice releases seat A1
      And Alice releases seat A2
      Then her hold is released
      And every seat is available

    Scenario: seats that it never had
      Given Alice holds seats A1 and A2
      When Alice asks to release seats A1 and B1
      Then she is refused: seats_not_in_hold, because of
        | seat | reason  |
        | B1   | unknown |
      And seats A1 and A2 are held

  Rule: however often

    Scenario: twice is as good as once
      Given Alice holds seats A1 and A2
      And Alice releases her hold
      When Alice asks to release her hold
      Then she is told yes
      And her hold is released

    Scenario: the same seat twice
      Given Alice holds seats A1 and A2
      And Alice releases seat A1
      When Alice asks to release seat A1
      Then she is told yes
      And her hold has seat A2

    Scenario: after the hold ran out
      Given Alice holds seats A1 and A2
      And 10 minutes pass
      When Alice asks to release her hold
      Then she is told yes
      And every seat is available

  Rule: only what is still one's own

    Scenario: a hold that ran out does not give away the next shopper's seat
      Given Alice holds seats A1 and A2
      And 10 minutes pass
      And Bob holds seat A1
      When Alice asks to release her hold
      Then she is told yes
      And seat A1 is held
      And Bob's hold is live

    Scenario: what was bought is cancelled, not released
      Given Alice holds seat A1
      And Alice confirms
      When Alice asks to release her hold
      Then she is refused: hold_confirmed
      And seat A1 is booked

    Scenario: a hold that was never there
      When Alice asks to release a hold that does not exist
      Then she is refused: hold_unknown

    Scenario: a cancelled show still takes seats back
      Given Alice holds seat A1
      And the show is cancelled
      When Alice asks to release her hold
      Then she is told yes
