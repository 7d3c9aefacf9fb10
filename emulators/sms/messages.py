"""A message as the gateway knows it, and Twilio's shape of it (Messages resource of 2010-04-01, confidence high)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from emulators.foundation.fault_wishes import Asked
from emulators.sms.delivery import DELIVERY_ERRORS, LOST, Status

API_VERSION = "2010-04-01"


class Via(StrEnum):
    """The door a message came by."""

    TWILIO = "twilio"
    VERIFY = "verify"
    SMPP = "smpp"
    MOCEAN = "mocean"
    ISMS = "isms"


class Wish(NamedTuple):
    """What a sender asked for, as it was typed. A tuple, because one is made for every message."""

    account_sid: str
    to: str
    sender: str
    body: str
    messaging_service_sid: str = ""
    status_callback: str = ""
    callback_secret: str = ""
    """What callbacks are signed with."""
    schedule_type: str = ""
    send_at: str = ""
    via: Via = Via.TWILIO
    asked: tuple[Asked, ...] = ()
    """Faults the request asked for itself."""


class Message(NamedTuple):
    """A message the gateway accepted; instants are aware. A tuple, because each is made anew at every step it moves."""

    id: int
    sid: str
    account_sid: str
    to: str
    sender: str | None
    """Absent until a messaging service has chosen it."""
    messaging_service_sid: str | None
    status_callback: str | None
    callback_secret: str | None
    body: str
    encoding: str
    units: int
    segments: int
    status: Status
    via: Via
    error_code: int | None
    """Why it will be lost, or was."""
    fault: str | None
    """The fault that struck it."""
    created: datetime
    updated: datetime
    sent: datetime | None
    received: datetime | None
    """When the handset got it, by the clock of the sandbox; absent while it has not."""
    arrived: datetime | None
    """The same instant by the clock of the machine, which a client's own clock can be compared with."""
    copy_of: str | None
    """The sid of the message this is a second delivery of."""

    @property
    def error(self) -> int | None:
        """The delivery error, once it has happened."""
        return self.error_code if self.status in LOST else None


@dataclass(frozen=True)
class Step:
    """One stage of a message's delivery."""

    status: Status
    at: datetime


def twilio_reply(message: Message) -> dict[str, Any]:
    """The JSON object Twilio answers for `message`; numbers of segments and media are strings there."""
    uri = message_uri(message.account_sid, message.sid)
    return {
        "account_sid": message.account_sid,
        "api_version": API_VERSION,
        "body": message.body,
        "date_created": _rfc2822(message.created),
        "date_sent": None if message.sent is None else _rfc2822(message.sent),
        "date_updated": _rfc2822(message.updated),
        "direction": "outbound-api",
        "error_code": message.error,
        "error_message": None if message.error is None else DELIVERY_ERRORS.get(message.error),
        "from": message.sender,
        "messaging_service_sid": message.messaging_service_sid,
        "num_media": "0",
        "num_segments": str(message.segments),
        "price": None,
        "price_unit": None,
        "sid": message.sid,
        "status": str(message.status),
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": message.to,
        "uri": f"{uri}.json",
    }


def collection_uri(account_sid: str) -> str:
    """The relative address of an account's list of messages."""
    return f"/{API_VERSION}/Accounts/{account_sid}/Messages.json"


def message_uri(account_sid: str, sid: str) -> str:
    """The relative address of a message, without its ending."""
    return f"/{API_VERSION}/Accounts/{account_sid}/Messages/{sid}"


@lru_cache(maxsize=64)
def _rfc2822(instant: datetime) -> str:
    return format_datetime(instant.astimezone(UTC))
