"""What the gateway checks before it stores anything: who asks, and whether what they ask is a message."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from emulators.foundation.fault_wishes import Asked
from emulators.sms.errors import (
    BadFrom,
    BadTo,
    BodyMissing,
    BodyTooLong,
    FromMissing,
    NotAuthenticated,
    ToMissing,
)
from emulators.sms.magic_numbers import check_magic
from emulators.sms.messages import Via, Wish
from emulators.sms.numbers import e164, sender
from emulators.sms.schedule import check_callback, check_schedule
from emulators.sms.segments import Segments
from emulators.sms.settings import SmsSettings


class Checked(NamedTuple):
    """A wish that may be stored; `to` is E.164. A tuple, as the wish is."""

    account_sid: str
    to: str
    sender: str | None
    body: str
    messaging_service_sid: str | None = None
    status_callback: str | None = None
    callback_secret: str | None = None
    send_at: datetime | None = None
    via: Via = Via.SMPP
    asked: tuple[Asked, ...] = ()
    cost: Segments | None = None
    """What it cost on the air, when its sender has cut it or it is no text; counted from the text when absent."""


def check_credentials(settings: SmsSettings, account_sid: str, username: str | None, password: str | None) -> None:
    """Check Basic credentials: the account's own, or an API key (`SK...`) with its secret.

    Raises:
        NotAuthenticated: they are missing, or not those of the account.
    """
    if not username or not password:
        raise NotAuthenticated("Authentication Error - No credentials provided")
    known = settings.account_sid is None or account_sid == settings.account_sid
    secret = settings.auth_token is None or hmac.compare_digest(password.encode(), settings.auth_token.encode())
    if not (known and secret and (username.startswith("SK") or username == account_sid)):
        raise NotAuthenticated("Authenticate")


def check_wish(settings: SmsSettings, wish: Wish, now: Callable[[], datetime]) -> Checked:
    """Judge what a sender asks, in Twilio's order: what is missing, then recipient, sender, length, the rest.

    Raises:
        Refusal: the first thing that is wrong.
    """
    if not wish.to.strip():
        raise ToMissing("A 'To' phone number is required.")
    if not wish.sender.strip() and not wish.messaging_service_sid:
        raise FromMissing("A 'From' phone number is required.")
    if not wish.body:
        raise BodyMissing("Message body is required.")
    to = e164(wish.to, settings.region)
    if to is None:
        raise BadTo(f"Invalid 'To' Phone Number: {wish.to}")
    origin = sender(wish.sender, settings.region)
    if origin is None and wish.sender.strip():
        raise BadFrom(f"The 'From' number {wish.sender} is not a valid phone number, shortcode, or sender ID.")
    check_magic(to, origin)
    if len(wish.body) > settings.body_limit:
        raise BodyTooLong(f"The concatenated message body exceeds the {settings.body_limit} character limit")
    service = keepable(wish.messaging_service_sid) or None
    callback = check_callback(wish.status_callback) or (settings.service_callback if service else None)
    return Checked(
        account_sid=wish.account_sid,
        to=to,
        sender=origin,
        body=keepable(wish.body),
        messaging_service_sid=service,
        status_callback=callback,
        callback_secret=keepable(wish.callback_secret) or None if callback else None,
        send_at=check_schedule(wish, now),
        via=wish.via,
        asked=wish.asked,
    )


def keepable(text: str) -> str:
    """A NUL cannot be kept by every store; the replacement character says that something stood there."""
    return text.replace("\x00", "\ufffd")
