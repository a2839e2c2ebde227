Feature: Hand a booking on
  A booking becomes somebody else's, or some of its seats do. Nobody can get a seat in between.

  Background:
    Given a show with rows A to B of 10 seats
    And Alice books seats A1 and A2 for the order "order-1"

  Rule: the whole booking keeps its id

    Scenario: to somebody else
      When the box office hands Alice's booking on to "Bob"
      Then what was handed on has
        | holder    | Bob     |
        | reference | order-1 |
      And Alice's booking has seats A1 and A2
      And seats A1 and A2 are booked

    Scenario: with a reference of its own
      When the box office hands Alice's booking on to "Bob" for the order "order-2"
      Then what was handed on has
        | holder    | Bob     |
        | reference | order-2 |

    Scenario: to whom it belongs already
      When the box office hands Alice's booking on to "Alice"
      Then the box office is told yes
      When the box office lists the journal after version 1
      Then it tells
        | kind | holder |
        | book | Alice  |

  Rule: some seats become a booking of their own, and the rest stays

    Scenario: one of two
      When the box office hands seat A2 of Alice's booking on to "Bob"
      Then what was handed on has
        | holder | Bob  |
        | hold   | null |
        | seats  | A2   |
      And Alice's booking has seat A1
      And seats A1 and A2 are booked

    Scenario: all of them by name
      When the box office hands seats A1 and A2 of Alice's booking on to "Bob"
      Then Alice's booking has seats A1 and A2
      And what was handed on has
        | holder | Bob |

    Scenario: seats that are not in the booking
      When the box office asks to hand seats A2 and B1 of Alice's booking on to "Bob"
      Then the box office is refused: seats_not_in_booking, because of
        | seat | reason  |
        | B1   | unknown |
      And Alice's booking has seats A1 and A2

    Scenario: what was handed on is cancelled like any other
      Given the box office hands seat A2 of Alice's booking on to "Bob"
      When the box office cancels what was handed on
      Then seat A2 is available
      And seat A1 is booked

  Rule: the history shows both

    Scenario: the whole booking
      Given the box office hands Alice's booking on to "Bob"
      When the box office lists the journal after version 1
      Then it tells
        | kind     | holder | seats  | freed |
        | book     | Alice  | A1, A2 |       |
        | transfer | Bob    | A1, A2 |       |

    Scenario: some seats
      Given the box office hands seat A2 of Alice's booking on to "Bob"
      When the box office lists the journal after version 1
      Then it tells
        | kind     | holder | seats  | freed |
        | book     | Alice  | A1, A2 |       |
        | transfer | Alice  | A1     | A2    |
        | transfer | Bob    | A2     |       |
      And each of the last two names the booking of the other

  Rule: it is found by whose it is, once

    Scenario: by its holder
      Given the box office hands Alice's booking on to "Bob"
      When the box office lists the bookings with "holder=Bob"
      Then the list has
        | seats  | holder | reference |
        | A1, A2 | Bob    | order-1   |
      When the box office lists the bookings with "holder=Alice"
      Then the list is empty

    Scenario: by its reference, as before
      Given the box office hands Alice's booking on to "Bob"
      And the box office hands Alice's booking on to "Carol"
      When the box office lists the bookings with "reference=order-1"
      Then the list has
        | seats  | holder | reference |
        | A1, A2 | Carol  | order-1   |

    Scenario: seats that went, and those that stayed
      Given the box office hands seat A2 of Alice's booking on to "Bob" for the order "order-2"
      When the box office lists the bookings with "reference=order-2"
      Then the list has
        | seats | holder | reference |
        | A2    | Bob    | order-2   |
      When the box office lists the bookings
      Then the list has
        | seats | holder | reference |
        | A2    | Bob    | order-2   |
        | A1    | Alice  | order-1   |

  Rule: only what is sold, and within the limits

    Scenario: a cancelled booking
      Given the box office cancels Alice's booking
      When the box office asks to hand Alice's booking on to "Bob"
      Then the box office is refused: booking_cancelled

    Scenario: a cancelled show
      Given the show is cancelled
      When the box office asks to hand Alice's booking on to "Bob"
      Then the box office is refused: show_cancelled

    Scenario: somebody who has enough
      Given a show with rows A to B of 10 seats, on these terms
        | maxSeatsPerHolder | 3 |
      And Alice books seats A1 and A2
      And Bob books seats B1 and B2
      When the box office asks to hand Alice's booking on to "Bob"
      Then the box office is refused: holder_limit_reached, limit 3
      When the box office hands seat A2 of Alice's booking on to "Bob"
      And Alice books seats A3 and A4
      Then seats A1, A2, A3 and A4 are booked
      When Bob asks to book seat A5
      Then he is refused: holder_limit_reached, limit 3

    Scenario: a hold is not handed on
      Given Bob holds seat B1
      When the box office asks to hand a booking that does not exist on to "Carol"
      Then the box office is refused: booking_unknown

    Scenario: it takes the operator key
      When Alice asks to hand her booking on to "Bob"
      Then she is refused: unauthenticated
