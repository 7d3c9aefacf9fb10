"""Where an applicant lives: the states in their Malay order, and the postcodes that belong to them.

The first two digits of a postcode tell the state, borders apart (high to medium confidence by state): a mismatch is
worth a warning and never a refusal.
"""

from __future__ import annotations

import re

from reference_portal.errors import RuleBroken

SHORTEST_LINE = 5
_POSTCODE = re.compile(r"[0-9]{5}")

POSTCODES: dict[str, tuple[range, ...]] = {
    "Johor": (range(79, 87),),
    "Kedah": (range(5, 10),),
    "Kelantan": (range(15, 19),),
    "Melaka": (range(75, 79),),
    "Negeri Sembilan": (range(70, 74),),
    "Pahang": (range(25, 29), range(39, 40), range(49, 50), range(69, 70)),
    "Perak": (range(30, 37),),
    "Perlis": (range(1, 3),),
    "Pulau Pinang": (range(10, 15),),
    "Sabah": (range(88, 92),),
    "Sarawak": (range(93, 99),),
    "Selangor": (range(40, 49), range(63, 69)),
    "Terengganu": (range(20, 25),),
    "W.P. Kuala Lumpur": (range(50, 61),),
    "W.P. Labuan": (range(87, 88),),
    "W.P. Putrajaya": (range(62, 63),),
}
"""State -> the first two digits of its postcodes."""

STATES = tuple(POSTCODES)


def postcode(typed: str) -> str:
    """Five digits; E-PCD otherwise."""
    if not _POSTCODE.fullmatch(typed):
        raise RuleBroken("E-PCD")
    return typed


def line(typed: str) -> str:
    """A line by which somebody could be found: five characters and a letter among them; E-ADR otherwise."""
    if len(typed) < SHORTEST_LINE or not any(sign.isalpha() for sign in typed):
        raise RuleBroken("E-ADR")
    return typed


def agrees(code: str, state: str) -> bool:
    """Whether a postcode can lie in that state."""
    return any(int(code[:2]) in part for part in POSTCODES[state])
