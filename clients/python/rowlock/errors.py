"""What a call raises that did not get what it asked for."""

from __future__ import annotations

from typing import Any


class RowlockError(Exception):
    """
    Decide by `code`: one of the server's, or `no_answer` when none came in spite of all retries.
    Then `idempotency_key` is what to ask again with: the command may or may not have been done.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        status: int = 0,
        details: dict[str, Any] | None = None,
        request_id: str | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        # HTTP status; 0 without an answer.
        self.status = status
        # Which seats were in the way, which limit was met, which mistakes were made.
        self.details = details or {}
        # What to tell the operator of the server: its log has it, too.
        self.request_id = request_id
        # Of the write that failed; None for reads.
        self.idempotency_key = idempotency_key
