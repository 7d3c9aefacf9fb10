"""Binding, the order of answers, enquiring, unbinding, and the end of the room."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from emulators.sms.smpp.session import Session
from emulators.sms.smpp.timing import Timing
from tests.emulators.sms.smpp.conftest import Running, Start
from tests.emulators.sms.smpp.esme import (
    BIND_RECEIVER,
    BIND_TRANSCEIVER,
    BIND_TRANSMITTER,
    SUBMIT_SM,
    Esme,
    submit_body,
)

RESPONSE = 0x80000000
ENQUIRE_LINK, UNBIND, QUERY_SM = 0x15, 0x06, 0x03
Until = Callable[..., object]


@pytest.mark.parametrize("command", [BIND_RECEIVER, BIND_TRANSMITTER, BIND_TRANSCEIVER])
def test_anybody_may_bind_in_any_way(centre: Running, command: int) -> None:
    """The answer names the centre and its version."""
    answer = centre.connect().bind(command)

    assert (answer.command, answer.status) == (command | RESPONSE, 0)
    assert answer.body == b"SANDBOX\0" + bytes.fromhex("0210000134")


def test_a_client_of_an_older_version_is_told_no_parameter(centre: Running) -> None:
    """It would not understand it."""
    answer = centre.connect().ask(BIND_TRANSCEIVER, b"old\0pw\0\0\x33\0\0\0")

    assert answer.body == b"SANDBOX\0"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"x" * 16 + b"\0pw\0\0\x34\0\0\0", 0x0F),
        (b"\0pw\0\0\x34\0\0\0", 0x0F),
        (b"esme\0" + b"x" * 65 + b"\0\0\x34\0\0\0", 0x0E),
        (b"esme\0pw\0" + b"x" * 13 + b"\0\x34\0\0\0", 0x53),
        (b"esme\0pw", 0x02),
        (b"", 0x02),
    ],
)
def test_a_bind_that_cannot_be_read_is_refused_and_ends(centre: Running, body: bytes, status: int) -> None:
    """With the status of the field, and without a body."""
    client = centre.connect()
    answer = client.ask(BIND_TRANSCEIVER, body)

    assert (answer.command, answer.status, answer.body) == (BIND_TRANSCEIVER | RESPONSE, status, b"")
    assert client.hung_up()


def test_listed_clients_alone_may_bind(start: Start) -> None:
    """An unknown name and a wrong password have their own statuses."""
    running = start(smpp_users={"perkeso": "rahsia"})

    assert running.connect().bind(name="perkeso", password="rahsia").status == 0
    assert running.connect().bind(name="perkeso", password="salah").status == 0x0E
    assert running.connect().bind(name="lain", password="rahsia").status == 0x0F


@pytest.mark.parametrize(
    ("bind", "command", "status"),
    [
        (None, SUBMIT_SM, 0x04),
        (None, UNBIND, 0x04),
        (BIND_RECEIVER, SUBMIT_SM, 0x04),
        (BIND_RECEIVER, QUERY_SM, 0x04),
        (BIND_TRANSMITTER, BIND_TRANSCEIVER, 0x05),
        (BIND_TRANSCEIVER, 0x05, 0x04),
    ],
)
def test_what_a_state_does_not_allow_is_refused(centre: Running, bind: int | None, command: int, status: int) -> None:
    """RINVBNDSTS, or RALYBND for a second bind."""
    client = centre.connect()
    if bind is not None:
        client.bind(bind)
    answer = client.ask(command, submit_body())

    assert (answer.command, answer.status) == (command | RESPONSE, status)


def test_a_window_is_answered_in_its_order(centre: Running, esme: Esme) -> None:
    """Two hundred requests in one write, good ones, bad ones and enquiries mixed: every answer, in the order asked."""
    said, expected = [], []
    for sequence in range(100, 300):
        if sequence % 7 == 0:
            said.append(esme.packed(ENQUIRE_LINK, sequence=sequence))
            expected.append((ENQUIRE_LINK | RESPONSE, 0, sequence))
        elif sequence % 5 == 0:
            said.append(esme.packed(SUBMIT_SM, submit_body(to=b"x"), sequence=sequence))
            expected.append((SUBMIT_SM | RESPONSE, 0x0B, sequence))
        else:
            said.append(esme.packed(SUBMIT_SM, submit_body(to=b"60110000066"), sequence=sequence))
            expected.append((SUBMIT_SM | RESPONSE, 0, sequence))
    esme.say(b"".join(said))

    assert [esme.hear().head for _ in expected] == expected
    stored = [head for head in expected if head[0] == SUBMIT_SM | RESPONSE and head[1] == 0]
    assert len(centre.messages("+60110000066")) == min(50, len(stored))


def test_a_client_beyond_its_window_waits_and_loses_nothing(start: Start) -> None:
    """The centre reads no further until some are answered."""
    client = start(smpp_window=4).connect()
    client.bind()
    client.say(b"".join(client.packed(SUBMIT_SM, submit_body(), sequence=number) for number in range(1, 101)))

    assert [client.hear().sequence for _ in range(100)] == list(range(1, 101))


def test_one_octet_at_a_time_is_a_session_like_any(centre: Running) -> None:
    """However the network cuts it."""
    client = centre.connect()
    for octet in client.packed(BIND_TRANSCEIVER, b"esme\0pw\0\0\x34\0\0\0"):
        client.say(bytes([octet]))

    assert client.hear().status == 0


def test_unbind_is_answered_after_everything_before_it(centre: Running, esme: Esme) -> None:
    """Then the centre hangs up; what follows is not served."""
    esme.say(
        esme.packed(SUBMIT_SM, submit_body(), sequence=1)
        + esme.packed(UNBIND, sequence=2)
        + esme.packed(SUBMIT_SM, submit_body(), sequence=3)
    )

    assert [esme.hear().head for _ in range(2)] == [(SUBMIT_SM | RESPONSE, 0, 1), (UNBIND | RESPONSE, 0, 2)]
    assert esme.hung_up()


def test_the_centre_enquires_about_a_silent_client_and_drops_a_dead_one(start: Start) -> None:
    """An answer keeps the session, silence ends it."""
    running = start(smpp_enquire_seconds=0.1, smpp_response_seconds=0.3)
    alive, dead = running.connect(), running.connect()
    alive.bind()
    dead.bind()
    asked = alive.hear()
    alive.say(alive.packed(ENQUIRE_LINK | RESPONSE, sequence=asked.sequence))

    assert (asked.command, asked.status) == (ENQUIRE_LINK, 0)
    assert dead.hear().command == ENQUIRE_LINK
    assert dead.hung_up()
    assert alive.hear().command == ENQUIRE_LINK


def test_who_never_binds_is_dropped(start: Start) -> None:
    """So that strangers hold no connection."""
    assert start(smpp_bind_seconds=0.1).connect().hung_up()


def test_an_idle_client_is_unbound(start: Start) -> None:
    """The centre asks it to go and hangs up when it agrees."""
    client = start(smpp_inactivity_seconds=0.1).connect()
    client.bind()
    asked = client.hear()
    client.say(client.packed(UNBIND | RESPONSE, sequence=asked.sequence))

    assert asked.command == UNBIND
    assert client.hung_up()


def test_a_session_too_many_is_told_so(start: Start) -> None:
    """RBINDFAIL; a place that becomes free is given away again."""
    running = start(smpp_connections=1)
    first = running.connect()
    first.bind()

    assert running.connect().bind().status == 0x0D

    first.ask(UNBIND)

    assert first.hung_up()
    assert running.connect().bind().status == 0


def test_the_end_of_the_room_unbinds_every_client(start: Start) -> None:
    """What was submitted before is answered first."""
    running = start()
    client = running.connect()
    client.bind()
    client.say(b"".join(client.packed(SUBMIT_SM, submit_body(), sequence=number) for number in range(1, 51)))
    client.hear()
    listener = running.room.workers[-1]
    listener.stop()
    heard = []
    while not heard or heard[-1].command != UNBIND:
        heard.append(client.hear())

    assert [each.sequence for each in heard[:-1]] == list(range(2, len(heard) + 1))
    assert client.hung_up()


class Reading(asyncio.Transport):
    """A transport that only knows whether it is read."""

    def __init__(self) -> None:
        super().__init__()
        self.reading = True

    def pause_reading(self) -> None:
        """Read no further."""
        self.reading = False

    def resume_reading(self) -> None:
        """Read on."""
        self.reading = True


def test_a_client_that_does_not_read_is_not_read_either() -> None:
    """Its own socket fills then, and nobody's memory; when it reads, it is read again."""
    timing = Timing(opened=0, heard=0, active=0, bind=10, enquire=60, response=30, inactivity=None)
    session, transport = Session(1, 10, timing, lambda *_: None, lambda *_: None), Reading()
    session.connection_made(transport)
    session.pause_writing()
    assert not transport.reading

    session.resume_writing()
    assert transport.reading
