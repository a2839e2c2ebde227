Feature: Get the statuses
  The compact form for drawing: one character for each seat, in the order of the map.

  Background:
    Given a show with rows A to A of 5 seats

  Scenario: a is available, h held, b booked, x blocked
    Given Alice holds seat A2
    And Bob books seat A3
    And the box office blocks seat A5 for "camera"
    When Bob asks for the statuses
    Then the answer has
      | statuses | ahbax |

  Scenario: a hold that ran out
    Given Alice holds seats A2 and A3 for 1 minute
    And 1 minute passes
    When Bob asks for the statuses
    Then the answer has
      | statuses | aaaaa |

  Scenario: what the caller has already is not sent again
    Given Alice holds seat A2 for 1 minute
    And Bob asks for the statuses
    When Bob asks for the statuses again, if they have changed
    Then the answer to him is 304
    When 1 minute passes
    And Bob asks for the statuses again, if they have changed
    Then the answer to him is 200
    And the answer has
      | statuses | aaaaa |

  Scenario: seats that were added
    Given Bob asks for the statuses
    When the box office adds the seats
      | A6 |
    And Bob asks for the statuses
    Then the answer has
      | statuses | aaaaaa |
