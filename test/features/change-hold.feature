Feature: Change a hold
  A shopper takes one more seat or gives one back, in one step. What the hold keeps stays held, and
  its end stays where it is.

  Background:
    Given a show with rows A to B of 10 seats

  Rule: all or nothing, and until the same time

    Scenario: one more
      Given Alice holds seats A1 and A2
      And 4 minutes pass
      When Alice adds seat A3 to her hold
      Then her hold has seats A1, A2 and A3
      And her hold ends in 6 minutes
      And seat A3 is held

    Scenario: one less
      Given Alice holds seats A1 and A2
      When Alice drops seat A1 from her hold
      Then her hold has seat A2
      And her hold ends in 10 minutes
      And seat A1 is available

    Scenario: one for another
      Given Alice holds seats A1 and A2
      When Alice adds seat B5 to her hold and drops seat A1
      Then her hold has seats A2 and B5
      And seat A1 is available

    Scenario: a seat that somebody else has
      Given Alice holds seats A1 and A2
      And Bob holds seat A3
      When Alice asks to add seats A3 and A4 to her hold and to drop seat A1
      Then she is refused: seats_unavailable, because of
        | seat | reason |
        | A3   | held   |
      And her hold has seats A1 and A2
      And seat A4 is available

    Scenario: seats that it never had
      Given Alice holds seats A1 and A2
      When Alice asks to add seat A3 to her hold and to drop seat B1
      Then she is refused: seats_not_in_hold, because of
        | seat | reason  |
        | B1   | unknown |
      And her hold has seats A1 and A2

    Scenario: a seat on both sides stays
      Given Alice holds seats A1 and A2
      When Alice adds seats A2 and A3 to her hold and drops seats A1 and A2
      Then her hold has seats A2 and A3

    Scenario: the best that are free
      Given Alice holds seats A1 and A2
      When Alice adds the best 2 seats to her hold
      Then 4 seats are held in all
      And her hold ends in 10 minutes

    Scenario: nothing is left
      Given Alice holds seats A1 and A2
      When Alice asks to drop seats A1 and A2 from her hold
      Then she is refused: hold_emptied
      And her hold has seats A1 and A2

    Scenario: what came later is bought, and given back, like what came first
      Given Alice holds seat A1
      And Alice adds seats A2 and A3 to her hold
      And Alice releases seat A3
      When Alice confirms
      Then seats A1 and A2 are booked
      And seat A3 is available

  Rule: two tabs with one hold are no trouble to each other

    Scenario: both add the same seat
      Given Alice holds seat A1
      And Alice adds seat A2 to her hold
      When Alice adds seat A2 to her hold
      Then her hold has seats A1 and A2

    Scenario: both drop the same seat
      Given Alice holds seats A1 and A2
      And Alice drops seat A1 from her hold
      When Alice drops seat A1 from her hold
      Then her hold has seat A2

    Scenario: each adds its own
      Given Alice holds seat A1
      And Alice adds seat A2 to her hold
      When Alice adds seat A3 to her hold
      Then her hold has seats A1, A2 and A3

    Scenario: a seat that was added and dropped is released once more
      Given Alice holds seat A1
      And Alice adds seat A2 to her hold
      And Alice drops seat A2 from her hold
      When Alice asks to release seat A2
      Then she is told yes
      And her hold has seat A1

  Rule: limits count the difference

    Background:
      Given a show with rows A to B of 10 seats, on these terms
        | maxSeatsPerHold   | 3 |
        | maxSeatsPerHolder | 4 |

    Scenario: more than one hold may have
      Given Alice holds seats A1, A2 and A3
      When Alice asks to add seat A4 to her hold
      Then she is refused: too_many_seats, limit 3

    Scenario: one for another is no more than before
      Given Alice holds seats A1, A2 and A3
      When Alice adds seat A4 to her hold and drops seat A1
      Then her hold has seats A2, A3 and A4

    Scenario: more than one holder may have
      Given Alice books seats B1 and B2
      And Alice holds seats A1 and A2
      When Alice asks to add seat A3 to her hold
      Then she is refused: holder_limit_reached, limit 4
      When Alice adds seat A3 to her hold and drops seat A1
      Then her hold has seats A2 and A3

  Rule: single seats are not left alone

    Scenario: what is added leaves one
      Given a show with rows A to B of 10 seats, on these terms
        | refuseOrphans | true |
      And Alice holds seats A1 and A2
      When Alice asks to add seat A4 to her hold
      Then she is refused: orphan_left, because of
        | seat | reason |
        | A3   | orphan |
      When Alice adds seats A3 and A4 to her hold
      Then her hold has seats A1, A2, A3 and A4

    Scenario: what is dropped is nobody's neighbour any more
      Given a show with rows A to B of 10 seats, on these terms
        | refuseOrphans | true |
      And Alice holds seats A1, A2 and A3
      When Alice adds seat A5 to her hold and drops seats A2 and A3
      Then her hold has seats A1 and A5

  Rule: only a live hold, of whoever may release it

    Scenario Outline: a hold that <ended>
      Given Alice holds seat A1
      When <what happens>
      And Alice asks to add seat A2 to her hold
      Then she is refused: <code>
      And seat A2 is available

      Examples:
        | ended         | what happens            | code           |
        | ran out       | 10 minutes pass         | hold_expired   |
        | was released  | Alice releases her hold | hold_released  |
        | was bought    | Alice confirms          | hold_confirmed |
        | lost its show | the show is cancelled   | show_cancelled |

    Scenario: sales have closed
      Given Alice holds seats A1 and A2
      And the box office changes the show
        | salesUntil | 1 minute ago |
      When Alice asks to add seat A3 to her hold
      Then she is refused: sales_closed
      When Alice drops seat A1 from her hold
      Then her hold has seat A2

    Scenario: a hold that was never there
      When Alice asks to change a hold that does not exist
      Then she is refused: hold_unknown

  Rule: the history says what came and what went

    Scenario: one for another
      Given Alice holds seats A1 and A2
      And Alice adds seat A3 to her hold and drops seat A1
      When the box office lists the journal after version 1
      Then it tells
        | kind   | seats  | freed |
        | hold   | A1, A2 |       |
        | change | A2, A3 | A1    |

  Rule: what is said beside it may change alone

    Scenario: the basket becomes a customer's
      Given Alice holds seats A1 and A2
      And 4 minutes pass
      When Alice changes what is said beside her hold
        | holder    | customer-17 |
        | reference | order-1     |
        | basket    | 99          |
      Then the answer has
        | holder    | customer-17 |
        | reference | order-1     |
      And the answer has these notes
        | basket | 99 |
      And her hold has seats A1 and A2
      And her hold ends in 6 minutes
      When the box office lists the holds with "reference=order-1"
      Then the list has
        | seats  | holder      |
        | A1, A2 | customer-17 |

    Scenario: it is nobody's in particular any more
      Given a show with rows A to B of 10 seats, on these terms
        | maxSeatsPerHolder | 2 |
      And Alice holds seats A1 and A2
      When Alice changes what is said beside her hold
        | holder    | null |
        | reference | null |
      Then the answer has
        | holder    | null |
        | reference | null |
      And her hold has seats A1 and A2
      When Alice holds seats B1 and B2
      Then seats A1, A2, B1 and B2 are held

    Scenario: notes are read again, and go on to the booking
      Given Alice holds seat A1 with the notes
        | basket | 98 |
      And Alice changes what is said beside her hold
        | basket | 99 |
      When Alice looks at what her hold says
      Then the answer has these notes
        | basket | 99 |
      When Alice confirms
      Then the answer has these notes
        | basket | 99 |

    Scenario: it counts for whom it is for now
      Given a show with rows A to B of 10 seats, on these terms
        | maxSeatsPerHolder | 2 |
      And Alice holds seats A1 and A2
      And Bob holds seat B1
      When Alice asks to hand her hold to "Bob"
      Then she is refused: holder_limit_reached, limit 2
      When Alice changes what is said beside her hold
        | holder | Carol |
      And Alice books seats A3 and A4
      Then seats A3 and A4 are booked
      When Carol asks to book seat A5
      Then she is refused: holder_limit_reached, limit 2
