"""Segments are what a bill and a handset count, so every boundary is checked on both sides."""

from __future__ import annotations

import pytest

from emulators.sms.segments import Encoding, segments_of


@pytest.mark.parametrize(
    ("text", "encoding", "units", "parts"),
    [
        ("", Encoding.GSM_7, 0, 1),
        ("a" * 160, Encoding.GSM_7, 160, 1),
        ("a" * 161, Encoding.GSM_7, 161, 2),
        ("a" * 306, Encoding.GSM_7, 306, 2),
        ("a" * 307, Encoding.GSM_7, 307, 3),
        ("€" * 80, Encoding.GSM_7, 160, 1),
        ("€" * 81, Encoding.GSM_7, 162, 2),
        ("a" * 159 + "€", Encoding.GSM_7, 161, 2),
        ("é" * 160, Encoding.GSM_7, 160, 1),
        ("ç" * 70, Encoding.UCS_2, 70, 1),
        ("`", Encoding.UCS_2, 1, 1),
        ("界" * 70, Encoding.UCS_2, 70, 1),
        ("界" * 71, Encoding.UCS_2, 71, 2),
        ("界" * 134, Encoding.UCS_2, 134, 2),
        ("界" * 135, Encoding.UCS_2, 135, 3),
        ("😀" * 35, Encoding.UCS_2, 70, 1),
        ("😀" * 36, Encoding.UCS_2, 72, 2),
    ],
)
def test_a_text_costs_what_the_standard_says(text: str, encoding: Encoding, units: int, parts: int) -> None:
    """160/153 septets and 70/67 code units, extension characters and astral characters counting two."""
    counted = segments_of(text)

    assert (encoding, units, parts) == (counted.encoding, counted.units, counted.parts)


def test_an_escape_pair_is_never_torn_between_two_parts() -> None:
    """152 septets, then a euro sign: the pair moves to the next part, and the text no longer fits two parts."""
    torn_would_be_two = "a" * 152 + "€" + "a" * 152

    assert segments_of(torn_would_be_two).units == 306
    assert segments_of(torn_would_be_two).parts == 3


def test_a_surrogate_pair_is_never_torn_between_two_parts() -> None:
    """66 code units, then an emoji: the pair moves to the next part."""
    torn_would_be_two = "界" * 66 + "😀" + "界" * 66

    assert segments_of(torn_would_be_two).units == 134
    assert segments_of(torn_would_be_two).parts == 3


@pytest.mark.parametrize("character", list("^{}\\[~]|€\f"))
def test_each_extension_character_costs_two_septets(character: str) -> None:
    """The ten characters of the extension table travel with an escape and do not force UCS-2."""
    assert (segments_of(character).encoding, segments_of(character).units) == (Encoding.GSM_7, 2)
