"""Who may sign in: anybody, or those listed; pure."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping


def may_enter(users: Mapping[str, str], name: bytes, password: bytes) -> bool:
    """Whether that name and password are taken; any are when nobody is listed."""
    return not users or (hmac.compare_digest(_secret(users, name), password) and _listed(users, name))


def may_answer(users: Mapping[str, str], name: bytes, challenge: bytes, digest: bytes) -> bool:
    """Whether `digest` (hexadecimal) is what that user answers to a CRAM-MD5 challenge (RFC 2195)."""
    expected = hmac.new(_secret(users, name), challenge, hashlib.md5).hexdigest().encode()
    return not users or (hmac.compare_digest(expected, digest.lower()) and _listed(users, name))


def _secret(users: Mapping[str, str], name: bytes) -> bytes:
    """The password listed; for a stranger an empty one, so that both take the same time."""
    return users.get(name.decode("utf-8", "replace"), "").encode()


def _listed(users: Mapping[str, str], name: bytes) -> bool:
    return name.decode("utf-8", "replace") in users
