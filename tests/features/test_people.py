"""Synthetic people: no two alike, nobody real, the same seed the same people."""

from __future__ import annotations

import random
import re
from datetime import date

import pytest

from features.invented import PLACE_CODES
from features.people import Application, People, Person

UNASSIGNED = {"17", "18", "19", "20", "69", "73", "80", "81", "94", "95", "96", "97"}
MANY = 2000


def test_the_same_seed_gives_the_same_people() -> None:
    """And another seed others."""
    one, same, other = (People(random.Random(seed)) for seed in (7, 7, 8))

    assert one.somebody() == same.somebody()
    assert one.somebody() != other.somebody()


def test_no_two_people_share_a_number_or_an_address() -> None:
    """Among two thousand of one source."""
    people = People(random.Random(1))
    crowd = [people.somebody() for _ in range(MANY)]

    assert len({person.identity_number for person in crowd}) == MANY
    assert len({person.mobile for person in crowd}) == MANY
    assert len({person.email for person in crowd}) == MANY


@pytest.mark.parametrize("region", PLACE_CODES)
def test_nobody_can_be_mistaken_for_a_real_person(region: str) -> None:
    """Unassigned place codes, mobiles nobody was given, mail to nowhere, names that say they are invented."""
    people = People(random.Random(2))
    for _ in range(200):
        person = people.somebody(region)
        assert re.fullmatch(r"\d{6}-(\d\d)-\d{4}", person.identity_number)
        assert person.identity_number[7:9] in UNASSIGNED
        assert re.fullmatch(r"011-0\d{3} \d{4}", person.mobile)
        assert re.fullmatch(r"\+60110\d{7}", person.mobile_e164)
        assert person.email.endswith("@example.com")
        assert person.full_name.split()[-1] in ("Contoh", "Ujian", "Sampel", "Demo", "Rekaan", "Percubaan")


def test_the_name_and_the_last_digit_agree() -> None:
    """bin with an odd digit, binti with an even one."""
    people = People(random.Random(3))
    for _ in range(200):
        person = people.somebody()
        assert (" bin " in person.full_name) == bool(int(person.identity_number[-1]) % 2)


def test_somebody_can_be_born_on_a_day() -> None:
    """For the age at which a licence is given."""
    person = People(random.Random(4)).somebody(born=date(1998, 5, 16))

    assert person.identity_number.startswith("980516-")


def test_a_prepared_contributor_is_a_person() -> None:
    """As the portal's control door tells of one."""
    people = People(random.Random(5))
    somebody = people.somebody()

    assert Person.from_contributor({**vars(somebody), "more": "than asked"}) == somebody


def test_an_application_names_a_town_of_its_region() -> None:
    """So that postcode and state agree."""
    assert Application.of("teksi", "sabah").fields()["postcode"] == "88000"
    assert Application.of("bas", "semenanjung", plan="3").fields()["plan"] == "3"
