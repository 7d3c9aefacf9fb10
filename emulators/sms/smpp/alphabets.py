"""Octets and the text they mean: `data_coding` (SMPP 3.4 section 5.2.19, 3GPP TS 23.038 for GSM; confidence high).

GSM 7-bit travels unpacked over SMPP, one septet in an octet. What alphabet 0 is, every centre says for itself: here the
settings do. What cannot be text is shown as its octets in hexadecimal.
"""

from __future__ import annotations

import codecs
from enum import StrEnum

_ESCAPE = 0x1B
_GSM = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\ufffeÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = {
    0x0A: "\f", 0x14: "^", 0x28: "{", 0x29: "}", 0x2F: "\\", 0x3C: "[", 0x3D: "~", 0x3E: "]", 0x40: "|", 0x65: "€",
}  # fmt: skip
_TO_GSM = {character: bytes([code]) for code, character in enumerate(_GSM)} | {
    character: bytes([_ESCAPE, code]) for code, character in _EXTENSION.items()
}


class Alphabet(StrEnum):
    """What octets mean."""

    GSM_7 = "GSM-7"
    ASCII = "IA5"
    LATIN_1 = "ISO-8859-1"
    CYRILLIC = "ISO-8859-5"
    HEBREW = "ISO-8859-8"
    JIS = "Shift-JIS"
    KOREAN = "KS C 5601"
    UCS_2 = "UCS-2"
    BINARY = "8-bit"


_BY_CODING = {
    1: Alphabet.ASCII,
    2: Alphabet.BINARY,
    3: Alphabet.LATIN_1,
    4: Alphabet.BINARY,
    5: Alphabet.JIS,
    6: Alphabet.CYRILLIC,
    7: Alphabet.HEBREW,
    8: Alphabet.UCS_2,
    14: Alphabet.KOREAN,
}
_CODECS = {
    Alphabet.ASCII: "latin-1",  # octets above 127 are not IA5; read as the nearest thing that is
    Alphabet.LATIN_1: "latin-1",
    Alphabet.CYRILLIC: "iso8859-5",
    Alphabet.HEBREW: "iso8859-8",
    Alphabet.JIS: "shift_jis",
    Alphabet.KOREAN: "euc_kr",
    Alphabet.UCS_2: "utf-16-be",  # astral characters come as pairs, as every handset reads them
}


def alphabet(data_coding: int, default: Alphabet) -> Alphabet:
    """The alphabet of a `data_coding`; `default` is the centre's own.

    From 0x40 on it is a GSM data coding scheme: bits 2 and 3 say 7-bit, 8-bit or UCS-2 (TS 23.038 section 4); the
    group 0xF0 has bit 2 alone.
    """
    if data_coding == 0:
        return default
    if data_coding >= 0xF0:
        return Alphabet.BINARY if data_coding & 0x04 else Alphabet.GSM_7
    if 0xC0 <= data_coding < 0xF0:
        return Alphabet.UCS_2 if data_coding >= 0xE0 else Alphabet.GSM_7
    if 0x10 <= data_coding < 0x80:
        return (Alphabet.GSM_7, Alphabet.BINARY, Alphabet.UCS_2, Alphabet.BINARY)[data_coding >> 2 & 3]
    return _BY_CODING.get(data_coding, Alphabet.BINARY)


def read_text(octets: bytes, written_in: Alphabet) -> str:
    """The text; what is no character of the alphabet becomes U+FFFD."""
    if written_in is Alphabet.GSM_7:
        return _read_gsm(octets)
    if written_in is Alphabet.BINARY:
        return octets.hex(" ")
    return octets.decode(_CODECS[written_in], "replace")


def gsm_octets(text: str) -> bytes:
    """Text in GSM 7-bit, unpacked; what the alphabet lacks becomes a question mark."""
    return b"".join(_TO_GSM.get(character, b"?") for character in text)


def _read_gsm(octets: bytes) -> str:
    plain = codecs.charmap_decode(octets, "replace", _GSM)[0]
    if _ESCAPE not in octets:
        return plain
    text, at = [], 0
    while at < len(octets):
        if octets[at] == _ESCAPE and at + 1 < len(octets):
            # an unknown extension is shown as the character of the basic table (TS 23.038 section 6.2.1.1)
            text.append(_EXTENSION.get(octets[at + 1], plain[at + 1]))
            at += 2
        else:
            text.append(plain[at] if octets[at] != _ESCAPE else " ")
            at += 1
    return "".join(text)
