"""The doors with TLS: the proxy for clients whose host is fixed, and HTTPS in front of a room, on real sockets."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from flask import Flask, Response, request

from emulators.foundation.authority import Authority
from emulators.foundation.binding import CannotListen
from emulators.foundation.serving import Server
from emulators.fpx.settings import FpxSettings
from features.addresses import Addresses
from sandbox.errors import AddressRefused, SandboxError
from sandbox.proxy import Proxy, proxy_for
from sandbox.proxy_rules import ProxySettings, Rules
from sandbox.secure_door import secure_doors


def room() -> Flask:
    """A room that tells what it got."""
    app = Flask(__name__)

    @app.route("/", defaults={"path": ""}, methods=["GET", "POST", "HEAD"])
    @app.route("/<path:path>", methods=["GET", "POST", "HEAD"])
    def told(path: str) -> Any:
        told = {"path": path, "host": request.host, "scheme": request.scheme, "body": request.get_data(as_text=True)}
        return told | {"headers": dict(request.headers)}

    @app.get("/drip")
    def drip() -> Response:
        return Response((f"{number}\n" for number in range(3)), mimetype="text/event-stream")

    @app.get("/nothing")
    def nothing() -> tuple[str, int]:
        return "", 204

    return app


@dataclass
class Doors:
    """A room, a proxy before it, and what a client has to trust."""

    server: Server
    proxy: Proxy
    authority: Authority

    def client(self, **options: Any) -> httpx.Client:
        """A client that goes through the proxy and trusts the authority."""
        trust = ssl.create_default_context(cadata=self.authority.pem())
        return httpx.Client(proxy=self.proxy.url, verify=trust, trust_env=False, timeout=10, **options)


@pytest.fixture(name="doors", scope="module")
def _doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    """One room behind every host; `real.example.com` stands for the world outside."""
    server = Server("127.0.0.1", 0)
    server.serve(room())
    authority = Authority(tmp_path_factory.mktemp("data") / "authority")
    settings = ProxySettings(hosts={"more.example.com": "sms"}, allow=("127.0.0.*",))
    proxy = Proxy(
        "127.0.0.1", 0, Rules(settings, {"fpx": server.url, "sms": server.url, "smtp": server.url}), authority
    )
    proxy.start()
    yield Doors(server, proxy, authority)
    proxy.stop()
    server.stop()


def test_a_known_host_is_answered_by_its_room(doors: Doors) -> None:
    """Verified by name, the Host header kept, several requests in one tunnel, and the room knows of the TLS."""
    with doors.client() as client:
        told = client.post("https://api.twilio.com/2010-04-01/x?a=1", data={"To": "+60"}).json()
        again = client.get("https://api.twilio.com/y").json()

    assert (told["path"], told["host"], told["scheme"]) == ("2010-04-01/x", "api.twilio.com", "https")
    assert (told["body"], again["path"]) == ("To=%2B60", "y")


def test_a_host_of_a_setting_and_a_plain_request_are_answered_alike(doors: Doors) -> None:
    """`http://` to the proxy, whatever the port, and a host nobody knew before."""
    with doors.client() as client:
        assert client.get("https://MORE.example.com:444/a").json()["host"] == "more.example.com:444"
        told = client.get("http://www.isms.com.my/isms_send.php?un=a&msg=%20b").json()

    assert (told["path"], told["host"], told["scheme"]) == ("isms_send.php", "www.isms.com.my", "http")


@pytest.mark.parametrize("url", ["https://example.com/", "http://example.com/", "https://api.twilio.com.example.com/"])
def test_any_other_host_is_refused_and_told_how_to_be_let_in(doors: Doors, url: str) -> None:
    """403 with the settings' names, in the status line too: most clients show no more of a refused tunnel."""
    with doors.client() as client:
        if url.startswith("http:"):
            answer = client.get(url)
            assert answer.status_code == 403
            assert "CARUMAN_PROXY_ALLOW" in answer.text
        else:
            with pytest.raises(httpx.ProxyError, match=r"403 SANDBOX does not emulate .*CARUMAN_PROXY_HOSTS"):
                client.get(url)


@pytest.mark.parametrize(
    "path",
    ["/_control/totals", "/_control", "//_control/totals", "/%5Fcontrol/x", "/a/../_control/x", "/./_control/?a"],
)
def test_the_control_doors_are_not_reachable(doors: Doors, path: str) -> None:
    """However the path is spelled, and whatever the Host header claims."""
    for url in ("https://api.twilio.com", "http://api.twilio.com"):
        told = raw(doors, url, path)

        assert told.startswith(b"HTTP/1.1 403"), told


def raw(doors: Doors, url: str, target: str, rest: bytes = b"") -> bytes:
    """What comes back for a request line written to the octet, in a tunnel when the URL is https."""
    host = url.partition("://")[2]
    wire: socket.socket = socket.create_connection((doors.proxy.host, doors.proxy.port), 10)
    try:
        if url.startswith("https"):
            wire.sendall(f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n".encode())
            assert wire.recv(1000).startswith(b"HTTP/1.1 200")
            wire = ssl.create_default_context(cadata=doors.authority.pem()).wrap_socket(wire, server_hostname=host)
        else:
            target = f"{url}{target}"
        wire.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{rest.decode()}\r\n".encode())
        return b"".join(iter(lambda: wire.recv(65536), b""))
    finally:
        wire.close()


def test_an_absolute_target_inside_a_tunnel_is_refused(doors: Doors) -> None:
    """It would name another host than the tunnel's, and hide the path."""
    assert raw(doors, "https://api.twilio.com", "http://x/_control/totals").startswith(b"HTTP/1.1 400")


def test_a_request_hidden_in_anothers_body_reaches_nobody(doors: Doors) -> None:
    """Two ways to read where the first one ends: it is refused."""
    hidden = (
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /_control/totals HTTP/1.1\r\nHost: x\r\n"
    )
    told = raw(doors, "https://api.twilio.com", "/", hidden)

    assert b"_control" not in told


def test_a_client_that_waits_to_be_told_to_go_on_is_told(doors: Doors) -> None:
    """curl and PHP send `Expect: 100-continue` with every longer body."""
    body = "fpx_checkSum=" + "A" * 5000
    head = f"POST /a HTTP/1.1\r\nHost: isms.com.my\r\nExpect: 100-continue\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection((doors.proxy.host, doors.proxy.port), 10) as wire:
        wire.sendall(head.replace("/a", "http://isms.com.my/a").encode())
        assert wire.recv(1000).startswith(b"HTTP/1.1 100")
        wire.sendall(body.encode())
        answer = http.client.HTTPResponse(wire)
        answer.begin()
        told = json.loads(answer.read())

    assert told["body"] == body
    assert not {"Expect", "Proxy-Connection"} & set(told["headers"])


def test_answers_keep_their_form(doors: Doors) -> None:
    """HEAD without a body, 204, a stream of unknown length, a chunked request."""
    with doors.client(base_url="https://verify.twilio.com") as client:
        head = client.head("/a")
        assert (head.status_code, head.content, int(head.headers["Content-Length"]) > 0) == (200, b"", True)
        assert client.get("/nothing").status_code == 204
        assert client.get("/drip").text == "0\n1\n2\n"
        assert client.post("/a", content=iter([b"one", b"two"])).json()["body"] == "onetwo"


def test_a_host_that_is_let_through_is_reached_untouched(doors: Doors) -> None:
    """The tunnel carries bytes; the proxy ends no TLS and adds nothing."""
    with socket.create_connection((doors.proxy.host, doors.proxy.port), 10) as wire:
        wire.sendall(f"CONNECT 127.0.0.1:{doors.server.port} HTTP/1.0\r\n\r\n".encode())
        assert wire.recv(1000).startswith(b"HTTP/1.1 200")
        wire.sendall(b"GET /through HTTP/1.0\r\nHost: real\r\n\r\n")
        told = b"".join(iter(lambda: wire.recv(65536), b""))

    assert b'"path":"through"' in told.replace(b" ", b"")
    with doors.client() as client:
        assert client.get(f"http://127.0.0.1:{doors.server.port}/plain").json()["path"] == "plain"


def test_one_that_does_not_answer_is_named(doors: Doors, free_port: Callable[[], int]) -> None:
    """502, not a silence."""
    with doors.client() as client, pytest.raises(httpx.ProxyError, match="502"):
        client.get(f"https://127.0.0.1:{free_port()}/")


def test_the_proxy_itself_says_what_it_is(doors: Doors) -> None:
    """Its page names the hosts; the authority's certificate is there to be fetched."""
    with httpx.Client(trust_env=False) as client:
        assert "verify.twilio.com" in client.get(doors.proxy.url).text
        assert client.get(f"{doors.proxy.url}/certificates/ca.pem").text == doors.authority.pem()
        assert client.get(f"{doors.proxy.url}/_control/totals").status_code == 404


@pytest.mark.parametrize(
    "nonsense", [b"\x16\x03\x01 hello\r\n\r\n", b"CONNECT / HTTP/1.1\r\n\r\n", b"CONNECT a:b HTTP/1.1\r\n\r\n", b"GET"]
)
def test_nonsense_ends_its_own_connection_only(doors: Doors, nonsense: bytes) -> None:
    """The next client is served."""
    with socket.create_connection((doors.proxy.host, doors.proxy.port), 10) as wire:
        wire.sendall(nonsense)
        wire.shutdown(socket.SHUT_WR)
        assert not wire.recv(1000).startswith(b"HTTP/1.1 200")
    with doors.client() as client:
        assert client.get("https://api.twilio.com/y").status_code == 200


def test_fpx_answers_under_its_production_hosts(doors: Doors, tmp_path: Path) -> None:
    """HTTPS in front of a room, with one certificate for them, for this machine, and for a name of the settings."""
    settings = FpxSettings(data_dir=tmp_path, https_port=0, https_names=("fpx.office.test",))
    (door,) = secure_doors(settings, doors.server)
    trust = ssl.create_default_context(cadata=Authority(tmp_path / "authority").pem())
    door.start()
    try:
        for name in ("uat.mepsfpx.com.my", "www.mepsfpx.com.my", "localhost", "127.0.0.1", "fpx.office.test"):
            with (
                socket.create_connection(("127.0.0.1", door.port), 10) as wire,
                trust.wrap_socket(wire, server_hostname=name) as safe,
            ):
                safe.sendall(f"GET /FPXMain/x HTTP/1.0\r\nHost: {name}\r\n\r\n".encode())
                told = b"".join(iter(lambda: safe.recv(65536), b"")).decode()
            assert f'"host":"{name}"' in told.replace(" ", "")
            assert '"scheme":"https"' in told.replace(" ", "")
    finally:
        door.stop()


def test_without_a_port_there_is_no_https(doors: Doors, tmp_path: Path) -> None:
    """And a name that is none, or a port that is taken, is said in one sentence."""
    assert secure_doors(FpxSettings(data_dir=tmp_path), doors.server) == []
    with pytest.raises(AddressRefused, match="--https-port"):
        secure_doors(FpxSettings(data_dir=tmp_path, https_port=doors.server.port), doors.server)
    with pytest.raises(SandboxError, match="neither a host name"):
        secure_doors(FpxSettings(data_dir=tmp_path, https_port=0, https_names=("two words",)), doors.server)


def test_a_proxy_that_cannot_be_is_said_in_one_sentence(
    doors: Doors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The flag for a taken port; the setting for a room that is none."""
    addresses = Addresses(*["http://127.0.0.1:1"] * 4)
    authority = Authority(tmp_path / "authority")
    with pytest.raises(AddressRefused, match="--proxy-port"):
        proxy_for(addresses, doors.server.port, authority)
    monkeypatch.setenv("CARUMAN_PROXY_HOSTS", '{"a.example.com": "bank"}')
    with pytest.raises(SandboxError, match="proxy cannot be set up"):
        proxy_for(addresses, 0, authority)


def test_an_address_that_is_not_ours_is_refused(doors: Doors) -> None:
    """As every other door of the sandbox does."""
    with pytest.raises(CannotListen):
        Proxy("192.0.2.1", 0, doors.proxy._rules, doors.authority)
