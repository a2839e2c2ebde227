Feature: Create a venue
  A venue is a place that has seating plans.

  Scenario: a venue is created and found again
    When the box office creates the venue "Globe Theatre" in "Europe/London"
    Then the answer to the box office is 201
    And the venue is found under its id and in the list of venues

  Scenario: two places may have the same name
    Given the box office creates the venue "Odeon" in "Europe/London"
    When the box office creates the venue "Odeon" in "Europe/London"
    Then the answer to the box office is 201

  Scenario: a time zone that is none
    When the box office creates the venue "Globe" in "Europe/Middle Earth"
    Then the box office is refused: invalid_request, with the mistakes
      | path     | message        |
      | timeZone | IANA time zone |

  Scenario: an answer that got lost creates no second venue
    Given the box office creates the venue "Globe" under the key "globe"
    When the box office sends the same request again
    Then the box office is given the same answer, marked as a replay

  Scenario: it takes the operator key
    When Alice creates the venue "Globe" in "Europe/London"
    Then she is refused: unauthenticated

  Scenario: a venue that is not there
    When Alice looks at a venue that does not exist
    Then she is refused: venue_unknown
