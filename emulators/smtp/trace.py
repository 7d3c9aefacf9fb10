"""What the inbox writes above a message: how it came, to whom it was hidden, and an id when it brought none.

As Mailpit does (source 1.30.5, confidence high): Return-Path and Received in front, envelope recipients that no header
names as `Bcc`, and a generated Message-ID.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

from emulators.smtp.header_text import Address
from emulators.smtp.mime import Mail

_BREAKING = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Arrival:
    """A message as the listener took it."""

    sender: str
    """Envelope sender; empty for the null sender."""
    recipients: tuple[str, ...]
    raw: bytes
    greeting: str = ""
    """What the client called itself."""
    peer: str = ""
    """The client's address."""
    username: str = ""
    """Who signed in; empty for nobody."""
    scanned: bool = False
    """Whether a mail scanner shall look at its links, whatever the settings say."""
    uid: str = ""
    """The ID it shall have, when it has been promised one."""


def hidden_recipients(arrival: Arrival, mail: Mail) -> tuple[Address, ...]:
    """Envelope recipients that no header of the message names, each once."""
    named = {address.address.lower() for everybody in (mail.to, mail.cc, mail.bcc) for address in everybody}
    return tuple([Address("", r) for r in dict.fromkeys(arrival.recipients) if r.lower() not in named])


def trace(arrival: Arrival, hidden: Sequence[Address], *, uid: str, host: str, at: datetime, named: bool) -> bytes:
    """The header lines to put in front of the message; `named`: whether it brought a Message-ID."""
    lines = [_line(f"Return-Path: <{arrival.sender}>")]
    if hidden:
        lines.append("Bcc: " + ",\r\n ".join(_line(f"<{address.address}>") for address in hidden))
    if not named:
        lines.append(f"Message-ID: <{generated_id(uid, host)}>")
    came = f"from {arrival.greeting or 'unknown'} ({arrival.peer or 'unknown'}) by {host} (SANDBOX) with SMTP id {uid}"
    lines.append(f"{_line(f'Received: {came}')};\r\n {_said(at.replace(microsecond=0))}\r\n")
    return "\r\n".join(lines).encode("utf-8", "replace")


@lru_cache(maxsize=8)  # many messages come in one second
def _said(at: datetime) -> str:
    return format_datetime(at)


def generated_id(uid: str, host: str) -> str:
    """The Message-ID of a message that brought none, without angle brackets."""
    return f"{uid}@{host}"


def _line(text: str) -> str:
    """`text` on one line: what the client said may not begin a header of its own."""
    return _BREAKING.sub(" ", text)
