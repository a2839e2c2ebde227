Feature: Problem details
  Every refusal says what was wrong in one form (RFC 9457), with a code that never changes.

  Background:
    Given a show with rows A to B of 10 seats

  Rule: one form for every refusal

    Scenario: what a refusal tells
      Given Bob holds seat A1
      When Alice asks to hold seat A1
      Then the problem has
        | type   | /errors/seats_unavailable            |
        | title  | At least one of the seats is taken.  |
        | status | 409                                  |
        | code   | seats_unavailable                    |
      And the problem names the request

    Scenario: a request id of the caller's own is given back
      When Alice sends "GET" "/v1/shows/nowhere" with the request id "order-4711"
      Then the problem has
        | code      | show_unknown |
        | requestId | order-4711   |
      And the answer carries the request id "order-4711"

    Scenario: an answer that is no refusal carries one as well
      When Alice sends "GET" "/v1/shows" with the request id "order-4712"
      Then the answer carries the request id "order-4712"

    Scenario: there is a page behind the type of a problem
      Given Bob holds seat A1
      When Alice asks to hold seat A1
      Then the type of the problem leads to a page

  Rule: bad input is an answer, not an accident

    Scenario Outline: <what>
      When Alice sends "<method>" "<path>" with the body '<body>'
      Then she is refused: <code>

      Examples:
        | what               | method | path              | body             | code               |
        | broken JSON        | POST   | {show}/holds      | {"seats": [      | malformed_json     |
        | no body            | POST   | {show}/holds      |                  | invalid_request    |
        | a list             | POST   | {show}/holds      | []               | invalid_request    |
        | an unknown field   | POST   | {show}/holds      | {"seat":"A1"}    | invalid_request    |
        | no seats           | POST   | {show}/holds      | {"seats":[]}     | invalid_request    |
        | a number for text  | POST   | {show}/holds      | {"seats":[1]}    | invalid_request    |
        | no such address    | GET    | /v1/nothing       |                  | route_unknown      |
        | another method     | PUT    | /v1/shows         | {}               | method_not_allowed |
        | a broken escape    | GET    | /v1/shows/%E0%A4  |                  | uri_invalid        |

    Scenario: every mistake is named by its path
      When Alice sends "POST" "{show}/holds" with the body '{"seats":["A1","a1"," "],"holder":""}'
      Then she is refused: invalid_request, with the mistakes
        | path     | message       |
        | seats[1] | a second time |
        | seats[2] | is blank      |
        | holder   | characters    |

    Scenario: a form instead of JSON
      When Alice sends her hold as a form
      Then she is refused: unsupported_media_type

    Scenario: a body that is too large
      When Alice sends a hold of 2 megabytes
      Then she is refused: body_too_large

  Rule: who is asking

    Scenario: a key that nobody has given out
      When Alice asks for the availability with the key "wrong-wrong-wrong-wrong"
      Then she is refused: unauthenticated
      And the answer says how to authenticate

    Scenario: what needs a key says so before it looks at the body
      When Alice sends "POST" "/v1/shows" with the body '{"nonsense":true}'
      Then she is refused: unauthenticated
