"""A client of one server."""

from __future__ import annotations

from collections.abc import Iterator

from . import types
from .caller import Caller
from .follow import ShowView, follow_events, follow_show
from .operations import Operations


class Client(Operations):
    """Every operation of the API as a method."""

    def __init__(
        self,
        server: str,
        *,
        key: str | None = None,
        timeout: float = 12.0,
        retries: int = 4,
    ) -> None:
        """
        server: such as `https://tickets.example.org`
        key: a key of an API client or operator, or somebody's access token
        timeout: how many seconds an attempt may hear nothing
        retries: how often a call that got no answer, or a 429 or 503, is repeated
        """
        self._caller = Caller(server, key=key, timeout=timeout, retries=retries)

    def watch_show(self, show: str, *, silence: float = 45.0) -> Iterator[ShowView]:
        """
        A show's seats, again after every change, until you leave the loop.

        Goes on over lost connections, from where it was; a refusal that asking again cannot
        mend raises `RowlockError`. No key is needed. It waits for the next change, so give it
        a thread of its own.

        silence: after how many seconds without a sign of life it connects again; the server
            gives one every 15
        """
        return follow_show(self._caller, show, silence)

    def events(
        self, show: str, *, after: str | None = None, until_now: bool = False
    ) -> Iterator[tuple[types.Event, str | None]]:
        """
        What happens in a show, oldest first, as webhooks are sent it, until you leave the loop.

        Each event comes with the `after` to store once you have handled it: give it to the next
        call, and nothing is left out. An event may come again, with the same `id`. Goes on over
        lost connections. Needs a key as `list_events` does.

        after: where to go on; from the beginning when left out
        until_now: end when there is nothing more, instead of waiting for what comes
        """
        return follow_events(self.list_events, show, after, until_now)
