"""`caruman up`, as a process: it says when it is ready, stops when told, and loses nothing it has accepted."""

from __future__ import annotations

import json
import signal
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from features.addresses import Addresses
from features.applicant import Applicant
from sandbox.cli import main
from sandbox.data_dir import claimed
from sandbox.services import DOORS
from sandbox.world import World, WorldOptions

Caruman = Callable[..., Any]
Until = Callable[..., Any]
QUIET = ("--json", "--ephemeral", "--fast-passwords")
STOP_SECONDS = 2.0
SLACK_SECONDS = 1.5
"""What a busy machine may add to it."""


def totals(addresses: Addresses, room: str) -> dict[str, Any]:
    """What a room's books say."""
    told: dict[str, Any] = httpx.get(f"{addresses.rooms()[room]}/_control/totals").json()
    return told


@pytest.fixture(name="quiet", scope="module")
def _quiet(caruman_here: Caruman) -> Any:
    return caruman_here("up", *QUIET)


def test_json_says_one_line_when_every_store_answers(quiet: Any) -> None:
    """What is said first on standard output is the table of addresses, and behind each somebody is ready."""
    line = quiet.first_line()

    told = json.loads(line)
    assert list(told) == ["portal", "fpx", "sms", "inbox", "smtp", "smpp", "https", "proxy", "ca"]

    addresses = Addresses.from_json(line)

    assert {httpx.get(f"{url}/readyz").status_code for url in addresses.rooms().values()} == {200}
    with socket.create_connection(("127.0.0.1", int(addresses.smtp.rpartition(":")[2])), 5) as mail:
        assert mail.recv(100).startswith(b"220 ")
    with socket.create_connection(("127.0.0.1", int(addresses.smpp.rpartition(":")[2])), 5) as centre:
        centre.sendall(bytes.fromhex("00000010 00000015 00000000 00000007"))
        assert centre.recv(100).hex() == "00000010800000150000000000000007"
    trust = ssl.create_default_context(cafile=told["ca"])
    assert httpx.get(f"{told['https']}/readyz", verify=trust).status_code == 200
    with httpx.Client(proxy=told["proxy"], verify=trust, trust_env=False) as client:
        assert client.get("https://uat.mepsfpx.com.my/readyz").status_code == 200
        assert client.get("https://uat.mepsfpx.com.my/_control/totals").status_code == 403


def test_a_caller_who_never_finishes_cannot_hold_the_sandbox(quiet: Any) -> None:
    """Two seconds after SIGTERM it has ended, with 0 and without a word, although a request is still half sent."""
    line = quiet.first_line()
    with half_a_message(Addresses.from_json(line).sms):
        began = time.monotonic()

        assert quiet.end() == 0
        assert time.monotonic() - began < STOP_SECONDS + SLACK_SECONDS
    assert quiet.out.everything() == line
    assert quiet.err.everything() == ""


def test_up_walks_the_guide_and_shows_sixteen_ticks_the_receipts_and_the_addresses(
    caruman: Caruman, tmp_path: Path
) -> None:
    """What somebody who has only typed `./caruman up` reads; then Ctrl-C ends it with 130."""
    process = caruman("up", "--data-dir", tmp_path, *free_ports(), anew=True)
    lines: list[str] = []
    while (line := process.out.line(len(lines))) is not None:
        lines.append(line.rstrip("\n"))
        if "Ctrl-C" in line:
            break
    process.send(signal.SIGINT)

    assert process.ended() == 130, process.err.everything()
    assert "SANDBOX" in lines[0]
    assert [line.split()[1] for line in lines if "\N{CHECK MARK}" in line] == [
        f"L{number:02}" for number in range(1, 17)
    ]
    receipts = [Path(line.partition("receipt: ")[2]) for line in lines if "receipt: " in line]
    assert [path.read_bytes()[:5] for path in receipts] == [b"%PDF-"] * 2
    assert sum(line.lstrip().startswith(("http://127.0.0.1:", "127.0.0.1:")) for line in lines) == len(DOORS) + 1
    assert sum(line.lstrip().startswith("https://127.0.0.1:") for line in lines) == 1
    assert process.err.everything() == ""


def test_a_request_in_flight_is_answered_and_kept(caruman: Caruman, tmp_path: Path, until: Until) -> None:
    """A text message half handed in when SIGTERM comes is taken, acknowledged, and still there after a restart."""
    process = caruman("up", "--json", "--fast-passwords", "--data-dir", tmp_path, *free_ports())
    sms = process.addresses().sms
    with half_a_message(sms) as (caller, rest):
        process.send(signal.SIGTERM)
        began = time.monotonic()
        until(lambda: refused(sms), "new callers are refused")
        caller.sendall(rest)
        answer = everything_from(caller)

    assert process.ended() == 0
    assert time.monotonic() - began < STOP_SECONDS + SLACK_SECONDS
    assert answer.startswith(b"HTTP/1.1 201")

    with World(WorldOptions(data_dir=tmp_path, fast_passwords=True)) as again:
        kept = httpx.get(f"{again.addresses.sms}/api/v1/messages").json()["messages"]

    assert [message["body"] for message in kept] == ["SANDBOX separuh jalan"]


def test_a_taken_port_is_one_line_with_the_port_and_the_flag(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, nothing on standard output, no traceback."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]

        assert main(["up", *QUIET, "--sms-port", str(taken)]) == 2

    told = capsys.readouterr()
    [line] = told.err.splitlines()

    assert str(taken) in line
    assert "--sms-port" in line
    assert told.out == ""


def test_a_second_up_on_the_same_data_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """One sentence that names the folder and the flag."""
    with claimed(tmp_path, ["sms"]):
        assert main(["up", "--json", "--data-dir", str(tmp_path), *free_ports()]) == 2

    [line] = capsys.readouterr().err.splitlines()

    assert str(tmp_path) in line
    assert "--data-dir" in line


def test_kill_nine_in_the_middle_of_a_payment_loses_nothing(
    caruman: Caruman,
    tmp_path: Path,
    applicant: Callable[[Addresses], Applicant],
    free_port: Callable[[], int],
    until: Until,
) -> None:
    """The buyer confirms, everything dies, the buyer never comes back: after a restart the direct AC brings the news.

    FPX has taken the money when it has answered; the letter it owes is in its store. The portal, which may not have
    heard of it, must end with one paid order and one receipt of the same sum.
    """
    ports = {door.name: free_port() for door in DOORS}
    flags = ["--no-https", "--no-proxy", *(word for door in DOORS for word in (door.flag, ports[door.name]))]
    process = caruman("up", "--json", "--fast-passwords", "--data-dir", tmp_path, *flags)
    addresses = process.addresses()
    buyer = applicant(addresses)
    buyer.reach("pay_by_fpx")
    buyer.choose_bank()
    buyer.bank.sign_in()
    buyer.bank.confirm()
    process.kill()

    with World(WorldOptions(ports=ports, data_dir=tmp_path, fast_passwords=True)) as again:
        assert again.addresses == addresses

        debits = totals(addresses, "fpx")["debits"]

        assert debits["count"] == 1
        until(lambda: totals(addresses, "portal")["receipts"]["count"] == 1, "the portal has the receipt")
        assert totals(addresses, "portal") == {"paid_orders": debits, "receipts": debits}
        buyer.browser.open(f"{addresses.portal}/dashboard")
        if buyer.page.name != "dashboard":
            buyer.sign_in_again()
        assert "AKTIF" in (buyer.page.testid("cover-status") or "")


def test_beyond_loopback_the_control_doors_ask_for_the_token_up_has_told(caruman: Caruman) -> None:
    """`--host 0.0.0.0` warns on standard error with a token; with it the doors open, without it they do not."""
    process = caruman("up", *QUIET, "--host", "0.0.0.0")
    addresses = process.addresses()
    warning = process.err.line()
    token = warning.partition("told only now: ")[2].split()[0]

    for url in addresses.rooms().values():
        assert httpx.get(f"{url}/_control/clock").status_code == 401
        assert httpx.get(f"{url}/_control/clock", headers={"X-Control-Token": token}).status_code == 200
        assert httpx.get(f"{url}/readyz").status_code == 200
    assert process.end() == 0


@contextmanager
def half_a_message(sms: str) -> Iterator[tuple[socket.socket, bytes]]:
    """A connection on which a text message has been begun and is being waited for; and the rest of it."""
    body = b"To=%2B60110000001&From=iPERKESO&Body=SANDBOX+separuh+jalan"
    half = len(body) // 2
    place = urlsplit(sms)
    with socket.create_connection((place.hostname or "", place.port or 0), 5) as caller:
        caller.sendall(
            b"POST /2010-04-01/Accounts/AC00000000000000000000000000000042/Messages.json HTTP/1.1\r\n"
            b"Host: sms\r\nAuthorization: Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA0MjpzZWNyZXQ=\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n"
            b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(body)
        )
        assert caller.recv(100).startswith(b"HTTP/1.1 100")
        caller.sendall(body[:half])
        yield caller, body[half:]


def everything_from(caller: socket.socket) -> bytes:
    """What is sent until the other side closes."""
    answer = b""
    while piece := caller.recv(65536):
        answer += piece
    return answer


def refused(url: str) -> bool:
    """Whether nobody takes a new connection."""
    place = urlsplit(url)
    with socket.socket() as caller:
        return caller.connect_ex((place.hostname or "", place.port or 0)) != 0


def free_ports() -> list[str]:
    """The flags for any free port at every door."""
    flags = [*(door.flag for door in DOORS), "--https-port", "--proxy-port"]
    return [word for flag in flags for word in (flag, "0")]
