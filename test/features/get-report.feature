Feature: Get a report
  The box office counts the seats of a show by whatever it wants to know.

  Background:
    Given a show on a venue's plan with these seats
      | section | row | seat | category |
      | Stalls  | A   | 1    | premium  |
      | Stalls  | A   | 2    | premium  |
      | Stalls  | B   | 1    | standard |
      | Circle  | A   | 1    | standard |
    And Bob books seats B1 and "Circle A1"
    And the box office books seat "Stalls A1" for "customer-17"

  Scenario: by status
    Then the report by "status" is
      | status    | seats | bookings |
      | available | 1     | 0        |
      | booked    | 3     | 2        |

  Scenario: by section and status
    Then the report by "section,status" is
      | section | status    | seats | bookings |
      | Circle  | booked    | 1     | 1        |
      | Stalls  | available | 1     | 0        |
      | Stalls  | booked    | 2     | 2        |

  Scenario: by holder
    Then the report by "holder" is
      | holder      | seats | bookings |
      | Bob         | 2     | 1        |
      | customer-17 | 1     | 1        |
      |             | 1     | 0        |

  Scenario: seats sold on a day
    Then the report by "day" has 3 seats sold today

  Scenario: by what there is not
    When the box office asks for the report by "price"
    Then the box office is refused: invalid_request

  Scenario: not for shoppers
    When Alice asks for the report by "status"
    Then she is refused: unauthenticated
