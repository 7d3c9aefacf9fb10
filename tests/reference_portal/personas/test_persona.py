"""Applicants nobody can be: they keep every rule of the portal, and a seed is a person."""

from __future__ import annotations

from datetime import date

import pytest

from reference_portal import address
from reference_portal.personas.persona import CITIZENSHIPS, RESIDENT, Persona, Wish, invent
from reference_portal.rules import contact, credentials, document, identity_number, work
from reference_portal.rules.document import Category, Kind, Region
from reference_portal.rules.paper import faults_in
from reference_portal.vehicle import plate
from tests.reference_portal.fakes import MORNING

LAST_DAY = date(2019, 12, 31)
FIRST_DAY = date(2019, 1, 1)


def people() -> list[Persona]:
    """Some of every kind."""
    wishes = [Wish(category, region, who) for category in Category for region in Region for who in CITIZENSHIPS]
    return [invent(f"{seed}", 2019, wish) for wish in wishes for seed in range(8)]


def test_everybody_keeps_every_rule_of_the_account() -> None:
    """Name, safe identity number, mobile, mail, phrase and password are taken as they are."""
    for person in people():
        card = identity_number.parse(person.identity_number, FIRST_DAY, safe=True)
        assert card.formatted == person.identity_number
        assert (card.birth_date, card.gender) == (person.birth_date, person.gender)
        assert contact.full_name(person.full_name) == person.full_name
        assert contact.mobile(person.mobile).startswith("+60110")
        assert contact.email(person.email).endswith("@example.invalid")
        secrets = (person.secret_phrase, person.password, card.digits, person.full_name, person.email)
        assert credentials.faults(*secrets) == []


def test_everybody_keeps_every_rule_of_the_application() -> None:
    """On the first day of the year and on the last: age, address, region, plate, start of work, valid papers."""
    for person in people():
        document.check_age(_age(person, FIRST_DAY), person.category, (Kind.KAD_PSV,))
        assert address.agrees(address.postcode(person.postcode), person.state)
        assert address.line(person.address_1)
        work.check_region(person.state, person.region)
        work.check_start(person.start_date, person.birth_date, FIRST_DAY)
        assert plate(person.vehicle_number, safe=True) == person.vehicle_number
        for paper in person.valid.values():
            assert faults_in(paper, MORNING.replace(month=12, day=31)) == ()
        for kind, paper in person.expired.items():
            codes = {fault.code for fault in faults_in(paper, MORNING.replace(month=1, day=1))}
            assert codes == (set() if kind is Kind.PROFIL_PEMANDU else {"E-DOC-05"})


def _age(person: Persona, day: date) -> int:
    return identity_number.parse(person.identity_number, day).age_on(day)


@pytest.mark.parametrize(
    ("wish", "places"),
    [
        (Wish(), "17 18 19 20 69"),
        (Wish(region=Region.SABAH), "94 96"),
        (Wish(region=Region.SARAWAK), "95"),
        (Wish(citizenship=RESIDENT), "73"),
    ],
    ids=str,
)
def test_the_place_code_says_where_they_live(wish: Wish, places: str) -> None:
    """All of the region's codes occur, and no other; 96 is Labuan's."""
    drawn = [invent(f"p{seed}", 2019, wish) for seed in range(60)]

    assert {person.identity_number[7:9] for person in drawn} == set(places.split())
    assert all((person.identity_number[7:9] == "96") == (person.state == "W.P. Labuan") for person in drawn)


def test_a_seed_is_a_person_and_another_seed_another() -> None:
    """The same seed, wish and year: the same in everything."""
    assert invent("7", 2019) == invent("7", 2019)
    assert len({invent(f"s{seed}", 2019).identity_number for seed in range(200)}) > 195


def test_seed_seven_is_who_the_documentation_says() -> None:
    """What is written down stays true: a seed given away years ago still opens the same kit."""
    person = invent("7", 2019)

    assert (person.full_name, person.identity_number) == ("Misalan Lapan anak Demo", "811201-69-6473")
    assert (person.mobile, person.email) == ("011-0948 1820", "pemohon.06a7302f65d829e7@example.invalid")


@pytest.mark.parametrize("year", [2017, 2019, 2026, 2060])
def test_the_year_moves_everything_with_it(year: int) -> None:
    """Of age, at work already, and with papers that last beyond the year."""
    for seed in range(20):
        person = invent(str(seed), year)
        card = identity_number.parse(person.identity_number, date(year, 1, 1))
        assert card.birth_date == person.birth_date
        assert card.age_on(date(year, 1, 1)) >= document.minimum_age(Category.BAS, ())
        assert all(paper.expires.year > year for paper in person.valid.values() if paper.expires)


@pytest.mark.parametrize("seed", ["", "a b", "x" * 41, "../x", "é", "a\n"])
def test_what_cannot_stand_in_an_address_is_no_seed(seed: str) -> None:
    """Letters, digits, dots, hyphens and underscores, at most forty."""
    with pytest.raises(ValueError, match="is no seed"):
        invent(seed, 2019)
