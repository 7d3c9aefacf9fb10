"""The TAC: a code of six digits from a token that belongs to one visit and goes by the sandbox's clock (RFC 6238)."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime, timedelta
from functools import lru_cache

import pyotp

DIGITS = 6


@lru_cache(1000)
def _code(session: str, seconds: int, interval: int) -> str:
    """The code of an interval, remembered: the page that shows it is soon followed by the form that gives it."""
    token = pyotp.TOTP(base64.b32encode(session.encode()).decode(), digits=DIGITS, interval=seconds)
    return token.generate_otp(interval)


def shown(session: str, now: datetime, seconds: int) -> str:
    """What the token shows `now`; it changes every `seconds`."""
    return _code(session, seconds, int(now.timestamp()) // seconds)


def good(given: str, session: str, now: datetime, seconds: int) -> bool:
    """Whether `given` is what the token shows, or showed until a moment ago: a code is good for `seconds` at least."""
    plain = given.replace(" ", "")
    before = now - timedelta(seconds=seconds)
    return any(hmac.compare_digest(shown(session, at, seconds).encode(), plain.encode()) for at in (now, before))
