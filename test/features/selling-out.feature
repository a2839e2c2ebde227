Feature: Selling out
  A plan that another system has drawn is imported, goes on sale, and is sold to the last seat.

  Scenario Outline: <file>
    Given a venue
    When the box office creates a plan from the file "<file>"
    And the box office puts a show on sale on it
    And 8 shoppers buy whatever is free, over both servers, until nothing is left
    Then every seat is booked
    And no two bookings have a seat in common
    And all bookings together have <seats> seats

    Examples:
      | file                         | seats |
      | sampleChart.json             | 232   |
      | sampleChartWithSections.json | 71    |
      | sampleChartWithTables.json   | 12    |
      | pretix-playhouse.json        | 52    |

  Scenario: a sold-out show says so
    Given a show with rows A to A of 2 seats
    And Alice books seats A1 and A2
    When Bob asks to hold seats A1 and A2
    Then he is refused: seats_unavailable, because of
      | seat | reason |
      | A1   | booked |
      | A2   | booked |

  Scenario: a returned ticket is sold again
    Given a show with rows A to A of 2 seats
    And Alice books seats A1 and A2
    And the box office cancels seat A2 of Alice's booking
    When Bob asks to book seat A2
    Then he is given a new booking of seat A2
    And every seat is booked
