# Promise 15 of docs/promises.md.
Feature: List events
  The same events for systems that would rather ask than be called.

  Background:
    Given a show with rows A to B of 10 seats

  Scenario: from the beginning, page by page
    Given Alice holds seats A1 and A2
    And Alice confirms
    When the box office lists events in pages of 2
    Then it is told
      | type            |
      | show.created    |
      | hold.created    |
      | booking.created |

  Scenario: a hold that ran out comes after what it followed
    Given Alice holds seat A1 for 60 seconds
    And 61 seconds pass
    And Bob holds seat A1
    When the box office lists events in pages of 100
    Then it is told
      | type         |
      | show.created |
      | hold.created |
      | hold.expired |
      | hold.created |

  Scenario: a hold runs out once, even if a part of it is given back afterwards
    Given Alice holds seats A1 and A2 for 60 seconds
    And 61 seconds pass
    And the box office lists events in pages of 100
    And Alice releases seat A1
    And Bob holds seat B1
    When the box office lists events in pages of 100
    Then it is told
      | type         |
      | show.created |
      | hold.created |
      | hold.expired |
      | hold.changed |
      | hold.created |

  Scenario: a part is given back afterwards, before anyone was told
    Given Alice holds seats A1 and A2 for 60 seconds
    And 61 seconds pass
    And Alice releases seat A1
    When the box office lists events in pages of 100
    Then it is told
      | type         |
      | show.created |
      | hold.created |
      | hold.expired |
      | hold.changed |

  Scenario: who waits is answered when something happens
    When the box office waits for events
    And Alice holds seat A1
    Then the wait ends with "hold.created"

  Scenario: there is no such show
    When the box office lists events of a show that is not there
    Then the box office is refused: show_unknown

  Scenario: a position that the history does not have
    When the box office lists events after 1.2_r1
    Then the box office is refused: position_unknown
