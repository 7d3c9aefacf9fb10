"""Since when and where one works: days that cannot be, states that lie elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from reference_portal.address import STATES
from reference_portal.errors import RuleBroken
from reference_portal.rules.driver import Region
from reference_portal.rules.work import check_region, check_start, region_of

TODAY = date(2019, 5, 15)
BORN = date(1985, 3, 12)


@pytest.mark.parametrize(
    ("start", "born", "code"),
    [
        (date(2019, 5, 15), BORN, None),
        (date(2019, 5, 16), BORN, "E-WRK-01"),
        (date(2030, 1, 1), BORN, "E-WRK-01"),
        (date(1985, 3, 12), BORN, None),
        (date(1985, 3, 11), BORN, "E-WRK-02"),
        (date(1950, 1, 1), date(1930, 1, 1), None),
        (date(1949, 12, 31), date(1930, 1, 1), "E-WRK-02"),
        (date(1, 1, 1), BORN, "E-WRK-02"),
    ],
)
def test_work_began_after_birth_and_not_in_the_future(start: date, born: date, code: str | None) -> None:
    """Today counts, the day of birth counts, 1 January 1950 counts."""
    if code is None:
        check_start(start, born, TODAY)
    else:
        with pytest.raises(RuleBroken, match=code):
            check_start(start, born, TODAY)


@pytest.mark.parametrize("state", STATES)
def test_every_state_lies_in_one_region(state: str) -> None:
    """Labuan goes with Sabah; everything that is neither Sabah nor Sarawak is the Peninsula."""
    expected = {"Sabah": Region.SABAH, "W.P. Labuan": Region.SABAH, "Sarawak": Region.SARAWAK}

    assert region_of(state) is expected.get(state, Region.SEMENANJUNG)
    for region in Region:
        if region is region_of(state):
            check_region(state, region)
        else:
            with pytest.raises(RuleBroken, match="E-WRK-03") as refused:
                check_region(state, region)
            assert refused.value.values == {"negeri": state, "wilayah": region_of(state)}
