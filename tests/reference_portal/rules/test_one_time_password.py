"""One-time passwords."""

from __future__ import annotations

import random

import pytest

from reference_portal.rules.one_time_password import code, matches, new_secret

RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""RFC 4226, appendix D: the ASCII text 12345678901234567890."""


@pytest.mark.parametrize(("counter", "expected"), [(0, "755224"), (1, "287082"), (5, "254676"), (9, "520489")])
def test_codes_are_those_of_rfc_4226(counter: int, expected: str) -> None:
    """The published HOTP values come out."""
    assert code(RFC_SECRET, counter) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("755224", True),
        (" 755 224 ", True),
        ("７５５２２４", True),
        ("755225", False),
        ("75522", False),
        ("7552244", False),
        ("", False),
        ("kod755224", False),
        ("287082", False),
    ],
)
def test_only_the_code_of_this_counter_matches(typed: str, expected: bool) -> None:
    """Spaces and wide digits are forgiven; the code of another counter is not."""
    assert matches(RFC_SECRET, 0, typed) is expected


def test_leading_zeros_belong_to_a_code() -> None:
    """A code below 100000 keeps its six digits and matches only with them."""
    secret = new_secret(random.Random(1))
    counter = next(counter for counter in range(1000) if code(secret, counter).startswith("0"))

    assert len(code(secret, counter)) == 6
    assert matches(secret, counter, code(secret, counter))
    assert not matches(secret, counter, code(secret, counter).lstrip("0"))


def test_secrets_come_from_the_source_passed_in() -> None:
    """The same seed gives the same secret, the next draw another, of 160 bits."""
    first, second = random.Random("benih"), random.Random("benih")

    secret = new_secret(first)
    assert secret == new_secret(second)
    assert secret != new_secret(first)
    assert len(secret) == 32


def test_a_longer_code_can_be_asked_for() -> None:
    """Eight digits end in the six of the same counter."""
    assert code(RFC_SECRET, 0, digits=8) == "84755224"
    assert matches(RFC_SECRET, 0, "84755224", digits=8)
