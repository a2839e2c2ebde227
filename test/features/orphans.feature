Feature: Seats that would be left alone
  A single seat between taken ones is hard to sell. A show may refuse choices that leave one.

  Background:
    Given a show with rows A to B of 6 seats, on these terms
      | refuseOrphans | true |

  Rule: a choice must not leave a single seat alone

    Scenario: at the end of the row
      When Alice asks to hold seats A2 and A3
      Then she is refused: orphan_left, because of
        | seat | reason |
        | A1   | orphan |
      And every seat is available

    Scenario: moved by one seat
      When Alice asks to hold seats A1 and A2
      Then she is told yes

    Scenario: a seat that was added later is a neighbour
      Given a show with rows A to A of 3 seats, on these terms
        | refuseOrphans | true |
      When the box office adds the seats
        | A4 |
      And Alice asks to hold seats A1 and A2
      Then she is told yes

    Scenario: also at the end of a row that is not the last one, in front of one, and within
      Given a show with rows A to B of 3 seats, on these terms
        | refuseOrphans | true |
      When the box office adds the seats
        | A4 |
        | C3 |
        | C5 |
      And the box office adds the seats
        | C4 |
        | C2 |
      And Alice asks to hold seats A1 and A2
      Then she is told yes
      When Bob asks to hold seats C4 and C5
      Then he is told yes
      And they are all together
      When Carol asks to hold seats A3 and A4
      Then she is told yes
      And they are all together
      When Bob asks to hold the best 2 seats
      Then he is given a hold of seats C2 and C3

    Scenario: a seat that was added within a row parts those that it is between
      Given a show without seats
      When the box office adds the seats
        | A1 |
        | A3 |
      And the box office adds the seats
        | A2 |
      And Alice asks to hold seats A1 and A3
      Then she is told yes
      And they are not all together

    Scenario: a seat that was added later, but not beside it, is none
      Given a show with rows A to B of 3 seats, on these terms
        | refuseOrphans | true |
      When the box office adds the seats
        | A6 |
        | B4 |
      And Alice asks to hold seats A1 and A2
      Then she is refused: orphan_left, because of
        | seat | reason |
        | A3   | orphan |

    Scenario: on both sides, beside seats that are taken
      Given Bob holds seats A1 and A2
      When Alice asks to hold seats A4 and B2 to B5
      Then she is refused: orphan_left, because of
        | seat | reason |
        | A3   | orphan |
        | B1   | orphan |
        | B6   | orphan |

    Scenario: sales at the counter keep to it as well
      When the box office asks to book seats A2 and A3
      Then the box office is refused: orphan_left

  Rule: only what the choice itself does counts

    Scenario: a seat that is alone already
      Given the box office blocks seats A2, A3 and A4 for "cameras"
      When Alice asks to hold seats B1 and B2
      Then she is told yes

    Scenario: filling a gap
      Given the box office blocks seat A2 for "pillar"
      When Alice asks to hold seat A1
      Then she is told yes

    Scenario: a seat that somebody else has is not left alone
      Given Bob holds seats A1 and A2
      When Alice asks to hold seats A3 and A4
      Then she is told yes

    Scenario: what ran out is free again
      Given Bob holds seats A1 and A2 for 1 minute
      When 1 minute passes
      And Alice asks to hold seats A3 and A4
      Then she is told yes

  Rule: where nothing else is left, somebody is left alone

    Scenario: the last three seats, for two
      Given the box office blocks seats A4 to A6 and B1 to B6 for "closed"
      When Alice asks to hold seats A1 and A2
      Then she is told yes

    Scenario: one of the last two
      Given the box office blocks seats A3 to A6 and B1 to B6 for "closed"
      When Alice asks to hold seat A2
      Then she is told yes

    Scenario: but no more than it takes
      Given the box office blocks seats A4 to A6 and B4 to B6 for "closed"
      When Alice asks to hold seats A2 and B2
      Then she is refused: orphan_left, because of
        | seat | reason |
        | A1   | orphan |
        | A3   | orphan |
        | B1   | orphan |
        | B3   | orphan |

    Scenario: but not while there are others
      Given the box office blocks seats A4 to A6 and B3 to B6 for "closed"
      When Alice asks to hold seats A1 and A2
      Then she is refused: orphan_left, because of
        | seat | reason |
        | A3   | orphan |

  Rule: the engine's own choice is never refused

    Scenario: when a seat is left alone whatever it does
      Given the box office blocks seats A4 to A6 and B1 to B6 for "closed"
      When Alice asks to hold the best 2 seats
      Then she is given a hold of seats A2 and A3

    Scenario: it leaves nobody alone where it can
      When Alice asks to hold the best 4 seats
      Then she is given a hold of seats A1 to A4

  Rule: shows that do not say so sell any choice

    Scenario: any choice
      Given a show with rows A to A of 6 seats
      When Alice asks to hold seats A2 and A3
      Then she is told yes
