"""Who drives what, where, and from which age.

The scheme has no age limit of its own (Act 789, high confidence); the licences have (medium confidence).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from reference_portal.errors import RuleBroken
from reference_portal.rules.document_number import Kind

LICENCE_AGE = 17
PSV_AGE = 21
"""A PSV vocational licence is given from 21, a driving licence class D from 17 (medium confidence)."""


class Category(StrEnum):
    """What the applicant drives."""

    TEKSI = "teksi"
    E_HAILING = "e-hailing"
    BAS = "bas"


class Region(StrEnum):
    """Where; Labuan counts as Sabah, whose licensing board serves it (medium confidence)."""

    SEMENANJUNG = "semenanjung"
    SABAH = "sabah"
    SARAWAK = "sarawak"


def minimum_age(category: Category, kinds: Iterable[Kind]) -> int:
    """21 for a bus driver and for whoever hands in a PSV card, else 17."""
    return PSV_AGE if category is Category.BAS or Kind.KAD_PSV in set(kinds) else LICENCE_AGE


def check_age(age: int, category: Category, kinds: Iterable[Kind]) -> None:
    """E-AGE below the age at which the licence is given. The scheme itself knows no age limit."""
    if age < minimum_age(category, kinds):
        raise RuleBroken("E-AGE")
