"""What `GET /api/v1/wait?to=&since=&timeout=` asks for, the same in every room that has it; pure."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from emulators.foundation.clock import MALAYSIA
from emulators.foundation.errors import CallersMistake

DEFAULT_SECONDS = 25.0
NOW = "now"
SINCE_WORDS = "the cursor of an earlier answer, the name of a message, `now`, or an instant like 2019-05-15T09:00"
"""For the sentence of a refusal."""
_PLUS_LOST = re.compile(r"(?<=[0-9]) (?=[0-9]{2}:?[0-9]{2}$)")


@dataclass(frozen=True)
class Since:
    """From where on a message counts; nothing set means any message that is there.

    `cursor`: later than the message of that number. `name`: later than the message of that sid or ID. `instant`: at
    that instant of the sandbox's clock or later. `now`: later than the beginning of the request.
    """

    cursor: int | None = None
    name: str = ""
    instant: datetime | None = None
    now: bool = False


@dataclass(frozen=True)
class WaitWish:
    """One request to wait."""

    to: str
    since: Since
    seconds: float


def wait_wish(args: Mapping[str, str], longest: float) -> WaitWish:
    """The query string of a wait; a timeout beyond `longest` seconds is cut to it.

    Raises:
        CallersMistake: the timeout is no number of seconds.
    """
    text = args.get("timeout", "").strip()
    try:
        seconds = float(text) if text else DEFAULT_SECONDS
    except ValueError:
        seconds = math.nan
    if not seconds >= 0:
        raise CallersMistake(f"timeout must be a number of seconds, 0 or more, not {text[:40]!r}")
    return WaitWish(args.get("to", "").strip(), since(args.get("since", "").strip()), min(seconds, longest))


def since(text: str) -> Since:
    """A cursor, `now`, an instant in ISO 8601 (Malaysia time unless it says otherwise), or the name of a message."""
    if not text:
        return Since()
    if text == NOW:
        return Since(now=True)
    if text.isascii() and text.isdigit() and len(text) <= 18:
        return Since(cursor=int(text))
    try:
        # a "+" that was not encoded arrives as a space
        instant = datetime.fromisoformat(_PLUS_LOST.sub("+", text) if "T" in text.upper() else text)
    except ValueError:
        return Since(name=text)
    return Since(instant=instant if instant.tzinfo else instant.replace(tzinfo=MALAYSIA))
