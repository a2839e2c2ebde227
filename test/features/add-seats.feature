Feature: Add seats
  A show with seats of its own gets more of them, by their labels.

  Rule: labels as people write them

    Scenario: trimmed, inner blanks folded, in the order given
      Given a show without seats
      When the box office adds the seats
        | "A1"      |
        | " A2 "    |
        | "Box  3"  |
      Then the show has the seats
        | seat  |
        | A1    |
        | A2    |
        | Box 3 |

    Scenario: a seat's row and number are read off its label
      Given a show without seats
      When the box office adds the seats
        | B12 |
      Then the show has the seats
        | seat | row | number |
        | B12  | B   | 12     |

    Scenario: new seats are on sale at once, old ones stay as they are
      Given a show with rows A to A of 2 seats
      And Alice books seat A2
      When the box office adds the seats
        | A3 |
      And Bob asks to hold seat A3
      Then he is told yes
      And seat A2 is booked

    Scenario: a server that has seen the show before knows the new seats
      Given a show with rows A to A of 2 seats
      And Bob speaks to the second server
      And Bob holds seat A1
      When the box office adds the seats
        | A3 |
      And Bob asks to hold seat A3
      Then he is told yes

  Rule: no seat twice

    Background:
      Given a show with rows A to A of 3 seats

    Scenario: seats that are there already are listed
      When the box office adds the seats
        | a1 |
        | A9 |
        | A3 |
      Then the box office is refused: seats_exist, with the mistakes
        | path     | message           |
        | seats[0] | a1 already exists |
        | seats[2] | A3 already exists |
      And the show has 3 seats

    Scenario: the same label twice in one list
      When the box office adds the seats
        | B1   |
        | " b1" |
      Then the box office is refused: plan_invalid, with the mistakes
        | path     | message        |
        | seats[1] | already exists |
      And the show has 3 seats

    Scenario: asked again after a lost answer
      Given the box office adds seat B1, but the reply never reached it
      When the box office sends the same request again
      Then the box office is told yes
      And the show has 4 seats

  Rule: only seats of the show's own

    Scenario: a venue's plan belongs to other shows as well
      Given a show on a venue's plan with these seats
        | row | seat |
        | A   | 1    |
      When the box office adds the seats
        | A2 |
      Then the box office is refused: plan_shared
      And the show has 1 seats

    Scenario: it takes the operator key
      Given a show with rows A to A of 3 seats
      When Alice adds the seats
        | A4 |
      Then she is refused: unauthenticated
