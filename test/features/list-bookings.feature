Feature: List the bookings of a show
  Who lost an answer finds what was bought by its own reference, and the box office what was sold.

  Background:
    Given a show with rows A to B of 10 seats
    And Alice books seats A1 and A2
    And Bob books seat A5

  Scenario: the newest first
    When the box office lists the bookings
    Then the list has
      | seats  | holder |
      | A5     | Bob    |
      | A1, A2 | Alice  |

  Scenario: as they are now
    Given the box office swaps seat A1 of Alice's booking for seat B1
    And the box office cancels Bob's booking
    When the box office lists the bookings with "cancelled=false"
    Then the list has
      | seats  |
      | A2, B1 |
    When the box office lists the bookings with "cancelled=true"
    Then the list has
      | seats | holder |
      |       | Bob    |

  Scenario: by holder, and by seat
    When the box office lists the bookings with "holder=Bob"
    Then the list has
      | seats |
      | A5    |
    When the box office lists the bookings with "seat=A2"
    Then the list has
      | holder |
      | Alice  |

  Scenario: in pages
    When the box office lists the bookings with "limit=1"
    Then the list has
      | holder |
      | Bob    |
      | Alice  |

  Scenario: nobody without an account sees any
    When Alice asks for the bookings with "holder=Alice"
    Then she is refused: unauthenticated
