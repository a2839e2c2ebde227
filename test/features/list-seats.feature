Feature: List seats
  Every seat of a show with what it is just now, to be filtered and paged through.

  Background:
    Given a show on a venue's plan with these seats
      | section | row | seat | category |
      | Stalls  | A   | 1    | premium  |
      | Stalls  | A   | 2    | premium  |
      | Stalls  | B   | 1    | standard |
      | Circle  | A   | 1    | standard |
      | Circle  | A   | 2    | standard |

  Scenario: what a seat is
    Given Alice holds seat "Stalls A1" for 5 minutes
    When Bob lists the seats
    Then he is told of the seats
      | seat      | section | row | number | category | status    |
      | Stalls A1 | Stalls  | A   | 1      | premium  | held      |
      | Stalls A2 | Stalls  | A   | 2      | premium  | available |
      | B1        | Stalls  | B   | 1      | standard | available |
      | Circle A1 | Circle  | A   | 1      | standard | available |
      | Circle A2 | Circle  | A   | 2      | standard | available |
    And a held seat says until when, and no other does

  Scenario Outline: filtered by <filter>
    Given Alice holds seat "Stalls A1"
    And Bob books seat B1
    And the box office blocks seat "Circle A2" for "camera"
    When Carol lists the seats, filtered by "<filter>"
    Then she is told of the seats "<seats>"

    Examples:
      | filter                             | seats                    |
      | status=held                        | Stalls A1                |
      | status=booked                      | B1                       |
      | status=blocked                     | Circle A2                |
      | status=available                   | Stalls A2, Circle A1     |
      | section=Circle                     | Circle A1, Circle A2     |
      | category=premium                   | Stalls A1, Stalls A2     |
      | category=standard&status=available | Circle A1                |
      | section=Nowhere                    |                          |

  Scenario: in pages, none twice and none left out
    When Bob lists the seats in pages of 2
    Then he has seen 3 pages
    And he is told of the seats "Stalls A1, Stalls A2, B1, Circle A1, Circle A2"

  Scenario Outline: a question that makes no sense: <filter>
    When Bob lists the seats, filtered by "<filter>"
    Then he is refused: invalid_request, with the mistakes
      | path   |
      | <path> |

    Examples:
      | filter       | path   |
      | status=free  | status |
      | limit=0      | limit  |
      | limit=5000   | limit  |
      | cursor=last  | cursor |
      | colour=red   | colour |
