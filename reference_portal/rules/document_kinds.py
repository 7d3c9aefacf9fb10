"""Which of the five documents can count for whom, and until when (D-TX-2a to D-TX-2c, D-BS-1, D-BS-2)."""

from __future__ import annotations

from datetime import date, datetime

from reference_portal.clock import MALAYSIA
from reference_portal.rules.document_number import Kind
from reference_portal.rules.driver import Category, Region

_NOT_BUSES = (Category.TEKSI, Category.E_HAILING)

PROFILE_LAST_DAY = date(2019, 7, 11)
"""D-TX-2c: the driver profile is accepted up to and including this day, Malaysia time."""


def kinds_asked(category: Category, region: Region, at: datetime) -> tuple[Kind, ...]:
    """The documents that can count for this applicant now: what the form offers and what it greys out."""
    if category is Category.BAS:
        return (Kind.LESEN_MEMANDU, Kind.KAD_PSV)
    own = (Kind.KAD_PSV, Kind.KAD_PEMANDU) if region is Region.SEMENANJUNG else (Kind.SURAT_KEBENARAN,)
    profile = (Kind.PROFIL_PEMANDU,) if profile_accepted(at) else ()
    return (Kind.LESEN_MEMANDU, *own, *profile)


def counts_for(at: datetime) -> dict[Kind, str]:
    """For each document the work it can count for now, `teksi/semenanjung` and so on; `bas/` for a bus anywhere."""
    works = [(Category.BAS, None), *((category, region) for category in _NOT_BUSES for region in Region)]
    told: dict[Kind, list[str]] = {kind: [] for kind in Kind}
    for category, region in works:
        for kind in kinds_asked(category, region or Region.SEMENANJUNG, at):
            told[kind].append(f"{category}/{region or ''}")
    return {kind: " ".join(named) for kind, named in told.items()}


def profile_accepted(at: datetime) -> bool:
    """D-TX-2c: to the last instant of 11 July 2019 in Malaysia, and never after."""
    return at.astimezone(MALAYSIA).date() <= PROFILE_LAST_DAY
