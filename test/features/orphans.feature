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

    Scenario: a seat that was added later, but not beside it, is none
      Given a show with rows A to A of 3 seats, on these terms
        | refuseOrphans | true |
      When the box office adds the seats
        | A6 |
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
