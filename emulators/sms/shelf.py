"""The stored messages as Mailosaur shows them (type SMS; read from its client, confidence high)."""

from __future__ import annotations

import re
from datetime import UTC
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_

from emulators.foundation.codes import CodeReader
from emulators.foundation.database import Database
from emulators.foundation.mailosaur import Criteria
from emulators.foundation.waiting import ANYONE, Lend
from emulators.sms import lookup, storage
from emulators.sms.errors import NoSuchMessage
from emulators.sms.inbox import Inbox
from emulators.sms.messages import Message
from emulators.sms.numbers import e164
from emulators.sms.tables import MESSAGES

_M = MESSAGES.c
_URL = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]", re.IGNORECASE)


class SmsShelf:
    """What Mailosaur's doors ask of this room."""

    def __init__(self, database: Database, inbox: Inbox, codes: CodeReader, region: str) -> None:
        self._database = database
        self._inbox = inbox
        self._codes = codes
        self._region = region

    def search(self, criteria: Criteria, skip: int, limit: int) -> list[dict[str, Any]]:
        """Summaries, newest first."""
        return [summary(message) for message in self._found(criteria, skip, limit)]

    def fetch(self, message_id: str) -> dict[str, Any] | None:
        """A whole message the handset got."""
        with self._database.read() as connection:
            message = storage.by_sid(connection, message_id)
        return None if message is None or message.received is None else self._whole(message)

    def wait(self, criteria: Criteria, seconds: float, lend: Lend) -> dict[str, Any] | None:
        """The newest whole message, as soon as there is one."""
        number = "" if criteria.any_of else e164(criteria.sent_to, self._region)
        found = self._inbox.arrivals.wait(
            number or ANYONE, lambda: next(iter(self._found(criteria, 0, 1)), None), seconds, lend
        )
        return None if found is None else self._whole(found)

    def remove(self, message_id: str) -> bool:
        """Delete a message; whether it was there."""
        try:
            self._inbox.remove(message_id)
        except NoSuchMessage:
            return False
        return True

    def clear(self) -> None:
        """Delete all of them."""
        self._inbox.forget("")

    def count(self) -> int:
        """How many there are."""
        return self._inbox.count()

    def _found(self, criteria: Criteria, skip: int, limit: int) -> list[Message]:
        wanted: list[ColumnElement[bool]] = [_M.received.is_not(None)]
        if criteria.received_after is not None:
            wanted.append(_M.arrived >= storage.millis(criteria.received_after))
        fields = [self._field(name, value) for name, value in criteria.asked().items()]
        if fields:
            wanted.append(or_(*fields) if criteria.any_of else and_(*fields))
        with self._database.read() as connection:
            return lookup.matching(connection, wanted, skip, limit)

    def _field(self, name: str, value: str) -> ColumnElement[bool]:
        if name == "to":
            return _M.to_number == (e164(value, self._region) or e164(f"+{value}", self._region) or value)
        if name == "from":
            return or_(func.lower(_M.sender) == value.lower(), _M.sender == e164(value, self._region))
        if name == "body":
            return func.lower(_M.body).contains(value.lower(), autoescape=True)
        return false()  # an SMS has no subject

    def _whole(self, message: Message) -> dict[str, Any]:
        links = [{"href": url, "text": url} for url in dict.fromkeys(_URL.findall(message.body))]
        codes = [{"value": code.value} for code in self._codes.read([message.body], message.sender)]
        nothing: dict[str, Any] = {"links": [], "codes": [], "images": [], "body": None}
        return {
            **_common(message),
            "html": nothing,
            "text": {"links": links, "codes": codes, "body": message.body},
            "attachments": [],
            "metadata": {"headers": []},
        }


def summary(message: Message) -> dict[str, Any]:
    """A message in a list."""
    return {**_common(message), "summary": message.body[:250], "attachments": 0}


def _common(message: Message) -> dict[str, Any]:
    assert message.arrived is not None  # noqa: S101  only what the handset got is asked for
    return {
        "id": message.sid,
        "type": "SMS",
        "from": [{"name": None, "email": None, "phone": (message.sender or "").removeprefix("+")}],
        "to": [{"name": None, "email": None, "phone": message.to.removeprefix("+")}],
        "cc": [],
        "bcc": [],
        "received": message.arrived.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "subject": None,
    }
