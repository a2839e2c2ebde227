"""Played by test/clients against a real server, over a line that eats every other answer."""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from rowlock import Client, RowlockError  # noqa: E402

show = os.environ["ROWLOCK_SHOW"]
key = os.environ["ROWLOCK_KEY"]
rowlock = Client(os.environ["ROWLOCK_SERVER"], key=key, retries=8)
nobody = Client(os.environ["ROWLOCK_NOBODY"], retries=1)


def refusal(call):
    try:
        call()
    except RowlockError as error:
        return error
    raise AssertionError("It was not refused.")


hold = rowlock.hold_seats(show, {"seats": ["A1", "A2"], "holder": "Zoë"})
booking = rowlock.confirm_hold(show, hold["id"], idempotency_key="payment-4711-of-zoe")
again = rowlock.confirm_hold(show, hold["id"], idempotency_key="payment-4711-of-zoe")
taken = refusal(lambda: rowlock.hold_seats(show, {"seats": ["A2", "A3"]}))
unknown = refusal(lambda: rowlock.get_show("a/b?ü"))
lost = refusal(lambda: nobody.release_hold(show, hold["id"], idempotency_key="a-key-of-mine"))
bookings = rowlock.list_bookings(show, cancelled=False)

print(
    json.dumps(
        {
            "held": hold["seats"],
            "holder": hold["holder"],
            "booked": booking["hold"] == hold["id"] and booking["id"] == again["id"],
            "taken": [taken.code, taken.status, taken.details["seats"][0]["seat"]],
            "takenHasKeys": bool(taken.request_id and taken.idempotency_key),
            "unknown": [unknown.code, unknown.idempotency_key],
            "lost": [lost.code, lost.status, lost.idempotency_key],
            "seats": len(list(rowlock.list_seats(show, limit=7))),
            "page": [len(rowlock.list_seats(show, limit=7).items)],
            "bookings": [len(bookings.items), bookings.next],
            "events": [event["type"] for event in rowlock.list_events(show, wait=0)["events"]],
        }
    )
)
