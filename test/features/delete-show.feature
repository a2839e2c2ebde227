Feature: Delete a show
  A show that was created by mistake goes, as long as nothing was ever sold for it.

  Background:
    Given a show with rows A to B of 10 seats

  Scenario: it is gone, and its key is free for another show, on every server
    Given Bob speaks to the second server
    And Bob asks to hold seat A1
    And Bob releases his hold
    When the box office deletes the show
    Then the answer to the box office is 200
    When Bob asks to hold seat A2
    Then he is refused: show_unknown
    When the box office creates another show of 3 seats under its key
    And Bob asks to hold seat A2
    Then he is told yes
    And the show has 3 seats

  Scenario: what another server remembers of it finds the show that has its key now
    Given Bob speaks to the second server
    And Bob looks at the seats of the show
    When the box office deletes the show
    And the box office creates another show of 3 seats under its key
    And Bob looks at the seats of the show
    Then he sees 3 seats

  Scenario: what was sold keeps it, even if it was cancelled since
    Given Alice books seat A1
    And the box office cancels Alice's booking
    When the box office deletes the show
    Then the box office is refused: show_in_use

  Scenario: somebody holds seats
    Given Alice holds seat A1
    When the box office deletes the show
    Then the box office is refused: show_in_use
    When Alice releases her hold
    And the box office deletes the show
    Then the answer to the box office is 200

  Scenario: an answer that got lost is given again
    Given the box office deletes the show under the key "delete"
    When the box office sends the same request again
    Then the box office is given the same answer, marked as a replay

  Scenario: it takes the operator key
    When Alice deletes the show
    Then she is refused: unauthenticated
