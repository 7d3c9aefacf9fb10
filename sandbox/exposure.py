"""What changes when rooms listen beyond this machine: their control doors ask for a token."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from emulators.foundation.doorkeeper import TOKEN_HEADER
from emulators.foundation.settings import is_loopback
from sandbox.errors import SandboxError


@dataclass(frozen=True)
class Exposure:
    """The control token in force, and what a person has to be told about it."""

    token: str | None
    warning: str | None

    @classmethod
    def of(cls, host: str, token: str | None) -> Exposure:
        """A token of one's own is kept; without one, a host beyond loopback gets a made one, told once.

        Raises:
            SandboxError: the host is empty, which some take for every address and some for none.
        """
        if not host:
            raise SandboxError("--host is empty; name the address to listen on, such as 127.0.0.1 or 0.0.0.0")
        if is_loopback(host):
            return cls(token, None)
        told = "the token you gave" if token else f"this token, told only now: {(token := secrets.token_urlsafe(24))}"
        return cls(
            token,
            f"listening on {host}: everyone who reaches this machine reaches the sandbox."
            f" Its control doors ask for {told} (header {TOKEN_HEADER})",
        )
