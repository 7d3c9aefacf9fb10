"""Receipts tell what became of a message: by the room's clock, to whoever listens, until they are answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from emulators.sms.smpp.receipts import MessageState, wanted
from tests.emulators.sms.smpp.conftest import Running, Start
from tests.emulators.sms.smpp.esme import BIND_RECEIVER, BIND_TRANSMITTER, SUBMIT_SM, Esme, Said, submit_body, tlv

DELIVER_SM, RESPONSE = 0x05, 0x80000000
ENQUIRE_LINK = 0x15
Until = Callable[..., Any]


def read(said: Said) -> dict[str, Any]:
    """The fields of a deliver_sm that carries a receipt."""
    assert said.command == DELIVER_SM
    body = said.body[1:]
    source_ton, source_npi = body[:2]
    source, _, body = body[2:].partition(b"\0")
    target_ton, target_npi = body[:2]
    target, _, body = body[2:].partition(b"\0")
    length = body[9]
    assert body[1:9] == bytes(8)
    text, rest = body[10 : 10 + length].decode(), body[10 + length :]
    tlvs = {}
    while rest:
        tag, size = int.from_bytes(rest[:2]), int.from_bytes(rest[2:4])
        tlvs[tag], rest = rest[4 : 4 + size], rest[4 + size :]
    return {
        "source": (source_ton, source_npi, source),
        "target": (target_ton, target_npi, target),
        "esm_class": body[0],
        "text": text,
        "tlvs": tlvs,
    }


def answer(client: Esme, said: Said, status: int = 0) -> None:
    """Take the receipt, or not."""
    client.say(client.packed(DELIVER_SM | RESPONSE, b"\0", said.sequence, status))


def bound(running: Running, name: str = "esme", command: int = 0x09) -> Esme:
    """A client of that name."""
    client = running.connect()
    assert client.bind(command, name=name).status == 0
    return client


def owed(running: Running) -> int:
    """How many receipts the store still owes."""
    database = running.room.workers[-1]._exchange._notices._database  # type: ignore[attr-defined]  # its own count
    with database.read() as connection:
        query = "SELECT count(*) FROM smpp_submissions WHERE owed > 0"
        return int(connection.exec_driver_sql(query).scalar_one())


def test_a_receipt_tells_of_the_delivery(start: Start, until: Until) -> None:
    """Text of Appendix B, both parameters, the addresses turned round; by the held clock, and paid once answered."""
    running = start()
    client = bound(running)
    accepted = client.submit(
        b"Kod anda ialah 123456. Sah 5 minit.",
        registered=1,
        tlvs=tlv(0x0204, b"\x12\x34"),
        source=b"PERKESO",
        source_ton=5,
    )
    until(lambda: running.messages()[0]["status"] == "sent", "the carrier has it")
    running.control("clock", {"advance": 120})
    said = client.hear()
    receipt = read(said)

    assert receipt == {
        "source": (1, 1, b"60110000001"),
        "target": (5, 0, b"PERKESO"),
        "esm_class": 0x04,
        "text": f"id:{accepted.message_id} sub:001 dlvrd:001 submit date:1905150900 done date:1905150902 "
        "stat:DELIVRD err:000 text:Kod anda ialah 12345",
        "tlvs": {0x001E: accepted.message_id.encode() + b"\0", 0x0427: b"\2", 0x0204: b"\x12\x34"},
    }
    assert owed(running) == 1

    answer(client, said)
    until(lambda: owed(running) == 0, "it is paid")


@pytest.mark.parametrize(
    ("event", "stat", "state", "err"),
    [("lose", "UNDELIV", 5, "003"), ("refuse", "REJECTD", 8, "008"), ("cancel", "DELETED", 4, "003")],
)
def test_a_failure_is_told_too(start: Start, until: Until, event: str, stat: str, state: int, err: str) -> None:
    """What a tester decided at the control door."""
    running = start(sent_after=3600)
    client = bound(running)
    client.submit(registered=1)
    until(running.messages, "it is stored")
    sid = running.messages()[0]["sid"]
    if event == "cancel":
        until(lambda: running.messages()[0]["status"] == "sending", "the carrier takes it")
        running.control("delivery", {"sid": sid, "event": "withdraw"})
    elif event == "lose":
        until(lambda: running.messages()[0]["status"] == "sending", "the carrier takes it")
        running.control("delivery", {"sid": sid, "event": "hand_over"})
        running.control("delivery", {"sid": sid, "event": "lose"})
    else:
        until(lambda: running.messages()[0]["status"] == "sending", "the carrier takes it")
        running.control("delivery", {"sid": sid, "event": "refuse"})
    receipt = read(client.hear())

    assert f"dlvrd:000 submit date:1905150900 done date:1905150900 stat:{stat} err:{err} " in receipt["text"]
    assert receipt["tlvs"][0x0427] == bytes([state])


@pytest.mark.parametrize(
    ("registered", "delivered", "lost"),
    [(0, False, False), (1, True, True), (2, False, True), (3, True, False), (0x10, False, False), (0x11, True, True)],
)
def test_the_client_chooses_what_it_is_told(registered: int, delivered: bool, lost: bool) -> None:
    """Never, always, of failures, of success (5.0); an intermediate notification is another matter."""
    assert wanted(registered, MessageState.DELIVERED) is delivered
    assert wanted(registered, MessageState.UNDELIVERABLE) is lost


def test_an_intermediate_notification_comes_before_the_receipt(start: Start, until: Until) -> None:
    """esm_class 0x20 and ENROUTE once the carrier has it, then the receipt."""
    running = start()
    client = bound(running)
    client.submit(registered=0x11)
    first = client.hear()
    answer(client, first)
    running.control("clock", {"advance": 5})
    second = client.hear()
    answer(client, second)

    assert (read(first)["esm_class"], read(second)["esm_class"]) == (0x20, 0x04)
    assert "stat:ENROUTE" in read(first)["text"]
    assert "stat:DELIVRD" in read(second)["text"]
    until(lambda: owed(running) == 0, "both are paid")


def test_each_part_has_its_receipt(start: Start) -> None:
    """Once the whole is delivered."""
    running = start(delivered_after=0)
    client = bound(running)
    ids = [
        client.submit(bytes((5, 0, 3, 1, 2, place)) + b"p", esm_class=0x40, registered=1).message_id for place in (1, 2)
    ]

    assert [re.match(r"id:(\d+)", read(client.hear())["text"])[1] for _ in ids] == ids  # type: ignore[index]


def test_a_receiver_gets_what_a_transmitter_submitted(start: Start) -> None:
    """Two binds of one client, as the protocol began."""
    running = start(delivered_after=0)
    transmitter, receiver = bound(running, command=BIND_TRANSMITTER), bound(running, command=BIND_RECEIVER)
    stranger = bound(running, "stranger")
    accepted = transmitter.submit(registered=1)

    assert accepted.message_id in read(receiver.hear())["text"]
    assert stranger.ask(ENQUIRE_LINK).command == ENQUIRE_LINK | RESPONSE


def test_each_session_gets_its_own_receipts(start: Start) -> None:
    """Tests that run side by side under one name do not take each other's."""
    running = start(delivered_after=0)
    clients = [bound(running) for _ in range(3)]
    ids = [client.submit(registered=1).message_id for client in clients]

    assert all(ids[at] in read(client.hear())["text"] for at, client in enumerate(clients))


def test_a_receipt_waits_for_a_client_that_is_away_and_outlives_the_room(start: Start, until: Until) -> None:
    """Nobody listens, the room ends and comes back on its store: the next bind brings it, however late."""
    running = start(delivered_after=0)
    client = bound(running)
    accepted = client.submit(registered=1)
    client.close()
    until(lambda: running.messages()[0]["status"] == "delivered", "it is delivered")
    for worker in running.room.workers:
        worker.stop()
    again = start(delivered_after=0)

    assert accepted.message_id in read(bound(again, command=BIND_RECEIVER).hear())["text"]


def test_what_was_not_answered_goes_to_the_next_session(start: Start) -> None:
    """A client that dies with a receipt in its hands costs it nothing."""
    running = start(delivered_after=0)
    first = bound(running)
    accepted = first.submit(registered=1)
    first.hear()
    first.close()

    assert accepted.message_id in read(bound(running).hear())["text"]


def test_a_receipt_is_sent_again_until_it_is_answered(start: Start) -> None:
    """After the response timer."""
    client = bound(start(delivered_after=0, smpp_response_seconds=0.2))
    client.submit(registered=1)
    first, second = client.hear(), client.hear()

    assert first.body == second.body
    assert first.sequence != second.sequence


def test_a_receipt_that_is_refused_is_not_sent_again(start: Start, until: Until) -> None:
    """RX_P_APPN says never; the journal says so."""
    running = start(delivered_after=0)
    client = bound(running)
    client.submit(registered=1)
    answer(client, client.hear(), 0x65)
    until(lambda: owed(running) == 0, "it is given up")
    until(lambda: running.journal("smpp_receipt_refused"), "it is said")


def test_no_more_receipts_are_outstanding_than_the_window_allows(start: Start) -> None:
    """The next comes when one is answered."""
    client = bound(start(delivered_after=0, smpp_receipt_window=2))
    client.say(b"".join(client.packed(SUBMIT_SM, submit_body(registered=1)) for _ in range(5)))
    heard = [client.hear() for _ in range(7)]
    receipts = [each for each in heard if each.command == DELIVER_SM]
    client.say(client.packed(ENQUIRE_LINK))

    assert client.hear().command == ENQUIRE_LINK | RESPONSE

    for each in receipts:
        answer(client, each)
    receipts += [client.hear(), client.hear()]

    assert len({each.body for each in receipts}) == 4


@pytest.mark.parametrize(
    ("style", "answered", "receipted"),
    [("decimal", "1000000001", "1000000001"), ("hex", "3B9ACA01", "3B9ACA01"), ("mixed", "3B9ACA01", "1000000001")],
)
def test_how_a_message_id_is_written_is_a_setting(start: Start, style: str, answered: str, receipted: str) -> None:
    """Some centres answer in hex and receipt in decimal; queries take what was answered."""
    client = bound(start(delivered_after=0, smpp_message_ids=style))
    accepted = client.submit(registered=1)

    assert accepted.message_id == answered
    assert read(client.hear())["text"].startswith(f"id:{receipted} ")
    assert client.ask(0x03, answered.encode() + b"\0" + bytes(3)).status == 0


def test_the_magic_numbers_end_with_their_receipts(start: Start, until: Until) -> None:
    """A recipient of the reserved block is never reached, by SMPP as by HTTP."""
    running = start()
    client = bound(running)
    client.submit(to=b"601109999901", registered=1)
    until(lambda: running.journal("sent"), "the carrier has it")
    running.control("clock", {"advance": 5})

    assert "stat:UNDELIV err:003" in read(client.hear())["text"]
