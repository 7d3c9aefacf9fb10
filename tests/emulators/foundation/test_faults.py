"""Planned faults: they strike whom they were planned for, as often and as long as planned, and no one else."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from emulators.foundation.clock import DEFAULT_DAY, Clock
from emulators.foundation.control import attach_control
from emulators.foundation.error_pages import register_error_pages
from emulators.foundation.errors import CallersMistake, NotHere
from emulators.foundation.fault_form import form_wish
from emulators.foundation.faults import Drawn, Fault, Faults, Parameter
from emulators.foundation.room import Room

CATALOGUE = (
    Fault("lost", "deliver", "nothing arrives", matches=("to", "kind")),
    Fault("late", "deliver", "it arrives late", {"seconds": Parameter(30.0, "how late")}, ("to",)),
    Fault("refused", "admit", "it is refused", {"code": Parameter("51", "with"), "times": Parameter(2, "how often")}),
)


@pytest.fixture(name="clock")
def _clock() -> Clock:
    clock = Clock(start=DEFAULT_DAY)
    clock.hold()
    return clock


@pytest.fixture(name="faults")
def _faults(clock: Clock) -> Faults:
    return Faults(CATALOGUE, clock, random.Random(1))


def _struck(faults: Faults, times: int, stage: str = "deliver", **subject: str) -> list[str | None]:
    drawn = [faults.draw(stage, subject) for _ in range(times)]
    return [fault.name if fault else None for fault in drawn]


def test_nothing_strikes_unplanned(faults: Faults) -> None:
    """A room without plans and without a wish works."""
    assert _struck(faults, 3, to="a") == [None, None, None]


def test_a_plan_strikes_as_often_as_counted_and_the_next_follows(faults: Faults) -> None:
    """Two plans are a sequence: lost twice, late once, then well."""
    faults.plan({"name": "lost", "count": 2})
    faults.plan({"name": "late", "count": 1, "with": {"seconds": 5}})

    assert _struck(faults, 4, to="a") == ["lost", "lost", "late", None]
    assert [(plan["fired"], plan["open"]) for plan in faults.told()["planned"]] == [(2, False), (1, False)]


def test_a_plan_strikes_only_at_its_stage_and_whom_it_matches(faults: Faults) -> None:
    """`*` stands for anything; a stage that is not the fault's never sees it."""
    faults.plan({"name": "lost", "match": {"to": "*@example.com", "kind": "otp"}})

    assert _struck(faults, 1, to="a@example.com", kind="otp") == ["lost"]
    assert _struck(faults, 1, to="a@example.com", kind="link") == [None]
    assert _struck(faults, 1, to="a@example.net", kind="otp") == [None]
    assert _struck(faults, 1, stage="admit", to="a@example.com", kind="otp") == [None]


def test_a_plan_heals_itself_when_its_time_is_over(faults: Faults, clock: Clock) -> None:
    """The time to live passes by the room's clock."""
    faults.plan({"name": "lost", "ttl_seconds": 60})

    clock.advance(timedelta(seconds=59))
    assert _struck(faults, 1, to="a") == ["lost"]
    clock.advance(timedelta(seconds=1))
    assert _struck(faults, 1, to="a") == [None]


def test_the_same_seed_draws_the_same(faults: Faults) -> None:
    """A probability with a seed repeats to the draw; it strikes sometimes, and not always."""
    faults.plan({"name": "lost", "probability": 0.5, "seed": 7})
    first = _struck(faults, 40, to="a")
    faults.lift()
    faults.plan({"name": "lost", "probability": 0.5, "seed": 7})

    assert _struck(faults, 40, to="a") == first
    assert set(first) == {"lost", None}


def test_a_request_that_asks_is_served_before_the_plans(faults: Faults) -> None:
    """A header's wish strikes at its own stage, with its parameters read as their types."""
    faults.plan({"name": "late"})
    asked = faults.asked("lost, refused; code=48; times=3")

    assert faults.draw("deliver", {}, asked) == Drawn("lost", {}, "asked")
    assert faults.draw("admit", {}, asked) == Drawn("refused", {"code": "48", "times": 3}, "asked")
    assert faults.draw("deliver", {}) == Drawn("late", {"seconds": 30.0}, "fault-1")


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({}, "no fault is called None; there are late, lost, refused"),
        ({"name": "gone"}, "no fault is called 'gone'; there are late, lost, refused"),
        ({"name": ["lost"]}, "no fault is called ['lost']"),
        ({"name": "lost", "often": 2}, "'often' is none of them"),
        ({"name": "lost", "count": 0}, "count must be a number, 1 or more, not 0"),
        ({"name": "lost", "count": 1.5}, "count must be a whole number"),
        ({"name": "lost", "count": True}, "count must be a number, 1 or more, not True"),
        ({"name": "lost", "probability": 1.1}, "probability must be a number from 0 to 1, not 1.1"),
        ({"name": "lost", "probability": float("nan")}, "probability must be a number from 0 to 1"),
        ({"name": "lost", "match": {"from": "a"}}, "lost can match kind, to, not 'from'"),
        ({"name": "lost", "match": {"to": 3}}, "match.to must be text"),
        ({"name": "lost", "match": "to"}, "match must be a JSON object"),
        ({"name": "lost", "with": {"seconds": 1}}, "lost takes nothing, not 'seconds'"),
        ({"name": "late", "with": {"seconds": "soon"}}, "seconds must be a number, not 'soon'"),
        ({"name": "late", "with": {"seconds": -1}}, "seconds must be from 0 to 1e+09, not -1"),
        ({"name": "refused", "with": {"times": 1.5}}, "times must be a whole number, not 1.5"),
        ({"name": "refused", "with": {"code": None}}, "code must be text, not None"),
    ],
)
def test_a_wish_that_cannot_be_read_says_what_is_wrong(faults: Faults, wish: dict[str, object], sentence: str) -> None:
    """And plans nothing."""
    with pytest.raises(CallersMistake) as refusal:
        faults.plan(wish)

    assert sentence in refusal.value.sentence
    assert faults.told()["planned"] == []


@pytest.mark.parametrize("text", ["gone", "lost; seconds=1", "late; seconds=soon", "late; =1"])
def test_a_header_that_cannot_be_read_is_refused(faults: Faults, text: str) -> None:
    """An unknown fault or parameter is the caller's mistake, not a fault that silently never strikes."""
    with pytest.raises(CallersMistake):
        faults.asked(text)


@pytest.mark.parametrize("text", [None, "", " , "])
def test_no_header_asks_for_nothing(faults: Faults, text: str | None) -> None:
    """An empty wish is none."""
    assert faults.asked(text) == ()


def test_lifting_what_is_not_there_says_so(faults: Faults) -> None:
    """One plan is lifted by its id; an unknown id is named."""
    plan = faults.plan({"name": "lost"})

    assert faults.lift(plan["id"]) == 1
    with pytest.raises(NotHere, match=plan["id"]):
        faults.lift(plan["id"])


def _doors(faults: Faults, clock: Clock) -> FlaskClient:
    app = Flask("attendant")
    register_error_pages(app)
    room = Room("attendant", app, clock, lambda: None, lambda: None, lambda *_: [], dict, lambda: None, faults=faults)
    attach_control(room, None)
    return app.test_client()


def test_faults_are_planned_told_and_lifted_over_http(faults: Faults, clock: Clock) -> None:
    """The doors of a room that has faults; a reset forgets what was planned."""
    client = _doors(faults, clock)

    plan = client.post("/_control/faults", json={"name": "late", "ttl_seconds": 60, "match": {"to": "a"}}).get_json()
    told = client.get("/_control/faults").get_json()

    assert plan["ends"] == "2019-05-15T09:01:00+08:00"
    assert [row["name"] for row in told["catalogue"]] == ["lost", "late", "refused"]
    assert told["planned"] == [plan]
    assert client.post("/_control/faults", json={"name": "gone"}).status_code == 400
    assert client.delete(f"/_control/faults/{plan['id']}").get_json() == {"lifted": 1}
    assert client.delete("/_control/faults/none").status_code == 404
    client.post("/_control/faults", json={"name": "lost"})
    client.post("/_control/reset")
    assert client.get("/_control/faults").get_json()["planned"] == []


def test_a_page_says_a_plan_in_the_words_of_the_door() -> None:
    """What was left empty is not wished; pairs and numbers are read, and what cannot be read is named."""
    typed = {"name": "late", "count": " 2 ", "seed": "7", "with": "seconds = 5", "match": "to=a; ", "probability": ""}

    assert form_wish(typed) == {
        "name": "late", "count": 2, "seed": "7", "with": {"seconds": "5"}, "match": {"to": "a"},
    }  # fmt: skip
    for field, text in (("count", "dua"), ("with", "seconds"), ("match", "to=a; b")):
        with pytest.raises(CallersMistake, match=field):
            form_wish({"name": "late", field: text})
