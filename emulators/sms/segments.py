"""How many radio messages a text costs: GSM 7-bit with its extension table, or UCS-2 (3GPP TS 23.038 and 23.040).

A text of GSM characters alone holds 160 septets in one message and 153 in each part of a longer one; any other
character makes the whole text UCS-2: 70 code units, 67 in each part. An extension character costs two septets (escape
and character) and an astral character two code units; neither pair is ever torn between two parts, so the rest of a
part may stay empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# 3GPP TS 23.038 section 6.2.1, in code order without the escape (0x1B). The back-tick is not among them.
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
# 3GPP TS 23.038 section 6.2.1.1: reached through the escape.
EXTENSION = frozenset("\f^{}\\[~]|€")


class Encoding(StrEnum):
    """The alphabet a text travels in."""

    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"
    EIGHT_BIT = "8-bit"
    """Octets that are no text; only SMPP carries them."""


_SINGLE = {Encoding.GSM_7: 160, Encoding.UCS_2: 70}
_PART = {Encoding.GSM_7: 153, Encoding.UCS_2: 67}


@dataclass(frozen=True)
class Segments:
    """What a text costs on the air."""

    encoding: Encoding
    units: int
    """Septets in GSM-7, 16-bit code units in UCS-2, octets in 8-bit."""
    parts: int
    """Radio messages needed; an empty text still needs one."""


def segments_of(text: str) -> Segments:
    """Count `text` exactly."""
    if BASIC.issuperset(text) and len(text) <= _SINGLE[Encoding.GSM_7]:
        return Segments(Encoding.GSM_7, len(text), 1)  # what most texts are
    encoding = Encoding.GSM_7 if all(c in BASIC or c in EXTENSION for c in text) else Encoding.UCS_2
    costs = [_cost(c, encoding) for c in text]
    units = sum(costs)
    return Segments(encoding, units, 1 if units <= _SINGLE[encoding] else _parts(costs, _PART[encoding]))


def _cost(character: str, encoding: Encoding) -> int:
    if encoding is Encoding.GSM_7:
        return 2 if character in EXTENSION else 1
    return 2 if ord(character) > 0xFFFF else 1


def _parts(costs: list[int], room: int) -> int:
    parts, used = 1, 0
    for cost in costs:
        if used + cost > room:
            parts, used = parts + 1, 0
        used += cost
    return parts
