"""`caruman serve ROOM`: four processes make the same sandbox as one."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from features.addresses import Addresses
from features.applicant import Applicant
from sandbox.cli import main
from sandbox.walk import Walk

Caruman = Callable[..., Any]
Until = Callable[..., Any]


def test_four_processes_make_a_sandbox_and_the_guide_is_walked_in_it(caruman: Caruman, tmp_path: Path) -> None:
    """They share a data folder and its clock; each knows only addresses. The portal is started before FPX is there."""
    there = ("--json", "--port", "0", "--data-dir", tmp_path)
    sms, smtp = caruman("serve", "sms", *there), caruman("serve", "smtp", *there, "--smtp-port", "0")
    fpx = caruman("serve", "fpx", *there)
    told = fpx.told() | sms.told() | smtp.told()
    mail_host, _, mail_port = told["smtp"].rpartition(":")
    portal = caruman(
        *("serve", "portal", *there),
        CARUMAN_PORTAL_FPX_BROWSER_URL=told["fpx"],
        CARUMAN_PORTAL_FPX_SERVER_URL=told["fpx"],
        CARUMAN_PORTAL_SMS_URL=told["sms"],
        CARUMAN_PORTAL_SMTP_HOST=mail_host,
        CARUMAN_PORTAL_SMTP_PORT=mail_port,
        CARUMAN_PORTAL_PASSWORD_HASHING="fast",
    )
    addresses = Addresses.from_json(json.dumps(told | portal.told()))

    assert len(list(Walk(addresses))) == 16

    httpx.post(f"{addresses.fpx}/_control/clock", json={"set": "2019-07-11T08:00"})

    times = {httpx.get(f"{url}/_control/clock").json()["now"][:16] for url in addresses.rooms().values()}

    assert times == {"2019-07-11T08:00"}
    assert [process.end() for process in (portal, fpx, sms, smtp)] == [0, 0, 0, 0]


def test_a_portal_without_fpx_serves_but_is_not_ready_until_fpx_comes(
    caruman: Caruman, tmp_path: Path, until: Until
) -> None:
    """It says so once, keeps trying, and becomes ready by itself."""
    mine, theirs = free_port(), free_port()
    url = f"http://127.0.0.1:{theirs}"
    portal = caruman(
        *("serve", "portal", "--json", "--port", str(mine), "--data-dir", tmp_path / "portal"),
        CARUMAN_PORTAL_FPX_SERVER_URL=url,
        CARUMAN_PORTAL_FPX_BROWSER_URL=url,
    )

    assert url in portal.err.line()
    assert httpx.get(f"http://127.0.0.1:{mine}/readyz").status_code == 503
    assert httpx.get(f"http://127.0.0.1:{mine}/").status_code == 200

    caruman("serve", "fpx", "--json", "--port", str(theirs), "--data-dir", tmp_path / "fpx").told()

    assert portal.told() == {"portal": f"http://127.0.0.1:{mine}"}
    assert httpx.get(f"http://127.0.0.1:{mine}/readyz").status_code == 200
    assert portal.end() == 0
    assert len(portal.err.everything().splitlines()) == 1


def test_a_payment_confirmed_while_the_portal_is_dead_is_settled_when_both_are_back(
    caruman: Caruman, tmp_path: Path, until: Until, applicant: Callable[[Addresses], Applicant]
) -> None:
    """The direct AC finds nobody, FPX is killed too, and still it arrives: it was owed in the store."""
    there = ("--json", "--data-dir", tmp_path)
    others = (
        caruman("serve", "sms", *there, "--port", "0"),
        caruman("serve", "smtp", *there, "--port", "0", "--smtp-port", "0"),
    )
    fpx = caruman("serve", "fpx", *there, "--port", "0")
    told = fpx.told() | others[0].told() | others[1].told()
    mail_host, _, mail_port = told["smtp"].rpartition(":")
    environment = {
        "CARUMAN_PORTAL_FPX_BROWSER_URL": told["fpx"],
        "CARUMAN_PORTAL_FPX_SERVER_URL": told["fpx"],
        "CARUMAN_PORTAL_SMS_URL": told["sms"],
        "CARUMAN_PORTAL_SMTP_HOST": mail_host,
        "CARUMAN_PORTAL_SMTP_PORT": mail_port,
        "CARUMAN_PORTAL_PASSWORD_HASHING": "fast",
    }
    portal = caruman("serve", "portal", *there, "--port", "0", **environment)
    addresses = Addresses.from_json(json.dumps(told | portal.told()))
    buyer = applicant(addresses)
    buyer.reach("pay_by_fpx")
    buyer.choose_bank()
    buyer.bank.sign_in()
    portal.kill()
    buyer.bank.confirm()
    until(
        lambda: "Connect" in httpx.get(f"{addresses.fpx}/_control/journal?limit=1000").text, "the first try has failed"
    )
    fpx.kill()

    caruman("serve", "fpx", *there, "--port", str(httpx.URL(addresses.fpx).port)).told()
    caruman("serve", "portal", *there, "--port", str(httpx.URL(addresses.portal).port), **environment).told()
    httpx.post(f"{addresses.fpx}/_control/clock", json={"advance": 60})

    debits = httpx.get(f"{addresses.fpx}/_control/totals").json()["debits"]

    assert debits["count"] == 1
    until(
        lambda: httpx.get(f"{addresses.portal}/_control/totals").json() == {"paid_orders": debits, "receipts": debits},
        "the portal has settled what FPX has debited",
    )


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("fpx", "--smtp-port", "1"), "--smtp-port is for the room smtp"),
        (("attic",), "invalid choice: 'attic'"),
        (("fpx", "--port", "70000"), "is not a port"),
        (("fpx", "--clock", "yesterday"), "is not an instant"),
    ],
)
def test_what_cannot_be_served_is_refused_in_words(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], complaint: str
) -> None:
    """Exit code 2 and a sentence."""
    try:
        code = main(["serve", *words])
    except SystemExit as ended:
        code = int(ended.code or 0)

    assert code == 2
    assert complaint in capsys.readouterr().err


def test_a_wrong_setting_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A room that was told nonsense says which setting it means."""
    monkeypatch.setenv("CARUMAN_PORTAL_OTP_DIGITS", "three")

    assert main(["serve", "portal", "--data-dir", str(tmp_path)]) == 2

    [line] = capsys.readouterr().err.splitlines()

    assert "otp_digits" in line


def test_a_taken_port_names_the_flag_of_serve(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """`--port`, not the flag of `up`."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]

        assert main(["serve", "fpx", "--port", str(taken), "--data-dir", str(tmp_path)]) == 2

    assert f"{taken}: it is already in use; choose another with --port" in capsys.readouterr().err


def free_port() -> int:
    """A port nobody had a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as trial:
        port: int = trial.getsockname()[1]
        return port
