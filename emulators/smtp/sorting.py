"""An arrival made ready for the store: its columns, its searchable words, its index rows."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from emulators.smtp.header_text import Address, storable
from emulators.smtp.marks import Kind, marks_by_kind
from emulators.smtp.mime import Mail, read
from emulators.smtp.mishaps import ASKED_BY_ADDRESS
from emulators.smtp.shapes import people
from emulators.smtp.storage import Entry, millis
from emulators.smtp.tagging import clean
from emulators.smtp.trace import Arrival, generated_id, hidden_recipients, trace
from emulators.smtp.uids import Uids

TAGGED = 100
"""Addresses of a message whose plus is looked at."""
USERNAME = 320
"""Characters of a user's name that are kept."""
SEARCHABLE = 20_000
"""Characters of one address header that a search looks into."""


@dataclass(frozen=True)
class Sorted:
    """A message as the store takes it."""

    uid: str
    sender: str
    recipients: list[str]
    username: str
    entry: Entry
    scanned: bool = False

    @property
    def size(self) -> int:
        """Octets, the trace included."""
        return len(self.entry.raw)


def sort(arrival: Arrival, *, uids: Uids, host: str, at: datetime, plus_tags: bool = True) -> Sorted:
    """Read a message, write its trace above it, and say what the store shall keep of it.

    `plus_tags`: what stands behind a plus in an address becomes a tag, as in Mailpit.
    """
    uid = arrival.uid or uids.new()
    arrival = _storable(arrival)
    mail = read(arrival.raw)
    hidden = hidden_recipients(arrival, mail)
    bcc = (*mail.bcc, *hidden)
    raw = trace(arrival, hidden, uid=uid, host=host, at=at, named=bool(mail.message_id)) + arrival.raw
    texts = {
        Kind.FROM: _texts((mail.from_,)),
        Kind.TO: _texts(mail.to),
        Kind.CC: _texts(mail.cc),
        Kind.BCC: _texts(bcc),
        Kind.REPLY_TO: _texts(mail.reply_to),
    }
    columns = {
        "uid": uid,
        "created": millis(at),
        "arrived": int(time.time() * 1000),
        "read": False,
        "size": len(raw),
        "attachments": len(mail.files),
        "inline": sum(file.inline for file in mail.files),
        "message_id": mail.message_id or generated_id(uid, host),
        "subject": mail.subject,
        "snippet": mail.snippet,
        "people": people(mail, bcc),
        "tags": clean([*mail.tags, *(_plus_tags((mail.from_, *mail.to, *mail.cc, *bcc)) if plus_tags else ())]),
        "username": arrival.username,
        "from_text": "\n".join(texts[Kind.FROM]),
        "to_text": "\n".join(texts[Kind.TO]),
        "cc_text": "\n".join(texts[Kind.CC]),
        "bcc_text": "\n".join(texts[Kind.BCC]),
        "reply_to_text": "\n".join(texts[Kind.REPLY_TO]),
        "subject_text": mail.subject.lower(),
    }
    entry = Entry(columns, _words(mail, texts), raw, marks_by_kind(texts, arrival.recipients))
    return Sorted(uid, arrival.sender, list(arrival.recipients), arrival.username, entry, arrival.scanned)


def _storable(arrival: Arrival) -> Arrival:
    """An arrival whose envelope every store can keep."""
    envelope = (arrival.sender, *arrival.recipients, arrival.greeting, arrival.username)
    if len(arrival.username) <= USERNAME and "".join(envelope).isprintable() and "".join(envelope).isascii():
        return arrival  # as almost every envelope is
    return replace(
        arrival,
        sender=storable(arrival.sender),
        recipients=tuple(storable(recipient) for recipient in arrival.recipients),
        greeting=storable(arrival.greeting),
        username=storable(arrival.username)[:USERNAME],
    )


def _plus_tags(everybody: Sequence[Address]) -> list[str]:
    """What stands behind a plus; a fault asked for by address (`+sandbox.late`) is no tag."""
    locals_ = (one.address.rpartition("@")[0] for one in everybody[:TAGGED])
    return [tag for local in locals_ for tag in local.split("+")[1:] if not tag.startswith(ASKED_BY_ADDRESS)]


def _texts(addresses: tuple[Address, ...]) -> list[str]:
    """Names and addresses in lower case, each a line of its own, cut where searching ends."""
    room, found = SEARCHABLE, []
    for text in (text for address in addresses for text in (address.name, address.address) if text):
        found.append(" ".join(text.lower().split())[:room])
        room -= len(found[-1])
        if room <= 0:
            break
    return found


def _words(mail: Mail, texts: dict[Kind, list[str]]) -> str:
    everybody = [text for lines in texts.values() for text in lines]
    names = [file.name for file in mail.files]
    return " ".join(" ".join([mail.subject, *everybody, mail.text, *names]).lower().split())
