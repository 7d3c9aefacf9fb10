"""What a request to Verify asks for, as it was typed and judged (Verify v2, confidence high); pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from emulators.foundation.fault_wishes import Asked
from emulators.sms.errors import InvalidParameter
from emulators.sms.messages import Via
from emulators.sms.numbers import e164
from emulators.sms.refusals import ChannelDisabled, NoMailer
from emulators.sms.verification import LENGTHS, NAME_LENGTH, TEXTS

OTHER_CHANNELS = ("auto", "call", "rcs", "sna", "whatsapp")
"""What Verify knows besides sms and email; here each is a channel the service has switched off."""


@dataclass(frozen=True)
class StartWish:
    """A code that is to be sent."""

    to: str
    code: str = ""
    """A code of the caller's own."""
    name: str = ""
    """What the text calls the sender, in place of the service's name."""
    locale: str = ""
    via: Via = Via.VERIFY
    asked: tuple[Asked, ...] = ()
    """Faults for the message."""

    def text(self, service_name: str, code: str) -> str:
        """What the SMS says."""
        template = TEXTS["ms" if self.locale.lower() == "ms" else "en"]
        return template.format(name=self.name or service_name, code=code)


def read_start(form: Mapping[str, str], region: str, asked: tuple[Asked, ...]) -> StartWish:
    """The wish of a form.

    Raises:
        InvalidParameter: recipient, channel or custom code make no sense.
        NoMailer: the channel is email.
        ChannelDisabled: another channel than sms that Verify knows.
    """
    _check_channel(form.get("Channel", ""))
    to, code = recipient(form.get("To", ""), region), form.get("CustomCode", "")
    if code and not (code.isascii() and code.isdigit() and len(code) in LENGTHS):
        raise InvalidParameter("Invalid parameter `CustomCode`: 4 to 10 digits")
    name = form.get("CustomFriendlyName", "").strip()[:NAME_LENGTH]
    return StartWish(to, code, name, form.get("Locale", ""), asked=asked)


def recipient(text: str, region: str) -> str:
    """A number in its one spelling.

    Raises:
        InvalidParameter: it is none.
    """
    to = e164(text, region)
    if to is None:
        raise InvalidParameter(f"Invalid parameter `To`: {text}")
    return to


def _check_channel(channel: str) -> None:
    if channel == "email":
        raise NoMailer("Add an email integration before using the Email channel.")
    if channel in OTHER_CHANNELS:
        raise ChannelDisabled(f"Delivery channel disabled: {channel.upper()}")
    if channel != "sms":
        raise InvalidParameter(f"Invalid parameter `Channel`: {channel}")
