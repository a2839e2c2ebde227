"""Sends calls until they are answered. All attempts of a write carry one idempotency key."""

from __future__ import annotations

import email.utils
import http.client
import json
import random
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Sequence
from typing import Any

from .errors import RowlockError
from .pages import Pages

# 0 is no answer at all.
_RETRYABLE = (0, 408, 429, 502, 503, 504)
_BACKOFF_FIRST = 0.25
_BACKOFF_MAX = 5.0
# Whoever is told to come back later than this is told so, instead of waiting.
_RETRY_AFTER_MAX = 30.0
_FACTS = ("detail", "seats", "mistakes", "limit", "booking")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The API sends nobody elsewhere; whoever else does must not be shown the key."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Caller:
    """Where the server is, and how patient to be with it."""

    def __init__(
        self, server: str, *, key: str | None, timeout: float, retries: int
    ) -> None:
        self._server = server.rstrip("/")
        self._key = key
        self._timeout = timeout
        self._retries = retries
        self._opener = urllib.request.build_opener(_NoRedirects())

    def pages(
        self,
        method: str,
        path: str,
        names: Sequence[str],
        *,
        query: dict[str, Any] | None = None,
        timeout: float | None = None,
    ) -> Pages[Any]:
        """A list, whose pages are asked for as they are needed."""

        def load(cursor: str | None) -> dict[str, Any]:
            asked = {**(query or {}), "cursor": cursor}
            return self.send(method, path, names, query=asked, timeout=timeout)

        return Pages(load)

    def send(
        self,
        method: str,
        path: str,
        names: Sequence[str],
        *,
        query: dict[str, Any] | None = None,
        body: Any = None,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Any:
        """The answer. Raises `RowlockError`."""
        # A server that is asked to wait for something is silent for as long.
        silent = (self._timeout if timeout is None else timeout) + ((query or {}).get("wait") or 0)
        is_write = method != "GET"
        key = (idempotency_key or str(uuid.uuid4())) if is_write else None
        request = self._request(method, _filled(path, names) + _query(query), body, key)
        failed_count = 0
        while True:
            answer = self._attempt(request, key, silent)
            if not isinstance(answer, RowlockError):
                return answer
            wait = self._wait(answer, failed_count)
            if wait is None:
                raise answer
            time.sleep(wait)
            failed_count += 1

    def stream(
        self,
        path: str,
        names: Sequence[str],
        *,
        query: dict[str, Any],
        timeout: float,
    ) -> http.client.HTTPResponse:
        """An answer that goes on. Raises `RowlockError`, or what a connection raises."""
        request = self._request("GET", _filled(path, names) + _query(query), None, None)
        request.add_header("Accept", "text/event-stream")
        try:
            return self._opener.open(request, timeout=timeout)
        except urllib.error.HTTPError as refused:
            raise _refusal(refused, None) from refused

    def _request(
        self, method: str, target: str, body: Any, key: str | None
    ) -> urllib.request.Request:
        headers = {"Accept": "application/json"}
        if self._key is not None:
            headers["Authorization"] = f"Bearer {self._key}"
        sent = None
        if key is not None:
            headers["Idempotency-Key"] = key
            headers["Content-Type"] = "application/json"
            sent = json.dumps({} if body is None else body).encode()
        return urllib.request.Request(
            self._server + target, data=sent, headers=headers, method=method
        )

    def _attempt(
        self, request: urllib.request.Request, key: str | None, timeout: float
    ) -> Any:
        try:
            with self._opener.open(request, timeout=timeout) as response:
                return json.loads(response.read())
        except urllib.error.HTTPError as refused:
            return _refusal(refused, key)
        except (OSError, http.client.HTTPException, ValueError) as cause:
            return _no_answer(f"The server did not answer: {cause}", 0, key)

    def _wait(self, error: RowlockError, failed_count: int) -> float | None:
        """Seconds until the next attempt, or None when there is to be none."""
        if not is_retryable(error) or failed_count >= self._retries:
            return None
        asked = error.details.get("retryAfterSeconds", 0)
        if asked > _RETRY_AFTER_MAX:
            return None
        return asked + backoff(failed_count, _BACKOFF_FIRST, _BACKOFF_MAX)


def is_retryable(error: RowlockError) -> bool:
    """Whether the same request may be answered otherwise a little later."""
    return error.status in _RETRYABLE


def backoff(failed_count: int, first: float, most: float) -> float:
    """A random pause, so that those who failed together do not come back together."""
    return random.random() * min(most, first * 2 ** min(failed_count, 30))


def _filled(path: str, names: Sequence[str]) -> str:
    parts = path.split("{")
    filled = [parts[0]]
    for name, part in zip(names, parts[1:], strict=True):
        filled.append(urllib.parse.quote(name, safe="") + part.split("}")[1])
    return "".join(filled)


def _query(query: dict[str, Any] | None) -> str:
    given = {name: value for name, value in (query or {}).items() if value is not None}
    said = {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, value in given.items()
    }
    return f"?{urllib.parse.urlencode(said)}" if said else ""


def _refusal(response: urllib.error.HTTPError, key: str | None) -> RowlockError:
    """An answer without a code did not come from Rowlock, but from something in between."""
    try:
        body = json.loads(response.read())
    except (OSError, http.client.HTTPException, ValueError):
        body = None
    if not isinstance(body, dict) or not isinstance(body.get("code"), str):
        message = f"Answered with status {response.code}, but not by a Rowlock server."
        return _no_answer(message, response.code, key)
    details = {name: body[name] for name in _FACTS if name in body}
    retry_after = _retry_after(response.headers.get("Retry-After"))
    if retry_after > 0:
        details["retryAfterSeconds"] = retry_after
    return RowlockError(
        body["code"],
        body.get("detail") or body.get("title") or body["code"],
        status=response.code,
        details=details,
        request_id=body.get("requestId") or response.headers.get("X-Request-Id"),
        idempotency_key=key,
    )


def _no_answer(message: str, status: int, key: str | None) -> RowlockError:
    return RowlockError("no_answer", message, status=status, idempotency_key=key)


def _retry_after(value: str | None) -> float:
    """Seconds, or a date; 0 without one."""
    if value is None:
        return 0
    try:
        return max(0, float(value))
    except ValueError:
        pass
    try:
        at = email.utils.parsedate_to_datetime(value).timestamp()
    except ValueError:
        return 0
    return max(0, at - time.time())
