Feature: Change what is said beside a booking
  A booking gets another reference, or other notes. Its seats, its holder and the time at which it
  was sold stay what they are.

  Background:
    Given a show with rows A to B of 10 seats
    And Alice books seats A1 and A2 for the order "order-1"

  Rule: what is left out stays

    Scenario: another reference
      When the box office changes Alice's booking
        | reference | order-2 |
      Then the answer has
        | reference | order-2 |
        | holder    | Alice   |
      And seats A1 and A2 are booked

    Scenario: other notes
      Given the box office notes on Alice's booking
        | invoice | 118 |
      When the box office notes on Alice's booking
        | paid by | card |
      Then the answer has these notes
        | paid by | card |
      And the answer has
        | reference | order-1 |

    Scenario: what it says already
      Given the box office changes Alice's booking
        | reference | order-1 |
      When the box office lists the journal after version 1
      Then it tells
        | kind | seats  |
        | book | A1, A2 |

    Scenario: no reference any more
      When the box office changes Alice's booking
        | reference | null |
      Then the answer has
        | reference | null  |
        | holder    | Alice |
      When the box office lists the bookings with "reference=order-1"
      Then the list is empty

  Rule: it is found by the reference that it has now

    Scenario: in the show
      Given the box office changes Alice's booking
        | reference | order-2 |
      When the box office lists the bookings with "reference=order-2"
      Then the list has
        | seats  | reference | hold |
        | A1, A2 | order-2   | null |
      When the box office lists the bookings with "reference=order-1"
      Then the list is empty

    Scenario: once, however often it changed
      Given the box office changes Alice's booking
        | reference | order-2 |
      And the box office changes Alice's booking
        | reference | order-1 |
      When the box office lists the bookings with "reference=order-1&holder=Alice"
      Then the list has
        | seats  | reference |
        | A1, A2 | order-1   |
      When the box office lists the bookings
      Then the list has
        | seats  | reference |
        | A1, A2 | order-1   |

  Rule: the history tells of it, without the notes

    Scenario: an entry of its own
      Given the box office notes on Alice's booking
        | secret | kingfisher |
      When the box office lists the journal after version 1
      Then it tells
        | kind  | seats  | freed |
        | book  | A1, A2 |       |
        | amend | A1, A2 |       |
      And nothing of it speaks of "kingfisher"

  Rule: only a booking that has seats

    Scenario: a cancelled one
      Given the box office cancels Alice's booking
      When the box office asks to change Alice's booking
        | reference | order-2 |
      Then the box office is refused: booking_cancelled

    Scenario: a block is no booking
      Given the box office blocks seat B1 for "camera"
      When the box office asks to change the block as if it were a booking
      Then the box office is refused: booking_unknown

    Scenario: nothing to change
      When the box office asks to change nothing of Alice's booking
      Then the box office is refused: invalid_request

    Scenario: it takes a right
      When Alice asks to change her booking
        | reference | order-2 |
      Then she is refused: unauthenticated
