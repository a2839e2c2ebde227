# Promise 15 of docs/promises.md.
Feature: Replay a webhook
  Everything after a version is delivered once more; `webhook-id` tells what is known already.

  Scenario: from the beginning
    Given a show with rows A to B of 10 seats
    And the box office creates a webhook for its show
    And Alice holds seat A1
    And the webhook is told
      | type         |
      | hold.created |
    When the box office replays the webhook from version 0
    Then the webhook is told
      | type         |
      | show.created |
      | hold.created |
    And the last event has the id of the one before
