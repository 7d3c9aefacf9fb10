"""The identity-card number, at each of its edges."""

from __future__ import annotations

from datetime import date

import pytest

from reference_portal.errors import RuleBroken
from reference_portal.rules.identity_number import ASSIGNED_PLACES, SYNTHETIC_PLACES, Gender, parse, spoken_places

TODAY = date(2019, 5, 15)


@pytest.mark.parametrize(
    ("typed", "born", "gender", "age"),
    [
        ("850312-17-5011", date(1985, 3, 12), Gender.LELAKI, 34),
        ("920704-18-6022", date(1992, 7, 4), Gender.PEREMPUAN, 26),
        ("780923-19-5133", date(1978, 9, 23), Gender.LELAKI, 40),
        ("900630-94-5356", date(1990, 6, 30), Gender.PEREMPUAN, 28),
        ("880115-95-5245", date(1988, 1, 15), Gender.LELAKI, 31),
        ("750228-73-5467", date(1975, 2, 28), Gender.LELAKI, 44),
        ("040101-97-0071", date(2004, 1, 1), Gender.LELAKI, 15),
        ("190515-17-0001", date(2019, 5, 15), Gender.LELAKI, 0),
        ("190516-17-0002", date(1919, 5, 16), Gender.PEREMPUAN, 99),
        ("000229-17-0001", date(2000, 2, 29), Gender.LELAKI, 19),
        ("200229-17-5001", date(1920, 2, 29), Gender.LELAKI, 99),
    ],
)
def test_a_number_tells_birth_date_gender_and_age(typed: str, born: date, gender: Gender, age: int) -> None:
    """Every persona of the sandbox, the youngest and the oldest century, and both leap days are read as they are."""
    number = parse(typed, TODAY)

    assert (number.birth_date, number.gender, number.age_on(TODAY)) == (born, gender, age)


@pytest.mark.parametrize(
    "typed", ["850312175011", "850312-17-5011", "850312 17 5011", " 850312–17–5011 ", "85-03-12-17-50-11"]
)
def test_hyphens_and_spaces_do_not_matter(typed: str) -> None:
    """What people paste is one number: twelve digits, shown hyphenated, masked but for the last."""
    number = parse(typed, TODAY)

    assert (number.digits, number.formatted, number.masked) == (
        "850312175011",
        "850312-17-5011",
        "850312-17-***1",
    )


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "E-IC-01"),
        ("85031217501", "E-IC-01"),
        ("8503121750111", "E-IC-01"),
        ("850312-17-501A", "E-IC-01"),
        ("850312_17_5011", "E-IC-01"),
        ("٨٥٠٣١٢١٧٥٠١١", "E-IC-01"),
        ("851312-17-5011", "E-IC-02"),
        ("850230-17-5011", "E-IC-02"),
        ("850300-17-5011", "E-IC-02"),
        ("010229-17-5011", "E-IC-02"),
        ("850312-00-5011", "E-IC-03"),
        ("850312-70-5011", "E-IC-03"),
        ("850312-14-5011", "E-IC-04"),
        ("850312-01-5011", "E-IC-04"),
        ("850312-82-5011", "E-IC-04"),
        ("850312-99-5011", "E-IC-04"),
    ],
)
def test_a_bad_number_is_refused_by_name(typed: str, code: str) -> None:
    """Each way to be wrong has its own code; a number a real person could hold is one of them."""
    with pytest.raises(RuleBroken) as refused:
        parse(typed, TODAY)

    assert refused.value.code == code


def test_an_assigned_place_is_taken_only_when_safe_mode_is_off() -> None:
    """Safe mode is the one thing between a developer's habit and a real card."""
    assert parse("850312-14-5011", TODAY, safe=False).digits == "850312145011"


def test_every_place_code_is_assigned_or_synthetic_or_unknown_and_never_two_of_them() -> None:
    """JPN's list and the sandbox's own codes do not overlap; only 00 and 70 belong to neither."""
    assert not ASSIGNED_PLACES & SYNTHETIC_PLACES
    assert set(range(100)) - ASSIGNED_PLACES - SYNTHETIC_PLACES == {0, 70}


@pytest.mark.parametrize(("day", "age"), [(date(2019, 3, 11), 33), (date(2019, 3, 12), 34), (date(2021, 3, 11), 35)])
def test_age_turns_on_the_birthday(day: date, age: int) -> None:
    """One is a year older on the day itself, not the day before."""
    assert parse("850312-17-5011", TODAY).age_on(day) == age


def test_a_leap_day_child_turns_a_year_older_on_the_first_of_march() -> None:
    """In a common year the birthday has not come on 28 February."""
    number = parse("000229-17-0001", TODAY)

    assert (number.age_on(date(2019, 2, 28)), number.age_on(date(2019, 3, 1))) == (18, 19)


def test_the_century_is_the_latest_that_has_begun() -> None:
    """A day to come belongs to the century before; a day no century has seen yet is no date of birth."""
    assert parse("090516-17-5011", date(2009, 5, 15)).birth_date == date(1909, 5, 16)
    assert parse("090516-17-5011", date(2009, 5, 16)).birth_date == date(2009, 5, 16)
    with pytest.raises(RuleBroken) as refused:
        parse("991231-17-5011", date(1999, 12, 30))

    assert refused.value.code == "E-IC-02"


def test_the_hint_names_every_code_the_sandbox_takes_and_no_other() -> None:
    """Runs of three and more are shortened."""
    named: set[int] = set()
    for part in spoken_places().split(", "):
        first, _, last = part.partition("–")
        named |= set(range(int(first), int(last or first) + 1))

    assert named == SYNTHETIC_PLACES
