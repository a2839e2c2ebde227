# Promise 15 of docs/promises.md.
Feature: Change a webhook
  A webhook that is stopped is told later what happened meanwhile.

  Background:
    Given a show with rows A to B of 10 seats
    And the box office creates a webhook for its show

  Scenario: stopped, and let go on
    When the box office stops the webhook
    And Alice holds seat A1
    Then the webhook is told nothing
    When the box office lets the webhook go on
    Then the webhook is told
      | type            | seats |
      | hold.created    | A1    |
      | booking.created | B9    |
      | block.created   | B8    |

  Scenario: there is none
    When the box office stops a webhook that is not there
    Then the box office is refused: webhook_unknown
