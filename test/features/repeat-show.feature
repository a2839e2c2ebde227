Feature: Repeat a show
  A run is a show on many dates: same seats, same terms.

  Scenario: on the seats and terms of the show
    Given a show with rows A to B of 10 seats, on these terms
      | maxSeatsPerHold | 4                    |
      | salesUntil      | 2031-12-01T18:00:00Z |
      | startsAt        | 2031-12-01T19:00:00Z |
    When the box office repeats the show on 3 dates
    Then the answer to the box office is 201
    And each of the new shows has 20 free seats of its own
    And each of the new shows has
      | maxSeatsPerHold | 4 |
    And sales for each of the new shows end an hour before it

  Scenario: the same dates again change nothing
    Given a show with rows A to B of 10 seats
    And the box office repeats the show on 2 dates
    When the box office repeats the show on the same dates
    Then the answer to the box office is 200

  Scenario: a key of another show spoils all of them
    Given a show with rows A to B of 10 seats
    When the box office repeats the show under a key that is taken
    Then the box office is refused: show_exists
    And no show was created

  Scenario: sales would end before they begin
    Given a show with rows A to B of 10 seats, on these terms
      | salesFrom  | 2031-11-01T18:00:00Z |
      | salesUntil | 2031-12-01T18:00:00Z |
      | startsAt   | 2031-12-01T19:00:00Z |
    When the box office repeats the show on a date a year before
    Then the box office is refused: invalid_request

  Scenario: it takes the operator key
    Given a show with rows A to B of 10 seats
    When Alice repeats the show on 1 date
    Then she is refused: unauthenticated
