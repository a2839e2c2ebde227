"""The client of Rowlock, a seat-booking engine that never sells a seat twice."""

from . import types
from .client import Client
from .errors import RowlockError
from .pages import Pages

__all__ = ["Client", "Pages", "RowlockError", "types"]
