Feature: Cancel a booking
  The box office gives back what was sold, all of it or some seats, where the show allows it.

  Background:
    Given a show with rows A to B of 10 seats

  Rule: the seats are on sale again at once

    Scenario: all of them
      Given Alice books seats A1 and A2
      When the box office cancels Alice's booking
      Then every seat is available
      And Alice's booking is cancelled

    Scenario: some of them
      Given Alice books seats A1, A2 and A3
      When the box office cancels seats A1 and A3 of Alice's booking
      Then seats A1 and A3 are available
      And Alice's booking has seat A2

    Scenario: somebody else buys them
      Given Alice books seat A1
      And the box office cancels Alice's booking
      When Bob asks to book seat A1
      Then he is given a new booking of seat A1

    Scenario: seats that are not in it
      Given Alice books seats A1 and A2
      When the box office asks to cancel seats A1 and B1 of Alice's booking
      Then the box office is refused: seats_not_in_booking, because of
        | seat | reason  |
        | B1   | unknown |
      And seats A1 and A2 are booked

  Rule: however often

    Scenario: twice frees nothing twice
      Given Alice books seats A1 and A2
      And the box office cancels Alice's booking
      And Bob books seat A1
      When the box office asks to cancel Alice's booking
      Then the box office is told yes
      And Bob's booking has seat A1
      And the counts are
        | total | available | held | booked | blocked |
        | 20    | 19        | 0    | 1      | 0       |

  Rule: where the show allows it

    Scenario: bookings of this show are final
      Given a show with rows A to B of 10 seats, on these terms
        | cancellable | false |
      And Alice books seat A1
      When the box office asks to cancel Alice's booking
      Then the box office is refused: not_cancellable
      And seat A1 is booked

    Scenario: a show that does not take place always does
      Given a show with rows A to B of 10 seats, on these terms
        | cancellable | false |
      And Alice books seat A1
      And the show is cancelled
      When the box office asks to cancel Alice's booking
      Then the box office is told yes
      And Alice's booking is cancelled

    Scenario: it takes the operator key
      Given Alice books seat A1
      When Alice asks to cancel her booking
      Then she is refused: unauthenticated
      And seat A1 is booked

    Scenario: a booking that was never there
      When the box office asks to cancel a booking that does not exist
      Then the box office is refused: booking_unknown
