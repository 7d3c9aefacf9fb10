"""Kits of every kind of work, drawn once for all tests."""

from __future__ import annotations

import functools

import pytest

from reference_portal.personas.kit import Kit, kit_of
from reference_portal.personas.persona import Wish, invent
from reference_portal.rules.document import Category, Region

WORKS = [
    *((Category.TEKSI, region) for region in Region),
    (Category.E_HAILING, Region.SARAWAK),
    (Category.BAS, Region.SABAH),
]
"""Taxi and e-hailing drivers are asked for the same, bus drivers for the same everywhere."""


@functools.cache
def kit_for(category: Category, region: Region) -> Kit:
    """Seed 7's."""
    return kit_of(invent("7", 2019, Wish(category, region)))


@pytest.fixture(name="kit", params=WORKS, ids=lambda work: "-".join(work))
def _kit(request: pytest.FixtureRequest) -> Kit:
    """One of each kind of work."""
    return kit_for(*request.param)


@pytest.fixture(name="taxi_kit")
def _taxi_kit() -> Kit:
    """A taxi driver's in the Peninsula."""
    return kit_for(Category.TEKSI, Region.SEMENANJUNG)
