"""A client of one server."""

from __future__ import annotations

from .caller import Caller
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
