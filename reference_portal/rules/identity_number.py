"""The identity-card number (MyKad): YYMMDD-PB-###G, twelve digits, no check digit.

Source: JPN's list of place codes (as python-stdnum carries it), high confidence. The sandbox's own people use place
codes that list has never assigned, and in safe mode only those are taken, so that nobody types a real card by habit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reference_portal.errors import RuleBroken

SYNTHETIC_PLACES = frozenset({17, 18, 19, 20, 69, 73, 80, 81, 94, 95, 96, 97})
"""Place codes nobody holds: the sandbox's own."""

ASSIGNED_PLACES = frozenset(
    {*range(1, 17), *range(21, 69), 71, 72, *range(74, 80), 82, *range(83, 94), 98, 99},
)
"""Place codes of JPN's list: states, countries, regions of the world, stateless, no information."""

OLDEST = 110
"""Years; a card that makes its holder older is read as another century, or refused."""

_SEPARATORS = re.compile(r"[\s\-‐-―]")
_TWELVE_DIGITS = re.compile(r"[0-9]{12}")


class Gender(StrEnum):
    """Told by the last digit: odd is male, even is female."""

    LELAKI = "lelaki"
    PEREMPUAN = "perempuan"


@dataclass(frozen=True)
class IdentityNumber:
    """A number that names a real calendar day and an acceptable place."""

    digits: str
    birth_date: date

    @property
    def formatted(self) -> str:
        """As printed on the card: `850312-17-5011`."""
        return f"{self.digits[:6]}-{self.digits[6:8]}-{self.digits[8:]}"

    @property
    def masked(self) -> str:
        """For lists, logs and receipts: `850312-17-***1`."""
        return f"{self.digits[:6]}-{self.digits[6:8]}-***{self.digits[-1]}"

    @property
    def gender(self) -> Gender:
        """The holder's gender."""
        return Gender.LELAKI if int(self.digits[-1]) % 2 else Gender.PEREMPUAN

    def age_on(self, day: date) -> int:
        """Whole years on `day`; somebody born on 29 February is a year older from 1 March in common years."""
        return _age(self.birth_date, day)


def spoken_places() -> str:
    """The sandbox's own place codes as a hint names them: `17–20, 69, 73, ...`."""
    runs: list[list[int]] = []
    for place in sorted(SYNTHETIC_PLACES):
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def parse(text: str, today: date, safe: bool = True) -> IdentityNumber:
    """The number in `text`, with or without hyphens and spaces; E-IC-01 to E-IC-04 when it cannot be taken."""
    digits = _SEPARATORS.sub("", text)
    if not _TWELVE_DIGITS.fullmatch(digits):
        raise RuleBroken("E-IC-01")
    birth_date = _birth_date(digits, today)
    if birth_date is None:
        raise RuleBroken("E-IC-02")
    place = int(digits[6:8])
    if place not in SYNTHETIC_PLACES | ASSIGNED_PLACES:
        raise RuleBroken("E-IC-03")
    if safe and place not in SYNTHETIC_PLACES:
        raise RuleBroken("E-IC-04")
    return IdentityNumber(digits, birth_date)


def _birth_date(digits: str, today: date) -> date | None:
    """The century is not on the card: the latest one that is not in the future and not beyond a human life."""
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    for century in (2000, 1900):
        try:
            born = date(century + year, month, day)
        except ValueError:
            continue
        if 0 <= _age(born, today) <= OLDEST:
            return born
    return None


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
