"""Mail that comes by HTTP: handed in at `/api/v1/send`, or released again to other recipients."""

from __future__ import annotations

import re
from dataclasses import replace
from email.utils import format_datetime

from emulators.foundation.clock import Clock
from emulators.smtp.composing import Letter, compose
from emulators.smtp.delivery import Delivery
from emulators.smtp.errors import BadBody
from emulators.smtp.header_text import addresses
from emulators.smtp.mime import Mail
from emulators.smtp.shelf import Opened
from emulators.smtp.trace import Arrival

_OURS = re.compile(rb"(?im)^(?:bcc|message-id|return-path):[^\n]*\n(?:[ \t][^\n]*\n)*")


class Sending:
    """Hands such mail to the same delivery as SMTP does."""

    def __init__(self, delivery: Delivery, clock: Clock) -> None:
        self._delivery = delivery
        self._clock = clock

    def send(self, letter: Letter, *, peer: str, username: str) -> str:
        """Deliver a letter; its ID.

        Raises:
            BadSend: it cannot be made into a message.
        """
        recipients, raw = compose(letter, date=format_datetime(self._clock.now()))
        arrival = Arrival(letter.From.Email, recipients, raw, greeting="HTTP", peer=peer, username=username)
        return self._delivery.take(arrival)

    def release(self, opened: Opened, wanted: list[str]) -> str:
        """Send a stored message to other recipients, who are in this inbox as everybody is; the new ID.

        As Mailpit's relay does: the recipients are those of the envelope alone, hidden ones are not told, and the
        message gets an id of its own.

        Raises:
            BadBody: nobody is named, or an address cannot be read.
        """
        recipients = [_plain(address) for address in wanted]
        if not recipients:
            raise BadBody("No valid addresses found")
        raw = _without_ours(opened.raw)
        sender = _sender(opened.mail)
        if not sender:
            raise BadBody("No From header found")
        arrival = Arrival(sender, tuple(recipients), raw, greeting="release", username=opened.kept.username)
        return self._delivery.take(replace(arrival, peer="127.0.0.1"))


def _plain(text: str) -> str:
    found = addresses([text])
    if len(found) != 1 or "@" not in found[0].address:
        raise BadBody(f"Invalid email address: {text[:200]}")
    return found[0].address


def _sender(mail: Mail) -> str:
    senders = addresses([value for name, value in mail.headers if name.lower() == "sender"])
    return senders[0].address if senders else mail.from_.address


def _without_ours(raw: bytes) -> bytes:
    head, blank, body = raw.partition(b"\r\n\r\n")
    return _OURS.sub(b"", head + b"\r\n").removesuffix(b"\r\n") + blank + body
