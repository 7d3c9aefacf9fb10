"""Sample applicants for whoever tries the portal out: made from a seed when they are looked at, and never stored."""

from __future__ import annotations

import random

from reference_portal.clock import Clock, today
from reference_portal.errors import NotHere
from reference_portal.personas.kit import Kit, kit_of
from reference_portal.personas.persona import Wish, invent
from reference_portal.rules.document import Category, Region
from reference_portal.settings import PortalSettings


class SampleApplicants:
    """Help a real portal would not give: there is nobody here where `sandbox_links` is off."""

    def __init__(self, settings: PortalSettings, clock: Clock, source: random.Random) -> None:
        self._offered = settings.offers_samples
        self._limit = settings.upload_bytes
        self._clock = clock
        self._source = source

    def fresh_seed(self) -> str:
        """A seed nobody has thought of; NotHere when no such help is given."""
        if not self._offered:
            raise NotHere("sample applicants")
        return f"{self._source.getrandbits(32):08x}"

    def kit(self, category: str, region: str, seed: str) -> Kit:
        """The applicant of that seed in the portal's present year, with documents; NotHere for anything else."""
        if not self._offered:
            raise NotHere("sample applicants")
        try:
            wish = Wish(Category(category), Region(region))
            return kit_of(invent(seed, today(self._clock).year, wish), self._limit)
        except ValueError as error:
            raise NotHere(f"no sample applicant {category}/{region}/{seed}") from error
