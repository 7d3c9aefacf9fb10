"""The public check of a receipt: yes to what we certified, no to everything else, and never whose it is."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask

from tests.reference_portal.visitor import Page, Visitor


@pytest.fixture(name="address")
def _address(visitor: Visitor) -> str:
    """The address on the receipt of somebody who paid, without the host."""
    visitor.be_covered()
    receipt = visitor.look(f"/receipt/{visitor.order_number()}/resit.json").answer.get_json()
    assert receipt["check_url"].startswith("http://portal.invalid:8000/receipt-check/SBX-SPS-2019-0000001?")
    return str(receipt["check_url"]).removeprefix("http://portal.invalid:8000")


def test_a_stranger_is_told_number_amount_and_date(address: str, somebody: Callable[[], Visitor]) -> None:
    """Without signing in; name and identity number stay with the owner."""
    page = somebody().open(address)

    assert (page.status, page.testid("receipt-check")) == (200, "SAH")
    for said in ("SBX-SPS-2019-0000001", "RM157.20", "15 Mei 2019, 9:00:00 pagi"):
        assert said in page.words
    assert not any(secret in page.text for secret in ("Ujian bin Contoh", "850312", "Bank Ujian"))


def _changed(address: str, **parts: str) -> str:
    split = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(split.query).items()} | parts
    return f"{parts.get('path', split.path)}?{urlencode(query)}"


@pytest.mark.parametrize(
    "parts",
    [
        {"amount": "15721"},
        {"amount": ""},
        {"amount": "١٥٧٢٠"},
        {"paid": "20190515T090001"},
        {"paid": "yesterday"},
        {"seal": "0" * 32},
        {"seal": ""},
        {"seal": "é" * 32},
        {"path": "/receipt-check/SBX-SPS-2019-0000002"},
        {"path": "/receipt-check/" + "9" * 2000},
        {"path": "/receipt-check/%0a%00"},
    ],
    ids=str,
)
def test_a_receipt_that_was_altered_is_not_confirmed(visitor: Visitor, address: str, parts: dict[str, str]) -> None:
    """Whichever part was changed; what it claims is not repeated."""
    page = visitor.open(_changed(address, **parts))

    assert (page.status, page.testid("receipt-check")) == (422, "TIDAK SAH")
    assert "RM" not in page.testid("receipt-check") + "".join(page.find("//dl//text()"))


def test_an_address_without_its_parts_is_a_no(visitor: Visitor) -> None:
    """Typed by hand, or cut off by a mail program."""
    assert visitor.open("/receipt-check/SBX-SPS-2019-0000001").status == 422


def test_a_receipt_is_confirmed_after_a_restart_and_after_a_reset(
    address: str, portal_app: Flask, make_portal: Callable[[], Flask]
) -> None:
    """The seal is our key's, which both survive: paper outlives a store."""
    portal_app.extensions["portal"].reset()
    again = make_portal().test_client().get(address)

    assert Page(again).testid("receipt-check") == "SAH"
