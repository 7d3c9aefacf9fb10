"""A message as the gateway knows it, and Twilio's shape of it (Messages resource of 2010-04-01, confidence high)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from emulators.sms.delivery import Status

API_VERSION = "2010-04-01"


@dataclass(frozen=True)
class Wish:
    """What a sender asked for, as it was typed."""

    account_sid: str
    to: str
    sender: str
    body: str
    messaging_service_sid: str = ""
    status_callback: str = ""


@dataclass(frozen=True)
class Message:
    """A message the gateway accepted; instants are aware."""

    id: int
    sid: str
    account_sid: str
    to: str
    sender: str | None
    """Absent when a messaging service was to choose it."""
    messaging_service_sid: str | None
    body: str
    encoding: str
    units: int
    segments: int
    status: Status
    created: datetime
    updated: datetime
    sent: datetime | None


@dataclass(frozen=True)
class Step:
    """One stage of a message's delivery."""

    status: Status
    at: datetime


def twilio_reply(message: Message) -> dict[str, Any]:
    """The JSON object Twilio answers for `message`; numbers of segments and media are strings there."""
    uri = f"{_collection(message.account_sid)}/{message.sid}"
    return {
        "account_sid": message.account_sid,
        "api_version": API_VERSION,
        "body": message.body,
        "date_created": _rfc2822(message.created),
        "date_sent": None if message.sent is None else _rfc2822(message.sent),
        "date_updated": _rfc2822(message.updated),
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
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
    return f"{_collection(account_sid)}.json"


def _collection(account_sid: str) -> str:
    return f"/{API_VERSION}/Accounts/{account_sid}/Messages"


def _rfc2822(instant: datetime) -> str:
    return format_datetime(instant.astimezone(UTC))
