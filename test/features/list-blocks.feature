Feature: List the blocks of a show
  What is withheld can be found again, and given back, without the answer that made it.

  Background:
    Given a show with rows A to B of 10 seats
    And the box office blocks seats A1 and A2 for "camera"
    And the box office blocks seat B1 for "pillar"

  Scenario: those that withhold seats
    When the box office lists the blocks
    Then the list has
      | seats  | reason |
      | A1, A2 | camera |
      | B1     | pillar |

  Scenario: one that was released is not among them
    Given the box office unblocks everything
    When the box office lists the blocks
    Then the list has
      | seats  |
      | A1, A2 |

  Scenario: the block that has a seat
    When the box office lists the blocks with "seat=A2"
    Then the list has
      | reason |
      | camera |

  Scenario: held seats are in no block
    Given Alice holds seat B5
    When the box office lists the blocks with "seat=B5"
    Then the list is empty
