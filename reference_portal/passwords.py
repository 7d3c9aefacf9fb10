"""Passwords at rest: argon2id, and the same work for accounts that do not exist."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

_PROFILES = {
    "owasp": {"time_cost": 2, "memory_cost": 19 * 1024, "parallelism": 1},
    "fast": {"time_cost": 1, "memory_cost": 1024, "parallelism": 1},
}
"""`owasp` is the password storage cheat sheet's argon2id row of 19 MiB; `fast` is for tests and load runs only."""


class Passwords:
    """Hashes and checks passwords at one cost."""

    def __init__(self, profile: str) -> None:
        self._hasher = PasswordHasher(**_PROFILES[profile])
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
