"""Random handles and tokens; only a token's hash is ever stored."""

from __future__ import annotations

import hashlib
import random


def handle(source: random.Random) -> str:
    """An id that nobody can guess: 32 hexadecimal digits (128 bits)."""
    return f"{source.getrandbits(128):032x}"


def token(source: random.Random) -> str:
    """A bearer secret for a cookie: 64 hexadecimal digits (256 bits)."""
    return f"{source.getrandbits(256):064x}"


def digest(secret: str) -> str:
    """What the store keeps of a token. The token is random, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
