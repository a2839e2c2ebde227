Feature: Best available seats
  A shopper asks for a number of seats instead of choosing. The choice is made where the seats are
  given out, so that a crowd asking at once never collides.

  Background:
    Given a show with rows A to B of 7 seats

  Rule: the nearest that are side by side

    Scenario: in the middle of the front row
      When Alice asks to hold the best 3 seats
      Then she is given a hold of seats A3, A4 and A5

    Scenario: together rather than nearer
      Given Bob holds seats A2, A4 and A6
      When Alice asks to hold the best 3 seats
      Then she is given a hold of seats B3, B4 and B5

    Scenario: a little to the side, when else two single seats would be left at the ends
      When Alice asks to hold the best 5 seats
      Then she is given a hold of seats A1 to A5

    Scenario: two groups rather than somebody alone
      When Alice asks to hold the best 8 seats
      Then she is given a hold of seats A1 to A6, B3 and B4
      And they are not all together

    Scenario: apart when they cannot be together
      Given Bob holds seats A2, A4, A6, B2, B4 and B6
      When Alice asks to hold the best 2 seats
      Then she is told yes
      And 2 seats are held for her

    Scenario: fewer are free than were asked for
      Given Bob holds seats A1 to A7
      When Alice asks to hold the best 8 seats
      Then she is refused: not_enough_seats, limit 7
      And seats B1 to B7 are available

    Scenario: sold at once
      When Alice asks to book the best 2 seats
      Then she is told yes
      And 2 seats are booked for her

  Rule: where the shopper wants to sit

    Background:
      Given a show on a venue's plan with these seats
        | section | row | seat | category |
        | Stalls  | A   | 1    | premium  |
        | Stalls  | A   | 2    | premium  |
        | Circle  | C   | 1    | standard |
        | Circle  | C   | 2    | standard |

    Scenario: in a section
      When Alice asks to hold the best 2 seats of the section "Circle"
      Then she is given a hold of seats C1 and C2

    Scenario: in a category
      When Alice asks to hold the best 2 seats of the category "standard"
      Then she is given a hold of seats C1 and C2

    Scenario: in a section that is not there
      When Alice asks to hold the best 2 seats of the section "Balcony"
      Then she is refused: invalid_request, with the mistakes
        | path         | message                      |
        | best.section | is not a section of the plan |

  Rule: accessible seats only for those who ask for them

    Background:
      Given a show on a venue's plan with these seats
        | row | seat | accessible |
        | A   | 1    | yes        |
        | A   | 2    | no         |
        | A   | 3    | no         |
        | A   | 4    | no         |
        | B   | 1    | no         |
        | B   | 2    | yes        |
        | B   | 3    | no         |

    Scenario: nobody else is given one
      When Alice asks to hold the best 5 seats
      Then she is told yes
      And seats A1 and B2 are available

    Scenario: exactly as many, with a companion beside
      When Alice asks to hold the best 2 seats, 1 of them accessible
      Then she is given a hold of seats A1 and A2
      And they are all together

    Scenario: each with a companion, when they cannot all sit together
      When Alice asks to hold the best 4 seats, 2 of them accessible
      Then she is given a hold of seats A1, A2, B2 and B3
      And they are not all together

    Scenario: S23: a companion's seat is kept for a companion
      Given a show on a venue's plan with these seats
        | row | seat | accessible | companion | restricted_view |
        | A   | 1    | yes        |           |                 |
        | A   | 2    |            | yes       |                 |
        | A   | 3    |            |           |                 |
        | A   | 4    |            |           |                 |
        | A   | 5    |            |           |                 |
        | A   | 6    |            |           | yes             |
      When Alice asks to hold the best 1 seats
      Then she is given a hold of seat A3
      When Bob asks to hold the best 1 seats
      Then he is given a hold of seat A4
      When Carol asks to hold the best 1 seats
      Then she is given a hold of seat A5
      When Alice asks to hold the best 2 seats, 1 of them accessible
      Then she is given a hold of seats A1 and A2
      And they are all together
      When Bob asks to hold the best 1 seats
      Then he is given a hold of seat A6

    Scenario: a wheelchair space with a companion's seat goes before a nearer one without
      Given a show on a venue's plan with these seats
        | row | seat | accessible | companion |
        | A   | 1    | yes        |           |
        | A   | 2    |            |           |
        | B   | 1    |            | yes       |
        | B   | 2    | yes        |           |
      When Alice asks to hold the best 2 seats, 1 of them accessible
      Then she is given a hold of seats B1 and B2

    Scenario: more than there are
      When Alice asks to hold the best 3 seats, 3 of them accessible
      Then she is refused: not_enough_seats, limit 2

    Scenario: whoever chooses may choose one
      When Alice asks to hold seat A1
      Then she is told yes

  Rule: a crowd asking at once never collides

    Scenario: 160 at once ask for pairs
      Given a show with rows A to T of 20 seats
      When 160 clients ask to hold the best 2 seats at the same time
      Then 160 of them are told yes
      And all of them sit together
      And 320 seats are held in all

    Scenario: everybody gets seats of their own
      Given a show with rows A to J of 10 seats
      When 50 clients ask to hold the best 2 seats at the same time
      Then 50 of them are told yes
      And every seat is held

    Scenario: and exactly those who come too late get none
      Given a show with rows A to B of 5 seats
      When 20 clients ask to hold the best 2 seats at the same time
      Then 4 or 5 of them are told yes, and the others are refused: not_enough_seats

    Scenario: asked again after a lost answer, the same seats
      Given Alice asked to hold the best 2 seats, but the reply never reached her
      And Bob asks to hold the best 2 seats
      When Alice sends the same request again
      Then she is told yes
      And 4 seats are held in all

    Scenario: a refused sale stays refused, whatever becomes free
      Given Bob holds seats A1 to A7
      And Alice asks to book the best 8 seats under the key "sale"
      And Bob releases his hold
      When Alice asks to book the best 8 seats under the key "sale"
      Then she is refused: not_enough_seats, limit 7
      And every seat is available
