"""data_coding says what octets mean."""

from __future__ import annotations

import pytest

from emulators.sms.segments import BASIC, EXTENSION
from emulators.sms.smpp.alphabets import Alphabet, alphabet, gsm_octets, read_text


@pytest.mark.parametrize(
    ("data_coding", "meant"),
    [
        (0, Alphabet.GSM_7),
        (1, Alphabet.ASCII),
        (2, Alphabet.BINARY),
        (3, Alphabet.LATIN_1),
        (4, Alphabet.BINARY),
        (5, Alphabet.JIS),
        (6, Alphabet.CYRILLIC),
        (7, Alphabet.HEBREW),
        (8, Alphabet.UCS_2),
        (14, Alphabet.KOREAN),
        (0x0B, Alphabet.BINARY),
        (0x10, Alphabet.GSM_7),
        (0x18, Alphabet.UCS_2),
        (0xC8, Alphabet.GSM_7),
        (0xE8, Alphabet.UCS_2),
        (0xF1, Alphabet.GSM_7),
        (0xF5, Alphabet.BINARY),
    ],
)
def test_a_data_coding_names_its_alphabet(data_coding: int, meant: Alphabet) -> None:
    """SMPP's own numbers, and GSM's data coding schemes above them."""
    assert alphabet(data_coding, Alphabet.GSM_7) is meant


def test_the_settings_say_what_zero_is() -> None:
    """Every centre has its own default."""
    assert alphabet(0, Alphabet.LATIN_1) is Alphabet.LATIN_1


@pytest.mark.parametrize(
    ("octets", "written_in", "text"),
    [
        (b"Kod 123456 \x00 \x02", Alphabet.GSM_7, "Kod 123456 @ $"),
        (b"\x1b\x65 5 \x1b\x28ok\x1b\x29", Alphabet.GSM_7, "€ 5 {ok}"),
        (b"\x1bA", Alphabet.GSM_7, "A"),
        (b"end\x1b", Alphabet.GSM_7, "end "),
        (b"\x80x", Alphabet.GSM_7, "\ufffdx"),
        (b"caf\xe9", Alphabet.LATIN_1, "café"),
        ("你好 👍".encode("utf-16-be"), Alphabet.UCS_2, "你好 👍"),
        (b"\x00A\x00", Alphabet.UCS_2, "A\ufffd"),
        (b"\x01\xff", Alphabet.BINARY, "01 ff"),
        (b"", Alphabet.BINARY, ""),
        ("Привет".encode("iso8859-5"), Alphabet.CYRILLIC, "Привет"),
    ],
)
def test_octets_are_read(octets: bytes, written_in: Alphabet, text: str) -> None:
    """What is no character becomes U+FFFD; nothing raises."""
    assert read_text(octets, written_in) == text


def test_every_gsm_character_comes_back() -> None:
    """The table is that which segments are counted by."""
    text = "".join(sorted(BASIC | EXTENSION))

    assert read_text(gsm_octets(text), Alphabet.GSM_7) == text


def test_no_octets_of_any_coding_raise() -> None:
    """Whatever a stranger sends is some text."""
    for data_coding in range(256):
        assert read_text(bytes(range(256)), alphabet(data_coding, Alphabet.GSM_7)), data_coding
