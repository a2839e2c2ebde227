Feature: General admission
  A section without chosen seats has places: the shopper asks for a quantity, the engine numbers
  them.

  Background:
    Given a show with a floor of 10 places and rows A to A of 4 seats

  Scenario: so many places
    When Alice asks to hold 3 places of the section "Floor"
    Then she is told yes
    And 3 seats are held for her

  Scenario: places and seats in one hold
    When Alice asks to hold 2 places of the section "Floor" and seat A1
    Then she is told yes
    And 3 seats are held for her
    And seat A1 is held

  Scenario: more than are left
    Given Bob asks to hold 8 places of the section "Floor"
    When Alice asks to hold 3 places of the section "Floor"
    Then she is refused: not_enough_seats, limit 2
    And the sections are
      | section | total | available | held | booked | blocked |
      | Floor   | 10    | 2         | 8    | 0      | 0       |
      | Stalls  | 4     | 4         | 0    | 0      | 0       |

  Scenario: a taken seat, and no place is taken either
    Given Bob holds seat A1
    When Alice asks to hold 2 places of the section "Floor" and seat A1
    Then she is refused: seats_unavailable, because of
      | seat | reason |
      | A1   | held   |
    And the sections are
      | section | total | available | held | booked | blocked |
      | Floor   | 10    | 10        | 0    | 0      | 0       |
      | Stalls  | 4     | 3         | 1    | 0      | 0       |

  Scenario: some of them are given back
    Given Alice asks to hold 3 places of the section "Floor"
    When Alice gives back 2 places of the section "Floor"
    Then 1 seat is held for her

  Scenario: more than the hold has cannot be given back
    Given Alice asks to hold 3 places of the section "Floor"
    When Alice asks to give back 4 places of the section "Floor"
    Then she is refused: seats_not_in_hold, limit 3
    And 3 seats are held in all

  Scenario: some of a booking are cancelled
    Given Alice asks to hold 3 places of the section "Floor" and seat A1
    And Alice confirms
    When the box office cancels 2 places of the section "Floor" of Alice's booking
    Then the sections are
      | section | total | available | held | booked | blocked |
      | Floor   | 10    | 9         | 0    | 1      | 0       |
      | Stalls  | 4     | 3         | 0    | 1      | 0       |

  Scenario: the best seats are no places, unless the section is named
    When Alice asks to hold the best 5 seats
    Then she is refused: not_enough_seats, limit 4
    When Alice asks to hold the best 5 seats of the section "Floor"
    Then she is told yes

  Scenario: a section that is not there
    When Alice asks to hold 2 places of the section "Balcony"
    Then she is refused: invalid_request, with the mistakes
      | path              | message           |
      | places[0].section | general admission |

  Scenario: a section of chosen seats has no places
    When Alice asks to hold 2 places of the section "Stalls"
    Then she is refused: invalid_request, with the mistakes
      | path              | message           |
      | places[0].section | general admission |

  Scenario: a crowd gets exactly as many as there are
    When 20 clients ask to hold 1 place of the section "Floor" at the same time
    Then 10 of them are told yes
    And 10 of them are refused: not_enough_seats
