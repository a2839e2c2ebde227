Feature: Change what is said beside a block
  Why seats are withheld, for whom, and under which reference of the caller's own. The seats stay
  blocked meanwhile.

  Background:
    Given a show with rows A to B of 10 seats
    And the box office blocks seats A1 and A2 for "camera"

  Rule: what is left out stays

    Scenario: for whom, and what for
      When the box office changes the block
        | reason    | press     |
        | holder    | The Stage |
        | reference | list-12   |
      Then the answer has
        | reason    | press     |
        | holder    | The Stage |
        | reference | list-12   |
      And seats A1 and A2 are blocked
      When the box office changes the block
        | reference | list-13 |
      Then the answer has
        | reason    | press     |
        | holder    | The Stage |
        | reference | list-13   |

    Scenario: for nobody in particular any more
      Given the box office changes the block
        | holder    | The Stage |
        | reference | list-12   |
      When the box office changes the block
        | holder    | null |
        | reference | null |
      Then the answer has
        | reason    | camera |
        | holder    | null   |
        | reference | null   |
      And seats A1 and A2 are blocked

    Scenario: it is read again, and found
      Given the box office changes the block
        | holder    | The Stage |
        | reference | list-12   |
      When the box office looks at the block
      Then the answer has
        | reason    | camera    |
        | holder    | The Stage |
        | reference | list-12   |
      When the box office lists the blocks with "reference=list-12"
      Then the list has
        | seats  | reason | holder    |
        | A1, A2 | camera | The Stage |
      When the box office lists the blocks with "reference=camera"
      Then the list is empty

  Rule: what is blocked for somebody does not count against their limit

    Scenario: a show with a limit
      Given a show with rows A to B of 10 seats, on these terms
        | maxSeatsPerHolder | 2 |
      And the box office blocks seats A1 and A2 for "friends"
      And the box office changes the block
        | holder | Alice |
      When Alice books seats B1 and B2
      Then seats B1 and B2 are booked

  Rule: only a block that has seats

    Scenario: one that was released
      Given the box office unblocks everything
      When the box office asks to change the block
        | reason | press |
      Then the box office is refused: block_released

    Scenario: a booking is no block
      Given Alice books seat B1
      When the box office asks to change Alice's booking as if it were a block
      Then the box office is refused: block_unknown

    Scenario: an account
      When the box office asks to change the block
        | holder | user_00000000000000000000000000000000 |
      Then the box office is refused: invalid_request
