"""What is wrong is answered with the protocol's own error, and the session goes on; what cannot go on hurts nobody."""

from __future__ import annotations

import random
import socket
import struct

import pytest

from tests.emulators.sms.smpp.conftest import Running
from tests.emulators.sms.smpp.esme import HEADER, SUBMIT_SM, Esme, submit_body, tlv

GENERIC_NACK = 0x80000000
ENQUIRE_LINK = 0x15
WHOLE = submit_body()
BROKEN = {
    "empty": (b"", 0x02),
    "no NUL anywhere": (b"x" * 30, 0x02),
    "ends in the addresses": (WHOLE[:12], 0x02),
    "ends before the length": (WHOLE[: -len(b"Kod 123456") - 1], 0x02),
    "short_message shorter than sm_length": (WHOLE[:-1], 0x01),
    "sm_length 255": (submit_body(b"x" * 255), 0x01),
    "service_type too long": (submit_body(service_type=b"x" * 6), 0x15),
    "source too long": (submit_body(source=b"6" * 21), 0x0A),
    "destination too long": (submit_body(to=b"6" * 21), 0x0B),
    "destination no number": (submit_body(to=b"nobody"), 0x0B),
    "source no address": (submit_body(source=b"<b>"), 0x0A),
    "source TON": (submit_body(source_ton=7), 0x48),
    "source NPI": (submit_body(source_npi=7), 0x49),
    "destination TON": (submit_body(to_ton=200), 0x50),
    "destination NPI": (submit_body(to_npi=200), 0x51),
    "esm_class of a receipt": (submit_body(esm_class=0x04), 0x43),
    "header announced, none there": (submit_body(b"", esm_class=0x40), 0x43),
    "header longer than the text": (submit_body(b"\xffabc", esm_class=0x40), 0x43),
    "element longer than its header": (submit_body(b"\x03\x00\x09\x01abc", esm_class=0x40), 0x43),
    "priority": (submit_body(priority=4), 0x06),
    "registered_delivery": (submit_body(registered=0xE0), 0x07),
    "replace_if_present": (submit_body(replaces=2), 0x54),
    "schedule no time": (submit_body(schedule=b"soon"), 0x61),
    "schedule too long": (submit_body(schedule=b"1" * 17), 0x61),
    "schedule long ago": (submit_body(schedule=b"180515090000032+"), 0x61),
    "validity no time": (submit_body(validity=b"190515090000032*"), 0x62),
    "validity long ago": (submit_body(validity=b"180515090000032+"), 0x62),
    "predefined message": (submit_body(predefined=3), 0x63),
    "TLV head cut": (submit_body(tlvs=b"\x04\x24\x00"), 0xC0),
    "TLV value cut": (submit_body(tlvs=b"\x04\x24\xff\xff\x00"), 0xC0),
    "TLV length": (submit_body(tlvs=tlv(0x020C, b"\1")), 0xC2),
    "two texts": (submit_body(b"one", tlvs=tlv(0x0424, b"two")), 0xC1),
    "sar without number": (submit_body(tlvs=tlv(0x020C, b"\0\1") + tlv(0x020E, b"\2")), 0xC3),
    "sar beyond its total": (
        submit_body(tlvs=tlv(0x020C, b"\0\1") + tlv(0x020E, b"\2") + tlv(0x020F, b"\3")),
        0xC4,
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_submission_has_its_own_status(esme: Esme, case: str) -> None:
    """No body comes with it, and the next submission is taken."""
    body, status = BROKEN[case]
    answer = esme.ask(SUBMIT_SM, body)

    assert (answer.command, answer.status, answer.body) == (SUBMIT_SM | GENERIC_NACK, status, b"")
    assert esme.submit().status == 0


@pytest.mark.parametrize("command", [0x0A, 0x0C, 0x22, 0x111, 0x7FFFFFFF])
def test_an_unknown_command_is_nacked(esme: Esme, command: int) -> None:
    """RINVCMDID with its sequence number; the session goes on."""
    esme.say(esme.packed(command, b"whatever", sequence=77))

    assert esme.hear().head == (GENERIC_NACK, 0x03, 77)
    assert esme.ask(ENQUIRE_LINK).status == 0


def test_answers_nobody_asked_for_are_ignored(esme: Esme) -> None:
    """So are outbind and alert_notification, which have no answer."""
    for command in (0x80000005, 0x80000015, 0x80001234, GENERIC_NACK, 0x0B, 0x102):
        esme.say(esme.packed(command, sequence=5))

    assert esme.ask(ENQUIRE_LINK).status == 0


@pytest.mark.parametrize("length", [0, 4, 15, 131_073, 0x7FFFFFFF, 0xFFFFFFFF])
def test_a_hostile_length_ends_its_session_and_no_other(centre: Running, length: int) -> None:
    """What came before is answered, then RINVCMDLEN, then the centre hangs up; the neighbour goes on."""
    neighbour, client = centre.connect(), centre.connect()
    neighbour.bind()
    client.bind()
    client.say(client.packed(SUBMIT_SM, WHOLE, sequence=8) + struct.pack(">IIII", length, SUBMIT_SM, 0, 9) + b"x" * 50)

    assert client.hear().head == (SUBMIT_SM | GENERIC_NACK, 0, 8)
    assert client.hear().head == (GENERIC_NACK, 0x02, 9 if length > 16 else 0)
    assert client.hung_up()
    assert neighbour.submit().status == 0


def test_a_client_that_ends_within_a_pdu_costs_nothing(centre: Running) -> None:
    """Also one that resets the connection with answers outstanding."""
    before = len(centre.messages("+60110000055"))
    client = centre.connect()
    client.bind()
    body = submit_body(to=b"60110000055")
    client.say(client.packed(SUBMIT_SM, body) + client.packed(SUBMIT_SM, body)[:20])
    client.hear()
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # the end is a reset
    client.close()
    other = centre.connect()

    assert other.bind().status == 0
    assert len(centre.messages("+60110000055")) == before + 1


@pytest.mark.parametrize("seed", range(12))
def test_garbage_never_silences_the_centre(centre: Running, seed: int) -> None:
    """Random bodies under every command, and bit flips in good ones: each is answered or ends its own session."""
    source, client = random.Random(seed), centre.connect()
    client.bind()
    commands = (1, 2, 3, 4, 5, 6, 7, 8, 9, 0x0B, 0x15, 0x21, 0x102, 0x103)
    try:
        for _ in range(30):
            body = bytearray(source.choice((WHOLE, source.randbytes(source.randrange(80)))))
            for _ in range(source.randrange(4)):
                if body:
                    body[source.randrange(len(body))] = source.randrange(256)
            client.say(client.packed(source.choice(commands), bytes(body)))
        client.say(source.randbytes(60))
    except OSError:
        pass  # it was hung up on, which is an answer too
    client.close()
    neighbour = centre.connect()

    assert neighbour.bind().status == 0
    assert neighbour.submit().status == 0
    neighbour.close()


def test_http_on_the_smpp_port_is_answered_and_dropped(centre: Running) -> None:
    """ "GET " as a length is beyond any PDU; its fourth number is taken for the sequence number."""
    client, request = centre.connect(), b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
    client.say(request)

    assert client.hear().head == (GENERIC_NACK, 0x02, HEADER.unpack_from(request)[3])
    assert client.hung_up()


def test_what_was_refused_is_in_the_journal_with_its_reason(centre: Running, esme: Esme) -> None:
    """A person finds out why without a debugger."""
    esme.submit(to=b"nobody")
    esme.submit()
    entry = centre.journal("smpp_refused")[-1]

    assert entry["facts"]["status"] == "RINVDSTADR"
    assert "'nobody'" in entry["facts"]["why"]
