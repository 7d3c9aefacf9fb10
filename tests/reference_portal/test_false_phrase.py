"""Phrases of people who do not exist."""

from __future__ import annotations

from reference_portal.false_phrase import false_phrase, who_is
from reference_portal.rules.credentials import check_phrase

KEY, OTHER_KEY = "11" * 32, "22" * 32


def test_a_phrase_is_stable_and_depends_on_the_key() -> None:
    """The same number, the same phrase; another portal, another phrase."""
    who = who_is("850312175011", KEY)

    assert false_phrase(who, KEY) == false_phrase(who, KEY)
    assert who_is("850312175011", OTHER_KEY) != who
    assert len({false_phrase(who_is(str(number), KEY), KEY) for number in range(200)}) > 100


def test_every_false_phrase_could_be_somebodys() -> None:
    """It obeys the rules a person's phrase obeys, or it would give itself away."""
    for number in range(300):
        phrase = false_phrase(who_is(str(number), KEY), KEY)
        assert check_phrase(phrase) == phrase


def test_who_somebody_is_does_not_tell_the_number() -> None:
    """A keyed hash that looks like an account's id."""
    who = who_is("850312175011", KEY)

    assert len(who) == 32
    assert "850312" not in who
