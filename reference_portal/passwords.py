"""Passwords at rest: argon2id, and the same work for accounts that do not exist."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

_PROFILES = {"owasp": (2, 19 * 1024), "fast": (1, 1024)}
"""Passes and KiB of argon2id, one lane. `owasp` is a row of the password storage cheat sheet; `fast` is for tests and
load runs only."""


class Passwords:
    """Hashes and checks passwords at one cost."""

    def __init__(self, profile: str) -> None:
        time_cost, memory_cost = _PROFILES[profile]
        self._hasher = PasswordHasher(time_cost=time_cost, memory_cost=memory_cost, parallelism=1)
        self._nobody = self._hasher.hash("no account has this password")

    def hash(self, password: str) -> str:
        """What is stored; salt and cost are part of it."""
        return self._hasher.hash(password)

    def right(self, stored: str | None, typed: str) -> bool:
        """Whether `typed` is the stored one; for None the work is done all the same and the answer is no."""
        try:
            self._hasher.verify(stored or self._nobody, typed)
        except (VerifyMismatchError, InvalidHashError):
            return False
        return stored is not None
