"""Submissions as one message: a text that came whole, or its parts put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from emulators.sms.admission import Checked, keepable
from emulators.sms.messages import Via
from emulators.sms.segments import Encoding, Segments, segments_of
from emulators.sms.settings import SmsSettings
from emulators.sms.smpp.alphabets import Alphabet, alphabet, read_text
from emulators.sms.storage import instant

NOBODY = "AC" + "0" * 32
"""The account of what came by SMPP where the room was not told its account."""
SHORT_MESSAGE = 140
"""Octets one radio message holds."""
MISSING = "\u2026"
"""Stands where a part never came."""


def single(row: Mapping[str, Any], settings: SmsSettings) -> Checked:
    """The message of a text that came whole."""
    written_in = alphabet(row["data_coding"], Alphabet(settings.smpp_alphabet))
    octets: bytes = row["octets"]
    if written_in is Alphabet.BINARY:
        cost = Segments(Encoding.EIGHT_BIT, len(octets), max(1, -(-len(octets) // SHORT_MESSAGE)))
        return _checked(row, read_text(octets, written_in), settings, cost)
    return _checked(row, read_text(octets, written_in), settings)


def joined(parts: Mapping[int, Row[Any]], settings: SmsSettings) -> Checked:
    """The message of the parts that are here, by their place in the text.

    Parts in one alphabet are put together before they are read, because a client may cut between the two octets of a
    character, or between an escape and what it escapes.
    """
    first = next(iter(parts.values()))
    default = Alphabet(settings.smpp_alphabet)
    alphabets = {alphabet(part.data_coding, default) for part in parts.values()}
    places = range(1, first.parts + 1)
    if len(alphabets) == 1 and len(parts) == first.parts:
        text = read_text(b"".join(parts[place].octets for place in places), *alphabets)
    else:
        text = "".join(
            read_text(parts[place].octets, alphabet(parts[place].data_coding, default)) if place in parts else MISSING
            for place in places
        )
    binary = alphabets == {Alphabet.BINARY}
    units = sum(len(part.octets) for part in parts.values()) if binary else segments_of(text).units
    cost = Segments(Encoding.EIGHT_BIT if binary else segments_of(text).encoding, units, first.parts)
    return _checked(dict(first._mapping), text, settings, cost)


def _checked(row: Mapping[str, Any], text: str, settings: SmsSettings, cost: Segments | None = None) -> Checked:
    return Checked(
        account_sid=settings.account_sid or NOBODY,
        to=row["to_number"],
        sender=row["sender"],
        body=keepable(text),
        send_at=None if row["schedule"] is None else instant(row["schedule"]),
        via=Via.SMPP,
        cost=cost,
    )
