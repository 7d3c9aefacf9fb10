"""What keeps the front door from doing what it was asked, in one sentence for a person."""

from __future__ import annotations

from emulators.foundation.binding import CannotListen


class SandboxError(Exception):
    """The sandbox cannot be started or used as asked; the sentence says why and what to do."""

    exit_code = 2


class AddressRefused(SandboxError):
    """A port is taken or an address is not ours; names the flag that chooses another."""

    def __init__(self, sentence: str, flag: str) -> None:
        super().__init__(f"{sentence}; choose another with {flag}")

    @classmethod
    def of(cls, what: str, error: CannotListen, flag: str) -> AddressRefused:
        """`what` cannot listen; `flag` chooses its port, `--host` every host."""
        return cls(f"{what} {error}", flag if error.port_at_fault else "--host")


class DataDirInUse(SandboxError):
    """Another process already works on the same data."""


class NotReady(SandboxError):
    """A room did not become ready within the limit."""

    exit_code = 1


class IntroductionFailed(SandboxError):
    """The portal could not be introduced to FPX."""

    exit_code = 1
