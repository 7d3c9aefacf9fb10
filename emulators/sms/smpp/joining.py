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
MISSING = "\u2026"
"""Stands where a part never came."""


def single(row: Mapping[str, Any], settings: SmsSettings) -> Checked:
    """The message of a text that came whole."""
    written_in, octets = alphabet(row["data_coding"], Alphabet(settings.smpp_alphabet)), row["octets"]
    text = read_text(octets, written_in)
    return _checked(row, text, settings, _cost(text, {written_in}, len(octets), None))


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
    octets = sum(len(part.octets) for part in parts.values())
    return _checked(dict(first._mapping), text, settings, _cost(text, alphabets, octets, first.parts))


def _cost(text: str, alphabets: set[Alphabet], octets: int, parts: int | None) -> Segments | None:
    """What the client spent: its own alphabet and its own cut; None when the text alone decides."""
    if alphabets == {Alphabet.BINARY}:
        return Segments(Encoding.EIGHT_BIT, octets, parts or _pieces(octets, 140, 134))
    if alphabets == {Alphabet.UCS_2}:
        return Segments(Encoding.UCS_2, octets // 2, parts or _pieces(octets // 2, 70, 67))
    if parts is None:
        return None
    counted = segments_of(text)
    return Segments(counted.encoding, counted.units, parts)


def _pieces(units: int, whole: int, piece: int) -> int:
    """Radio messages needed (3GPP TS 23.040 section 9.2.3.24.1: a cut one loses six octets)."""
    return 1 if units <= whole else -(-units // piece)


def _checked(row: Mapping[str, Any], text: str, settings: SmsSettings, cost: Segments | None) -> Checked:
    return Checked(
        account_sid=settings.account_sid or NOBODY,
        to=row["to_number"],
        sender=row["sender"],
        body=keepable(text),
        send_at=None if row["schedule"] is None else instant(row["schedule"]),
        via=Via.SMPP,
        cost=cost,
    )
