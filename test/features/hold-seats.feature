# Promise 2 of docs/promises.md.
Feature: Hold seats
  A shopper takes seats for a few minutes, so that nobody else gets them while they pay.

  Background:
    Given a show with rows A to C of 10 seats

  Rule: all the seats, or none

    Scenario: free seats are held until the time is up
      When Alice asks to hold seats A1 and A2
      Then she is given a hold of seats A1 and A2
      And her hold ends in 10 minutes
      And seats A1 and A2 are held

    Scenario: the shopper says how long
      When Alice asks to hold seat A1 for 5 minutes
      Then her hold ends in 5 minutes

    Scenario: one taken seat, and none is taken
      Given Bob holds seat A2
      When Alice asks to hold seats A1, A2 and A3
      Then she is refused: seats_unavailable, because of
        | seat | reason |
        | A2   | held   |
      And seats A1 and A3 are available

    Scenario: seats in any order are held in that order
      When Alice asks to hold seats C3, A1 and B2
      Then she is given a hold of seats C3, A1 and B2

  Rule: every seat in the way is named, with the reason

    Scenario: held, booked, blocked and unknown
      Given Bob holds seat A1
      And Carol books seat A2
      And the box office blocks seat A3 for "pillar"
      When Alice asks to hold seats A1, A2, A3, A4 and Z9
      Then she is refused: seats_unavailable, because of
        | seat | reason  |
        | A1   | held    |
        | A2   | booked  |
        | A3   | blocked |
        | Z9   | unknown |
      And seat A4 is available

    Scenario: a shopper's own hold is in the way as well
      Given Alice holds seat A1
      When Alice asks to hold seats A1 and A2
      Then she is refused: seats_unavailable, because of
        | seat | reason |
        | A1   | held   |

  Rule: labels are read as people write them

    Scenario Outline: <written> is A1
      When Alice asks to hold seat "<written>"
      Then she is given a hold of seat A1

      Examples:
        | written |
        | A1      |
        | a1      |
        |   A1    |
        | Ａ１    |

    Scenario: the same seat twice is a mistake, however it is written
      When Alice asks to hold seats A1, B1 and "a1"
      Then she is refused: invalid_request, with the mistakes
        | path     | message       |
        | seats[2] | a second time |
      And every seat is available

  Rule: the show's terms count

    Scenario: durations inside the show's bounds
      Given a show with rows A to A of 5 seats, on these terms
        | holdSeconds    | 60  |
        | holdSecondsMax | 300 |
      When Alice asks to hold seat A1 for 1 second
      Then she is told yes
      When Alice asks to hold seat A2 for 5 minutes
      Then she is told yes

    Scenario: a duration outside is refused, not silently changed
      Given a show with rows A to A of 5 seats, on these terms
        | holdSeconds    | 60  |
        | holdSecondsMax | 300 |
      When Alice asks to hold seat A1 for 301 seconds
      Then she is refused: hold_seconds_out_of_bounds, limit 300
      And every seat is available

    Scenario: without a duration the show's own counts
      Given a show with rows A to A of 5 seats, on these terms
        | holdSeconds | 60 |
      When Alice asks to hold seat A1
      Then her hold ends in 1 minute

    Scenario: too many seats in one call
      Given a show with rows A to A of 10 seats, on these terms
        | maxSeatsPerHold | 4 |
      When Alice asks to hold seats A1 to A5
      Then she is refused: too_many_seats, limit 4
      And every seat is available

    Scenario Outline: sales <when>
      Given a show with rows A to A of 5 seats, on these terms
        | <bound> | <at> |
      When Alice asks to hold seat A1
      Then she is refused: <code>

      Examples:
        | when             | bound      | at           | code           |
        | have not begun   | salesFrom  | in 10 minutes | sales_not_open |
        | have ended       | salesUntil | 1 minute ago | sales_closed   |

    Scenario: a show that has begun sells to the box office alone
      Given a show with rows A to A of 5 seats, on these terms
        | startsAt | 1 minute ago |
      When Alice asks to hold seat A1
      Then she is refused: sales_closed
      When the box office holds seat A1
      Then seat A1 is held

    Scenario: a show that sells on when it has begun
      Given a show with rows A to A of 5 seats, on these terms
        | startsAt       | 1 minute ago |
        | sellAfterStart | true         |
      When Alice holds seat A1
      Then seat A1 is held

    Scenario: sales begin by the database's clock
      Given a show with rows A to A of 5 seats, on these terms
        | salesFrom | in 10 minutes |
      When 10 minutes pass
      And Alice asks to hold seat A1
      Then she is told yes

    Scenario: the box office sells outside the window
      Given a show with rows A to A of 5 seats, on these terms
        | salesFrom | in 10 minutes |
      When the box office asks to hold seat A1
      Then the box office is told yes

    Scenario: nothing of a cancelled show is held
      Given the show is cancelled
      When Alice asks to hold seat A1
      Then she is refused: show_cancelled

    Scenario: a show that is not there
      When Alice asks to hold a seat of a show that does not exist
      Then she is refused: show_unknown

  Rule: one holder cannot starve the rest

    Background:
      Given a show with rows A to B of 10 seats, on these terms
        | maxSeatsPerHolder | 4 |

    Scenario: what is held and what is booked count together
      Given Alice books seats A1 and A2
      And Alice holds seat A3
      When Alice asks to hold seats A4 and A5
      Then she is refused: holder_limit_reached, limit 4
      And seats A4 and A5 are available

    Scenario: up to the limit is fine, also for others
      Given Alice holds seats A1 to A3
      When Alice asks to hold seat A4
      Then she is told yes
      When Bob asks to hold seats B1 to B4
      Then he is told yes

    Scenario: what was given back, cancelled or ran out does not count
      Given Alice holds seats A1 and A2
      And Alice releases her hold
      And Alice books seat A3
      And the box office cancels Alice's booking
      And Alice holds seat A4 for 1 minute
      When 1 minute passes
      And Alice asks to hold seats A5 to A8
      Then she is told yes

    Scenario: the limit is kept when everything is asked for at once
      When 10 clients hold one seat each for the same holder at the same time
      Then 4 of them are told yes
      And 6 of them are refused: holder_limit_reached
