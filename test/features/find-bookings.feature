Feature: Find bookings in all shows
  A shop that lost the answer and the key of a request asks whether its reference bought something.

  Background:
    Given a show with rows A to B of 10 seats

  Scenario: by reference
    Given Alice books seats A1 and A2
    And Bob books seat A5 for the order "order-of-bob"
    When the box office finds the bookings with "reference=order-of-bob"
    Then the list has
      | seats | holder | reference    |
      | A5    | Bob    | order-of-bob |

  Scenario: what was cancelled since is found, too
    Given Bob books seat A5 for the order "order-of-yesterday"
    And the box office cancels Bob's booking
    When the box office finds the bookings with "reference=order-of-yesterday&holder=Bob"
    Then the list has
      | seats | holder |
      |       | Bob    |

  Scenario: a reference that bought nothing
    When the box office finds the bookings with "reference=order-of-nobody"
    Then the list is empty

  Scenario: it has to be asked for something
    When the box office asks for all bookings there are
    Then the box office is refused: invalid_request
