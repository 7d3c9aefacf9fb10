"""One invented applicant, complete: who, with which secrets, living where, driving what, holding which documents.

Everything follows from a seed, a wish and a year: whoever asks again gets the same applicant, on any machine and
whatever the day of that year. The year is the portal's own, so that documents are valid when its clock is moved on.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from reference_portal.rules.contribution import Period
from reference_portal.rules.document import Category, Given, Kind, Region
from reference_portal.rules.identity_number import Gender

if TYPE_CHECKING:
    from faker.generator import Generator

CITIZEN, RESIDENT = "warganegara", "pemastautin"
CITIZENSHIPS = (CITIZEN, RESIDENT)
SEED = re.compile(r"[A-Za-z0-9._-]{1,40}")
"""What a seed may be: it stands in addresses and file names."""

LASTS = range(2, 6)
"""Years a valid document lasts; an expired one ended in the year before this one."""


@dataclass(frozen=True)
class Wish:
    """What kind of applicant is wanted."""

    category: Category = Category.TEKSI
    region: Region = Region.SEMENANJUNG
    citizenship: str = CITIZEN


@dataclass(frozen=True)
class Persona:
    """Somebody who does not exist; fields that a form of the portal has bear the form's names."""

    seed: str
    year: int
    gender: Gender
    birth_date: date
    full_name: str
    identity_number: str
    """`YYMMDD-PB-###G`."""
    mobile: str
    """National spelling, `011-0123 4567`."""
    email: str
    secret_phrase: str
    password: str
    citizenship: str
    address_1: str
    address_2: str
    postcode: str
    town: str
    state: str
    category: Category
    region: Region
    vehicle_number: str
    operator: str
    start_date: date
    plan: int
    period: Period
    valid: dict[Kind, Given]
    """Each of the five documents as this person would hold it, whether the guide asks for it or not."""
    expired: dict[Kind, Given]
    """The same documents as they were the year before; the driver profile has no last day."""


def checked_seed(text: str) -> str:
    """The text, which is a seed.

    Raises:
        ValueError: it is not one to forty letters, digits, dots, hyphens and underscores.
    """
    if not SEED.fullmatch(text):
        raise ValueError(f"{text[:60]!r} is no seed: 1 to 40 letters, digits, dots, hyphens and underscores")
    return text


def invent(seed: str, year: int, wish: Wish | None = None) -> Persona:
    """The applicant of that seed.

    Raises:
        ValueError: it is no seed.
    """
    return drawn(generator(random.Random(f"caruman persona {checked_seed(seed)}")), seed, year, wish)  # noqa: S311  repeatable


def generator(source: random.Random) -> Generator:
    """Faker, drawing from `source`; without a locale, because none is Malaysian."""
    # here and not above: every process of a portal imports this file, and few of them invent anybody
    from faker.generator import Generator

    from reference_portal.personas.provider import InventedPeople

    made = Generator()
    made.random = source
    made.add_provider(InventedPeople)
    return made


def drawn(faker: Generator, seed: str, year: int, wish: Wish | None = None) -> Persona:
    """Whoever this generator draws next."""
    wish = wish or Wish()
    draw: Any = faker  # Faker adds a provider's methods at run time
    gender, born = draw.gender(), draw.birthday(year)
    address_1, address_2 = draw.dwelling()
    postcode, town, state = draw.town(wish.region)
    valid = {kind: Given(kind, draw.document_number(kind), _last_day(draw, kind, year)) for kind in Kind}
    return Persona(
        seed=seed,
        year=year,
        gender=gender,
        birth_date=born,
        full_name=draw.invented_name(gender),
        identity_number=draw.identity_number(born, gender, state, wish.citizenship == RESIDENT),
        mobile=draw.mobile_number(),
        email=draw.mailbox(),
        secret_phrase=draw.phrase(),
        password=draw.good_password(),
        citizenship=wish.citizenship,
        address_1=address_1,
        address_2=address_2,
        postcode=postcode,
        town=town,
        state=state,
        category=wish.category,
        region=wish.region,
        vehicle_number=draw.plate(),
        operator=draw.operator(wish.category),
        start_date=draw.day_between(year - 5, year - 2),
        plan=draw.random_int(1, 4),
        period=draw.random_element(tuple(Period)),
        valid=valid,
        expired={kind: _year_before(draw, paper, year) for kind, paper in valid.items()},
    )


def _last_day(draw: Any, kind: Kind, year: int) -> date | None:
    if kind is Kind.PROFIL_PEMANDU:
        return None
    last: date = draw.day_between(year + LASTS[0], year + LASTS[-1])
    return last


def _year_before(draw: Any, paper: Given, year: int) -> Given:
    last = None if paper.expires is None else draw.day_between(year - 1, year - 1)
    return Given(paper.kind, paper.number, last)
