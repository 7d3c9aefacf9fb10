"""Small real runs: Locust, the applicant's verbs, a live sandbox, and books that are read over the wire."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from flask import Flask, Response, jsonify

from emulators.foundation.serving import Server
from features.addresses import Addresses
from loadtests.command import run
from sandbox.world import World, WorldOptions

STEPS = [
    "L01 home",
    "L08 sign_in",
    "L09 sign_in_password",
    "L10 choose_mode",
    "L16 renew",
    "L13 pay_by_fpx",
    "L14 receipt",
    "whole renewal",
]


@pytest.fixture(name="world", scope="module")
def _world() -> Iterator[World]:
    """A running sandbox with cheap passwords."""
    with World(WorldOptions(fast_passwords=True)) as world:
        yield world


def tampered(fpx: str) -> Server:
    """A door that tells the totals of FPX, and from the second look on one sen more: a planted difference."""
    app = Flask(__name__)
    looks: list[int] = []

    @app.get("/_control/totals")
    def totals() -> Response:
        told = httpx.get(f"{fpx}/_control/totals", trust_env=False).json()
        told["debits"]["sen"] += min(len(looks), 1)
        looks.append(1)
        return jsonify(told)

    server = Server("127.0.0.1", 0)
    server.serve(app)
    return server


def addresses_of(addresses: Addresses) -> dict[str, str]:
    """The two rooms a load run is told of."""
    return {"portal": addresses.portal, "fpx": addresses.fpx}


def test_a_small_run_against_a_sandbox_of_its_own_measures_every_step(tmp_path: Path) -> None:
    """Two users for a second: all steps named and timed, books equal, both reports written, exit code 0."""
    out, err = io.StringIO(), io.StringIO()
    told, page = tmp_path / "load.json", tmp_path / "load.html"

    code = run(2, "1s", json_report=told, html_report=page, out=out, err=err)

    assert code == 0, out.getvalue() + err.getvalue()
    report = json.loads(told.read_text())
    assert list(report["milliseconds"]) == STEPS
    assert report["failed"] == 0
    assert report["books"]["receipts"]["count"] >= report["renewals"] >= 2
    assert report["books"]["debits"] == report["books"]["paid_orders"] == report["books"]["receipts"]
    assert report["milliseconds"]["whole renewal"]["n"] == report["renewals"]
    assert "L13 pay_by_fpx" in page.read_text()
    assert "the books agree" in out.getvalue()


def test_a_planted_difference_of_one_sen_ends_with_exit_code_3(world: World) -> None:
    """Every request went well and every figure is fine; the money is not, and that decides."""
    out = io.StringIO()
    door = tampered(world.addresses.fpx)
    try:
        addresses = {**addresses_of(world.addresses), "fpx": door.url}
        code = run(1, "1s", addresses, settle_seconds=0.5, out=out)
    finally:
        door.stop()

    assert code == 3, out.getvalue()
    assert ", 0 failed" in out.getvalue()
    assert "THE BOOKS DO NOT AGREE" in out.getvalue()


def test_renewals_that_fail_are_counted_and_end_with_exit_code_1() -> None:
    """FPX holds another certificate of the merchant and refuses all it signs: nothing is paid, and it is said."""
    out = io.StringIO()
    with World(WorldOptions(fast_passwords=True)) as broken:
        fpx, portal = broken.addresses.fpx, broken.settings["portal"]
        seller = {
            "exchange_id": portal.exchange_id,
            "seller_id": portal.seller_id,
            "name": "iPERKESO Sandbox",
            "certificate": httpx.get(f"{fpx}/certificates/fpxuat_current.cer", trust_env=False).text,
            "direct_url": f"{broken.addresses.portal}/fpx/direct",
            "indirect_url": f"{broken.addresses.portal}/fpx/indirect",
            "replace": True,
        }
        httpx.post(f"{fpx}/_control/sellers", json=seller, trust_env=False).raise_for_status()
        code = run(1, "1s", addresses_of(broken.addresses), out=out)

    assert code == 1, out.getvalue()
    assert "nothing was measured: no renewal was completed" in out.getvalue()
    assert "times: L16 renew: expected the page" in out.getvalue()
    assert "the books agree" in out.getvalue()


def test_a_portal_that_prepares_nobody_stops_the_run_before_it_begins() -> None:
    """A portal without the control verb: the run says what the control door said, with exit code 2."""
    err = io.StringIO()
    door = Flask(__name__)

    @door.get("/_control/totals")
    def totals() -> Response:
        return jsonify({name: {"count": 0, "sen": 0} for name in ("debits", "paid_orders", "receipts")})

    server = Server("127.0.0.1", 0)
    server.serve(door)
    try:
        code = run(1, "1s", {"portal": server.url, "fpx": server.url}, err=err)
    finally:
        server.stop()

    assert code == 2
    assert "no contributors to renew" in err.getvalue()
    assert "404" in err.getvalue()
