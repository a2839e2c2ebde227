Feature: Book seats
  Seats are sold in one step, without a hold; the box office also sells what it has withheld.

  Background:
    Given a show with rows A to C of 10 seats

  Rule: all the seats, or none

    Scenario: free seats are sold
      When Alice asks to book seats A1 and A2
      Then she is given a new booking of seats A1 and A2
      And seats A1 and A2 are booked

    Scenario: every seat in the way is named
      Given Bob holds seat A2
      When Alice asks to book seats A1, A2 and Z9
      Then she is refused: seats_unavailable, because of
        | seat | reason  |
        | A2   | held    |
        | Z9   | unknown |
      And seat A1 is available

    Scenario: an expired hold is not in the way
      Given Bob holds seat A1
      And 10 minutes pass
      When Alice asks to book seat A1
      Then she is given a new booking of seat A1

    Scenario: the show's terms count
      Given a show with rows A to A of 10 seats, on these terms
        | maxSeatsPerHold   | 4 |
        | maxSeatsPerHolder | 5 |
      When Alice asks to book seats A1 to A5
      Then she is refused: too_many_seats, limit 4
      Given Alice books seats A1 to A4
      When Alice asks to book seats A5 and A6
      Then she is refused: holder_limit_reached, limit 5

    Scenario Outline: sales <when>
      Given a show with rows A to A of 5 seats, on these terms
        | <bound> | <at> |
      When Alice asks to book seat A1
      Then she is refused: <code>
      When the box office asks to book seat A1
      Then the box office is told yes

      Examples:
        | when           | bound      | at            | code           |
        | have not begun | salesFrom  | in 10 minutes | sales_not_open |
        | have ended     | salesUntil | 1 minute ago  | sales_closed   |

    Scenario: a cancelled show sells nothing
      Given the show is cancelled
      When the box office asks to book seat A1
      Then the box office is refused: show_cancelled

  Rule: where the show leaves it to sellers, nobody else books

    Background:
      Given a show with rows A to A of 5 seats, on these terms
        | confirmBy | seller |

    Scenario: a shopper holds, and does not book
      When Alice asks to book seat A1
      Then she is refused: seller_required
      And seat A1 is available
      When Alice asks to hold seat A1
      Then she is told yes

    Scenario: the box office books
      When the box office asks to book seat A1
      Then the box office is told yes

    Scenario: it comes before all that the show says of its sale
      Given the show is cancelled
      When Alice asks to book seat A1
      Then she is refused: seller_required

  Rule: the box office sells out of a block

    Background:
      Given the box office blocks seats A1, A2 and A3 for "house seats"

    Scenario: seats of the block and others in one booking
      When the box office asks to book seats A1 and B1 out of the block
      Then the box office is given a new booking of seats A1 and B1
      And seats A1 and B1 are booked
      And seats A2 and A3 are blocked

    Scenario: the block is over when all of it is sold
      When the box office asks to book seats A1, A2 and A3 out of the block
      Then the box office is told yes
      When the box office unblocks everything
      Then the block is over
      And seats A1, A2 and A3 are booked

    Scenario: a shopper cannot
      When Alice asks to book seat A1 out of the block
      Then she is refused: forbidden
      And seat A1 is blocked

    Scenario: another block stays in the way
      Given the box office blocks seat C1 for "pillar"
      When the box office asks to book seats A1 and C1 out of the block
      Then the box office is refused: seats_unavailable, because of
        | seat | reason  |
        | A1   | blocked |
      And seats A1, A2 and A3 are blocked
