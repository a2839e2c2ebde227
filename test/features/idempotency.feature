# Promises 4 and 11 of docs/promises.md.
Feature: Idempotency
  The same command with the same key has one effect and gets the same answer, however often, and on
  whichever server it arrives. So a client that does not know what became of its request asks again.

  Background:
    Given a show with rows A to B of 10 seats

  Rule: an answer that got lost can be asked for again

    Scenario: the network eats the reply
      Given Alice held seats A1 and A2, but the reply never reached her
      When Alice sends the same request again
      Then she is given a hold of seats A1 and A2
      And the answer is marked as a replay
      And the counts are
        | total | available | held | booked | blocked |
        | 20    | 18        | 2    | 0      | 0       |

    Scenario: the same hold has the same deadline, however late one asks
      Given Alice asks to hold seat A1 under the key "once"
      When 2 minutes pass
      And Alice sends the same request again
      Then she is given the same hold with the same deadline
      And her hold ends in 8 minutes

    Scenario: a lost confirmation
      Given Alice holds seats A1 and A2
      And Alice confirmed, but the reply never reached her
      When Alice sends the same request again
      Then she is given a new booking of seats A1 and A2
      And seats A1 and A2 are booked

    Scenario: a lost booking, asked for on another server
      Given Alice booked seats A1 and A2, but the reply never reached her
      When Alice sends the same request again to the second server
      Then she is given a new booking of seats A1 and A2
      And the answer is marked as a replay

    Scenario: the same request, twenty times at once, on two servers
      Given Alice asks to hold seat B10
      When Alice sends a request for seats A1 and A2 20 times at once, to both servers
      Then all answers are the same but for the mark of a replay
      And the counts are
        | total | available | held | booked | blocked |
        | 20    | 17        | 3    | 0      | 0       |

  Rule: the replay is the first answer

    Scenario Outline: <what>
      Given Alice holds seats A1 and A2
      When Alice asks to <action> her hold under the key "once"
      And Alice sends the same request again
      Then she is given the same answer, marked as a replay

      Examples:
        | what      | action  |
        | extending | extend  |
        | releasing | release |
        | buying    | confirm |

    Scenario: what happened to the hold meanwhile does not change it
      Given Alice asks to hold seat A1 under the key "once"
      And Alice releases her hold
      And Bob holds seat A1
      When Alice asks to hold seat A1 under the key "once"
      Then the answer is marked as a replay
      And seat A1 is held
      And Bob's hold is live

  Rule: a key is for one request

    Scenario: the same key with another body
      Given Alice asks to hold seat A1 under the key "once"
      When Alice asks to hold seat A2 under the key "once"
      Then she is refused: idempotency_key_reused
      And seat A2 is available

    Scenario: the same key for another operation
      Given Alice asks to hold seat A1 under the key "once"
      When Alice asks to book seat A1 under the key "once"
      Then she is refused: idempotency_key_reused

    Scenario: the order of the fields is no other body
      Given Alice holds seat A1, the fields in one order, under the key "once"
      When Alice holds seat A1, the fields in another order, under the key "once"
      Then the answer is marked as a replay

    Scenario: without a key, the same request twice is two requests
      Given Alice asks to hold seat A1
      When Alice sends the same request again
      Then she is refused: seats_unavailable

  Rule: a key belongs to its caller

    Scenario: the box office and a shopper may come upon the same one
      Given Alice asks to hold seat A1 under the key "once"
      When the box office asks to hold seat A2 under the key "once"
      Then the box office is given a hold of seat A2

    Scenario: an anonymous caller's key must be long enough that nobody else comes upon it
      When Alice asks to hold seat A1 under the very key "1"
      Then she is refused: idempotency_key_invalid
      And seat A1 is available

    Scenario: 20 characters are long enough, 256 are too long
      When Alice asks to hold seat A1 under a key of 20 characters
      Then she is told yes
      When Alice asks to hold seat A2 under a key of 256 characters
      Then she is refused: idempotency_key_invalid

    Scenario: whoever has a key of their own may use short keys
      When the box office asks to hold seat A1 under the very key "1"
      Then the box office is told yes

  Rule: a refusal stays refused where it matters

    Scenario: a refused hold may be tried again under its key
      Given Bob holds seat A1
      And Alice asks to hold seat A1 under the key "once"
      And she is refused: seats_unavailable
      When Bob releases his hold
      And Alice sends the same request again
      Then she is given a hold of seat A1

    Scenario: a refused booking stays refused, so that no ghost can book later
      Given Bob holds seat A1
      And Alice asks to book seat A1 under the key "once"
      And she is refused: seats_unavailable
      When Bob releases his hold
      And Alice sends the same request again
      Then she is refused: seats_unavailable
      And the answer is marked as a replay
      And seat A1 is available
      When Alice asks to book seat A1 under the key "another"
      Then she is given a new booking of seat A1

    Scenario: a refused late payment stays refused
      Given Alice holds seat A1
      And 10 minutes pass
      And Bob holds seat A1
      And Alice asks to confirm under the key "late", taking the seats again if they are free
      And she is refused: seats_unavailable
      When Bob releases his hold
      And Alice sends the same request again
      Then she is refused: seats_unavailable
      And the answer is marked as a replay
      And seat A1 is available

    Scenario: a refused swap stays refused
      Given Alice books seat A1
      And Bob holds seat A2
      And the box office asks to swap seat A1 of Alice's booking for seat A2 under the key "swap"
      And the box office is refused: seats_unavailable
      When Bob releases his hold
      And the box office sends the same request again
      Then the box office is refused: seats_unavailable
      And the answer to the box office is marked as a replay
      And Alice's booking has seat A1
