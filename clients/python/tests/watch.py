"""Played by test/clients: tells every view of a show until all of its seats are booked."""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from rowlock import Client, RowlockError  # noqa: E402

show = os.environ["ROWLOCK_SHOW"]
rowlock = Client(os.environ["ROWLOCK_SERVER"], key=os.environ["ROWLOCK_KEY"])

try:
    next(rowlock.watch_show("no-such-show"))
except RowlockError as error:
    print(json.dumps(error.code))
for view in rowlock.watch_show(show, silence=1.0):
    told = [view.version, view.statuses, view.changed, sorted(view.held_until)]
    print(json.dumps(told), flush=True)
    if set(view.statuses) == {"booked"}:
        break
events = list(rowlock.events(show, until_now=True))
rest = [event["type"] for event, _ in rowlock.events(show, after=events[-1][1], until_now=True)]
print(json.dumps([[event["type"] for event, _ in events], rest]))
