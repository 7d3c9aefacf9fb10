"""A verification as Twilio's Verify v2 knows it: its life as a table, and the shapes of its resources.

Theory of operation. A verification is pending from its first SMS on. The right code approves it, its owner may approve
or cancel it, too many wrong codes exhaust it, and time expires it; each of these is final, and another verification of
the same number begins anew. Names and shapes: Verify v2 (confidence high); limits of five: medium.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

CHECKS = 5
SENDS = 5
LENGTHS = range(4, 11)
NAME_LENGTH = 30
TEXTS = {
    "ms": "SANDBOX: kod pengesahan {name} anda ialah {code}",
    "en": "SANDBOX: your {name} verification code is {code}",
}
"""What an SMS says, by locale; also how its code is found again, whatever digits it has."""


class VerificationStatus(StrEnum):
    """Where a verification is; the wire word."""

    PENDING = "pending"
    APPROVED = "approved"
    CANCELED = "canceled"
    EXPIRED = "expired"
    MAX_ATTEMPTS_REACHED = "max_attempts_reached"


class VerificationEvent(StrEnum):
    """What can happen to it."""

    APPROVE = "approve"
    CANCEL = "cancel"
    EXPIRE = "expire"
    EXHAUST = "exhaust"


VERIFICATION_MOVES: dict[tuple[VerificationStatus, VerificationEvent], VerificationStatus] = {
    (VerificationStatus.PENDING, VerificationEvent.APPROVE): VerificationStatus.APPROVED,
    (VerificationStatus.PENDING, VerificationEvent.CANCEL): VerificationStatus.CANCELED,
    (VerificationStatus.PENDING, VerificationEvent.EXPIRE): VerificationStatus.EXPIRED,
    (VerificationStatus.PENDING, VerificationEvent.EXHAUST): VerificationStatus.MAX_ATTEMPTS_REACHED,
}


class IllegalVerificationMove(Exception):
    """The event cannot happen to a verification in that state."""

    def __init__(self, status: VerificationStatus, event: VerificationEvent) -> None:
        super().__init__(f"{event} cannot happen to a verification that is {status}")


def verification_move(status: VerificationStatus, event: VerificationEvent) -> VerificationStatus:
    """The state after `event`.

    Raises:
        IllegalVerificationMove: the table has no such move.
    """
    try:
        return VERIFICATION_MOVES[status, event]
    except KeyError:
        raise IllegalVerificationMove(status, event) from None


@dataclass(frozen=True)
class Service:
    """A named set of verifications; instants are aware."""

    sid: str
    account_sid: str
    friendly_name: str
    code_length: int
    created: datetime
    updated: datetime

    def as_json(self, base: str) -> dict[str, Any]:
        """Twilio's Service; `base` is the address of the room."""
        url = f"{base}/v2/Services/{self.sid}"
        return {
            "sid": self.sid,
            "account_sid": self.account_sid,
            "friendly_name": self.friendly_name,
            "code_length": self.code_length,
            "lookup_enabled": False,
            "custom_code_enabled": True,
            "date_created": _iso(self.created),
            "date_updated": _iso(self.updated),
            "url": url,
            "links": {"verifications": f"{url}/Verifications", "verification_checks": f"{url}/VerificationCheck"},
        }


@dataclass(frozen=True)
class Verification:
    """One number being verified; instants are aware."""

    id: int
    sid: str
    service_sid: str
    account_sid: str
    to: str
    code: str
    status: VerificationStatus
    checks: int
    """Wrong codes so far."""
    attempts: tuple[tuple[str, datetime], ...]
    """The SMS sent for it: sid and instant."""
    created: datetime
    updated: datetime

    def as_json(self, base: str) -> dict[str, Any]:
        """Twilio's Verification; the code is never in it."""
        return {
            **self._common(),
            "lookup": {},
            "send_code_attempts": [
                {"attempt_sid": sid, "channel": "sms", "time": _iso(at)} for sid, at in self.attempts
            ],
            "sna": None,
            "url": f"{base}/v2/Services/{self.service_sid}/Verifications/{self.sid}",
        }

    def as_check(self) -> dict[str, Any]:
        """Twilio's VerificationCheck."""
        return {**self._common(), "sna_attempts_error_codes": None}

    def _common(self) -> dict[str, Any]:
        return {
            "sid": self.sid,
            "service_sid": self.service_sid,
            "account_sid": self.account_sid,
            "to": self.to,
            "channel": "sms",
            "status": str(self.status),
            "valid": self.status is VerificationStatus.APPROVED,
            "amount": None,
            "payee": None,
            "date_created": _iso(self.created),
            "date_updated": _iso(self.updated),
        }


def _iso(instant: datetime) -> str:
    """The one spelling the official clients read: whole seconds and Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
