# Promise 15 of docs/promises.md.
Feature: Create a webhook
  What is in the journal reaches every webhook that asked for it, at least once, signed, and in
  the order of the show.

  Background:
    Given a show with rows A to B of 10 seats

  Scenario: it is told what happens from then on
    Given Alice holds seat A1
    When the box office creates a webhook for its show
    And Bob holds seats B1 and B2
    And Bob confirms
    Then the webhook is told
      | type            | seats  |
      | hold.created    | B1, B2 |
      | booking.created | B1, B2 |

  Scenario: it is told only what it asked for
    When the box office creates a webhook for "booking.created, booking.cancelled"
    And Alice holds seats A1 and A2
    And Alice confirms
    And the box office cancels seat A2 of Alice's booking
    And the box office cancels Alice's booking
    Then the webhook is told
      | type              |
      | booking.created   |
      | booking.cancelled |

  Scenario: a hold that runs out is told, although nobody did anything
    When the box office creates a webhook for "hold.expired"
    And Alice holds seat A1 for 60 seconds
    And 61 seconds pass
    Then the webhook is told
      | type         | seats |
      | hold.expired | A1    |

  Scenario Outline: it is not sent where only this system could reach
    When the box office asks for a webhook to "<url>"
    Then the box office is refused: webhook_url_refused

    Examples:
      | url                              |
      | http://shop.example/hook         |
      | https://10.0.0.8/hook            |
      | https://169.254.169.254/latest   |
      | https://user:word@shop.example/  |

  Scenario: its secret is shown once, and again to who asks with the same key
    When the box office creates a webhook for its show with key "first"
    And the box office sends the same request again
    Then the webhook has the secret of before
    And nobody else is shown it
