"""Postcodes and states."""

from __future__ import annotations

import pytest

from reference_portal.address import STATES, agrees, line, postcode
from reference_portal.errors import RuleBroken


def test_there_are_sixteen_states_in_malay_order() -> None:
    """Thirteen states and three federal territories."""
    assert len(STATES) == 16
    assert list(STATES) == sorted(STATES)


@pytest.mark.parametrize("typed", ["6200", "620000", "6200a", "６２０００", "62 00"])
def test_a_postcode_has_five_digits(typed: str) -> None:
    """E-PCD."""
    with pytest.raises(RuleBroken, match="E-PCD"):
        postcode(typed)


@pytest.mark.parametrize(
    ("code", "state", "fits"),
    [
        ("62000", "W.P. Putrajaya", True),
        ("88000", "Sabah", True),
        ("87000", "W.P. Labuan", True),
        ("01000", "Perlis", True),
        ("88000", "Sarawak", False),
        ("00000", "Perlis", False),
        ("99999", "Sarawak", False),
    ],
)
def test_a_postcode_tells_its_state(code: str, state: str, fits: bool) -> None:
    """By its first two digits."""
    assert agrees(code, state) == fits


@pytest.mark.parametrize(
    ("typed", "good"), [("No. 1", True), ("Lot 7", True), ("1234", False), ("12345", False), ("Jln", False)]
)
def test_an_address_can_be_found(typed: str, good: bool) -> None:
    """Five characters and a letter among them; E-ADR otherwise."""
    if good:
        assert line(typed) == typed
    else:
        with pytest.raises(RuleBroken, match="E-ADR"):
            line(typed)
