# Promise 15 of docs/promises.md.
Feature: Rotate the secret of a webhook
  For a while both secrets sign, so that a receiver can change over without a gap.

  Scenario: both sign
    Given a show with rows A to B of 10 seats
    And the box office creates a webhook for its show
    When the box office rotates the secret of the webhook
    And Alice holds seat A1
    Then the webhook is told
      | type         |
      | hold.created |
    And both secrets have signed
