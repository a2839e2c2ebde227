Feature: List the holds of a show
  Who lost an answer finds what it has by its own reference, and the box office sees what is held.

  Background:
    Given a show with rows A to B of 10 seats
    And Alice holds seats A1 and A2
    And Bob holds seat A5

  Scenario: the box office sees all that are live, the first one first
    When the box office lists the holds
    Then the list has
      | seats  | holder |
      | A1, A2 | Alice  |
      | A5     | Bob    |

  Scenario: what ended is not among them
    Given Alice confirms
    And Bob releases his hold
    When the box office lists the holds
    Then the list is empty

  Scenario: nor what ran out
    When 30 days pass
    And the box office lists the holds
    Then the list is empty

  Scenario: by seat, and by holder
    When the box office lists the holds with "seat=A2"
    Then the list has
      | seats  |
      | A1, A2 |
    When the box office lists the holds with "holder=Bob"
    Then the list has
      | seats |
      | A5    |
    When the box office lists the holds with "holder=Bob&seat=A2"
    Then the list is empty

  Scenario: in pages
    When the box office lists the holds with "limit=1"
    Then the list has
      | seats  |
      | A1, A2 |
      | A5     |

  Scenario: a seat that is not there
    When the box office asks for the holds with "seat=Z9"
    Then the box office is refused: invalid_request

  Scenario: nobody without an account sees any
    When Alice asks for the holds with "limit=1"
    Then she is refused: unauthenticated
