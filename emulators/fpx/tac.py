"""The TAC: a code of six digits from a token that belongs to one visit and goes by the sandbox's clock (RFC 6238)."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime, timedelta

import pyotp

DIGITS = 6


def _token(session: str, seconds: int) -> pyotp.TOTP:
    return pyotp.TOTP(base64.b32encode(session.encode()).decode(), digits=DIGITS, interval=seconds)


def shown(session: str, now: datetime, seconds: int) -> str:
    """What the token shows `now`; it changes every `seconds`."""
    return _token(session, seconds).at(now)


def good(given: str, session: str, now: datetime, seconds: int) -> bool:
    """Whether `given` is what the token shows, or showed until a moment ago: a code is good for `seconds` at least."""
    plain = given.replace(" ", "")
    before = now - timedelta(seconds=seconds)
    return any(hmac.compare_digest(shown(session, at, seconds).encode(), plain.encode()) for at in (now, before))
