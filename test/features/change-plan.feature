Feature: Change a plan
  A plan is renamed, or retired: its shows go on, and new ones need another plan.

  Background:
    Given a show on a venue's plan with these seats
      | label |
      | A1    |
      | A2    |

  Scenario: a retired plan takes no new shows, and its shows sell on
    When the box office changes the plan
      | retired | true |
    And the box office creates a show on the plan
    Then the box office is refused: plan_retired
    When Alice asks to hold seat A1
    Then she is told yes
    When the box office repeats the show on 2 dates
    Then the box office is refused: plan_retired

  Scenario: repeating on dates that are there already is answered as before
    Given the box office repeats the show on 2 dates
    When the box office changes the plan
      | retired | true |
    And the box office repeats the show on 2 dates
    Then the answer to the box office is 200
    When the box office repeats the show on 3 dates
    Then the box office is refused: plan_retired

  Scenario: it is brought back
    Given the box office changes the plan
      | retired | true |
    When the box office changes the plan
      | retired | false |
    And the box office creates a show on the plan
    Then the answer to the box office is 201

  Scenario: retired plans are listed if they are asked for
    Given the box office changes the plan
      | name    | Screen 1 |
      | retired | true     |
    Then the plans of the venue are none, and of the retired ones "Screen 1"

  Scenario: it takes the operator key
    When Alice changes the plan
      | name | Mine |
    Then she is refused: unauthenticated
