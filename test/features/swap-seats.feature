Feature: Swap seats
  Seats of a booking are exchanged for others in one step: nobody else gets either in between.

  Background:
    Given a show with rows A to B of 10 seats
    And Alice books seats A1 and A2

  Rule: as many as before

    Scenario: all of them
      When the box office swaps seats A1 and A2 of Alice's booking for seats B5 and B6
      Then Alice's booking has seats B5 and B6
      And seats B5 and B6 are booked
      And seats A1 and A2 are available

    Scenario: some of them
      When the box office swaps seat A1 of Alice's booking for seat B1
      Then Alice's booking has seats A2 and B1
      And seat A1 is available

    Scenario: more for fewer is another sale
      When the box office asks to swap seat A1 of Alice's booking for seats B1 and B2
      Then the box office is refused: swap_uneven
      And Alice's booking has seats A1 and A2

  Rule: all or nothing

    Scenario: a seat that somebody else has
      Given Bob holds seat B2
      When the box office asks to swap seats A1 and A2 of Alice's booking for seats B1 and B2
      Then the box office is refused: seats_unavailable, because of
        | seat | reason |
        | B2   | held   |
      And Alice's booking has seats A1 and A2
      And seat B1 is available

    Scenario: seats that are not in the booking
      When the box office asks to swap seat B9 of Alice's booking for seat B1
      Then the box office is refused: seats_not_in_booking, because of
        | seat | reason  |
        | B9   | unknown |

    Scenario: moving up by one seat
      When the box office swaps seats A1 and A2 of Alice's booking for seats A2 and A3
      Then Alice's booking has seats A2 and A3
      And seat A1 is available

    Scenario: a seat that stays is not swapped for itself
      When the box office asks to swap seat A1 of Alice's booking for seat A2
      Then the box office is refused: seats_unavailable, because of
        | seat | reason |
        | A2   | booked |
      And Alice's booking has seats A1 and A2

  Rule: only what is sold

    Scenario: a cancelled booking
      Given the box office cancels Alice's booking
      When the box office asks to swap seat A1 of Alice's booking for seat B1
      Then the box office is refused: booking_cancelled

    Scenario: a cancelled show
      Given the show is cancelled
      When the box office asks to swap seat A1 of Alice's booking for seat B1
      Then the box office is refused: show_cancelled

    Scenario: it takes the operator key
      When Alice asks to swap seat A1 of her booking for seat B1
      Then she is refused: unauthenticated
