Feature: What others got wrong
  Faults that real booking systems had, each by name.

  Rule: one seat, one buyer

    Scenario: 200 clients on one seat
      Given a show with rows A to A of 1 seats
      When 200 clients ask to hold seat A1 at the same time
      Then 1 of them is told yes
      And 199 of them are refused: seats_unavailable
      And the counts are
        | total | available | held | booked | blocked |
        | 1     | 0         | 1    | 0      | 0       |

    Scenario: 200 clients buy one seat in one step
      Given a show with rows A to A of 1 seats
      When 200 clients ask to book seat A1 at the same time
      Then 1 of them is told yes
      And 199 of them are refused: seats_unavailable

    Scenario: both told yes, and the last one wins
      Given two servers on one database
      And a show with rows A to A of 1 seats
      And Bob speaks to the second server
      When Alice and Bob ask to book seat A1 at the same moment, 20 times over
      Then each time one was told yes, and the other one no

    Scenario: the last seats bought twice
      Given a show with rows A to A of 5 seats
      When 50 clients each buy any 2 free seats, trying until none are left
      Then no two bookings have a seat in common
      And every seat is booked

    Scenario: many on many free seats, and nobody is turned away
      Given a show with rows A to T of 20 seats
      When 100 clients each ask to hold 2 seats of their own at the same time
      Then 100 of them are told yes

    Scenario: seats taken away between look and purchase are named, not sold
      Given a show with rows A to A of 3 seats
      And Alice lists the seats
      And Bob books seat A2
      When Alice asks to book seats A1, A2 and A3
      Then she is refused: seats_unavailable, because of
        | seat | reason |
        | A2   | booked |

  Rule: crowds do not stop each other

    Scenario: two crowds hold eight seats in opposite order, and never deadlock
      Given a show with rows A to A of 8 seats
      When 20 clients ask to hold seats A1 to A8 while 20 others ask for seats A8 to A1
      Then 1 of them is told yes
      And 39 of them are refused: seats_unavailable

    Scenario: two crowds on two servers, on overlapping seats
      Given two servers on one database
      And a show with rows A to A of 8 seats
      When 20 clients ask to hold seats A1 to A5 while 20 others ask for seats A4 to A8
      Then 1 of them is told yes
      And 39 of them are refused: seats_unavailable

  Rule: a lost answer locks nobody out

    Background:
      Given a show with rows A to B of 10 seats

    Scenario: nobody is locked out of their own seats
      Given Alice held seats A1 and A2, but the reply never reached her
      When Alice sends the same request again
      Then she is given a hold of seats A1 and A2
      When Alice asks to confirm
      Then she is given a new booking of seats A1 and A2

    Scenario: another shopper's key gives nothing away
      Given the box office asks to hold seats A1 and A2 under the key "once"
      When Alice sends the box office's request
      Then she is refused: seats_unavailable

    Scenario: a duplicate that arrives hours late sells nothing
      Given Bob holds seat A1
      And Alice asks to book seat A1 under the key "late"
      And Bob releases his hold
      When 3 hours pass
      And Alice sends the same request again
      Then she is refused: seats_unavailable
      And seat A1 is available

  Rule: what is late touches nobody else

    Background:
      Given a show with rows A to B of 10 seats

    Scenario: a late payment does not touch the next owner's seat
      Given Alice holds seat A1 for 1 minute
      And 1 minute passes
      And Bob holds seat A1
      When Alice asks to confirm
      Then she is refused: hold_expired
      When Alice asks to confirm, taking the seats again if they are free
      Then she is refused: seats_unavailable
      And Bob's hold is live

    Scenario: a late clean-up does not touch the next owner's seat
      Given Alice holds seats A1 and A2 for 1 minute
      And 1 minute passes
      And Bob books seat A1
      When Alice asks to release her hold
      Then she is told yes
      And Bob's booking has seat A1

    Scenario: a cancelled order is not revived by a payment
      Given Alice holds seat A1
      And Alice confirms
      And the box office cancels Alice's booking
      And Bob books seat A1
      When Alice asks to confirm
      Then she is told yes
      And her booking is cancelled
      And Bob's booking has seat A1

    Scenario: a hold that was given back is not revived by a payment
      Given Alice holds seat A1
      And Alice releases her hold
      When Alice asks to confirm, taking the seats again if they are free
      Then she is refused: hold_released
      And seat A1 is available

    Scenario: cancelling twice does not count twice
      Given Alice books seats A1 and A2
      When the box office cancels Alice's booking 10 times at the same moment
      Then all of them are told yes
      And the counts are
        | total | available | held | booked | blocked |
        | 20    | 20        | 0    | 0      | 0       |

    Scenario: a cancelled booking gives its seats back
      Given Alice books seats A1 to A10
      And the box office cancels Alice's booking
      When Bob asks to book seats A1 to A10
      Then he is told yes

  Rule: nobody keeps seats for ever

    Scenario: pressing extend for ever
      Given a show with rows A to A of 10 seats, on these terms
        | holdSeconds        | 300 |
        | holdSecondsMax     | 300 |
        | holdLifeSecondsMax | 900 |
      And Alice holds seat A1
      When Alice asks for more time every 2 minutes, until she is refused
      Then she is refused: hold_life_exceeded
      And seat A1 is available after 15 minutes in all

    Scenario: holding all the seats, again and again
      Given a show with rows A to B of 10 seats, on these terms
        | maxSeatsPerHolder | 4 |
      And Alice holds seats A1 to A4
      When Alice asks to hold seats B1 to B4
      Then she is refused: holder_limit_reached, limit 4

  Rule: a fault costs a pause, not the process

    Scenario: every connection to the database is cut, once
      Given a show with rows A to B of 10 seats
      And Alice holds seat A1
      When every connection to the database is cut
      And Alice asks to confirm
      Then she is given a new booking of seat A1
      When Bob asks to hold seat A2
      Then he is told yes

    Scenario: connections are cut again and again while a crowd buys
      Given a show with rows A to D of 10 seats
      When 40 clients each buy a seat of their own, while connections are cut 5 times
      Then 40 of them are told yes
      And every seat is booked

    Scenario: the database is killed and comes back
      Given a server on a PostgreSQL of its own
      And a show with rows A to B of 10 seats
      And Alice books seats A1 and A2
      When its PostgreSQL is killed
      And Bob asks to book seat B1
      Then he is told yes, within the deadline of a request
      And Alice's booking has seats A1 and A2

    Scenario: starting again deletes nothing and seeds nothing
      Given a server on a PostgreSQL of its own
      And a show with rows A to B of 10 seats
      And Alice books seat A1
      And Bob holds seat A2
      When the server is stopped, migrated and started again
      Then seat A1 is booked
      And seat A2 is held
      And there is still 1 show
      When Bob asks to confirm
      Then he is given a new booking of seat A2
