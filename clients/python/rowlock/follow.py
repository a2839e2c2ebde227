"""What happens in a show, over lost connections: its seats (`watch_show`) and its events."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

from . import types
from .caller import Caller, backoff, is_retryable
from .errors import RowlockError

Status = Literal["available", "held", "booked", "blocked"]

_STATUSES: dict[str, Status] = {"a": "available", "h": "held", "b": "booked", "x": "blocked"}
_WAIT_SECONDS = 20
_EVENTS_AT_ONCE = 100
_BACKOFF_FIRST = 0.5
_BACKOFF_MAX = 15.0


class ShowView:
    """A show's seats as they are now. A seat is known by its place in the lists of `get_map`."""

    def __init__(self) -> None:
        self.version: int | None = None
        """The show's version; None before the first event."""
        self.as_of = ""
        """The database's time: what is left of a hold is its end less this."""
        self.statuses: list[Status] = []
        """The status of each seat, by its number."""
        self.held_until: dict[int, int] = {}
        """When the holds end, by number of the seat: milliseconds since 1970."""
        self.changed: list[int] = []
        """Numbers of the seats that the last event changed; all of them in the first one."""

    def apply(self, kind: str, event: dict[str, Any]) -> None:
        """Takes an event of the stream in."""
        before = (self.statuses[:], dict(self.held_until))
        if kind == "snapshot":
            self.statuses = [_STATUSES[letter] for letter in event["statuses"]]
            self.held_until = dict(event["holds"])
        else:
            self._change(event)
        self.version = event["version"]
        self.as_of = event["asOf"]
        self.changed = [
            number
            for number, status in enumerate(self.statuses)
            if number >= len(before[0])
            or status != before[0][number]
            or self.held_until.get(number) != before[1].get(number)
        ]

    def _change(self, event: dict[str, Any]) -> None:
        self._grow(event.get("seatCount", 0))
        for number, letter, until in event["changes"]:
            self._set(number, letter, until)
        if "holds" not in event:
            return
        # After a pause: exactly these are held now.
        for number in self.held_until.keys() - {number for number, _ in event["holds"]}:
            self._set(number, "a", None)
        for number, until in event["holds"]:
            self._set(number, "h", until)

    def _set(self, number: int, letter: str, until: int | None) -> None:
        self._grow(number + 1)
        self.statuses[number] = _STATUSES[letter]
        self.held_until.pop(number, None)
        if letter == "h" and until is not None:
            self.held_until[number] = until

    def _grow(self, count: int) -> None:
        self.statuses += ["available"] * (count - len(self.statuses))


def follow_show(caller: Caller, show: str, silence: float) -> Iterator[ShowView]:
    """The view after each event of the stream."""
    view = ShowView()
    failed_count = 0
    while True:
        pause = 0.0
        try:
            after = {"after": view.version}
            path = "/v1/shows/{show}/stream"
            with caller.stream(path, [show], query=after, timeout=silence) as lines:
                for kind, data in _events(lines):
                    if kind == "retry":
                        pause = int(data) / 1000
                    elif kind in ("snapshot", "change"):
                        view.apply(kind, json.loads(data))
                        failed_count = 0
                        pause = 0.0
                        yield view
        except RowlockError as error:
            if error.code != "no_answer" and not is_retryable(error) and error.status < 500:
                raise
            pause = error.details.get("retryAfterSeconds", 0)
        except (OSError, http.client.HTTPException, ValueError):
            pass
        time.sleep(pause + backoff(failed_count, _BACKOFF_FIRST, _BACKOFF_MAX))
        failed_count += 1


def _events(lines: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    """Type and data of each event; one that is not finished is dropped, as it must be."""
    kind, data = "", ""
    for raw in lines:
        line = raw.decode().rstrip("\r\n")
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if line == "":
            if data != "":
                yield kind, data
            kind, data = "", ""
        elif name == "event":
            kind = value
        elif name == "data":
            data += value
        elif name == "retry":
            yield name, value


def follow_events(
    load: Callable[..., types.EventPage], show: str, after: str | None, until_now: bool
) -> Iterator[tuple[types.Event, str | None]]:
    """Each event, with where to go on behind it."""
    failed_count = 0
    wait = 0 if until_now else _WAIT_SECONDS
    while True:
        try:
            page = load(show, after=after, wait=wait, limit=_EVENTS_AT_ONCE)
        except RowlockError as error:
            if not is_retryable(error):
                raise
            time.sleep(backoff(failed_count, _BACKOFF_FIRST, _BACKOFF_MAX))
            failed_count += 1
            continue
        failed_count = 0
        events = page["events"]
        for event in events[:-1]:
            yield event, after
        after = page["after"]
        if events:
            yield events[-1], after
        elif until_now:
            return
