"""The vehicle's registration number.

Ordinary Malaysian series (medium confidence): one to three letters without I, O and Z, taxis with H before them, up
to four digits without a leading zero, sometimes one letter after. Special series are left out (choice). `ZZX` is the
sandbox's own: Z is never civilian, so that it is nobody's car.
"""

from __future__ import annotations

import re

from reference_portal.errors import RuleBroken

SANDBOX_SERIES = "ZZX"
_PLATE = re.compile(r"(ZZX|H?[A-HJ-NP-Y]{1,3})([1-9][0-9]{0,3})([A-HJ-NP-Y]?)")


def plate(typed: str, safe: bool = True) -> str:
    """The number in capitals with single spaces (`ZZX 1234`); E-PLT when it is none.

    In safe mode only the sandbox's own series is taken, E-PLT-02 otherwise, so that nobody types a real car by habit.
    """
    found = _PLATE.fullmatch("".join(typed.upper().replace("-", " ").split()))
    if found is None:
        raise RuleBroken("E-PLT")
    if safe and found[1] != SANDBOX_SERIES:
        raise RuleBroken("E-PLT-02")
    return " ".join(part for part in found.groups() if part)
