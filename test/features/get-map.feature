Feature: Get the map
  Everything that drawing the seats needs, to be fetched once and kept.

  Scenario: the seats of a venue's plan, in columns
    Given a show on a venue's plan with these seats
      | section | row | seat | category | x   | y  | accessible |
      | Stalls  | A   | 1    | premium  | 50  | 10 | no         |
      | Stalls  | A   | 2    | premium  | 100 | 10 | yes        |
      | Circle  | A   | 1    | standard | 50  | 90 | no         |
    When Bob asks for the map
    Then the map shows
      | label     | section | category | flags |
      | Stalls A1 | Stalls  | premium  | 0     |
      | A2        | Stalls  | premium  | 1     |
      | Circle A1 | Circle  | standard | 0     |

  Scenario: a venue's plan never changes, so it may be kept for ever
    Given a show on a venue's plan with these seats
      | row | seat |
      | A   | 1    |
    When Bob asks for the map
    Then he may keep it for ever
    When Bob asks for the map again, if it has changed
    Then the answer to him is 304

  Scenario: seats of a show's own may become more
    Given a show with rows A to A of 2 seats
    And Bob asks for the map
    When the box office adds the seats
      | A3 |
    And Bob asks for the map again, if it has changed
    Then the answer to him is 200
    And the map has 3 seats

  Scenario: the map tells nothing of who has which seat
    Given a show with rows A to A of 2 seats
    And Alice books seat A1
    When Bob asks for the map
    Then nothing in it speaks of Alice
