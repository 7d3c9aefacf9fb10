"""The code in one call: what a test asks before the message is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest

from emulators.foundation.clock import Clock
from emulators.foundation.room import Room
from emulators.foundation.serving import THREADS, Server
from emulators.foundation.waiting import Arrivals

ACCOUNT = "AC" + "0" * 31 + "1"
COLLECTION = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
OTP = "SANDBOX iPERKESO: kod OTP anda 123456. Sah selama 5 minit."
TO = "+601100000001"


def arrivals_of(room: Room) -> Arrivals:
    """Where the room's waiters are counted."""
    (arrivals,) = [worker for worker in room.workers if isinstance(worker, Arrivals)]
    return arrivals


def post(url: str, body: str = OTP, to: str = TO) -> int:
    """Send over a connection of its own; the status."""
    form = {"To": to, "From": "68833", "Body": body}
    return httpx.post(f"{url}{COLLECTION}", data=form, auth=(ACCOUNT, "x"), timeout=10).status_code


def test_the_code_of_a_message_that_is_there_comes_at_once(http: httpx.Client, send: Callable[..., str]) -> None:
    """Newest first, to that number only, in any spelling, with its code."""
    send(TO, "Kod lama 999999")
    sid = send(TO, OTP)
    send("+601100000002", "Kod orang lain 555555")

    answer = http.get("/api/v1/wait", params={"to": "011-0000 0001", "timeout": 0}).json()

    assert (answer["timed_out"], answer["message"]["sid"]) == (False, sid)
    assert answer["message"]["codes"] == [{"value": "123456", "found_by": "keyword", "host": None}]


def test_waiters_get_the_message_the_moment_it_is_sent_and_nobody_waits_for_them(
    running: Room, url: str, until: Callable[..., object]
) -> None:
    """Three times as many waiters as the server has threads: the sender is answered, and every waiter gets the code."""
    arrivals = arrivals_of(running)
    with ThreadPoolExecutor(3 * THREADS) as pool:
        query = {"to": TO, "timeout": 30}
        waiters = [pool.submit(httpx.get, f"{url}/api/v1/wait", params=query, timeout=40) for _ in range(3 * THREADS)]
        until(lambda: arrivals.waiting() == 3 * THREADS, "all of them wait")

        assert post(url, to="+601100000002") == 201
        assert arrivals.waiting() == 3 * THREADS
        assert post(url) == 201

        codes = [waiter.result().json()["message"]["codes"][0]["value"] for waiter in waiters]
    assert codes == ["123456"] * 3 * THREADS


@pytest.fixture(name="crowded")
def _crowded(make_room: Callable[..., Room]) -> Iterator[tuple[str, Arrivals]]:
    """A room on a socket in which only two may wait: its address and its waiters."""
    room = make_room(waiters_limit=2)
    server = Server("127.0.0.1", 0)
    server.serve(room.app)
    yield server.url, arrivals_of(room)
    arrivals_of(room).stop()
    server.stop()


def test_beyond_the_bound_a_waiter_is_refused_and_the_sender_still_served(
    crowded: tuple[str, Arrivals], until: Callable[..., object]
) -> None:
    """429 with Retry-After; what is there already needs no place."""
    url, arrivals = crowded
    wait = f"{url}/api/v1/wait"
    with ThreadPoolExecutor(2) as pool:
        waiters = [pool.submit(httpx.get, wait, params={"to": TO, "timeout": 30}, timeout=40) for _ in range(2)]
        until(lambda: arrivals.waiting() == 2, "both places are taken")

        refused = httpx.get(wait, params={"to": TO})
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
        assert "2 requests wait already" in refused.json()["error"]

        assert post(url, to="+601100000002") == 201
        assert httpx.get(wait, params={"to": "+601100000002"}).json()["timed_out"] is False
        assert post(url) == 201
        assert all(waiter.result().json()["message"]["body"] == OTP for waiter in waiters)


def test_what_another_process_takes_wakes_a_waiter_too(
    url: str, running: Room, make_room: Callable[..., Room], until: Callable[..., object]
) -> None:
    """A second room over the same store, which shares nothing else, accepts the message."""
    other = make_room().app.test_client()
    with ThreadPoolExecutor(1) as pool:
        waiter = pool.submit(httpx.get, f"{url}/api/v1/wait", params={"to": TO, "timeout": 30}, timeout=40)
        until(lambda: arrivals_of(running).waiting() == 1, "it waits")
        form = {"To": TO, "From": "68833", "Body": OTP}
        assert other.post(COLLECTION, data=form, auth=(ACCOUNT, "x")).status_code == 201

        assert waiter.result().json()["message"]["body"] == OTP


def test_a_wait_in_vain_is_a_normal_answer_to_go_on_from(http: httpx.Client, send: Callable[..., str]) -> None:
    """200, timed_out, and a cursor after which the next message counts and the old one does not."""
    send(TO, "Kod lama 999999")
    first = http.get("/api/v1/wait", params={"to": TO, "timeout": 0}).json()
    vain = http.get("/api/v1/wait", params={"to": TO, "timeout": 0.01, "since": first["cursor"]})
    assert (vain.status_code, vain.json()) == (200, {"timed_out": True, "cursor": first["cursor"]})

    sid = send(TO, OTP)

    for since in (vain.json()["cursor"], first["message"]["sid"]):
        answer = http.get("/api/v1/wait", params={"to": TO, "since": since, "timeout": 0}).json()
        assert answer["message"]["sid"] == sid
    assert http.get("/api/v1/wait", params={"to": TO, "since": "now", "timeout": 0}).json()["timed_out"] is True


def test_since_may_be_an_instant_of_the_sandboxs_clock(
    http: httpx.Client, send: Callable[..., str], clock: Clock
) -> None:
    """What arrived at that instant counts, since a clock may stand still; what came before does not."""
    send(TO, OTP)
    at = clock.now()
    later = at + timedelta(milliseconds=1)

    def timed_out(since: str) -> bool:
        answer = http.get(f"/api/v1/wait?to=%2B{TO[1:]}&timeout=0&since={since}").json()
        return bool(answer["timed_out"])

    assert not timed_out(at.isoformat())  # its "+" not encoded, as people write
    assert timed_out(later.isoformat())


def test_a_timeout_beyond_the_cap_is_cut(make_room: Callable[..., Room]) -> None:
    """A client cannot hold a place for an hour."""
    answer = make_room(wait_limit=0.01).app.test_client().get("/api/v1/wait?timeout=3600")

    assert answer.get_json() == {"timed_out": True, "cursor": 0}


@pytest.mark.parametrize("query", ["to=abc", "since=SM0", "timeout=x", "timeout=-1"])
def test_a_wait_that_makes_no_sense_is_refused_with_a_sentence(http: httpx.Client, query: str) -> None:
    """400 at once."""
    answer = http.get(f"/api/v1/wait?{query}")

    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_closing_room_answers_its_waiters(running: Room, url: str, until: Callable[..., object]) -> None:
    """503 with Retry-After, at once."""
    with ThreadPoolExecutor(1) as pool:
        waiter = pool.submit(httpx.get, f"{url}/api/v1/wait", params={"timeout": 30}, timeout=40)
        until(lambda: arrivals_of(running).waiting() == 1, "it waits")
        arrivals_of(running).stop()

        assert (waiter.result().status_code, waiter.result().headers["Retry-After"]) == (503, "1")


def test_the_code_stands_on_the_numbers_page_by_itself(http: httpx.Client, send: Callable[..., str]) -> None:
    """An element of its own for tests and for eyes; none where there is no code."""
    send(TO, "tiada apa-apa")
    assert "message-code" not in http.get(f"/numbers/{TO}").text

    send(TO, OTP)

    assert '<strong class="mono" data-testid="message-code">123456</strong>' in http.get(f"/numbers/{TO}").text


def test_a_senders_template_of_the_settings_is_used(make_room: Callable[..., Room]) -> None:
    """A code no keyword announces, by the sender's own sentence."""
    client = make_room(code_templates={"68833": ["Guna {code} hari ini"]}).app.test_client()
    form = {"To": TO, "From": "68833", "Body": "Guna ABC123 hari ini"}
    client.post(COLLECTION, data=form, auth=(ACCOUNT, "x"))

    (message,) = client.get("/api/v1/messages").get_json()["messages"]

    assert message["codes"] == [{"value": "ABC123", "found_by": "template", "host": None}]
