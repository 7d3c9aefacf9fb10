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


class Four:
    """Four rooms in four processes that share a data folder; each knows only addresses."""

    def __init__(self, start: Caruman, folder: Path, free_port: Callable[[], int]) -> None:
        self._start = start
        self._there = ("--json", "--data-dir", folder)
        self._ports = {room: free_port() for room in ("portal", "fpx", "sms", "smtp")}
        url = {room: f"http://127.0.0.1:{port}" for room, port in self._ports.items()}
        mail_port, smpp_port = free_port(), free_port()
        mail = f"127.0.0.1:{mail_port}"
        self._others = ("--fpx-url", url["fpx"], "--sms-url", url["sms"], "--inbox-url", url["smtp"], "--smtp", mail)
        self.addresses = Addresses(url["portal"], url["fpx"], url["sms"], url["smtp"], mail, f"127.0.0.1:{smpp_port}")
        portal = self.begin("portal")
        self.first_complaint = portal.err.line()
        self.alone = {path: httpx.get(f"{url['portal']}{path}").status_code for path in ("/", "/livez", "/readyz")}
        fpx, sms = self.begin("fpx"), self.begin("sms", "--smpp-port", smpp_port)
        smtp = self.begin("smtp", "--smtp-port", mail_port)
        self.running = {"portal": portal, "fpx": fpx, "sms": sms, "smtp": smtp}
        told = fpx.told() | sms.told() | smtp.told() | portal.told()
        assert Addresses.from_json(json.dumps(told)) == self.addresses

    def begin(self, room: str, *words: object) -> Any:
        """Start the room's process, at its own port."""
        others = self._others if room == "portal" else ()
        environment = {"CARUMAN_PORTAL_PASSWORD_HASHING": "fast"} if room == "portal" else {}
        return self._start("serve", room, *self._there, "--port", self._ports[room], *others, *words, **environment)


@pytest.fixture(name="four", scope="module")
def _four(caruman_here: Caruman, tmp_path_factory: pytest.TempPathFactory, free_port: Callable[[], int]) -> Four:
    return Four(caruman_here, tmp_path_factory.mktemp("four"), free_port)


def test_a_portal_without_fpx_serves_but_is_not_ready_until_fpx_comes(four: Four) -> None:
    """It says once where it looked for FPX, serves pages meanwhile, and is ready once it has been introduced."""
    assert four.addresses.fpx in four.first_complaint
    assert four.alone == {"/": 200, "/livez": 200, "/readyz": 503}
    assert httpx.get(f"{four.addresses.portal}/readyz").status_code == 200


def test_four_processes_make_a_sandbox_and_the_guide_is_walked_in_it(four: Four) -> None:
    """All sixteen steps, over the wires between four processes started in no helpful order."""
    assert len(list(Walk(four.addresses))) == 16


def test_the_portal_links_to_the_rooms_it_was_told(four: Four, applicant: Callable[[Addresses], Applicant]) -> None:
    """At ports nobody knows, L04 leads to the SMS room and L05 to the inbox."""
    newcomer = applicant(four.addresses)
    help_link = "//*[@data-testid='sandbox-help']/a/@href"

    assert newcomer.reach("confirm_mobile").document.xpath(help_link) == [four.addresses.sms]
    assert newcomer.reach("registered").document.xpath(help_link) == [four.addresses.inbox]


def test_four_processes_share_one_clock(four: Four) -> None:
    """Time moved in one room has moved in all."""
    httpx.post(f"{four.addresses.fpx}/_control/clock", json={"set": "2019-07-11T08:00"})

    times = {httpx.get(f"{url}/_control/clock").json()["now"][:16] for url in four.addresses.rooms().values()}

    assert times == {"2019-07-11T08:00"}


def test_a_payment_confirmed_while_the_portal_is_dead_is_settled_when_both_are_back(
    four: Four, until: Until, applicant: Callable[[Addresses], Applicant]
) -> None:
    """The direct AC finds nobody, FPX is killed too, and still it arrives: it was owed in the store."""
    addresses = four.addresses
    before = httpx.get(f"{addresses.fpx}/_control/totals").json()["debits"]["count"]
    buyer = applicant(addresses)
    buyer.reach("pay_by_fpx")
    buyer.choose_bank()
    buyer.bank.sign_in()
    four.running["portal"].kill()
    buyer.bank.confirm()
    until(
        lambda: "Connect" in httpx.get(f"{addresses.fpx}/_control/journal?limit=1000").text, "the first try has failed"
    )
    four.running["fpx"].kill()

    four.begin("fpx").told()
    four.begin("portal").told()
    httpx.post(f"{addresses.fpx}/_control/clock", json={"advance": 60})

    debits = httpx.get(f"{addresses.fpx}/_control/totals").json()["debits"]

    assert debits["count"] == before + 1
    until(
        lambda: httpx.get(f"{addresses.portal}/_control/totals").json() == {"paid_orders": debits, "receipts": debits},
        "the portal has settled what FPX has debited",
    )


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("fpx", "--smtp-port", "1"), "--smtp-port is for the room smtp"),
        (("smtp", "--smpp-port", "1"), "--smpp-port is for the room sms"),
        (("smtp", "--inbox-url", "http://127.0.0.1:1"), "only the portal calls other rooms"),
        (("portal", "--inbox-url", "127.0.0.1:1"), "is not an address"),
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
