"""query_sm, cancel_sm, replace_sm, schedules and validities: what a client may still do about its message."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from emulators.foundation.clock import Clock
from tests.emulators.sms.smpp.conftest import Running, Start, start_room
from tests.emulators.sms.smpp.esme import SUBMIT_SM, Esme, Said, submit_body

QUERY_SM, REPLACE_SM, CANCEL_SM, DELIVER_SM = 0x03, 0x07, 0x08, 0x05
SOURCE = b"\3\x0068833\0"
NOBODY = b"\0\0\0"
TARGET = b"\1\x0160110000001\0"
Until = Callable[..., Any]


@pytest.fixture(name="slow", scope="module")
def _slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A room whose carrier takes an hour by a clock that is held, so that everything stays on its way."""
    clock = Clock()
    clock.hold()
    with ExitStack() as held:
        yield start_room(tmp_path_factory.mktemp("slow"), clock, held, sent_after=3600)


@pytest.fixture(autouse=True)
def _forgotten(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test finds that room empty."""
    yield
    if "slow" in request.fixturenames:
        request.getfixturevalue("slow").control("reset", {})


@pytest.fixture(name="client")
def _client(slow: Running) -> Esme:
    """A client of it."""
    client = slow.connect()
    client.bind()
    return client


def query(client: Esme, message_id: str, source: bytes = SOURCE) -> Said:
    """Ask where a message is."""
    return client.ask(QUERY_SM, message_id.encode() + b"\0" + source)


def cancel(client: Esme, message_id: str = "", source: bytes = SOURCE, target: bytes = NOBODY) -> Said:
    """Call a message back."""
    return client.ask(CANCEL_SM, b"\0" + message_id.encode() + b"\0" + source + target)


def replace(client: Esme, message_id: str, text: bytes, source: bytes = SOURCE) -> Said:
    """Put another text in its place."""
    body = message_id.encode() + b"\0" + source + b"\0\0\0\0" + bytes([len(text)]) + text
    return client.ask(REPLACE_SM, body)


def state(said: Said) -> tuple[bytes, int, int]:
    """final_date, message_state and error_code of an answer to query_sm."""
    assert said.status == 0
    _, date, rest = said.body.split(b"\0", 2)
    return date, rest[0], rest[1]


def test_a_message_on_its_way_and_one_that_arrived(start: Start, until: Until) -> None:
    """ENROUTE without a date, DELIVERED with the date of the room's clock."""
    running = start()
    client = running.connect()
    client.bind()
    message_id = client.submit().message_id
    before = state(query(client, message_id))
    until(lambda: running.messages()[0]["status"] == "sent", "the carrier has it")
    running.control("clock", {"advance": 60})
    until(lambda: running.messages()[0]["status"] == "delivered", "it is delivered")

    assert before == (b"", 1, 0)
    assert state(query(client, message_id)) == (b"190515090100032+", 2, 0)


@pytest.mark.parametrize("message_id", ["", "1000000099", "x" * 64, "-1", "SM123", "999999999999999"])
def test_an_unknown_message_is_refused(client: Esme, message_id: str) -> None:
    """By every request that names one; an id too long has the same status."""
    assert query(client, message_id).status == 0x0C
    assert replace(client, message_id, b"x").status == 0x0C
    assert query(client, "1" * 65).status == 0x0C


def test_a_message_is_its_clients_own(slow: Running, client: Esme) -> None:
    """Another client does not find it, and another source is refused."""
    message_id, stranger = client.submit().message_id, slow.connect()
    stranger.bind(name="stranger")

    assert query(stranger, message_id).status == 0x0C
    assert cancel(stranger, message_id).status == 0x0C
    assert query(client, message_id, b"\3\x0012345\0").status == 0x67
    assert cancel(client, message_id, b"\3\x0012345\0").status == 0x11
    assert replace(client, message_id, b"x", b"\3\x0012345\0").status == 0x13
    assert query(client, message_id, NOBODY).status == 0


def test_a_message_is_called_back_once(slow: Running, client: Esme) -> None:
    """Then it is DELETED, its receipt says so, and there is nothing more to call back."""
    message_id = client.submit(registered=1).message_id

    assert cancel(client, message_id).status == 0

    receipt = client.hear()
    client.say(client.packed(DELIVER_SM | 0x80000000, b"\0", receipt.sequence))

    assert b"stat:DELETED" in receipt.body
    assert state(query(client, message_id))[1] == 4
    assert cancel(client, message_id).status == 0x11
    assert slow.messages()[0]["status"] == "canceled"


def test_all_messages_to_a_number_are_called_back(slow: Running, client: Esme) -> None:
    """Without a message_id; those to others stay."""
    mine = [client.submit().message_id for _ in range(2)]
    other = client.submit(to=b"60110000002").message_id

    assert cancel(client, target=TARGET).status == 0
    assert [state(query(client, each))[1] for each in (*mine, other)] == [4, 4, 1]
    assert cancel(client, target=TARGET).status == 0x11
    assert cancel(client).status == 0x0B


def test_a_part_that_waits_is_called_back(slow: Running, client: Esme) -> None:
    """The other part alone never becomes the message."""
    first = client.submit(bytes((5, 0, 3, 1, 2, 1)) + b"a", esm_class=0x40).message_id

    assert state(query(client, first))[1] == 1
    assert cancel(client, first).status == 0

    client.submit(bytes((5, 0, 3, 1, 2, 2)) + b"b", esm_class=0x40)

    assert state(query(client, first))[1] == 4
    assert slow.messages() == []


def test_a_text_is_replaced_while_it_is_on_its_way(slow: Running, client: Esme) -> None:
    """The reader sees the new one; one that has ended cannot be replaced."""
    message_id = client.submit(b"Kod 111111").message_id

    assert replace(client, message_id, b"Kod 222222").status == 0
    assert [message["body"] for message in slow.messages()] == ["Kod 222222"]

    cancel(client, message_id)

    assert replace(client, message_id, b"x").status == 0x13


def test_replace_if_present_takes_the_place_of_the_last(slow: Running, client: Esme) -> None:
    """The same source, destination and service; else it is a new message."""
    first = client.submit(b"Baki 1", service_type=b"BAL").message_id
    again = client.submit(b"Baki 2", service_type=b"BAL", replaces=1).message_id
    other = client.submit(b"Baki 3", service_type=b"X", replaces=1).message_id

    assert again == first
    assert other != first
    assert sorted(message["body"] for message in slow.messages()) == ["Baki 2", "Baki 3"]


def test_replace_if_present_finds_what_came_in_the_same_write(slow: Running, client: Esme) -> None:
    """The order of a window is kept."""
    bodies = [submit_body(text, replaces=1) for text in (b"a", b"b", b"c")]
    client.say(b"".join(client.packed(SUBMIT_SM, body) for body in bodies))
    ids = {client.hear().message_id for _ in bodies}

    assert len(ids) == 1
    assert [message["body"] for message in slow.messages()] == ["c"]


@pytest.mark.parametrize("schedule", [b"190515100000032+", b"000000010000000R"])
def test_a_scheduled_message_comes_in_its_time(start: Start, until: Until, schedule: bytes) -> None:
    """Nobody reads it before; it can be called back and replaced until then."""
    running = start()
    client = running.connect()
    client.bind()
    stays = client.submit(b"nanti", schedule=schedule).message_id
    goes = client.submit(b"tidak", schedule=schedule).message_id

    assert running.messages() == []
    assert state(query(client, stays))[1] == 1
    assert cancel(client, goes).status == 0
    assert replace(client, stays, b"akhirnya").status == 0

    running.control("clock", {"advance": 3600})
    until(running.messages, "it has come")

    assert [message["body"] for message in running.messages()] == ["akhirnya"]


def test_what_does_not_arrive_within_its_validity_expires(slow: Running, client: Esme) -> None:
    """EXPIRED in its receipt and to whoever asks."""
    message_id = client.submit(validity=b"000000000500000R", registered=1).message_id
    slow.control("clock", {"advance": 301})
    receipt = client.hear()

    assert b"stat:EXPIRED err:002" in receipt.body
    assert state(query(client, message_id))[1:] == (3, 2)


def test_what_arrives_in_time_does_not_expire_because_the_clock_jumped(start: Start, until: Until) -> None:
    """Delivered after a second, valid for a minute, looked at after an hour."""
    running = start()
    client = running.connect()
    client.bind()
    client.submit(validity=b"000000000100000R", registered=1)
    until(lambda: running.messages()[0]["status"] == "sent", "the carrier has it")
    running.control("clock", {"advance": 3600})

    assert b"stat:DELIVRD" in client.hear().body
