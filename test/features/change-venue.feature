Feature: Change a venue
  A venue gets another name, or its clock is put right. Only what is named changes.

  Background:
    Given the box office creates the venue "Glob Theatre" in "Europe/Paris"

  Scenario: it is renamed, and its time zone is put right
    When the box office changes the venue
      | name     | Globe Theatre |
      | timeZone | Europe/London |
    Then the answer to the box office is 200
    And the venue is found under its id and in the list of venues

  Scenario: a time zone that is none
    When the box office changes the venue
      | timeZone | Europe/Middle Earth |
    Then the box office is refused: invalid_request, with the mistakes
      | path     | message        |
      | timeZone | IANA time zone |

  Scenario: it takes the operator key
    When Alice changes the venue
      | name | Mine |
    Then she is refused: unauthenticated

  Rule: a retired venue takes nothing new, and its shows go on

    Scenario: no plans and no shows
      Given a show on a venue's plan with these seats
        | label |
        | A1    |
        | A2    |
      When the box office retires the venue of the plan
      Then the venue is in the list of retired venues, and not in the usual one
      When the box office creates a show on the plan
      Then the box office is refused: venue_retired
      When the box office repeats the show on 2 dates
      Then the box office is refused: venue_retired
      When the box office creates another plan of the venue
      Then the box office is refused: venue_retired
      When Alice asks to hold seat A1
      Then she is told yes

    Scenario: it is brought back
      Given a show on a venue's plan with these seats
        | label |
        | A1    |
      And the box office retires the venue of the plan
      When the box office brings the venue of the plan back
      And the box office creates a show on the plan
      Then the answer to the box office is 201
