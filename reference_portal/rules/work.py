"""Since when, and where, somebody works for themselves: what a declaration of it cannot say.

That the state of the address lies in the region of work is a choice (PORTAL-41); Labuan counts as Sabah.
"""

from __future__ import annotations

from datetime import date

from reference_portal.errors import RuleBroken
from reference_portal.rules.driver import Region

EARLIEST = date(1950, 1, 1)
"""Nobody who drives today began before."""

_REGIONS = {"Sabah": Region.SABAH, "W.P. Labuan": Region.SABAH, "Sarawak": Region.SARAWAK}


def check_start(start: date, born: date, today: date) -> None:
    """E-WRK-01 for a day that has not come, E-WRK-02 for one before the person's birth or before 1950."""
    if start > today:
        raise RuleBroken("E-WRK-01")
    if start < max(born, EARLIEST):
        raise RuleBroken("E-WRK-02")


def region_of(state: str) -> Region:
    """The region a state or federal territory lies in."""
    return _REGIONS.get(state, Region.SEMENANJUNG)


def check_region(state: str, region: Region) -> None:
    """E-WRK-03 when the state of the address lies in another region than the one chosen."""
    lies_in = region_of(state)
    if lies_in is not region:
        raise RuleBroken("E-WRK-03", negeri=state, wilayah=lies_in)
