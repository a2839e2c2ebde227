Feature: Notes
  Whoever holds, books or blocks may write down something of their own beside it. It comes back to
  them, and nobody who merely looks at the show is told.

  Background:
    Given a show with rows A to B of 10 seats

  Scenario: on a hold, through to the booking
    When Alice holds seats A1 and A2 with the notes
      | basket | 99     |
      | hall   | "blue" |
    Then the answer has these notes
      | basket | 99     |
      | hall   | "blue" |
    When Alice adds seat A3 to her hold
    Then the answer has these notes
      | basket | 99     |
      | hall   | "blue" |
    When Alice confirms
    Then the answer has these notes
      | basket | 99     |
      | hall   | "blue" |

  Scenario: other notes when it is paid
    Given Alice holds seat A1 with the notes
      | basket | 99 |
    When Alice confirms with the notes
      | paid by | card |
    Then the answer has these notes
      | paid by | card |

  Scenario: on a booking and a block
    When the box office books seat A1 with the notes
      | row | front |
    Then the answer has these notes
      | row | front |
    When the box office blocks seat A2 with the notes
      | camera | 3 |
    Then the answer has these notes
      | camera | 3 |

  Scenario: without any
    When Alice holds seat A1
    Then the answer has no notes

  Scenario: nothing public shows them
    Given Alice holds seat A1 with the notes
      | secret | kingfisher |
    When a stranger looks at everything that is public
    Then nothing of it speaks of "kingfisher"

  Scenario: the history has them not
    Given Alice holds seat A1 with the notes
      | secret | kingfisher |
    When the box office lists the journal
    Then nothing of it speaks of "kingfisher"

  Scenario Outline: <what>
    When Alice asks to hold seat A1 with <what>
    Then she is refused: invalid_request
    And seat A1 is available

    Examples:
      | what                            |
      | 21 notes                        |
      | a note of 501 characters        |
      | 9 notes of 500 characters       |
      | a note whose key has 41 letters |
      | a note that is a number         |
