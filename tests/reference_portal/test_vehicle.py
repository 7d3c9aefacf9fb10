"""Registration numbers of vehicles."""

from __future__ import annotations

import pytest

from reference_portal.errors import RuleBroken
from reference_portal.vehicle import plate


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ZZX 1234", "ZZX 1234"),
        ("zzx1234", "ZZX 1234"),
        ("WXY-1", "WXY 1"),
        ("HAB 4567", "HAB 4567"),
        ("WA 1234 B", "WA 1234 B"),
        (" B  9999 ", "B 9999"),
    ],
)
def test_a_number_is_kept_in_capitals_with_single_spaces(typed: str, kept: str) -> None:
    """However it was typed."""
    assert plate(typed, safe=False) == kept


@pytest.mark.parametrize("typed", ["WXY 1", "HAB 4567", "B 9999"])
def test_the_number_of_a_real_car_is_refused_in_safe_mode(typed: str) -> None:
    """E-PLT-02; the sandbox's own series is taken."""
    assert plate("zzx 7 a") == "ZZX 7 A"
    with pytest.raises(RuleBroken, match="E-PLT-02"):
        plate(typed)


@pytest.mark.parametrize("typed", ["1234 ZZX", "WXY 0123", "WXY 12345", "IOZ 12", "ABCDE 1", "WXY", "ZZZ 1", "WXY 1２"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    """E-PLT."""
    with pytest.raises(RuleBroken, match="E-PLT"):
        plate(typed)
