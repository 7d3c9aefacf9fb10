"""An arrival made ready for the store: its columns, its searchable words, its index rows."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, replace
from datetime import datetime

from emulators.smtp.header_text import Address, storable
from emulators.smtp.marks import Kind, mark_of_address, marks_of
from emulators.smtp.mime import Mail, read
from emulators.smtp.mishaps import ASKED_BY_ADDRESS
from emulators.smtp.shapes import people
from emulators.smtp.storage import Entry, millis
from emulators.smtp.tagging import clean
from emulators.smtp.trace import Arrival, generated_id, hidden_recipients, trace

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
"""Of the short ids Mailpit hands out: no letter that looks like a digit."""
ID_LENGTH = 22
TAGGED = 100
"""Addresses of a message whose plus is looked at."""
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


def sort(arrival: Arrival, *, source: random.Random, host: str, at: datetime, plus_tags: bool = True) -> Sorted:
    """Read a message, write its trace above it, and say what the store shall keep of it.

    `plus_tags`: what stands behind a plus in an address becomes a tag, as in Mailpit.
    """
    uid = arrival.uid or new_uid(source)
    arrival = replace(
        arrival,
        sender=storable(arrival.sender),
        recipients=tuple(storable(recipient) for recipient in arrival.recipients),
        greeting=storable(arrival.greeting),
        username=storable(arrival.username)[:320],
    )
    given = read(arrival.raw)
    raw = trace(arrival, given, uid=uid, host=host, at=at) + arrival.raw
    bcc = (*given.bcc, *hidden_recipients(arrival, given))
    mail = replace(given, bcc=bcc, message_id=given.message_id or generated_id(uid, host))
    texts = {
        Kind.FROM: _texts((mail.from_,)),
        Kind.TO: _texts(mail.to),
        Kind.CC: _texts(mail.cc),
        Kind.BCC: _texts(mail.bcc),
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
        "message_id": mail.message_id,
        "subject": mail.subject,
        "snippet": mail.snippet,
        "people": people(mail),
        "tags": clean([*mail.tags, *(_plus_tags(mail) if plus_tags else ())]),
        "username": arrival.username,
        "from_text": "\n".join(texts[Kind.FROM]),
        "to_text": "\n".join(texts[Kind.TO]),
        "cc_text": "\n".join(texts[Kind.CC]),
        "bcc_text": "\n".join(texts[Kind.BCC]),
        "reply_to_text": "\n".join(texts[Kind.REPLY_TO]),
        "subject_text": mail.subject.lower(),
    }
    marks = {(kind, mark) for kind, lines in texts.items() for mark in marks_of(lines)}
    marks |= {(Kind.ENVELOPE, mark_of_address(recipient)) for recipient in arrival.recipients}
    entry = Entry(columns, _words(mail, texts), raw, marks)
    return Sorted(uid, arrival.sender, list(arrival.recipients), arrival.username, entry, arrival.scanned)


def new_uid(source: random.Random) -> str:
    """An ID as Mailpit hands them out."""
    number, digits = source.getrandbits(6 * ID_LENGTH), ""
    for _ in range(ID_LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        digits += ALPHABET[digit]
    return digits


def _plus_tags(mail: Mail) -> list[str]:
    """What stands behind a plus; a fault asked for by address (`+sandbox.late`) is no tag."""
    everybody = (mail.from_, *mail.to, *mail.cc, *mail.bcc)
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
