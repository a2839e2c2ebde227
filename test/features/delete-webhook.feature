# Promise 15 of docs/promises.md.
Feature: Delete a webhook
  It is told nothing more, and is gone.

  Scenario: deleted
    Given a show with rows A to B of 10 seats
    And the box office creates a webhook for its show
    When the box office deletes the webhook
    And Alice holds seat A1
    Then the webhook is told nothing
    When the box office deletes the webhook
    Then the box office is refused: webhook_unknown

  Scenario: asked again after a lost answer
    Given a show with rows A to B of 10 seats
    And the box office creates a webhook for its show
    When the box office deletes the webhook
    And the box office sends the same request again
    Then the box office is told yes
    When the box office deletes the webhook
    Then the box office is refused: webhook_unknown
