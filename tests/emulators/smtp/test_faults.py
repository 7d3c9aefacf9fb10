"""What goes wrong with mail when a tester wants it to, by every door."""

from __future__ import annotations

import contextlib
import smtplib
import socket
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from emulators.foundation.clock import Clock
from emulators.foundation.room import Room
from emulators.smtp.mishap_words import MEANINGS, PARAMETERS, STAGES
from emulators.smtp.mishaps import CATALOGUE, asked_by

LETTER = "From: ali@example.com\r\nSubject: {}\r\n\r\nx\r\n"


def _send(address: tuple[str, int], to: str = "siti@example.com", subject: str = "x", header: str = "") -> int:
    """The code that ends the attempt: 250 when the message was acknowledged."""
    with smtplib.SMTP(*address, timeout=10) as client:
        try:
            client.sendmail("ali@example.com", [to], header + LETTER.format(subject))
        except smtplib.SMTPRecipientsRefused as refused:
            return refused.recipients[to][0]
        except smtplib.SMTPResponseException as refused:
            return refused.smtp_code
    return 250


def _subjects(http: httpx.Client) -> list[str]:
    return [message["Subject"] for message in http.get("/api/v1/messages").json()["messages"]]


def _plan(http: httpx.Client, **wish: object) -> None:
    assert http.post("/_control/faults", json=wish).status_code == 200


@pytest.fixture(name="held")
def _held(room: Room) -> None:
    """The worker that brings what was held back."""
    room.workers[1].start()


ASKED = [
    ("x+sandbox.rejected@example.com", "", 550),
    ("x+sandbox.rejected-552@example.com", "", 552),
    ("x+sandbox.data_rejected-554@example.com", "", 554),
    ("x+lain+sandbox.greylisted@example.com", "", 450),
    ("x+sandbox.rejected-999@example.com", "", 250),
    ("x+sandbox.nothing@example.com", "", 250),
    ("sandbox.rejected@example.com", "", 250),
    ("x@example.com", "X-Sandbox-Fault: rejected; code=553\r\n", 553),
    ("x@example.com", "X-Sandbox-Fault:\r\n data_rejected; code=452\r\n", 452),
    ("x@example.com", "X-Sandbox-Fault: nonsense\r\n", 554),
    ("x@example.com", "X-Sandbox-Fault: late; minutes=2\r\n", 554),
    ("x@example.com", "X-Sandbox-Fault: slow; seconds=0\r\n", 250),
]


def test_a_message_asks_for_its_own_fault(address: tuple[str, int], http: httpx.Client) -> None:
    """By its recipient's address or its header; a wish nobody knows is refused in the one and a name in the other."""
    for number, (to, header, code) in enumerate(ASKED):
        assert _send(address, to, f"no-{number}", header) == code, (to, header)

    taken = [f"no-{number}" for number, (_, _, code) in enumerate(ASKED) if code == 250]
    assert _subjects(http) == taken[::-1]


def test_a_planned_fault_strikes_whom_it_names_and_as_often_as_it_says(
    address: tuple[str, int], http: httpx.Client
) -> None:
    """`match` and `count`; the next mail is taken, and the journal knows."""
    _plan(http, name="rejected", count=1, match={"recipient": "siti@*"}, **{"with": {"code": 452}})

    assert [_send(address, to) for to in ("ali@example.com", "siti@example.com", "siti@example.com")] == [250, 452, 250]
    assert [e["kind"] for e in http.get("/_control/journal").json()["entries"]].count("fault rejected") == 1
    assert http.get("/api/v1/info").json()["RuntimeStats"]["SMTPRejected"] == 1


@pytest.mark.parametrize(("name", "code"), [("busy", 421), ("sender_rejected", 451), ("data_rejected", 550)])
def test_a_fault_strikes_at_its_own_stage(address: tuple[str, int], http: httpx.Client, name: str, code: int) -> None:
    """The greeting, MAIL FROM, the end of the data."""
    _plan(http, name=name, count=1)

    if name == "busy":
        with pytest.raises(smtplib.SMTPConnectError) as refused:
            smtplib.SMTP(*address, timeout=10)
        assert refused.value.smtp_code == code
    else:
        assert _send(address) == code
    assert _send(address) == 250


def test_a_sign_in_can_be_refused(address: tuple[str, int], http: httpx.Client) -> None:
    """535 once, for every mechanism; then the same name and password are taken."""
    _plan(http, name="authentication_rejected", count=2)
    with smtplib.SMTP(*address, timeout=10) as client:
        client.ehlo()
        client.user, client.password = "ali", "x"
        for mechanism in ("CRAM-MD5", "PLAIN"):
            method = client.auth_cram_md5 if mechanism == "CRAM-MD5" else client.auth_plain
            with pytest.raises(smtplib.SMTPAuthenticationError) as refused:
                client.auth(mechanism, method, initial_response_ok=False)
            assert refused.value.smtp_code == 535
        client.auth("PLAIN", client.auth_plain)


def test_a_greylisted_sender_is_taken_when_it_comes_again_late_enough(
    address: tuple[str, int], http: httpx.Client, clock: Clock
) -> None:
    """450 until the sandbox's clock has moved on; another recipient begins anew."""
    to = "x+sandbox.greylisted-300@example.com"

    assert [_send(address, to), _send(address, to)] == [450, 450]
    clock.advance(timedelta(seconds=301))
    assert _send(address, to) == 250
    assert _send(address, "y+sandbox.greylisted-300@example.com") == 450


def test_throttling_is_a_rate_and_not_a_chance(address: tuple[str, int], http: httpx.Client, clock: Clock) -> None:
    """Two at once and then one each half minute, by the sandbox's clock."""
    _plan(http, name="throttled", **{"with": {"per_minute": 2, "burst": 2}})

    assert [_send(address) for _ in range(3)] == [250, 250, 450]
    clock.advance(timedelta(seconds=29))
    assert _send(address) == 450
    clock.advance(timedelta(seconds=2))
    assert [_send(address), _send(address)] == [250, 450]


def test_a_line_breaks_in_the_middle_of_the_data(address: tuple[str, int], http: httpx.Client) -> None:
    """No reply, nothing stored, and the next message goes through."""
    _plan(http, name="dropped", count=1, **{"with": {"octets": 10}})
    with socket.create_connection(address, timeout=10) as wire, wire.makefile("rb") as heard:
        wire.sendall(b"HELO c\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n")
        while not heard.readline().startswith(b"354"):
            pass
        wire.sendall(b"Subject: x\r\n\r\n")
        with contextlib.suppress(ConnectionResetError):
            assert heard.read() == b""
    with pytest.raises(smtplib.SMTPServerDisconnected):
        _send(address, header="X-Sandbox-Fault: dropped\r\n")
    with smtplib.SMTP(*address, timeout=1) as client, pytest.raises(smtplib.SMTPServerDisconnected, match=r"closed$"):
        client.sendmail("ali@example.com", ["x+sandbox.dropped@example.com"], "Subject: shorter than octets\r\n\r\n")

    assert _subjects(http) == []
    assert _send(address) == 250


def test_what_is_acknowledged_may_arrive_twice_or_never(address: tuple[str, int], http: httpx.Client) -> None:
    """Two messages with different IDs; none, and the count of what was thrown away."""
    assert _send(address, "x+sandbox.twice@example.com", "dua") == 250
    assert _send(address, "x+sandbox.never@example.com", "tiada") == 250

    assert _subjects(http) == ["dua", "dua"]
    assert len({message["ID"] for message in http.get("/api/v1/messages").json()["messages"]}) == 2
    assert http.get("/api/v1/info").json()["RuntimeStats"]["SMTPIgnored"] == 1


def test_a_late_message_arrives_when_it_is_due(
    address: tuple[str, int], http: httpx.Client, clock: Clock, held: None, until: Callable[..., object]
) -> None:
    """Acknowledged at once with the ID it will have; whoever waits for it is woken."""
    with smtplib.SMTP(*address, timeout=10) as client:
        client.ehlo()
        client.mail("ali@example.com")
        client.rcpt("x+sandbox.late-60@example.com")
        _, words = client.data(LETTER.format("lewat"))
    assert _subjects(http) == []
    clock.advance(timedelta(seconds=61))
    until(lambda: _subjects(http) == ["lewat"], "the late message has arrived")

    assert http.get("/api/v1/messages").json()["messages"][0]["ID"] == words.decode().rpartition(" ")[2]


def test_a_late_message_survives_a_restart(
    address: tuple[str, int], make_room: Callable[..., Room], clock: Clock, until: Callable[..., object]
) -> None:
    """It was acknowledged, so it lies in the store: another process brings it."""
    assert _send(address, "x+sandbox.late@example.com", "lewat") == 250
    clock.advance(timedelta(hours=1))
    second = make_room()
    second.workers[1].start()

    until(lambda: second.totals() == {"messages": {"count": 1}}, "the second process has delivered it")


def test_a_message_is_overtaken_by_the_next(address: tuple[str, int], http: httpx.Client, held: None) -> None:
    """Sent first, arrives second."""
    for to, subject in (("x+sandbox.out_of_order@example.com", "pertama"), ("y@example.com", "kedua")):
        assert _send(address, to, subject) == 250

    assert _subjects(http) == ["pertama", "kedua"]


def test_a_reset_forgets_what_was_planned_and_who_was_seen(
    address: tuple[str, int], http: httpx.Client, clock: Clock
) -> None:
    """Plans, greylisted senders and mail that was held back are gone."""
    to = "x+sandbox.greylisted-10@example.com"
    _send(address, to)
    _send(address, "x+sandbox.late@example.com")
    _plan(http, name="never")
    clock.advance(timedelta(hours=1))
    assert http.post("/_control/reset").status_code == 200

    assert _send(address, to) == 450
    assert _send(address) == 250
    assert _subjects(http) == ["x"]


def test_the_page_plans_and_lifts_and_says_what_is_wrong(address: tuple[str, int], http: httpx.Client) -> None:
    """A form for every field of a plan; a wish that cannot be read keeps what was typed."""
    form = {"name": "rejected", "count": "1", "with": "code=554", "match": "recipient=siti@*"}
    assert http.post("/faults", data=form).status_code == 303
    assert _send(address) == 554
    wrong = http.post("/faults", data={"name": "late", "with": "hours=<b>"})
    listed = http.get("/faults").text

    assert (wrong.status_code, "hours" in wrong.text, "<b>" in wrong.text) == (422, True, False)
    assert 'data-testid="plan"' in listed
    assert "SANDBOX" in listed
    assert http.post("/faults/lift").status_code == 303
    assert 'data-testid="plan"' not in http.get("/faults").text.replace('data-testid="plan-form"', "").replace(
        'data-testid="plan">Rancang', ""
    )
    assert http.post("/faults", data=form, headers={"Origin": "http://evil.invalid"}).status_code == 401


def test_every_fault_has_words_for_the_page() -> None:
    """Name, stage and each parameter; an address can ask for each."""
    for fault in CATALOGUE:
        assert fault.name in MEANINGS
        assert {*fault.takes} <= {*PARAMETERS}
        assert fault.stage in STAGES
        assert asked_by(f"x+sandbox.{fault.name}@example.com") == fault.name
    assert asked_by("x+sandbox.late-30+sandbox.twice@y") == "late; seconds=30, twice"
