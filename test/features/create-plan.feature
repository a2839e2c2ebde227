Feature: Create a plan
  A seating plan comes from a few words, a spreadsheet, or the drawing of another system.

  Background:
    Given a venue

  Rule: every format that people have

    Scenario Outline: a drawing of another system, <file>
      When the box office creates a plan from the file "<file>"
      Then the plan has <seats> seats, the first of which is "<first>"
      And the plan has the categories "<categories>"

      Examples: pretix
        | file                  | seats | first     | categories               |
        | pretix-playhouse.json | 52    | Stalls A1 | Front, Rear, Circle, Box |

      Examples: seats.io
        | file                         | seats | first         | categories      |
        | sampleChart.json             | 232   | A-1           | 9, 10, string11 |
        | sampleChartWithSections.json | 71    | Section A-A-1 | 1, 4            |
        | sampleChartWithTables.json   | 12    | T1-1          | 9, 10           |

    Scenario: a grid
      When the box office creates a plan from the grid
        | rows        | A-C |
        | seatsPerRow | 4   |
      Then the plan has 12 seats, the first of which is "A1"

    Scenario: a spreadsheet, sent as it is
      When the box office sends the file "theatre.csv" as CSV
      Then the plan has 30 seats, the first of which is "Stalls A1"
      And the plan has the sections
        | key    | seatCount |
        | Stalls | 18        |
        | Circle | 12        |

    Scenario: our own JSON
      When the box office creates a plan from this document
        """json
        {
          "name": "Studio",
          "categories": [{ "key": "front", "name": "Front", "color": "#cc0000" }],
          "seats": [
            { "label": "A1", "row": "A", "number": "1", "category": "front", "x": 0, "y": 0 },
            { "label": "A2", "row": "A", "number": "2", "category": "front", "x": 50, "y": 0 }
          ]
        }
        """
      Then the plan has 2 seats, the first of which is "A1"
      And the plan has the categories "front"

  Rule: what goes in comes out again

    Scenario Outline: a plan exported as <format> is the same plan
      Given the box office creates a plan from the file "pretix-playhouse.json"
      When the box office exports it as <format> and creates a plan from that
      Then the plan has 52 seats, the first of which is "Stalls A1"

      Examples:
        | format  |
        | rowlock |
        | csv     |
        | pretix  |

  Rule: what is wrong is named by its place, and nothing is stored

    Scenario: a seat that is there twice
      When the box office creates a plan from this document
        """json
        {
          "categories": [{ "key": "front", "name": "Front" }],
          "seats": [
            { "label": "A1", "category": "front", "x": 0, "y": 0 },
            { "label": "a 1", "category": "front", "x": 10, "y": 0 },
            { "label": " a1", "category": "front", "x": 20, "y": 0 }
          ]
        }
        """
      Then the box office is refused: plan_invalid, with the mistakes
        | path           | message          |
        | seats[2].label | already exists   |
      And the venue has no new plan

    Scenario: a category that nobody has described
      When the box office creates a plan from this document
        """json
        {
          "categories": [{ "key": "front", "name": "Front" }],
          "seats": [{ "label": "A1", "category": "balcony", "x": 0, "y": 0 }]
        }
        """
      Then the box office is refused: plan_invalid, with the mistakes
        | path              | message |
        | seats[0].category | balcony |

    Scenario: a line of a spreadsheet
      When the box office creates a plan from this CSV
        """
        row,seat,x,y
        A,1,0,0
        A,2,abc,0
        """
      Then the box office is refused: plan_invalid, with the mistakes
        | path               | message |
        | line 3, column "x" | abc     |

    Scenario: a pretix plan whose seat has no category
      When the box office creates a plan from this document
        """json
        {
          "name": "Hall",
          "size": { "width": 100, "height": 100 },
          "categories": [{ "name": "Stalls" }],
          "zones": [{
            "name": "Ground", "position": { "x": 0, "y": 0 },
            "rows": [{
              "row_number": "1",
              "seats": [{
                "seat_guid": "1-1", "seat_number": "1", "position": { "x": 0, "y": 0 },
                "category": "Balcony"
              }]
            }]
          }]
        }
        """
      Then the box office is refused: plan_invalid, with the mistakes
        | path                               | message |
        | zones[0].rows[0].seats[0].category | Balcony |

    Scenario: something that is no plan
      When the box office creates a plan from this document
        """json
        { "hello": "world" }
        """
      Then the box office is refused: plan_invalid, with the mistakes
        | path | message   |
        | $    | no format |

  Scenario: the answer says what was understood, and warns
    When the box office creates a plan from this CSV
      """csv
      label
      1排1座
      1排2座
      2排1座
      Box
      """
    Then the box office is told yes
    And the summary has 4 seats in 2 rows, and 1 without a row
    And the warnings are: rows_unread

  Scenario: a venue that is not there
    Given the venue is one that does not exist
    When the box office creates a plan from the grid
      | rows        | A-C |
      | seatsPerRow | 4   |
    Then the box office is refused: venue_unknown

  Scenario: it takes the operator key
    When Alice creates a plan from the grid
      | rows        | A-C |
      | seatsPerRow | 4   |
    Then she is refused: unauthenticated

  Scenario: a plan that is not there
    When Alice looks at a plan that does not exist
    Then she is refused: plan_unknown
