"""Statuses told to senders: written as letters in the transaction that moves a message, delivered by the courier."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC
from urllib.parse import urlencode

from sqlalchemy import Connection

from emulators.foundation.courier import Attempt, Courier
from emulators.foundation.database import Database
from emulators.foundation.journal import Journal
from emulators.sms.delivery import FINAL, Status
from emulators.sms.messages import API_VERSION, Message, Via
from emulators.sms.mocean_words import receipt
from emulators.sms.settings import SmsSettings
from emulators.sms.signature import SIGNATURE_HEADER, twilio_signature

USER_AGENT = "TwilioProxy/1.1"


def acknowledges(status: int, _said: str) -> bool:
    """Whether an answer ends the matter: any 2xx does."""
    return 200 <= status < 300


class Callbacks:
    """What is owed to senders who gave an address."""

    def __init__(self, courier: Courier, database: Database, settings: SmsSettings) -> None:
        self._courier = courier
        self._database = database
        self._secret = settings.auth_token or ""
        self._told = frozenset(settings.callback_statuses)

    def report(self, connection: Connection, message: Message) -> None:
        """Owe a letter about a message that has just moved, if its sender asked for one."""
        if message.status_callback is None:
            return
        if message.via is Via.MOCEAN:
            if message.status not in FINAL:
                return
            self._owe(connection, message, receipt(message), {})
        elif str(message.status) in self._told:
            fields = twilio_fields(message)
            secret = self._secret or message.callback_secret or ""
            self._owe(connection, message, fields, _twilio_headers(secret, message, fields))

    def _owe(
        self, connection: Connection, message: Message, fields: Mapping[str, str], headers: Mapping[str, str]
    ) -> None:
        assert message.status_callback is not None  # noqa: S101  report() looked
        self._courier.owe(connection, message.sid, message.status_callback, urlencode(fields), headers)
        self._database.after_commit(self._courier.look_now)


def twilio_fields(message: Message) -> dict[str, str]:
    """The form of a status callback (confidence high; RawDlrDoneDate in UTC is a guess)."""
    fields = {
        "AccountSid": message.account_sid,
        "ApiVersion": API_VERSION,
        "From": message.sender or "",
        "MessageSid": message.sid,
        "MessageStatus": str(message.status),
        "SmsSid": message.sid,
        "SmsStatus": str(message.status),
        "To": message.to,
    }
    if message.messaging_service_sid:
        fields["MessagingServiceSid"] = message.messaging_service_sid
    if message.error is not None:
        fields["ErrorCode"] = str(message.error)
    if message.status in (Status.DELIVERED, Status.UNDELIVERED):
        fields["RawDlrDoneDate"] = message.updated.astimezone(UTC).strftime("%y%m%d%H%M")
    return fields


def note_attempt(journal: Journal, connection: Connection, attempt: Attempt) -> None:
    """Tell of one delivery in the journal."""
    journal.write(
        connection,
        "callback",
        attempt.ref,
        url=attempt.url[:200],
        number=attempt.number,
        status=attempt.status,
        acknowledged=attempt.acknowledged,
        gave_up=attempt.gave_up,
        answer="" if attempt.acknowledged else attempt.answer[:200],
    )


def _twilio_headers(secret: str, message: Message, fields: Mapping[str, str]) -> dict[str, str]:
    assert message.status_callback is not None  # noqa: S101  report() looked
    token = hashlib.sha256(f"{message.sid} {message.status}".encode()).hexdigest()[:36]
    return {
        "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
        "User-Agent": USER_AGENT,
        "I-Twilio-Idempotency-Token": token,
        SIGNATURE_HEADER: twilio_signature(secret, message.status_callback, fields),
    }
