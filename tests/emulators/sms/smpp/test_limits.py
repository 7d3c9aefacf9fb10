"""Throttled, full, slow, dropped: by settings and by faults, each with the status that clients know."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.emulators.sms.smpp.conftest import Running, Start
from tests.emulators.sms.smpp.esme import SUBMIT_SM, Esme, submit_body

RTHROTTLED, RMSGQFUL, RSUBMITFAIL = 0x58, 0x14, 0x45
ENQUIRE_LINK, RESPONSE = 0x15, 0x80000000
Until = Callable[..., Any]


def bound(running: Running, name: str = "esme") -> Esme:
    """A client of that name."""
    client = running.connect()
    client.bind(name=name)
    return client


def test_more_than_the_rate_is_throttled(start: Start) -> None:
    """Each client has a rate of its own; nothing of what was refused is stored."""
    running = start(rate_limit=5)
    client, other = bound(running), bound(running, "other")
    client.say(b"".join(client.packed(SUBMIT_SM, submit_body()) for _ in range(20)))
    statuses = [client.hear().status for _ in range(20)]

    assert statuses[:5] == [0] * 5
    assert set(statuses[5:]) <= {0, RTHROTTLED}
    assert RTHROTTLED in statuses
    assert other.submit().status == 0
    assert len(running.messages()) == statuses.count(0) + 1


def test_more_than_the_queue_holds_is_refused_until_some_have_ended(start: Start, until: Until) -> None:
    """Also within one write; parts that wait are in the queue."""
    running = start(smpp_queue_limit=3)
    client, other = bound(running), bound(running, "other")
    client.submit(bytes((5, 0, 3, 1, 2, 1)) + b"a", esm_class=0x40)
    client.say(b"".join(client.packed(SUBMIT_SM, submit_body()) for _ in range(4)))

    assert [client.hear().status for _ in range(4)] == [0, 0, RMSGQFUL, RMSGQFUL]
    assert other.submit().status == 0

    until(lambda: {each["status"] for each in running.messages()} == {"sent"}, "the carrier has them")
    running.control("clock", {"advance": 5})
    until(lambda: {each["status"] for each in running.messages()} == {"delivered"}, "they are delivered")

    assert client.submit().status == 0


@pytest.mark.parametrize(
    ("fault", "status"), [("throttled", RTHROTTLED), ("queue_full", RMSGQFUL), ("rejected", RSUBMITFAIL)]
)
def test_a_planned_fault_strikes_as_often_as_planned(start: Start, fault: str, status: int) -> None:
    """At the client it is meant for."""
    running = start()
    client, other = bound(running), bound(running, "other")
    running.control("faults", {"name": fault, "count": 2, "match": {"account": "esme", "via": "smpp"}})

    assert other.submit().status == 0
    assert [client.submit().status for _ in range(3)] == [status, status, 0]


@pytest.mark.parametrize(("number", "status"), [(b"601109999912", RTHROTTLED), (b"601109999913", RMSGQFUL)])
def test_a_reserved_number_asks_for_its_fault(start: Start, number: bytes, status: int) -> None:
    """A client nobody may touch can meet it."""
    assert bound(start()).submit(to=number).status == status


def test_a_slow_answer_holds_back_no_other(start: Start) -> None:
    """It comes later, with its own sequence number."""
    running = start()
    client = bound(running)
    running.control("faults", {"name": "slow", "count": 1, "with": {"seconds": 0.2}})
    begun = time.monotonic()
    client.say(
        client.packed(SUBMIT_SM, submit_body(), sequence=50) + client.packed(SUBMIT_SM, submit_body(), sequence=51)
    )
    client.say(client.packed(ENQUIRE_LINK, sequence=52))
    heard = [client.hear().sequence for _ in range(3)]

    assert heard == [51, 52, 50]
    assert time.monotonic() - begun >= 0.2


@pytest.mark.parametrize("taken", [0, 1])
def test_a_dropped_connection_stores_or_not_as_planned(start: Start, until: Until, taken: int) -> None:
    """A client cannot know; its neighbour is not touched."""
    running = start()
    client, neighbour = bound(running), bound(running)
    running.control("faults", {"name": "dropped", "count": 1, "with": {"taken": taken}})
    client.say(client.packed(SUBMIT_SM, submit_body()))

    assert client.hung_up()
    assert neighbour.ask(ENQUIRE_LINK).status == 0
    assert len(running.messages()) == taken


def test_a_text_beyond_the_setting_is_refused(start: Start) -> None:
    """In octets, header and all."""
    client = bound(start(smpp_longest=100))

    assert client.submit(b"x" * 100).status == 0
    assert client.submit(b"x" * 101).status == 0x01
