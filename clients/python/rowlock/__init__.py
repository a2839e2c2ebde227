"""The client of Rowlock, a seat-booking engine that never sells a seat twice."""

from . import types
from .client import Client
from .errors import RowlockError
from .follow import ShowView
from .pages import Pages

__all__ = ["Client", "Pages", "RowlockError", "ShowView", "types"]
