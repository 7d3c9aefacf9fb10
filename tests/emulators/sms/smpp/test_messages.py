"""What is submitted becomes one message for whoever reads, whatever way it was cut and encoded."""

from __future__ import annotations

import random
import threading
from typing import Any

import pytest

from tests.emulators.sms.smpp.conftest import Running, Start
from tests.emulators.sms.smpp.esme import SUBMIT_SM, Esme, submit_body, tlv

SUBMIT_MULTI, DATA_SM = 0x21, 0x103
RESPONSE = 0x80000000
GSM, BINARY, UCS_2 = 0, 4, 8


def number() -> tuple[bytes, str]:
    """A recipient no other test writes to: its digits, and its E.164 spelling."""
    digits = f"6011{random.SystemRandom().randrange(10**8):08d}"
    return digits.encode(), f"+{digits}"


@pytest.mark.parametrize(
    ("octets", "data_coding", "text", "encoding"),
    [
        (b"Kod anda 123456 \x1b\x65\x00", GSM, "Kod anda 123456 €@", "GSM-7"),
        (b"Kod [1]", 1, "Kod [1]", "GSM-7"),
        (b"caf\xe9", 3, "café", "GSM-7"),
        ("Kod 你好 👍".encode("utf-16-be"), UCS_2, "Kod 你好 👍", "UCS-2"),
        ("Kod 1234".encode("utf-16-be"), UCS_2, "Kod 1234", "UCS-2"),
        (b"\x00\x01\xff", BINARY, "00 01 ff", "8-bit"),
        (b"", GSM, "", "GSM-7"),
    ],
)
def test_a_text_in_any_encoding_is_read(
    centre: Running, esme: Esme, octets: bytes, data_coding: int, text: str, encoding: str
) -> None:
    """The reader sees the text, the door it came by, and how it was encoded."""
    digits, to = number()
    answer = esme.submit(octets, to=digits, data_coding=data_coding)
    message = centre.messages(to)[0]

    assert (message["body"], message["via"], message["encoding"]) == (text, "smpp", encoding)
    assert [(part["message_id"], part["data_coding"], part["octets"]) for part in message["smpp_parts"]] == [
        (answer.message_id, data_coding, len(octets))
    ]


@pytest.mark.parametrize(
    ("octets", "data_coding", "segments"),
    [
        (b"x" * 160, GSM, 1),
        (b"\x1b\x65" * 80, GSM, 1),
        ("x" * 70, UCS_2, 1),
        ("x" * 71, UCS_2, 2),
        (b"\0" * 140, BINARY, 1),
        (b"\0" * 141, BINARY, 2),
    ],
)
def test_what_a_text_costs_is_counted_in_the_clients_own_alphabet(
    centre: Running, esme: Esme, octets: bytes | str, data_coding: int, segments: int
) -> None:
    """UCS-2 stays UCS-2 although GSM-7 could say the same."""
    digits, to = number()
    text = octets.encode("utf-16-be") if isinstance(octets, str) else octets
    esme.submit(b"", to=digits, data_coding=data_coding, tlvs=tlv(0x0424, text))

    assert centre.messages(to)[0]["num_segments"] == segments


def test_codes_and_waiting_work_for_smpp(centre: Running, esme: Esme) -> None:
    """The code in one call, the moment it arrives."""
    digits, to = number()
    client = centre.room.app.test_client()
    told: list[Any] = []
    waiter = threading.Thread(target=lambda: told.append(client.get(f"/api/v1/wait?to={to}&timeout=5").get_json()))
    waiter.start()
    esme.submit(b"Kod pengesahan anda ialah 739201.", to=digits)
    waiter.join(5)

    assert told[0]["message"]["codes"][0]["value"] == "739201"
    assert told[0]["message"]["smpp_parts"]


PARTS = ["Kod pengesahan ", "anda ialah 739", "201. Sah 5 minit."]


def eight_bit(reference: int, total: int, place: int) -> dict[str, Any]:
    """A header with a reference of one octet."""
    return {"esm_class": 0x40, "header": bytes((5, 0, 3, reference, total, place))}


def sixteen_bit(reference: int, total: int, place: int) -> dict[str, Any]:
    """A header with a reference of two octets, after an element of another kind."""
    return {"esm_class": 0x40, "header": bytes((12, 5, 4, 0, 1, 0, 2, 8, 4, 1, reference, total, place))}


def sar(reference: int, total: int, place: int) -> dict[str, Any]:
    """The three optional parameters."""
    tlvs = tlv(0x020C, bytes((0, reference))) + tlv(0x020E, bytes([total])) + tlv(0x020F, bytes([place]))
    return {"tlvs": tlvs, "header": b""}


@pytest.mark.parametrize("cut", [eight_bit, sixteen_bit, sar])
@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2)])
@pytest.mark.parametrize(("data_coding", "codec"), [(GSM, "ascii"), (UCS_2, "utf-16-be")])
def test_the_parts_of_a_text_are_joined(
    centre: Running, esme: Esme, cut: Any, order: tuple[int, ...], data_coding: int, codec: str
) -> None:
    """One message in the right order, each part with its own message_id; nothing is shown before the last is there."""
    digits, to = number()
    ids = {}
    for place in order:
        assert centre.messages(to) == []
        how = cut(77, 3, place)
        header = how.pop("header")
        text = header + PARTS[place - 1].encode(codec)
        ids[place] = esme.submit(text, to=digits, data_coding=data_coding, **how).message_id
    message = centre.messages(to)[0]

    assert message["body"] == "".join(PARTS)
    assert message["codes"][0]["value"] == "739201"
    assert message["num_segments"] == 3
    assert [part["message_id"] for part in message["smpp_parts"]] == [ids[1], ids[2], ids[3]]
    assert len(set(ids.values())) == 3


def test_a_character_cut_in_two_is_whole_again(centre: Running, esme: Esme) -> None:
    """A client that cuts by octets may cut a surrogate pair."""
    digits, to = number()
    octets = "Hai 👍!".encode("utf-16-be")
    for place, text in ((1, octets[:10]), (2, octets[10:])):
        esme.submit(bytes((5, 0, 3, 9, 2, place)) + text, to=digits, data_coding=UCS_2, esm_class=0x40)

    assert centre.messages(to)[0]["body"] == "Hai 👍!"


def test_texts_cut_alike_at_once_are_kept_apart(centre: Running) -> None:
    """The same reference to two recipients, from two clients, and again for the next text."""
    first, second = number(), number()
    one, other = centre.connect(), centre.connect()
    one.bind(name="one")
    other.bind(name="other")
    for place in (1, 2):
        for client, who in ((one, b"one"), (other, b"other")):
            for digits, _ in (first, second):
                client.submit(bytes((5, 0, 3, 1, 2, place)) + who + b"%d" % place, to=digits, esm_class=0x40)
    for place in (1, 2):
        one.submit(bytes((5, 0, 3, 1, 2, place)) + b"again%d" % place, to=first[0], esm_class=0x40)

    assert {message["body"] for message in centre.messages(first[1])} == {"one1one2", "other1other2", "again1again2"}
    assert {message["body"] for message in centre.messages(second[1])} == {"one1one2", "other1other2"}


def test_a_part_sent_again_replaces_the_first(centre: Running, esme: Esme) -> None:
    """A client that timed out repeats itself."""
    digits, to = number()
    for place, text in ((1, b"lama"), (1, b"baru"), (2, b"!")):
        esme.submit(bytes((5, 0, 3, 1, 2, place)) + text, to=digits, esm_class=0x40)

    assert centre.messages(to)[0]["body"] == "baru!"


def test_a_text_whose_part_never_comes_is_shown_without_it(start: Start, until: Any) -> None:
    """After its time by the clock of the sandbox, and said in the journal."""
    running = start(smpp_parts_seconds=30)
    client = running.connect()
    client.bind()
    for place in (1, 3):
        client.submit(bytes((5, 0, 3, 1, 3, place)) + b"p%d" % place, esm_class=0x40)
    assert running.messages() == []

    running.control("clock", {"advance": 31})
    until(running.messages, "the text is shown")

    assert running.messages()[0]["body"] == "p1…p3"
    assert running.journal("smpp_incomplete")[0]["facts"] == {"parts": 2, "of": 3}


@pytest.mark.parametrize(
    "header", [bytes((5, 0, 3, 1, 1, 1)), bytes((5, 0, 3, 1, 2, 3)), bytes((5, 0, 3, 1, 0, 0)), bytes((2, 0x24, 0))]
)
def test_a_header_that_names_no_part_is_taken_off_and_that_is_all(centre: Running, esme: Esme, header: bytes) -> None:
    """One part of one, a part beyond the last, another element: the text is whole."""
    digits, to = number()
    esme.submit(header + b"whole", to=digits, esm_class=0x40)

    assert centre.messages(to)[0]["body"] == "whole"


def test_message_payload_carries_a_long_text(centre: Running, esme: Esme) -> None:
    """Past what short_message holds."""
    digits, to = number()
    esme.submit(b"", to=digits, tlvs=tlv(0x0424, b"panjang " * 100))

    assert centre.messages(to)[0]["body"] == "panjang " * 100
    assert centre.messages(to)[0]["num_segments"] == 6


def test_data_sm_is_a_submission(centre: Running, esme: Esme) -> None:
    """Its text is in message_payload; without one it is refused."""
    digits, to = number()
    head = b"\0\1\1" + b"60110000009\0" + b"\1\1" + digits + b"\0" + bytes(3)
    answer = esme.ask(DATA_SM, head + tlv(0x0424, b"by data_sm"))

    assert (answer.command, answer.status) == (DATA_SM | RESPONSE, 0)
    assert centre.messages(to)[0]["smpp_parts"][0]["message_id"] == answer.message_id
    assert esme.ask(DATA_SM, head).status == 0xC3


def test_submit_multi_goes_to_all_and_names_whom_it_cannot_reach(centre: Running, esme: Esme) -> None:
    """One message_id for all of them."""
    (first, one), (second, two) = number(), number()
    targets = b"\1\1\1" + first + b"\0" + b"\1\0\0nobody\0" + b"\1\1\1" + second + b"\0"
    tail = bytes(3) + b"\0\0" + bytes(4) + b"\x05hello"
    answer = esme.ask(SUBMIT_MULTI, b"\0\3\x0068833\0\3" + targets + tail)
    message_id, _, rest = answer.body.partition(b"\0")

    assert (answer.command, answer.status) == (SUBMIT_MULTI | RESPONSE, 0)
    assert rest == b"\1\0\0nobody\0\0\0\0\x0b"
    assert [centre.messages(to)[0]["smpp_parts"][0]["message_id"] for to in (one, two)] == [message_id.decode()] * 2


@pytest.mark.parametrize(
    ("targets", "status"),
    [
        (b"\0", 0x33),
        (b"\xff" + b"\1\1\x0160110000001\0" * 255, 0x33),
        (b"\1\2friends\0", 0x34),
        (b"\1\x09x\0", 0x40),
        (b"\1\1\0\0nobody\0", 0x0B),
        (b"\2\1\1\x0160110000001\0", 0x40),
    ],
)
def test_a_submit_multi_to_nobody_is_refused(esme: Esme, targets: bytes, status: int) -> None:
    """No destinations, too many, a list, another kind, none that can be sent to, fewer than announced."""
    tail = bytes(3) + b"\0\0" + bytes(4) + b"\x05hello"

    assert esme.ask(SUBMIT_MULTI, b"\0\3\x0068833\0" + targets + tail).status == status


def test_the_alphabet_of_zero_is_a_setting(start: Start) -> None:
    """Some centres mean Latin-1."""
    running = start(smpp_alphabet="ISO-8859-1")
    client = running.connect()
    client.bind()
    client.submit(b"\xa3 5 @")

    assert running.messages()[0]["body"] == "£ 5 @"


def test_the_thread_shows_door_parts_and_encodings(centre: Running, esme: Esme) -> None:
    """To a person, on the number's page."""
    digits, to = number()
    answer = esme.submit("你好".encode("utf-16-be"), to=digits, data_coding=UCS_2)
    page = centre.room.app.test_client().get(f"/numbers/{to}").text

    assert "SMPP" in page
    assert "UCS-2 (data_coding 8), 4 oktet" in page
    assert answer.message_id in page


def test_a_text_cannot_break_the_page(centre: Running, esme: Esme) -> None:
    """Neither by itself nor by the names around it."""
    digits, to = number()
    hostile = centre.connect()
    hostile.bind(name="<b>x</b>")
    hostile.submit(b"<script>alert(1)</script>\x00", to=digits, data_coding=3)
    page = centre.room.app.test_client().get(f"/numbers/{to}").text

    assert "<script>alert" not in page
    assert "<b>x</b>" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


def test_a_big_window_over_several_binds_is_stored_whole(centre: Running) -> None:
    """Four clients with a hundred outstanding each: every answer has another message_id, and every text is there."""
    digits, to = number()
    clients = [centre.connect() for _ in range(4)]
    for client in clients:
        client.bind()
    for at, client in enumerate(clients):
        bodies = (submit_body(b"%d-%d" % (at, count), to=digits) for count in range(100))
        client.say(b"".join(client.packed(SUBMIT_SM, body) for body in bodies))
    ids = [client.hear().message_id for client in clients for _ in range(100)]
    found = centre.room.app.test_client().get(f"/api/v1/messages?to={to}&limit=1000").get_json()["messages"]

    assert len(set(ids)) == 400
    assert {message["body"] for message in found} == {f"{at}-{count}" for at in range(4) for count in range(100)}
