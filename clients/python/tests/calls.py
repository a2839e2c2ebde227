"""Played by test/clients: so many calls, reads and writes in turn, and how each of them ended."""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from rowlock import Client, RowlockError  # noqa: E402

rowlock = Client(os.environ["ROWLOCK_SERVER"], retries=2, timeout=20)


def ending(number):
    try:
        if number % 2:
            rowlock.release_hold(f"call-{number}", "hold")
        else:
            rowlock.get_show(f"call-{number}")
    except RowlockError as error:
        return [error.code, error.status]
    return ["done", 200]


print(json.dumps([ending(number) for number in range(int(os.environ["ROWLOCK_CALLS"]))]))
