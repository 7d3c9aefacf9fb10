"""Twilio's magic numbers: senders and recipients that always fail in the same way (test credentials; confidence high).

Twilio keeps them to its test credentials; here they work with any, because nobody owns them.
"""

from __future__ import annotations

from emulators.sms.errors import BadFrom, BadTo, Refusal
from emulators.sms.refusals import (
    NoRoute,
    NotMobile,
    NotOwned,
    OptedOut,
    QueueFull,
    RegionNotPermitted,
)

BLOCK = "+1500555"
GOOD_SENDER = "+15005550006"
_SENDERS: dict[str, type[Refusal]] = {"+15005550001": BadFrom, "+15005550007": NotOwned, "+15005550008": QueueFull}
_RECIPIENTS: dict[str, type[Refusal]] = {
    "+15005550001": BadTo,
    "+15005550002": NoRoute,
    "+15005550003": RegionNotPermitted,
    "+15005550004": OptedOut,
    "+15005550009": NotMobile,
}
_SENTENCES: dict[type[Refusal], str] = {
    BadFrom: "The 'From' number {number} is not a valid phone number, shortcode, or sender ID.",
    NotOwned: "The From phone number {number} is not a valid, SMS-capable inbound phone number or short code "
    "for your account.",
    QueueFull: "The 'From' number {number} has exceeded the maximum number of queued messages.",
    BadTo: "Invalid 'To' Phone Number: {number}",
    NoRoute: "The 'To' phone number {number} is not currently reachable via SMS.",
    RegionNotPermitted: "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: "
    "{number}.",
    OptedOut: "Attempt to send to unsubscribed recipient {number}.",
    NotMobile: "To number: {number}, is not a mobile number",
}


def check_magic(to: str, sender: str | None) -> None:
    """Refuse what Twilio refuses for its magic numbers, the sender first.

    Raises:
        Refusal: one of the numbers asks for it.
    """
    if sender and sender.startswith(BLOCK) and sender != GOOD_SENDER:
        _refuse(_SENDERS.get(sender, NotOwned), sender)
    if to in _RECIPIENTS:
        _refuse(_RECIPIENTS[to], to)


def _refuse(kind: type[Refusal], number: str) -> None:
    raise kind(_SENTENCES[kind].format(number=number))
