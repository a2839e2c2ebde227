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
