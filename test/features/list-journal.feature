# Promise 9 of docs/promises.md.
Feature: List the journal
  The history of a show is complete: who changed what, when, by which request. Versions have no
  gaps.

  Background:
    Given a show with rows A to B of 10 seats

  Scenario: every command that changed something, in order
    Given Alice holds seats A1, A2 and A3
    And Alice releases seat A3
    And Alice confirms
    And the box office swaps seat A1 of Alice's booking for seat B1
    And the box office cancels seat A2 of Alice's booking
    And the box office blocks seat B9 for "camera"
    And the box office unblocks everything
    And Bob books seat A5
    When the box office lists the journal
    Then it tells
      | version | kind    | seats      | freed | actor     |
      | 1       | create  |            |       | operator  |
      | 2       | hold    | A1, A2, A3 |       | anonymous |
      | 3       | release | A1, A2     | A3    | anonymous |
      | 4       | confirm | A1, A2     |       | anonymous |
      | 5       | swap    | A2, B1     | A1    | operator  |
      | 6       | cancel  | B1         | A2    | operator  |
      | 7       | block   | B9         |       | operator  |
      | 8       | unblock |            | B9    | operator  |
      | 9       | book    | A5         |       | anonymous |

  Scenario: what was refused, or changed nothing, is not in it
    Given Alice holds seat A1
    And Bob asks to hold seat A1
    And Alice releases her hold
    And Alice releases her hold
    When the box office lists the journal
    Then it tells
      | version | kind    |
      | 1       | create  |
      | 2       | hold    |
      | 3       | release |

  Scenario: the terms that were changed, and the seats that were added
    Given the box office changes the show
      | maxSeatsPerHold | 4 |
    And the box office adds the seats
      | C1 |
    When the box office lists the journal
    Then it tells
      | version | kind      |
      | 1       | create    |
      | 2       | change    |
      | 3       | add_seats |

  Scenario: only what is new
    Given Alice holds seat A1
    And Bob holds seat A2
    When the box office lists the journal after version 2
    Then it tells
      | version | kind | holder |
      | 3       | hold | Bob    |

  Scenario: in pages
    Given Alice holds seat A1
    And Bob holds seat A2
    When the box office lists the journal in pages of 2
    Then it tells
      | version | kind   |
      | 1       | create |
      | 2       | hold   |
      | 3       | hold   |

  Scenario: the history of a seat
    Given Alice holds seats A1 and A2
    And Alice releases seat A2
    And Bob books seat A2
    And Alice confirms
    When the box office lists the history with "seat=A2"
    Then the list has
      | kind    | holder |
      | hold    | Alice  |
      | release | Alice  |
      | book    | Bob    |

  Scenario: by kind and holder, in pages
    Given Alice holds seat A1
    And Bob holds seat A2
    And Alice holds seat A3
    And Alice confirms
    When the box office lists the history with "kind=hold&holder=Alice&limit=1"
    Then the list has
      | seats |
      | A1    |
      | A3    |

  Scenario: a kind that is none
    When the box office asks for the history with "kind=theft"
    Then the box office is refused: invalid_request

  Scenario: it takes the operator key
    When Alice lists the journal
    Then she is refused: unauthenticated
