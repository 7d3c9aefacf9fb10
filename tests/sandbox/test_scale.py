"""`caruman serve ROOM --granian`: the same room, served faster; it ends in time whoever waits, and with its starter."""

from __future__ import annotations

import contextlib
import http.client
import signal
import socket
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from loadtests.benchmarks.fpx_buyers import EXCHANGE, SELLER, Connection, Merchant, pay
from sandbox.cli import main

ACCOUNT = "AC" + "0" * 31 + "5"


def post(url: str, body: str) -> dict[str, Any]:
    """A message handed in as Twilio's clients do."""
    form = {"To": "011-0000 0001", "From": "68833", "Body": body}
    path = f"{url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    answer = httpx.post(path, data=form, auth=(ACCOUNT, "rahsia"))
    assert answer.status_code == 201
    told: dict[str, Any] = answer.json()
    return told


def told(url: str, query: str, **form: str) -> tuple[int, list[tuple[str, str]], dict[str, Any]]:
    """Status, header in its order and JSON of a post, without what no two share; a query takes the long way."""
    path = f"{url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json{query}"
    answer = httpx.post(path, data=form, auth=(ACCOUNT, "rahsia"))
    said = {name: value for name, value in answer.json().items() if name not in ("sid", "uri", "subresource_uris")}
    return answer.status_code, [field for field in answer.headers.multi_items() if field[0] != "date"], said


def test_a_room_under_granian_outlives_no_kill_and_ends_in_time_whoever_waits(
    caruman_here: Callable[..., Any], tmp_path: Path, until: Callable[..., Any]
) -> None:
    """Killed, it leaves port and folder free and loses nothing; told to end, it lets followers and waiters go."""
    words = ("--granian", "--json", "--data-dir", tmp_path, "--port", "0", "--smpp-port", "0")
    killed = caruman_here("serve", "sms", *words)
    url = killed.told()["sms"]
    acknowledged: list[str] = []

    def go_on(body: str) -> None:
        with contextlib.suppress(httpx.TransportError):
            while True:
                acknowledged.append(post(url, body)["sid"])

    senders = [threading.Thread(target=go_on, args=(f"Kod anda 48291{number}.",)) for number in range(3)]
    for sender in senders:
        sender.start()
    until(lambda: len(acknowledged) >= 20, "some messages")
    killed.kill()
    until(lambda: not any(sender.is_alive() for sender in senders), "nobody to be answered any more")

    def free() -> bool:
        with socket.socket() as port:
            return port.connect_ex(("127.0.0.1", int(url.rpartition(":")[2]))) != 0

    until(free, "the serving process to end")
    room = caruman_here("serve", "sms", *words)
    url = room.told()["sms"]
    waiting = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
    with contextlib.closing(waiting), httpx.Client(base_url=url, timeout=20) as client:
        client.post("/_control/clock", json={"running": False}).raise_for_status()
        for form in ({"Body": "Kod anda 482913."}, {"Body": ""}, {"Body": "\u4e00", "To": "12"}):
            sent = {"To": "011-0000 0003", "From": "68833", **form}
            assert told(url, "", **sent) == told(url, "?long=1", **sent)
        asked = {"SandboxFault": "dropped; taken=1", "To": "011-0000 0004", "From": "68833", "Body": "hilang"}
        lost = client.post(f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json", data=asked, auth=(ACCOUNT, "rahsia"))
        assert (lost.status_code, lost.content) == (503, b"")  # nothing can be dropped here, but nothing is told
        assert client.get("/api/v1/messages?to=011-00000004").json()["total"] == 1
        client.post("/_control/clock", json={"running": True}).raise_for_status()
        stored = {message["sid"] for message in client.get("/api/v1/messages?limit=1000").json()["messages"]}
        first = f"/api/v1/messages/{acknowledged[0]}"
        until(lambda: client.get(first).json()["status"] == "delivered", "the carrier")
        with client.stream("GET", "/events") as events:
            lines = events.iter_lines()
            assert next(lines) == "retry: 1000"
            waiting.request("GET", "/api/v1/wait?to=%2B60110000002&timeout=20")  # on its way before the next message
            post(url, "satu lagi")
            next(line for line in lines if "accepted" in line)
            room.send(signal.SIGTERM)
            list(lines)
        assert waiting.getresponse().status == 503

    assert set(acknowledged) <= stored
    assert room.ended() == 0


def test_what_our_own_server_acknowledged_outlives_a_kill(
    caruman_here: Callable[..., Any], tmp_path: Path, until: Callable[..., Any]
) -> None:
    """Posts on kept connections, answered together before any thread has them: the store has every one of them."""
    killed = caruman_here("serve", "sms", "--json", "--data-dir", tmp_path, "--port", "0", "--smpp-port", "0")
    url = killed.told()["sms"]
    acknowledged: list[str] = []

    def go_on() -> None:
        with contextlib.suppress(httpx.TransportError), httpx.Client(base_url=url, auth=(ACCOUNT, "rahsia")) as client:
            while True:
                form = {"To": "011-0000 0001", "From": "68833", "Body": "Kod anda 482913."}
                acknowledged.append(
                    client.post(f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json", data=form).json()["sid"]
                )

    senders = [threading.Thread(target=go_on) for _ in range(3)]
    for sender in senders:
        sender.start()
    until(lambda: len(acknowledged) >= 40, "some messages")
    killed.kill()
    for sender in senders:
        sender.join()

    with contextlib.closing(sqlite3.connect(tmp_path / "sms.sqlite3")) as store:
        stored = {sid for (sid,) in store.execute("SELECT sid FROM messages")}
    assert set(acknowledged) <= stored


def test_fpx_under_granian_takes_a_payment_and_tells_its_seller(
    caruman_here: Callable[..., Any], tmp_path: Path, until: Callable[..., Any]
) -> None:
    """Its six requests are answered, and the courier is at work."""
    words = ("--granian", "--json", "--data-dir", tmp_path, "--port", "0", "--clock", "2019-05-15T09:00")
    room, merchant = caruman_here("serve", "fpx", *words), Merchant()
    url = room.told()["fpx"]
    told = {"exchange_id": EXCHANGE, "seller_id": SELLER, "name": "Penjual", "certificate": merchant.public_key()}
    nobody = {"direct_url": "http://127.0.0.1:1/direct", "indirect_url": "http://127.0.0.1:1/indirect"}
    httpx.post(f"{url}/_control/sellers", json=told | nobody).raise_for_status()
    with contextlib.closing(Connection(url)) as line:
        pay(line, merchant.requests(0, 1)[0])

    def attempts() -> list[str]:
        entries = httpx.get(f"{url}/_control/journal").json()["entries"]
        return [entry["facts"]["verdict"] for entry in entries if entry["kind"] == "AC delivery"]

    until(lambda: attempts() == ["to be sent again"], "the courier's attempt")
    room.send(signal.SIGTERM)

    assert room.ended() == 0


def test_granian_serves_only_rooms_that_need_no_more_than_http_from_it(capsys: pytest.CaptureFixture[str]) -> None:
    """FPX may stand behind HTTPS doors, and the portal stands behind its introduction."""
    assert main(["serve", "portal", "--granian"]) == 2
    assert "--granian is for the rooms fpx, sms, smtp" in capsys.readouterr().err
    assert main(["serve", "fpx", "--granian", "--https-port", "0"]) == 2
    assert "under granian there is no HTTPS" in capsys.readouterr().err


def test_a_port_that_is_taken_is_a_sentence_under_granian_too(
    caruman_here: Callable[..., Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whichever of a room's ports it is."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = str(other.getsockname()[1])
        words = ("serve", "sms", "--granian", "--data-dir", str(tmp_path))
        room = caruman_here(*words, "--port", "0", "--smpp-port", taken)
        sentence = f"cannot listen on 127.0.0.1:{taken}: it is already in use; choose another with"

        assert room.ended() != 0
        assert room.err.everything() == f"caruman: sms {sentence} --smpp-port\n"
        assert main([*words, "--port", taken]) == 2
        assert capsys.readouterr().err == f"caruman: granian {sentence} --port\n"
