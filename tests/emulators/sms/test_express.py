"""The short way of a plain post answers as the long way does, to the letter, and takes nothing that is not plain."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest

from emulators.foundation.room import Room

ACCOUNT = "AC" + "0" * 31 + "7"
PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
BASIC = "Basic " + base64.b64encode(f"{ACCOUNT}:rahsia".encode()).decode()
FORM = "application/x-www-form-urlencoded"
GOOD = "To=%2B60110000001&From=68833&Body=Kod+anda+482913"


@pytest.fixture(name="room")
def _room(make_room: Callable[..., Room]) -> Room:
    room = make_room()
    room.clock.hold()
    return room


def answered(room: Room, address: str, body: str | bytes, headers: dict[str, str]) -> tuple[int, list[Any], Any]:
    """Status, headers and JSON of a post, without what no two messages share."""
    told = room.app.test_client().post(address, data=body, headers=headers)
    json = told.get_json()
    for name in ("sid", "uri", "subresource_uris"):
        json.pop(name, None)
    return told.status_code, sorted(told.headers.items()), json


@pytest.mark.parametrize(
    "body",
    [
        GOOD,
        f"{GOOD}&Body=kedua&To=x",
        "To=011-000+0001&From=Bank%20Ujian&Body=a%0Ab%00c&StatusCallback=http%3A%2F%2F127.0.0.1%3A9%2Fcb",
        "To=%2B60110000001&MessagingServiceSid=MG1&Body=%e4%b8%80%ff%F0%9F%98%80",
        "To=%2B60110000001&From=68833&Body=+%2B%26%3d;x&Unknown=1",
        "To=%2B60110000001&From=68833&Body=",
        "To=12&From=68833&Body=ada",
        "To=%2B60110000001&From=68833&Body=ada&MediaUrl=http%3A%2F%2Fx",
        "To=%2B60110000001&From=68833&Body=ada&SandboxFault=nothing",
        "To=%2B6011099999" + "10&From=68833&Body=ada",
        "",
        b"To=\xff&From=1&Body=x",
    ],
)
def test_both_ways_answer_alike(room: Room, body: str | bytes) -> None:
    """A query that means nothing is enough to take the long way."""
    headers = {"Authorization": BASIC, "Content-Type": FORM}

    assert answered(room, PATH, body, headers) == answered(room, f"{PATH}?long=1", body, headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": FORM},
        {"Content-Type": FORM, "Authorization": "Basic ???"},
        {"Content-Type": FORM, "Authorization": BASIC.replace("Basic", "basic")},
        {"Content-Type": FORM, "Authorization": "Bearer x"},
        {"Content-Type": f"{FORM}; charset=utf-8", "Authorization": BASIC},
        {"Content-Type": "text/plain", "Authorization": BASIC},
        {"Content-Type": FORM, "Authorization": BASIC, "X-Sandbox-Fault": "rejected; code=21610"},
    ],
)
def test_both_ways_know_the_same_callers(room: Room, headers: dict[str, str]) -> None:
    """Whoever is refused is refused in the same words."""
    assert answered(room, PATH, GOOD, headers) == answered(room, f"{PATH}?long=1", GOOD, headers)


@pytest.mark.parametrize("query", ["", "?long=1"])
def test_a_form_cut_short_is_no_message(room: Room, query: str) -> None:
    """Its client died in the middle of it: the text would end anywhere."""
    headers = {"Authorization": BASIC, "Content-Type": FORM}

    told = room.app.test_client().post(
        f"{PATH}{query}", data=GOOD[:-3], headers=headers, environ_overrides={"CONTENT_LENGTH": str(len(GOOD))}
    )

    assert (told.status_code, told.get_json()["status"]) == (400, 400)


def test_a_plain_post_does_not_reach_flask_and_a_planned_fault_sends_it_there(room: Room) -> None:
    """What was planned strikes whatever the way."""
    seen: list[str] = []
    room.app.before_request(lambda: seen.append("flask"))
    headers = {"Authorization": BASIC, "Content-Type": FORM}
    plain = answered(room, PATH, GOOD, headers)[0]
    short = list(seen)
    assert room.faults is not None
    room.faults.plan({"name": "rejected", "count": 1})
    refused = answered(room, PATH, GOOD, headers)[0]

    assert (plain, short, refused) == (201, [], 400)
    assert seen == ["flask"]
