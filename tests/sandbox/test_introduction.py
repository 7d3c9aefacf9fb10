"""The introduction: portal and FPX learn of each other over HTTP, sooner or later."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from flask import Flask, Response, jsonify, request

from emulators.foundation.serving import Server
from reference_portal.settings import PortalSettings
from sandbox.errors import IntroductionFailed
from sandbox.introduction import Introduction, introduce

Until = Callable[..., object]


class Switch:
    """The doors of FPX that an introduction knocks at."""

    def __init__(self) -> None:
        self.sellers: list[dict[str, str]] = []
        self.tokens: list[str | None] = []
        self.refuses = False
        self.app = Flask("switch")
        self.app.add_url_rule("/_control/sellers", "sellers", self._register, methods=["POST"])
        self.app.add_url_rule("/certificates/fpxuat_current.cer", "current", lambda: "-- FPX certificate --")
        self.app.add_url_rule("/certificates/fpxuat.cer", "next", lambda: "-- next certificate --")

    def _register(self) -> Response | tuple[str, int]:
        if self.refuses:
            return "the certificate has expired", 400
        self.sellers.append(request.get_json())
        self.tokens.append(request.headers.get("X-Control-Token"))
        return jsonify(registered="SE00000789")


@pytest.fixture(name="switch")
def _switch() -> Switch:
    return Switch()


@pytest.fixture(name="server")
def _server() -> Iterator[Server]:
    server = Server("127.0.0.1", 0)
    yield server
    server.stop()


@pytest.fixture(name="portal")
def _portal(tmp_path: Path, server: Server) -> PortalSettings:
    return PortalSettings(data_dir=tmp_path, fpx_server_url=server.url, public_url="https://portal.example/")


def test_both_sides_hold_the_others_certificate_afterwards(
    switch: Switch, server: Server, portal: PortalSettings
) -> None:
    """FPX gets the merchant's certificate and where to call; the portal keeps the certificates of FPX in its folder."""
    server.serve(switch.app)

    introduce(portal)

    [seller] = switch.sellers

    assert seller["certificate"] == (portal.keys_dir / "EX00000789.cer").read_text()
    assert seller["certificate"].startswith("-----BEGIN CERTIFICATE-----")
    assert (seller["exchange_id"], seller["seller_id"]) == ("EX00000789", "SE00000789")
    assert seller["direct_url"] == "https://portal.example/fpx/direct"
    assert seller["indirect_url"] == "https://portal.example/fpx/indirect"
    assert (portal.keys_dir / "fpx_current.cer").read_text() == "-- FPX certificate --"
    assert (portal.keys_dir / "fpx_next.cer").read_text() == "-- next certificate --"
    assert switch.tokens == [None]


def test_fpx_may_reach_the_portal_by_another_name_than_browsers_do(
    switch: Switch, server: Server, portal: PortalSettings
) -> None:
    """In containers the direct callback goes to the service's name; the control token is shown."""
    server.serve(switch.app)

    introduce(portal, fpx_control_token="s3cret", server_url="http://portal:8000")

    assert switch.sellers[0]["direct_url"] == "http://portal:8000/fpx/direct"
    assert switch.sellers[0]["indirect_url"] == "https://portal.example/fpx/indirect"
    assert switch.tokens == ["s3cret"]


def test_a_refusal_is_told_with_its_reason(switch: Switch, server: Server, portal: PortalSettings) -> None:
    """What FPX answered stands in the sentence, and nothing is kept."""
    switch.refuses = True
    server.serve(switch.app)

    with pytest.raises(IntroductionFailed, match=r"answered 400: the certificate has expired"):
        introduce(portal)

    assert not (portal.keys_dir / "fpx_current.cer").exists()


def test_nobody_at_the_address_is_told_with_the_address(server: Server, portal: PortalSettings) -> None:
    """A person sees where FPX was looked for."""
    server.stop()

    with pytest.raises(IntroductionFailed, match=f"FPX does not answer at {server.url}"):
        introduce(portal)


def test_a_portal_that_starts_before_fpx_becomes_ready_when_fpx_answers(
    switch: Switch, server: Server, portal: PortalSettings, until: Until
) -> None:
    """Until then `/readyz` says 503 and why, every other page is served, and the reason is told once."""
    complaints: list[str] = []
    switch.refuses = True
    server.serve(switch.app)
    introduction = Introduction(lambda: introduce(portal), complaints.append)
    app = Flask("portal")
    app.add_url_rule("/readyz", "readyz", lambda: "ok")
    app.add_url_rule("/", "home", lambda: "home")
    doors = Server("127.0.0.1", 0)
    doors.serve(introduction.before(app))
    persisting = threading.Thread(target=introduction.persist)
    persisting.start()
    until(lambda: complaints, "the first refusal is told")

    waiting = httpx.get(f"{doors.url}/readyz")

    assert (waiting.status_code, httpx.get(doors.url).text) == (503, "home")
    assert "not been introduced to FPX" in waiting.text

    switch.refuses = False
    persisting.join(10)

    assert httpx.get(f"{doors.url}/readyz").text == "ok"
    assert len(complaints) == 1
    assert "certificate has expired" in complaints[0]

    doors.stop()
