"""The control hand: every room is moved to the same instant."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from features.addresses import Addresses
from features.control import START, Control, DoorShut
from features.transport import Response
from tests.features.conftest import CannedNetwork

ROOMS = ("portal", "fpx", "sms", "smtp")


@pytest.fixture(name="control")
def _control(network: CannedNetwork) -> Control:
    for room in ROOMS:
        told = json.dumps({"now": "2019-05-15T10:00:00+08:00", "running": False}).encode()
        for method in ("GET", "POST"):
            url = f"http://{room}/_control/clock"
            network.answers[method, url] = Response(200, url, {}, told)
    return Control(Addresses("http://portal", "http://fpx", "http://sms", "http://smtp"), "s3cret", network)


def test_advancing_sets_every_room_to_one_instant(control: Control, network: CannedNetwork) -> None:
    """The span is added once, however many rooms share a clock; held time stays held."""
    instant = control.advance(timedelta(minutes=5))

    moved = [json.loads(sent.data or b"") for sent in network.sent if sent.method == "POST"]
    assert instant == datetime.fromisoformat("2019-05-15T10:05:00+08:00")
    assert moved == [{"set": instant.isoformat(), "running": False}] * len(ROOMS)


def test_the_token_goes_with_every_request(control: Control, network: CannedNetwork) -> None:
    """For a sandbox that is open to the network."""
    control.set_clock(START)

    assert {sent.headers["X-Control-Token"] for sent in network.sent} == {"s3cret"}


def test_a_door_that_refuses_is_an_error_with_its_answer(control: Control, network: CannedNetwork) -> None:
    """Address, status and words."""
    network.answers["GET", "http://portal/_control/totals"] = Response(401, "", {}, b"send its control token")

    with pytest.raises(DoorShut, match="http://portal/_control/totals answered 401: send its control token"):
        control.totals("portal")


@pytest.mark.parametrize("status", [404, 405])
def test_a_portal_that_prepares_nobody_has_no_account_to_give(
    control: Control, network: CannedNetwork, status: int
) -> None:
    """The scenario then walks from the home page."""
    network.page("http://portal/_control/contributors", "no such verb", "POST", status)

    assert control.account() is None


def test_a_portal_that_fails_to_prepare_somebody_is_an_error(control: Control, network: CannedNetwork) -> None:
    """A broken verb is not taken for a missing one."""
    network.page("http://portal/_control/contributors", "broken", "POST", 500)

    with pytest.raises(DoorShut, match="answered 500"):
        control.account()
