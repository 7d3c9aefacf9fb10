"""Faults: one catalogue, asked for by number, header, parameter or plan; what each does to a message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from emulators.foundation.clock import Clock
from emulators.foundation.room import Room
from emulators.sms.fault_catalogue import CATALOGUE
from emulators.sms.fault_numbers import MAGIC_ENDINGS
from emulators.sms.troubles import Rates

ACCOUNT = "AC" + "0" * 31 + "1"
COLLECTION = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
TO = "+60110000001"
GOOD = {"To": TO, "From": "68833", "Body": "x"}
Until = Callable[..., object]


def bodies(http: httpx.Client) -> list[str]:
    """What the handset shows, newest first."""
    return [message["body"] for message in http.get("/api/v1/messages", params={"to": TO}).json()["messages"]]


def plan(http: httpx.Client, **wish: object) -> str:
    """Plan a fault; its id."""
    answer = http.post("/_control/faults", json=wish)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


MET: list[tuple[dict[str, str], int, int | None]] = [
    ({"From": "+15005550001"}, 400, 21212),
    ({"From": "+15005550007"}, 400, 21606),
    ({"From": "+15005550008"}, 429, 21611),
    ({"From": "+15005550005"}, 400, 21606),
    ({"From": "+15005550006"}, 201, None),
    ({"To": "+15005550001"}, 400, 21211),
    ({"To": "+15005550002"}, 400, 21612),
    ({"To": "+15005550003"}, 400, 21408),
    ({"To": "+15005550004"}, 400, 21610),
    ({"To": "+15005550009"}, 400, 21614),
    ({"To": "+601109999910"}, 400, 21610),
    ({"To": "+601109999911"}, 400, 21614),
    ({"To": "+601109999912"}, 429, 20429),
    ({"To": "+601109999913"}, 429, 21611),
    ({"SandboxFault": "rejected; code=21408"}, 400, 21408),
    ({"SandboxFault": "throttled"}, 429, 20429),
]


def test_a_request_meets_its_fault(http: httpx.Client) -> None:
    """Twilio's magic numbers, the sandbox's, and the parameter: the code, and nothing stored when refused."""
    for form, status, code in MET:
        answer = http.post(COLLECTION, data={**GOOD, **form})
        assert (answer.status_code, answer.json().get("code")) == (status, code), form

    taken = sum(status == 201 for _, status, _ in MET)
    assert http.get("/_control/totals").json()["messages"]["count"] == taken == 1


def test_a_header_asks_for_one_request_only(http: httpx.Client) -> None:
    """Throttled now, taken the next time."""
    first = http.post(COLLECTION, data=GOOD, headers={"X-Sandbox-Fault": "throttled"})

    assert (first.status_code, first.json()["code"]) == (429, 20429)
    assert http.post(COLLECTION, data=GOOD).status_code == 201


def test_a_fault_nobody_knows_is_refused_with_those_there_are(http: httpx.Client) -> None:
    """A typing mistake does not pass for a fault that never strikes."""
    answer = http.post(COLLECTION, data=GOOD, headers={"X-Sandbox-Fault": "throtled"})

    assert answer.status_code == 400
    assert "throttled" in answer.json()["error"]


def test_a_plan_strikes_its_number_as_often_as_planned(http: httpx.Client) -> None:
    """Twice rejected, then taken; another number is left alone; a reset lifts what is left."""
    plan(http, name="rejected", count=2, match={"to": TO})
    plan(http, name="queue_full", match={"via": "mocean"})

    assert http.post(COLLECTION, data={**GOOD, "To": "+60110000002"}).status_code == 201
    assert [http.post(COLLECTION, data=GOOD).status_code for _ in range(3)] == [400, 400, 201]
    http.post("/_control/reset")
    assert http.get("/_control/faults").json()["planned"] == []


def test_a_throttle_lets_its_rate_through(make_room: Callable[..., Room]) -> None:
    """Two per second planned: a burst of two passes, the third is 429."""
    client = make_room().app.test_client()
    client.post("/_control/faults", json={"name": "throttled", "with": {"per_second": 2}})

    answers = [client.post(COLLECTION, data=GOOD, auth=(ACCOUNT, "x")).status_code for _ in range(3)]

    assert answers == [201, 201, 429]


def test_an_account_has_its_own_rate(make_room: Callable[..., Room]) -> None:
    """The setting is a real limit, told as 20429, account by account."""
    client = make_room(rate_limit=1).app.test_client()
    other = "AC" + "2" * 32
    path = f"/2010-04-01/Accounts/{other}/Messages.json"

    assert client.post(COLLECTION, data=GOOD, auth=(ACCOUNT, "x")).status_code == 201
    refused = client.post(COLLECTION, data=GOOD, auth=(ACCOUNT, "x"))
    assert (refused.status_code, refused.get_json()["code"]) == (429, 20429)
    assert client.post(path, data=GOOD, auth=(other, "x")).status_code == 201


def test_a_bucket_fills_with_time_and_not_beyond_a_second() -> None:
    """Ten per second: ten at once, then one each tenth of a second; an hour of rest saves no more than ten."""
    now = 0.0
    rates = Rates(lambda: now)

    assert [rates.take("a", 10) for _ in range(11)] == [True] * 10 + [False]
    now = 0.125
    assert [rates.take("a", 10) for _ in range(2)] == [True, False]
    now = 3600.0
    assert [rates.take("a", 10) for _ in range(11)] == [True] * 10 + [False]
    assert rates.take("b", 0) is False


def test_a_late_message_is_read_when_it_is_due(
    http: httpx.Client, send: Callable[..., str], clock: Clock, until: Until
) -> None:
    """It is sent at once, unread for thirty seconds, then wakes who waits after an older cursor."""
    plan(http, name="late", count=1)
    send(TO, "lewat")
    send(TO, "kemudian")
    cursor = http.get("/api/v1/wait", params={"timeout": 0}).json()["cursor"]
    assert bodies(http) == ["kemudian"]

    clock.advance(timedelta(seconds=30))
    until(lambda: bodies(http) == ["lewat", "kemudian"], "the handset gets it")

    answer = http.get("/api/v1/wait", params={"timeout": 0, "since": cursor}).json()
    assert answer["message"]["body"] == "lewat"
    assert answer["message"]["received_at"] == "2019-05-15T09:00:30.000+08:00"


def test_a_message_comes_twice_and_counts_once(
    http: httpx.Client, send: Callable[..., str], clock: Clock, until: Until
) -> None:
    """The handset shows two; the sender's list and the totals have one."""
    plan(http, name="twice", count=1)
    sid = send(TO, "dua kali")
    clock.advance(timedelta(seconds=1))
    until(lambda: bodies(http) == ["dua kali", "dua kali"], "it comes again")

    assert [message["sid"] for message in http.get(COLLECTION).json()["messages"]] == [sid]
    assert http.get("/_control/totals").json()["messages"]["count"] == 1


def test_two_messages_change_places(http: httpx.Client, send: Callable[..., str], until: Until) -> None:
    """The first comes after the second, without any time passing."""
    plan(http, name="out_of_order", count=1)
    send(TO, "pertama")
    send("+60110000002", "orang lain")
    assert bodies(http) == []

    send(TO, "kedua")

    until(lambda: bodies(http) == ["pertama", "kedua"], "the first one follows")


def test_a_message_out_of_order_comes_alone_when_no_other_does(
    http: httpx.Client, send: Callable[..., str], clock: Clock, until: Until
) -> None:
    """After the seconds of the fault."""
    send("+601109999922", "sendiri")
    clock.advance(timedelta(seconds=30))

    until(lambda: http.get("/api/v1/messages").json()["total"] == 1, "it comes")


@pytest.mark.parametrize(
    ("ending", "status", "code"), [("01", "undelivered", 30003), ("05", "undelivered", 30007), ("23", "failed", 30001)]
)
def test_a_lost_message_is_never_read(
    http: httpx.Client, send: Callable[..., str], clock: Clock, until: Until, ending: str, status: str, code: int
) -> None:
    """The sender learns why; the handset shows nothing, the thread page that it was lost."""
    number = f"+6011099999{ending}"
    sid = send(number, "hilang")
    path = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}.json"
    until(lambda: http.get(path).json()["status"] in ("sent", status), "the carrier has decided")
    clock.advance(timedelta(seconds=1))
    until(lambda: http.get(path).json()["status"] == status, "it is lost")

    assert http.get(path).json()["error_code"] == code
    assert http.get("/api/v1/messages", params={"to": number}).json()["total"] == 0
    assert str(code) in http.get(f"/numbers/{number}").text


def test_a_dropped_connection_has_no_answer_and_may_have_been_taken(url: str) -> None:
    """On a real socket: the client cannot know; one message was stored, the other not."""
    with httpx.Client(base_url=url, auth=(ACCOUNT, "x"), trust_env=False) as client:
        for number in ("+601109999915", "+601109999916"):
            with pytest.raises(httpx.RemoteProtocolError):
                client.post(COLLECTION, data={**GOOD, "To": number})
        numbers = [message["to"] for message in client.get("/api/v1/messages").json()["messages"]]

    assert numbers == ["+601109999916"]


def test_a_slow_answer_takes_as_long_as_asked(http: httpx.Client) -> None:
    """A tenth of a second here; the message is stored afterwards."""
    answer = http.post(COLLECTION, data=GOOD, headers={"X-Sandbox-Fault": "slow; seconds=0.1"})

    assert answer.elapsed >= timedelta(seconds=0.1)
    assert answer.status_code == 201


def test_verify_meets_faults_too(http: httpx.Client) -> None:
    """Its requests are throttled like others."""
    sid = http.post("/v2/Services", data={"FriendlyName": "iPERKESO"}).json()["sid"]
    plan(http, name="throttled", match={"via": "verify"})

    answer = http.post(f"/v2/Services/{sid}/Verifications", data={"To": TO, "Channel": "sms"})

    assert (answer.status_code, answer.json()["code"]) == (429, 20429)
    assert http.post(COLLECTION, data=GOOD).status_code == 201


def test_every_magic_ending_asks_for_a_fault_of_the_catalogue(room: Room) -> None:
    """No ending is a dead letter, and the block may be switched off."""
    assert room.faults is not None
    known = {fault.name for fault in CATALOGUE}
    for notation in MAGIC_ENDINGS.values():
        assert {asked.name for asked in room.faults.asked(notation)} <= known


def test_the_block_of_magic_numbers_can_be_switched_off(make_room: Callable[..., Room]) -> None:
    """An empty block asks for nothing."""
    client = make_room(magic_block="").app.test_client()

    assert client.post(COLLECTION, data={**GOOD, "To": "+601109999910"}, auth=(ACCOUNT, "x")).status_code == 201
