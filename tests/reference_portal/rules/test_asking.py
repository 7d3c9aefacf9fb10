"""How patiently FPX is asked again."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from reference_portal.rules.asking import Patience, looks_to_rest
from tests.reference_portal.fakes import MORNING

PATIENCE = Patience(timedelta(minutes=1), timedelta(hours=1), timedelta(minutes=60))


def asked_at(patience: Patience, times: int) -> list[float]:
    """Minutes after the hand-over at which FPX is asked, when each question is asked as soon as it is due."""
    due = [patience.next_ask(MORNING, MORNING)]
    while len(due) < times:
        due.append(patience.next_ask(MORNING, due[-1]))
    return [(at - MORNING) / timedelta(minutes=1) for at in due]


def test_each_pause_is_as_long_as_the_order_has_taken() -> None:
    """After one minute, two, four and so on; at the hour at which an unseen order is over; then at most every hour."""
    assert asked_at(PATIENCE, 12) == [1, 2, 4, 8, 16, 32, 60, 120, 180, 240, 300, 360]


def test_an_hour_later_than_the_last_question_it_is_asked_again_for_ever() -> None:
    """No order is forgotten, however old."""
    late = asked_at(PATIENCE, 200)

    assert {after - before for before, after in pairwise(late[7:])} == {60}


@pytest.mark.parametrize("ahead", [timedelta(seconds=1), timedelta(days=400)])
def test_an_order_of_the_future_is_asked_about_as_a_young_one(ahead: timedelta) -> None:
    """The clock was set back: it has taken no time yet."""
    assert PATIENCE.next_ask(MORNING + ahead, MORNING) == MORNING + timedelta(minutes=1)


def test_a_longest_pause_below_the_shortest_is_no_pause_below_it() -> None:
    """Settings that contradict each other ask as seldom as the shortest says."""
    odd = Patience(timedelta(minutes=5), timedelta(minutes=1), timedelta(minutes=60))

    assert asked_at(odd, 3) == [5, 10, 15]


def test_while_nobody_answers_rounds_become_rare() -> None:
    """In looks of a second: 1, 3, 7 and so on, up to a minute."""
    assert [looks_to_rest(failures, 60) for failures in (0, 1, 2, 3, 4, 5, 6, 7, 9999)] == [
        *(0, 1, 3, 7, 15, 31, 60, 60, 60)
    ]
