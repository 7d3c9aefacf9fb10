"""The portal with the sandbox's control doors on it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from emulators.foundation.clock import Clock
from emulators.foundation.room import Room
from reference_portal.settings import PortalSettings
from sandbox.portal_room import create_room


@pytest.fixture(name="room", scope="module")
def _room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("portal")
    room = create_room(PortalSettings(data_dir=folder, password_hashing="fast"), Clock(), random.Random(1))
    yield room
    room.close()


@pytest.fixture(name="client")
def _client(room: Room) -> FlaskClient:
    return room.app.test_client()


def test_the_control_doors_need_no_form_token(client: FlaskClient) -> None:
    """CSRF protection is for the portal's forms; a test harness posts JSON."""
    assert client.post("/_control/clock", json={"running": False}).status_code == 200
    assert client.post("/_control/reset").json == {"reset": "portal"}


def test_prepared_contributors_are_made_on_request_and_counted_in_no_book(client: FlaskClient) -> None:
    """They have everything a renewal needs, and add nothing to the totals."""
    made = client.post("/_control/contributors", json={"count": 3}).json["contributors"]  # type: ignore[index]

    assert len({person["identity_number"] for person in made}) == 3
    assert set(made[0]) == {"identity_number", "password", "secret_phrase", "mobile", "email", "full_name"}

    nothing = {"count": 0, "sen": 0}

    assert client.get("/_control/totals").json == {"paid_orders": nothing, "receipts": nothing}


@pytest.mark.parametrize(
    ("method", "door", "wish"),
    [
        ("POST", "contributors", {"count": 0}),
        ("POST", "contributors", {"count": "many"}),
        ("POST", "clock", {"set": "yesterday"}),
        ("GET", "journal?since=x", None),
        ("POST", "attic", {}),
    ],
)
def test_what_a_control_door_refuses_is_said_in_json(
    client: FlaskClient, method: str, door: str, wish: dict[str, object] | None
) -> None:
    """Also where the refusal is the portal's own: programs read it."""
    answer = client.open(f"/_control/{door}", method=method, json=wish)

    assert answer.status_code in (400, 404)
    assert answer.json["error"]  # type: ignore[index]


def test_the_portals_own_errors_stay_pages(client: FlaskClient) -> None:
    """A person who mistypes an address sees a page that says SANDBOX."""
    answer = client.get("/no-such-page")

    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "SANDBOX" in answer.text


def test_a_room_with_a_token_shuts_its_control_doors(tmp_path: Path) -> None:
    """The portal's settings carry the token as every room's do."""
    settings = PortalSettings(data_dir=tmp_path, control_token="s3cret", password_hashing="fast")
    room = create_room(settings, Clock(), random.Random(1))

    assert room.app.test_client().get("/_control/totals").status_code == 401

    room.close()
