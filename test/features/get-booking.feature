Feature: Get a booking
  A booking is never changed: a cancellation or a swap is a new fact, and the answer tells what it
  is now.

  Background:
    Given a show with rows A to B of 10 seats

  Scenario: a booking made from a hold names the hold
    Given Alice holds seats A1 and A2
    And Alice confirms
    When Alice looks at her booking
    Then she is told yes
    And her booking names her hold

  Scenario: a booking made directly names none
    Given Alice books seats A1 and A2
    When Alice looks at her booking
    Then the answer has
      | hold        | null  |
      | holder      | Alice |
      | cancelledAt | null  |

  Scenario: what is left of it
    Given Alice books seats A1, A2 and A3
    And the box office cancels seat A2 of Alice's booking
    Then Alice's booking has seats A1 and A3

  Scenario: a cancelled booking can still be looked at
    Given Alice books seats A1 and A2
    And the box office cancels Alice's booking
    Then Alice's booking is cancelled

  Scenario: a hold is no booking yet
    Given Alice holds seat A1
    When Alice looks at a booking with the id of her hold
    Then she is refused: booking_unknown

  Scenario: a booking that was never there
    When Alice looks at a booking that does not exist
    Then she is refused: booking_unknown
