"""A list: one page, or every item of every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")


class Pages(Generic[Item]):
    """Iterated, it is every item of every page; `items` and `next` are the first page."""

    def __init__(self, load: Callable[[str | None], dict[str, Any]]) -> None:
        self._load = load
        self._first: dict[str, Any] | None = None

    @property
    def items(self) -> list[Item]:
        """What the first page has, in the order of the list."""
        return self._page()["items"]

    @property
    def next(self) -> str | None:
        """The cursor of the page after it; None on the last one."""
        return self._page()["next"]

    def __iter__(self) -> Iterator[Item]:
        page = self._page()
        while True:
            yield from page["items"]
            if page["next"] is None:
                return
            page = self._load(page["next"])

    def _page(self) -> dict[str, Any]:
        if self._first is None:
            self._first = self._load(None)
        return self._first
