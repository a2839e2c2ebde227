Feature: Create a show
  A show is one performance on one plan: what is sold.

  Rule: seats of its own, or a venue's plan

    Scenario: a grid
      When the box office creates a show with
        | seats | {"rows": "A-J", "seatsPerRow": 12} |
      Then the answer to the box office is 201
      And the show has 120 seats
      And every seat is available

    Scenario: a list of labels, as people write them
      When the box office creates a show with
        | seats | ["A1", " a2 ", "c  5"] |
      Then the show has the seats
        | seat |
        | A1   |
        | a2   |
        | c 5  |

    Scenario: a list with the same seat twice
      When the box office creates a show with
        | seats | ["A1", "B1", " a1"] |
      Then the box office is refused: plan_invalid, with the mistakes
        | path     | message          |
        | seats[2] | already exists   |

    Scenario: without any seats, to be added later
      When the box office creates a show with
        | title | Hamlet |
      Then the answer to the box office is 201
      And the show has 0 seats

    Scenario: a venue's plan
      Given a show on a venue's plan with these seats
        | section | row | seat | category |
        | Stalls  | A   | 1    | premium  |
        | Circle  | A   | 1    | standard |
      Then the show has the seats
        | seat      |
        | Stalls A1 |
        | Circle A1 |
      And the show names the venue and the plan

    Scenario: many shows on one plan do not know of each other
      Given a show on a venue's plan with these seats
        | row | seat |
        | A   | 1    |
        | A   | 2    |
      And Alice holds seat A1
      When the box office creates another show on the same plan
      Then every seat is available

    Scenario: a plan and seats contradict each other
      When the box office creates a show with
        | plan  | plan_00000000000000000000000000000000 |
        | seats | ["A1"]                                |
      Then the box office is refused: invalid_request, with the mistakes
        | path  | message       |
        | seats | together with |

    Scenario: a plan that is not there
      When the box office creates a show with
        | plan | plan_00000000000000000000000000000000 |
      Then the box office is refused: plan_unknown

  Rule: the terms of a show

    Scenario: without any, the usual ones
      When the box office creates a show with
        | seats | ["A1"] |
      Then the show has
        | holdSeconds        | 600    |
        | holdSecondsMax     | 1800   |
        | holdLifeSecondsMax | 3600   |
        | maxSeatsPerHold    | 10     |
        | maxSeatsPerHolder  | null   |
        | cancellable        | true   |
        | confirmBy          | seller |
        | salesFrom          | null   |
        | salesUntil         | null   |
        | cancelledAt        | null   |

    Scenario: terms that contradict each other
      When the box office creates a show with
        | seats          | ["A1"]               |
        | holdSeconds    | 900                  |
        | holdSecondsMax | 600                  |
        | salesFrom      | 2031-12-01T12:00:00Z |
        | salesUntil     | 2031-11-30T12:00:00Z |
      Then the box office is refused: invalid_request, with the mistakes
        | path        | message                         |
        | holdSeconds | must not be more than           |
        | salesUntil  | must lie after salesFrom        |

  Rule: the same show again is fine

    Background:
      Given the box office creates a show with
        | title     | Hamlet       |
        | seats     | ["A1", "A2"] |
        | confirmBy | holder       |

    Scenario: the same body
      When the box office creates the same show again, but with
        | title | Hamlet |
      Then the answer to the box office is 200
      And the show has 2 seats

    Scenario: another body
      When the box office creates the same show again, but with
        | title | Macbeth |
      Then the box office is refused: show_exists
      And the show has
        | title | Hamlet |

    Scenario: what was sold meanwhile stays sold
      Given Alice books seat A1
      When the box office creates the same show again, but with
        | title | Hamlet |
      Then the answer to the box office is 200
      And seat A1 is booked

  Rule: who may

    Scenario: it takes the operator key
      When Alice creates a show with
        | seats | ["A1"] |
      Then she is refused: unauthenticated

    Scenario: everybody finds it
      Given a show with rows A to B of 10 seats
      When Alice looks for shows
      Then the show is among them

    Scenario: a show that is not there
      When Alice looks at a show that does not exist
      Then she is refused: show_unknown
