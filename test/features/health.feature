Feature: Health
  Whoever runs Rowlock sees whether it works, and load balancers know where to send shoppers.

  Scenario: the process is alive
    When a stranger asks for "/health/live"
    Then the answer to him is 200

  Scenario: it is ready when its database is there and migrated
    When a stranger asks for "/health/ready"
    Then the answer to him is 200

  Scenario: the state of the database, and how many shows there are
    Given a show with rows A to A of 1 seats
    When a stranger asks for "/health"
    Then he is told that the database is well and has at least 1 show

  Scenario: a database that is not there
    Given a server on a PostgreSQL of its own
    And its PostgreSQL is stopped
    When a stranger asks it for "/health/live"
    Then the answer to him is 200
    When a stranger asks it for "/health/ready"
    Then the answer to him is 503
    When a stranger asks it for "/health"
    Then the answer to him is 503

  Scenario: numbers for Prometheus
    When a stranger asks for "/metrics"
    Then the answer to him is 200

  Scenario: the description of the API
    When a stranger asks for "/openapi.json"
    Then the answer to him is 200
