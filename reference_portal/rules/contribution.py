"""What a contribution costs: four plans, paid monthly or yearly, in whole sen.

Source: PERKESO's brochure of January 2020 and the Second Schedule of Act 789 (1.25 % of insured monthly earnings,
half up to ten sen), high confidence; that plans 2 and 3 were offered alike in mid-2019 is near certain.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reference_portal.errors import RuleBroken


class Period(StrEnum):
    """How long one contribution covers (clause C-1)."""

    BULANAN = "bulanan"
    TAHUNAN = "tahunan"

    @property
    def months(self) -> int:
        """Calendar months of cover; nothing but 1 or 12 is sold."""
        return 1 if self is Period.BULANAN else 12


@dataclass(frozen=True)
class Plan:
    """A row of the contribution schedule; amounts in sen."""

    number: int
    insured_sen: int
    monthly_sen: int

    @property
    def yearly_sen(self) -> int:
        """Twelve months, no discount."""
        return 12 * self.monthly_sen


PLANS: dict[int, Plan] = {
    1: Plan(1, 1_050_00, 13_10),
    2: Plan(2, 1_550_00, 19_40),
    3: Plan(3, 2_950_00, 36_90),
    4: Plan(4, 3_950_00, 49_40),
}

_UNITS = ["Kosong", "Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Lapan", "Sembilan", "Sepuluh", "Sebelas"]


def plan_numbered(number: int) -> Plan:
    """The plan of that number; E-SEL when the schedule has none."""
    if number not in PLANS:
        raise RuleBroken("E-SEL")
    return PLANS[number]


def amount_sen(plan: int, period: Period) -> int:
    """What the buyer pays, in sen."""
    return plan_numbered(plan).monthly_sen * period.months


def ringgit(sen: int) -> str:
    """`RM157.20`, thousands with a comma."""
    return f"RM{sen // 100:,}.{sen % 100:02d}"


def in_words(sen: int) -> str:
    """As a Malaysian receipt spells it: `Ringgit Malaysia: Tiga Belas dan Sen Sepuluh Sahaja`."""
    if sen < 0:
        raise ValueError(f"an amount is not negative: {sen} sen")
    whole, rest = divmod(sen, 100)
    words = f"Ringgit Malaysia: {_number(whole)}"
    return f"{words} dan Sen {_number(rest)} Sahaja" if rest else f"{words} Sahaja"


def _number(value: int) -> str:
    if value < 12:
        return _UNITS[value]
    if value < 20:
        return f"{_UNITS[value - 10]} Belas"
    for size, name in ((1_000_000, "Juta"), (1_000, "Ribu"), (100, "Ratus"), (10, "Puluh")):
        if value >= size:
            count, rest = divmod(value, size)
            spelled = f"{_number(count)} {name}"
            return f"{spelled} {_number(rest)}" if rest else spelled
    raise AssertionError(value)
