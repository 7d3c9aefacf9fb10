"""A page that is filled in is the page its template draws."""

from __future__ import annotations

from dataclasses import replace

import pytest

from emulators.fpx.accounts import EVERYDAY
from emulators.fpx.banks import BANKS
from emulators.fpx.console_words import moment
from emulators.fpx.pages import MOST, Pages, draw
from emulators.fpx.teller import WayBack
from emulators.fpx.transaction import State, Transaction
from emulators.fpx.visits import Visit

TXN = Transaction(
    fpx_txn_id="1905150900001234",
    fpx_txn_time="20190515090000",
    session="0a" * 16,
    state=State.AT_BANK,
    received_at="2019-05-15T09:00:00.123+08:00",
    expires_at=1.0,
    seller_ex_id="EX00000789",
    seller_ex_order_no="ORDER-1",
    seller_id="SE00000789",
    seller_order_no="<b>100%&#1;</b> %(session)s",
    seller_txn_time="20190515090000",
    msg_token="01",
    amount_sen=15720,
    txn_currency="MYR",
    buyer_bank_id="UJIAN001",
    buyer_email="a@example.com",
    buyer_id="",
    buyer_iban="",
    product_desc=" 5% 'off' & <more> ",
    version="7.0",
)
VISIT = Visit(TXN, BANKS[0], "Kedai 100% <SANDBOX>", 3, (), None, "")
SIGNED = replace(TXN, state=State.SIGNED_IN, card="1234")
CHOSEN = replace(SIGNED, state=State.ACCOUNT_CHOSEN, account="1234-01")
AT_ACCOUNTS = replace(VISIT, transaction=SIGNED, accounts=EVERYDAY, token="123456")
WAY = WayBack("http://shop.example/in?a=1&b=%20", {"fpx_a": "<&>%s", "fpx_b": "", "fpx_%": '"'})
ENDED = replace(CHOSEN, state=State.APPROVED, debit_auth_code="00")
ASKED = '[{"name": "direct-delayed", "door": "CardNum", "values": {"seconds": 5.0}, "plan": ""}]'


@pytest.mark.parametrize(
    ("visit", "way"),
    [
        (VISIT, None),
        (replace(VISIT, transaction=replace(TXN, wrong_sign_ins=1), tries_left=2), None),
        (replace(VISIT, transaction=replace(TXN, asked=ASKED)), None),
        (AT_ACCOUNTS, None),
        (replace(AT_ACCOUNTS, transaction=replace(SIGNED, amount_sen=99)), None),
        (replace(AT_ACCOUNTS, transaction=replace(SIGNED, product_desc=" ", msg_token="02")), None),
        (replace(AT_ACCOUNTS, transaction=CHOSEN, chosen=EVERYDAY[0]), None),
        (replace(AT_ACCOUNTS, transaction=replace(CHOSEN, state=State.TAC_GIVEN), token=""), None),
        (replace(VISIT, transaction=ENDED), WAY),
        (replace(VISIT, transaction=ENDED), replace(WAY, first=True, fields={"fpx_c": "1"})),
        (
            replace(VISIT, transaction=replace(ENDED, state=State.DECLINED, debit_auth_code="51")),
            WayBack("", {}, lost=True),
        ),
        (replace(VISIT, transaction=replace(ENDED, state=State.AUTHORISING, debit_auth_code="99")), WAY),
        (replace(VISIT, transaction=replace(ENDED, state=State.PENDING, debit_auth_code="09")), WAY),
    ],
)
def test_filled_in_as_drawn(desk, visit, way):
    """Also for the next payment of the same kind, whose numbers and amount are others; and below a prefix."""
    pages, app = Pages(desk.room.app), desk.room.app
    txn = visit.transaction
    other = replace(
        txn, session="1b" * 16, fpx_txn_id="2", seller_order_no="O", product_desc="P", amount_sen=txn.amount_sen - 1
    )
    further = replace(
        visit, transaction=replace(other, received_at="2020-01-02T03:04:05.006+08:00"), token=visit.token and "9"
    )
    for each in (visit, further):
        filled = pages.of(each, way)
        for prefix in ("", "/below"):
            with app.test_request_context(environ_overrides={"SCRIPT_NAME": prefix}):
                drawn = draw(each, way, moment(each.transaction.received_at))
                assert pages.of(each, way).decode() == drawn
            assert prefix or filled.decode() == drawn
    assert len(pages._drawn) == 2


def test_no_more_pages_are_remembered_than_the_bound(desk):
    """A merchant who names every seller anew does not fill the memory."""
    pages = Pages(desk.room.app)
    pages._drawn = dict.fromkeys(range(MOST), b"")

    pages.of(VISIT)

    assert len(pages._drawn) == 1
