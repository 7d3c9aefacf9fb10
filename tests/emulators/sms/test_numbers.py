"""One person, one spelling: a thread must not split because a number was typed another way."""

from __future__ import annotations

import pytest

from emulators.sms.numbers import e164, sender


@pytest.mark.parametrize(
    "typed",
    ["011-0000 0001", "01100000001", "+6011-0000 0001", "601100000001", "0060 11 0000 0001", "tel:+601100000001"],
)
def test_every_malaysian_spelling_is_one_number(typed: str) -> None:
    """Local, international and dialled-out spellings become the same E.164."""
    assert e164(typed, "MY") == "+601100000001"


@pytest.mark.parametrize(
    "typed", ["", "abc", "12", "+1", "+60110000000112345", "+601100000001 ext 5", "9" * 5000, "\x00"]
)
def test_what_is_no_number_is_none(typed: str) -> None:
    """Nothing that could not be dialled is taken, however long."""
    assert e164(typed, "MY") is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("68833", "68833"),
        ("+15005550006", "+15005550006"),
        ("iPERKESO", "iPERKESO"),
        ("twelve chars", None),
        ("<script>", None),
        ("", None),
    ],
)
def test_a_sender_is_a_short_code_a_number_or_a_short_name(typed: str, kept: str | None) -> None:
    """Names have at most eleven plain characters, as carriers allow."""
    assert sender(typed, "MY") == kept
