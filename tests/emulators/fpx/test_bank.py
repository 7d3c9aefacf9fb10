"""The buyer's bank, page by page: every way out has its code, and nothing but Confirm takes money."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[3] / "docs"
STAGES = {"sign in": ("1C", "1A"), "account": ("1F", "1D"), "TAC": ("1I", "1G"), "confirmation": ("1L", "1J")}


def bring_to(buyer, stage):
    """Go on as far as the stage's page."""
    if stage != "sign in":
        buyer.sign_in()
    if stage in ("TAC", "confirmation"):
        buyer.next(**buyer.choose(), TAC="")
    if stage == "confirmation":
        buyer.next(TAC=buyer.token)


@pytest.mark.parametrize("stage", STAGES)
def test_cancel_and_time_out_have_the_code_of_their_stage(desk, stage):
    """1C, 1F, 1I, 1L and 1A, 1D, 1G, 1J: on the result page, in the direct AC owed, and for the enquiry."""
    cancelled, left = desk.arrive(), desk.arrive()
    for _, buyer in (cancelled, left):
        bring_to(buyer, stage)
    cancelled[1].press("Cancel")
    desk.later(600)
    left[1].reload()

    for (ar, buyer), code in zip((cancelled, left), STAGES[stage], strict=True):
        assert (buyer.code, desk.owed(ar), desk.merchant.enquire(ar)["fpx_debitAuthCode"]) == (code, [code], code)


def test_a_busy_buyer_still_has_no_more_than_the_whole_session(desk):
    """Nine minutes on each page are half an hour in all: 1M, whatever the page."""
    ar, buyer = desk.arrive()
    acts = (buyer.sign_in, lambda: buyer.next(**buyer.choose(), TAC=""), lambda: buyer.next(TAC=buyer.token))
    for act in acts:
        desk.later(590)
        buyer.reload()
        act()
    assert 'data-stage="TAC_GIVEN"' in buyer.page.text
    desk.later(31)
    buyer.confirm()

    assert (buyer.code, desk.owed(ar)) == ("1M", ["1M"])


@pytest.mark.parametrize(
    ("suffix", "code"),
    [("01", "00"), ("02", "51"), ("03", "48"), ("04", "57"), ("05", "14"), ("06", "1K"), ("07", "1E")],
)
def test_each_account_pays_or_fails_in_its_own_way(desk, suffix, code):
    """What the page says beside the account is what happens, for the lowest amount too."""
    before = desk.room.totals()["debits"]["count"]
    ar, buyer = desk.arrive(txnAmount="1.00")
    buyer.sign_in()
    said = re.search(rf'bank-account-{suffix}">(.*?)</label>', buyer.page.text, re.S)[1]
    buyer.confirm(suffix)

    assert (f"ujian: {code}" in said) is (code != "00")
    assert (buyer.code, desk.owed(ar)) == (code, [code])
    assert desk.room.totals()["debits"]["count"] - before == (1 if code == "00" else 0)


def test_the_account_that_pays_covers_the_highest_amount(desk):
    """RM 30,000.00 and, for a company, RM 1,000,000.00."""
    _, buyer = desk.arrive(txnAmount="30000.00")
    assert buyer.pay()["fpx_debitAuthCode"] == "00"
    _, buyer = desk.arrive(txnAmount="1000000.00", msgToken="02")
    assert buyer.pay()["fpx_debitAuthCode"] == "99"


def test_a_card_without_money_fails_at_each_of_its_accounts(desk):
    """5151 has two accounts and a few sen."""
    for suffix in ("01", "02"):
        _, buyer = desk.arrive(txnAmount="1.00")
        buyer.sign_in("5151")
        buyer.confirm(suffix)
        assert buyer.code == "51"


def test_three_wrong_tacs_end_the_visit_with_1h(desk):
    """Two are told with the tries left, the account chosen stays; a blank one costs no try."""
    ar, buyer = desk.arrive()
    buyer.sign_in()
    assert buyer.press("Confirm", **buyer.choose(), TAC=" ").status_code == 422
    assert 'id="TAC-error"' in buyer.page.text
    for left in (2, 1):
        buyer.press("Confirm", TAC="000000")
        assert f"tinggal {left} percubaan" in buyer.text
        assert "1234-01" in buyer.text
    buyer.press("Confirm", TAC="000000")

    assert (buyer.code, desk.owed(ar)) == ("1H", ["1H"])


def test_a_tac_is_good_while_shown_and_a_while_longer(desk):
    """The token goes by the room's clock; what it showed two turns ago is wrong, and spaces in a TAC do not matter."""
    _, buyer = desk.arrive()
    buyer.sign_in()
    old = buyer.token
    desk.later(120)
    assert buyer.next(**buyer.choose(), TAC=f"{old[:3]} {old[3:]}").status_code == 200
    assert 'data-stage="TAC_GIVEN"' in buyer.page.text

    _, buyer = desk.arrive()
    buyer.sign_in()
    old = buyer.token
    desk.later(240)
    buyer.press("Confirm", **buyer.choose(), TAC=old)
    assert "TAC salah atau sudah luput" in buyer.text
    buyer.confirm()
    assert buyer.code == "00"


def test_the_token_of_one_visit_opens_no_other(desk):
    """Two buyers at the same moment have different TACs."""
    (_, one), (_, other) = desk.arrive(), desk.arrive()
    one.sign_in()
    other.sign_in()

    assert one.token != other.token
    one.press("Confirm", **one.choose(), TAC=other.token)
    assert "TAC salah" in one.text


def test_an_old_tab_debits_no_account_but_the_one_it_showed(desk):
    """Two tabs: one went on with an account, the other sends another one; that asks for a TAC of its own."""
    before = desk.room.totals()
    _, buyer = desk.arrive()
    buyer.sign_in()
    old_tab = (buyer.form("Confirm")[0], buyer.choose("04"))
    buyer.next(**buyer.choose("01"), TAC=buyer.token)
    buyer.post(old_tab[0], {**old_tab[1], "TAC": ""})

    assert buyer.page.status_code == 422
    assert "1234-04" in buyer.text
    assert desk.room.totals() == before
    buyer.confirm()
    assert buyer.code == "57"


@pytest.mark.parametrize("account", ["", "9999-01", "1234-99", "x" * 500])
def test_an_account_nobody_has_is_told_beside_the_choice(desk, account):
    """No try is lost, nothing is chosen."""
    _, buyer = desk.arrive()
    buyer.sign_in()
    answer = buyer.press("Confirm", account=account, TAC=buyer.token)

    assert answer.status_code == 422
    assert 'id="account-error"' in answer.text
    assert buyer.confirm().status_code == 200


def test_whatever_is_pressed_after_the_end_shows_the_end(desk):
    """The back button, a second click, another tab: every act of every page lands on the result."""
    ar, buyer = desk.arrive()
    first = buyer.form("Sign in")[0]
    buyer.pay()
    for act in ("sign-in", "next", "confirm", "cancel"):
        buyer.post(
            first.replace("/sign-in", f"/{act}"), {"account": "1234-02", "TAC": "1", "CardNum": "1", "HPin": "1"}
        )
        assert buyer.page.status_code == 200
        assert buyer.code == "00"
    assert desk.owed(ar) == ["00"]


def test_next_before_signing_in_shows_the_sign_in_page(desk):
    """Nobody chooses an account of somebody who has not signed in."""
    _, buyer = desk.arrive()
    buyer.post(buyer.form("Sign in")[0].replace("/sign-in", "/next"), {"account": "1234-01"})

    assert buyer.form("Sign in")


def test_the_visit_goes_on_after_a_restart_at_every_page(open_desk):
    """What was chosen and given is in the store."""
    desk = open_desk()
    pages = {}
    for stage in STAGES:
        _, pages[stage] = desk.arrive()
        bring_to(pages[stage], stage)
    again = open_desk(desk.world.data_dir)
    for buyer in pages.values():
        buyer.http = again.merchant.http
        buyer.reload()
    pages["sign in"].sign_in()
    for buyer in pages.values():
        buyer.confirm()
        assert buyer.code == "00"


def test_the_pages_can_be_those_of_the_simulator_which_asks_for_no_tac(open_desk):
    """A script for UAT's simulator signs in and confirms what is on the page, and reads no token."""
    desk = open_desk(tac_asked=False)
    _, buyer = desk.arrive()
    buyer.sign_in()

    assert "bank-token" not in buyer.page.text
    buyer.press("Confirm", **buyer.choose())
    assert buyer.code == "00"


def test_the_documented_hooks_are_on_the_pages(desk):
    """What docs/bank-pages.md promises to test drivers is there."""
    promised = set(re.findall(r"`(bank-[a-z0-9-]+)`", (DOCS / "bank-pages.md").read_text()))
    seen = ""
    for stage in STAGES:
        _, buyer = desk.arrive()
        bring_to(buyer, stage)
        seen += buyer.page.text
    _, buyer = desk.arrive(msgToken="02")
    buyer.pay()
    seen += buyer.page.text + buyer.http.get(f"{buyer.fpx}/bank/B2BAuth.jsp").text
    txn_id = buyer.form("Continue with Transaction")[1]["fpx_fpxTxnId"]
    seen += buyer.http.get(f"{buyer.fpx}/bank/B2BAuth.jsp?fpxTxnId={txn_id}").text

    found = set(re.findall(r'data-testid="(bank-[a-z0-9-]+)"', seen))
    assert promised | {f"bank-account-{n:02d}" for n in range(1, 8)} == found
