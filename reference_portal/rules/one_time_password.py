"""One-time passwords: HOTP (RFC 4226) with a secret and a counter per challenge, so that each send is another code."""

from __future__ import annotations

import base64
import hmac
import random
import unicodedata
from enum import StrEnum

import pyotp

SECRET_BYTES = 20
"""RFC 4226, 4: at least 128 bits, 160 recommended."""


class Purpose(StrEnum):
    """What somebody needs a code for. A code for one is worth nothing for another."""

    REGISTER = "REGISTER"
    FORGOTTEN = "FORGOTTEN"
    NEW_PHONE = "NEW_PHONE"
    NEW_EMAIL = "NEW_EMAIL"


def new_secret(source: random.Random) -> str:
    """A fresh base32 secret from the portal's own source of randomness."""
    return base64.b32encode(source.randbytes(SECRET_BYTES)).decode("ascii")


def code(secret: str, counter: int, digits: int = 6) -> str:
    """The code of one send; leading zeros belong to it."""
    return pyotp.HOTP(secret, digits=digits).at(counter)


def matches(secret: str, counter: int, typed: str, digits: int = 6) -> bool:
    """Whether `typed` is the code (spaces and wide digits forgiven), compared in constant time."""
    plain = "".join(unicodedata.normalize("NFKC", typed).split())
    return hmac.compare_digest(code(secret, counter, digits).encode(), plain.encode())
