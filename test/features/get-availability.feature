Feature: Get the availability
  How many seats are available, held, booked and blocked, overall and in parts.

  Background:
    Given a show on a venue's plan with these seats
      | section | row | seat | category |
      | Stalls  | A   | 1    | premium  |
      | Stalls  | A   | 2    | premium  |
      | Stalls  | B   | 1    | standard |
      | Circle  | A   | 1    | standard |
      | Circle  | A   | 2    | standard |

  Rule: everything counts once

    Scenario: over all
      Given Alice holds seat "Stalls A1"
      And Bob books seats B1 and "Circle A1"
      And the box office blocks seat "Circle A2" for "camera"
      Then the counts are
        | total | available | held | booked | blocked |
        | 5     | 1         | 1    | 2      | 1       |

    Scenario: per section and per category
      Given Alice holds seat "Stalls A1"
      And Bob books seats B1 and "Circle A1"
      Then the counts by section are
        | section | total | available | held | booked | blocked |
        | Stalls  | 3     | 1         | 1    | 1      | 0       |
        | Circle  | 2     | 1         | 0    | 1      | 0       |
      And the counts by category are
        | category | total | available | held | booked | blocked |
        | premium  | 2     | 1         | 1    | 0      | 0       |
        | standard | 3     | 1         | 0    | 2      | 0       |

    Scenario: a hold that ran out counts as available, with nobody cleaning up
      Given Alice holds seat "Stalls A1" for 1 minute
      When 1 minute passes
      Then every seat is available

  Rule: the answer is current

    Scenario: it shows what was answered before, also by another server
      Given Bob speaks to the second server
      When Alice holds seat "Stalls A1"
      And Bob asks for the availability
      Then he is told of 1 held seat
      When Alice releases her hold
      And Bob asks for the availability
      Then he is told of 0 held seats

    Scenario: the version counts the changes of the show
      Given Alice holds seat "Stalls A1"
      When Bob notes the version
      And Alice releases her hold
      And Alice holds seat "Stalls A2"
      Then the version has grown by 2

    Scenario: a refusal changes no version
      Given Alice holds seat "Stalls A1"
      When Bob notes the version
      And Bob asks to hold seat "Stalls A1"
      Then the version has grown by 0

  Rule: what the caller has already is not sent again

    Background:
      Given Alice holds seat "Stalls A1" for 1 minute
      And Bob asks for the availability

    Scenario: nothing has changed
      When Bob asks for the availability again, if it has changed
      Then the answer to him is 304

    Scenario: nothing has changed, says another server
      Given Bob speaks to the second server
      When Bob asks for the availability again, if it has changed
      Then the answer to him is 304

    Scenario: a seat was sold
      Given Carol books seat B1
      When Bob asks for the availability again, if it has changed
      Then the answer to him is 200

    Scenario: a hold ran out, although nobody did anything
      When 1 minute passes
      And Bob asks for the availability again, if it has changed
      Then the answer to him is 200
      And he is told of 0 held seats
