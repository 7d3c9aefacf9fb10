"""The control doors: the same in every room, and shut to whom they should be shut."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from emulators.foundation.clock import MALAYSIA, Clock
from emulators.foundation.control import attach_control
from emulators.foundation.doorkeeper import TOKEN_HEADER
from emulators.foundation.error_pages import register_error_pages
from emulators.foundation.room import Room

NOON = datetime(2019, 5, 15, 12, 0, tzinfo=MALAYSIA)


class Attendant:
    """A room with nothing in it but what the control doors ask for."""

    def __init__(self, token: str | None = None) -> None:
        self.clock = Clock(start=NOON)
        self.clock.hold()
        self.clock.set(NOON)
        self.entries = [{"id": n, "kind": "tick"} for n in range(1, 6)]
        self.store_answers = True
        app = Flask("attendant")
        register_error_pages(app)
        self.room = Room(
            name="attendant",
            app=app,
            clock=self.clock,
            ready=self._ready,
            reset=self.entries.clear,
            journal=lambda since, limit: [entry for entry in self.entries if entry["id"] > since][:limit],  # type: ignore[operator]
            totals=lambda: {"debits": {"count": 3, "sen": 47160}},
            close=lambda: None,
            verbs={"double": lambda wish: {"twice": wish["n"] * 2}},
        )
        attach_control(self.room, token)
        self.client: FlaskClient = app.test_client()

    def _ready(self) -> None:
        if not self.store_answers:
            raise ConnectionError("the store is away")


@pytest.fixture(name="attendant")
def _attendant() -> Attendant:
    return Attendant()


def test_alive_is_not_the_same_as_ready(attendant: Attendant) -> None:
    """A room whose store is away is alive and not ready, and says why."""
    assert attendant.client.get("/readyz").status_code == 200

    attendant.store_answers = False
    answer = attendant.client.get("/readyz")

    assert (answer.status_code, answer.text) == (503, "attendant is not ready: the store is away\n")
    assert attendant.client.get("/livez").status_code == 200


def test_the_clock_is_told_and_moved(attendant: Attendant) -> None:
    """Set, advance, hold and run; an instant without a zone is Malaysia's."""
    assert attendant.client.get("/_control/clock").json == {"now": "2019-05-15T12:00:00.000+08:00", "running": False}

    moved = attendant.client.post("/_control/clock", json={"set": "2019-07-11T23:59", "advance": 60})

    assert moved.json == {"now": "2019-07-12T00:00:00.000+08:00", "running": False}
    assert attendant.client.post("/_control/clock", json={"running": True}).json["running"]  # type: ignore[index]
    assert attendant.clock.running()


def test_a_clock_set_and_held_at_once_stands_at_the_very_instant(attendant: Attendant) -> None:
    """Not a moment passes between the setting and the holding, nor between the setting and the telling."""
    attendant.clock.run()

    told = attendant.client.post("/_control/clock", json={"set": "2019-06-30T23:59:59", "running": False})

    assert told.json == {"now": "2019-06-30T23:59:59.000+08:00", "running": False}
    assert attendant.clock.now() == datetime(2019, 6, 30, 23, 59, 59, tzinfo=MALAYSIA)


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"sett": "2019-05-15"},
        {"set": "yesterday"},
        {"set": 5},
        {"advance": "far"},
        {"advance": 1e300},
        {"running": "no"},
        {"set": "2019-06-01", "advance": "far"},
        {"set": "2019-06-01", "running": 2},
        {"set": "9999-12-31T23:59:59"},
        {"set": "0001-01-01T00:00:00+14:00"},
        {"set": "1999-12-31T23:59:59"},
        {"set": "2099-12-31", "advance": 86400},
        {"advance": -9e8},
    ],
    ids=str,
)
def test_a_wish_the_clock_cannot_grant_changes_nothing(attendant: Attendant, wish: dict[str, object]) -> None:
    """A wrong wish is the caller's mistake, in words, and time stays where it was."""
    answer = attendant.client.post("/_control/clock", json=wish)

    assert answer.status_code == 400
    assert answer.json["error"]  # type: ignore[index]
    assert attendant.clock.now() == NOON


@pytest.mark.parametrize("body", ["[]", "now", '"x"', "{", "[" * 100_000], ids=["list", "word", "text", "half", "deep"])
def test_what_is_not_a_json_object_is_refused(attendant: Attendant, body: str) -> None:
    """Each control door takes a JSON object, and says so."""
    answer = attendant.client.post("/_control/clock", data=body, content_type="application/json")

    assert answer.status_code == 400
    assert "JSON object" in answer.json["error"]  # type: ignore[index]


def test_the_journal_is_read_in_pages(attendant: Attendant) -> None:
    """`since` and `limit` are honoured, and a word instead of a number is refused."""
    page = attendant.client.get("/_control/journal?since=2&limit=2")

    assert [entry["id"] for entry in page.json["entries"]] == [3, 4]  # type: ignore[index]
    assert attendant.client.get("/_control/journal?since=yesterday").status_code == 400
    assert attendant.client.get("/_control/journal?since=" + "9" * 30).json == {"entries": []}


def test_a_reset_forgets(attendant: Attendant) -> None:
    """Reset is the room's own, through one door."""
    answer = attendant.client.post("/_control/reset")

    assert answer.json == {"reset": "attendant"}
    assert attendant.entries == []
    assert attendant.client.get("/_control/reset").status_code == 405


def test_totals_and_the_rooms_own_verbs_are_doors_too(attendant: Attendant) -> None:
    """A verb takes and gives JSON; an unknown one is answered with the list of those there are."""
    assert attendant.client.get("/_control/totals").json == {"debits": {"count": 3, "sen": 47160}}
    assert attendant.client.post("/_control/double", json={"n": 4}).json == {"twice": 8}

    unknown = attendant.client.post("/_control/halve", json={})

    assert unknown.status_code == 404
    assert "double" in unknown.json["error"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "clock"), ("POST", "clock"), ("POST", "reset"), ("GET", "journal"), ("GET", "totals"), ("POST", "double")],
)
def test_with_a_token_every_control_door_asks_for_it(method: str, path: str) -> None:
    """No door is left open; health stays open for whoever watches over the room."""
    attendant = Attendant(token="s3cret")

    for headers in ({}, {TOKEN_HEADER: "guess"}):
        answer = attendant.client.open(f"/_control/{path}", method=method, headers=headers, json={"n": 1})

        assert answer.status_code == 401
        assert TOKEN_HEADER in answer.json["error"]  # type: ignore[index]
    assert len(attendant.entries) == 5
    assert (
        attendant.client.open(
            f"/_control/{path}", method=method, headers={TOKEN_HEADER: "s3cret"}, json={"n": 1}
        ).status_code
        != 401
    )
    assert attendant.client.get("/readyz").status_code == 200


@pytest.mark.parametrize(
    ("site", "status"), [("cross-site", 401), ("same-site", 401), ("same-origin", 200), ("none", 200)]
)
def test_a_page_of_another_site_cannot_reset_a_room(attendant: Attendant, site: str, status: int) -> None:
    """A browser names the site a request comes from; the control doors listen to that."""
    assert status == attendant.client.post("/_control/reset", headers={"Sec-Fetch-Site": site}).status_code


def test_an_unexpected_error_is_logged_and_not_shown(attendant: Attendant, caplog: pytest.LogCaptureFixture) -> None:
    """The caller sees that it was our mistake; the log has the reason."""
    answer = attendant.client.post("/_control/double", json={"m": 4})

    assert answer.status_code == 500
    assert "KeyError" not in answer.text
    assert "/_control/double" in caplog.text


@pytest.mark.parametrize("host", ["127.0.0.1:8010", "localhost", "[::1]:8000"])
def test_without_a_token_the_doors_answer_to_this_machines_own_names(attendant: Attendant, host: str) -> None:
    """Whoever asks by a loopback name asks from this machine."""
    assert attendant.client.get("/_control/clock", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.0.2.1:8010", "]["])
def test_a_name_that_was_made_to_point_here_opens_nothing(attendant: Attendant, host: str) -> None:
    """A page whose own host name resolves to this machine (DNS rebinding) is refused, and nothing has changed."""
    answer = attendant.client.post("/_control/clock", json={"advance": 60}, headers={"Host": host})

    assert answer.status_code in (400, 401)
    assert attendant.clock.now() == NOON


def test_a_page_of_another_origin_opens_nothing(attendant: Attendant) -> None:
    """A browser that sends no Sec-Fetch headers still names the page's origin."""
    other, own = {"Origin": "http://evil.example"}, {"Origin": "http://localhost"}

    assert attendant.client.post("/_control/reset", headers=other).status_code == 401
    assert attendant.entries
    assert attendant.client.post("/_control/reset", headers=own).status_code == 200


def test_with_a_token_any_name_will_do_and_any_bytes_may_be_wrong() -> None:
    """The token is the guard of an exposed room; one that is no ASCII is wrong like any other."""
    attendant = Attendant(token="right")

    assert attendant.client.get("/_control/clock", headers={"Host": "fpx", TOKEN_HEADER: "right"}).status_code == 200
    assert attendant.client.get("/_control/clock", headers={TOKEN_HEADER: "\u00e9"}).status_code == 401
