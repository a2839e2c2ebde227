# Promise 6 of docs/promises.md.
Feature: Confirm a hold
  A live hold becomes a booking with exactly its seats, exactly once.

  Background:
    Given a show with rows A to B of 10 seats

  Rule: once, and the same booking ever after

    Scenario: the seats are sold
      Given Alice holds seats A1 and A2
      When Alice asks to confirm with the reference "payment-4711"
      Then she is given a new booking of seats A1 and A2
      And the answer has
        | reference   | payment-4711 |
        | holder      | Alice        |
        | cancelledAt | null         |
      And seats A1 and A2 are booked

    Scenario: confirming again answers the same booking
      Given Alice holds seats A1 and A2
      And Alice asks to confirm
      And she is given a new booking of seats A1 and A2
      When Alice asks to confirm
      Then she is given the same booking

    Scenario: a second payment for the same hold buys nothing
      Given Alice holds seats A1 and A2
      And Alice asks to confirm with the reference "payment-4711"
      When Alice asks to confirm with the reference "payment-4712"
      Then she is refused: already_confirmed
      And seats A1 and A2 are booked

    Scenario: a booking does not run out
      Given Alice holds seat A1
      And Alice confirms
      When 2 days pass
      Then seat A1 is booked

    Scenario: what was given back before is not sold
      Given Alice holds seats A1 and A2
      And Alice releases seat A1
      When Alice asks to confirm
      Then she is given a new booking of seat A2
      And seat A1 is available

  Rule: not what is over

    Scenario: a hold that ran out
      Given Alice holds seat A1
      And 10 minutes pass
      When Alice asks to confirm
      Then she is refused: hold_expired
      And seat A1 is available

    Scenario: as long as it lives, by the database's clock
      Given Alice holds seat A1 for 1 minute
      When 45 seconds pass
      And Alice asks to confirm
      Then she is told yes

    Scenario: a hold that was given back
      Given Alice holds seat A1
      And Alice releases her hold
      When Alice asks to confirm
      Then she is refused: hold_released

    Scenario: a hold that was never there
      When Alice asks to confirm a hold that does not exist
      Then she is refused: hold_unknown

    Scenario: a cancelled show sells nothing
      Given Alice holds seat A1
      And the show is cancelled
      When Alice asks to confirm
      Then she is refused: show_cancelled

    Scenario: sales that ended meanwhile do not hurt a live hold
      Given Alice holds seat A1
      When the box office changes the show
        | salesUntil | 1 minute ago |
      And Alice asks to confirm
      Then she is told yes

  Rule: where the show leaves it to sellers, nobody else confirms

    Background:
      Given Alice holds seats A1 and A2
      And the box office changes the show
        | confirmBy | seller |

    Scenario: a shopper cannot say that it is paid
      When Alice asks to confirm
      Then she is refused: seller_required
      And seats A1 and A2 are held

    Scenario: the box office can
      When the box office asks to confirm Alice's hold
      Then the box office is given a new booking of seats A1 and A2

    Scenario: what is confirmed can be asked for again
      Given the box office asks to confirm Alice's hold
      And the box office is given a new booking of seats A1 and A2
      When Alice asks to confirm
      Then she is given the same booking

    Scenario: not even what ran out, and not of a cancelled show
      Given 10 minutes pass
      When Alice asks to confirm, taking the seats again if they are free
      Then she is refused: seller_required
      Given the show is cancelled
      When Alice asks to confirm
      Then she is refused: seller_required

    Scenario: a hold that was never there
      When Alice asks to confirm a hold that does not exist
      Then she is refused: hold_unknown

  Rule: a late payment gets the same seats, if every one is still free

    Background:
      Given Alice holds seats A1 and A2
      And 10 minutes pass

    Scenario: they are free
      When Alice asks to confirm, taking the seats again if they are free
      Then she is given a new booking of seats A1 and A2

    Scenario: one of them is gone
      Given Bob holds seat A2
      When Alice asks to confirm, taking the seats again if they are free
      Then she is refused: seats_unavailable, because of
        | seat | reason |
        | A2   | held   |
      And seat A1 is available
      And Bob's hold is live

    Scenario: a hold that was given back stays given back
      Given Bob holds seats B1 and B2
      And Bob releases his hold
      When Bob asks to confirm, taking the seats again if they are free
      Then he is refused: hold_released

    Scenario: it is a sale like any other
      Given the box office changes the show
        | salesUntil | 1 minute ago |
      When Alice asks to confirm, taking the seats again if they are free
      Then she is refused: sales_closed
