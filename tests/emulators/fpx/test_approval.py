"""B2B1: the maker submits (99), the approver decides, and the seller hears of it by a second direct AC."""

from __future__ import annotations

import re

import pytest

PAGE = "/bank/B2BAuth.jsp"


@pytest.fixture(name="submitted")
def _submitted(desk):
    """`submitted(suffix)`: a company's payment that its maker has submitted; the AR, the maker and the FPX id."""

    def submit(suffix="01", **changes):
        ar, maker = desk.arrive(msgToken="02", **changes)
        maker.sign_in()
        maker.confirm(suffix)
        return ar, maker, maker.form("Continue with Transaction")[1]["fpx_fpxTxnId"]

    return submit


def decide(desk, txn_id, decision="approve", card="1234", password="1234"):
    """What the approver's form sends."""
    filled = {"fpxTxnId": txn_id, "CardNum": card, "HPin": password, "decision": decision}
    return desk.merchant.http.post(f"{desk.merchant.fpx}{PAGE}", data=filled, follow_redirects=True)


def test_a_makers_payment_waits_with_99_by_both_acs_and_for_the_enquiry(desk, submitted):
    """Nothing is debited; the id is there, the authorisations are blank, all is signed."""
    before = desk.room.totals()
    ar, maker, txn_id = submitted()
    indirect, asked = maker.form("Continue with Transaction")[1], desk.merchant.enquire(ar)

    assert desk.owed(ar) == ["99"]
    assert indirect == asked
    assert (asked["fpx_debitAuthCode"], asked["fpx_creditAuthCode"], asked["fpx_debitAuthNo"]) == ("99", "", "")
    assert (asked["fpx_fpxTxnId"], asked["fpx_msgToken"]) == (txn_id, "02")
    assert desk.merchant.believes(asked)
    assert desk.room.totals() == before


def test_the_approvers_yes_debits_once_and_owes_a_second_direct_ac(desk, submitted):
    """The link on the maker's page leads there; a second click changes nothing; no second indirect AC is made."""
    before = desk.room.totals()["debits"]["count"]
    ar, maker, txn_id = submitted()
    link = re.search(r'href="([^"]*)" data-testid="bank-approver"', maker.page.text)[1]
    page = maker.http.get(f"{maker.fpx}{link}").text
    assert 'data-testid="bank-approve"' in page
    assert "157.20" in page
    first, second = decide(desk, txn_id), decide(desk, txn_id, "reject")
    maker.reload()

    assert (first.status_code, second.status_code) == (200, 200)
    assert desk.owed(ar) == ["99", "00"]
    assert desk.merchant.enquire(ar)["fpx_debitAuthCode"] == desk.merchant.enquire(ar)["fpx_creditAuthCode"] == "00"
    assert maker.code == "99"
    assert "Bayaran berjaya" in maker.text
    assert desk.room.totals()["debits"]["count"] - before == 1


def test_the_approvers_no_and_an_account_without_money_are_told_by_the_second_direct_ac(desk, submitted):
    """80 for a rejection; 51 when the account the maker chose cannot pay; the maker's page knows it too."""
    rejected, _, txn_id = submitted()
    decide(desk, txn_id, "reject")
    assert desk.owed(rejected) == ["99", "80"]
    poor, _, txn_id = submitted(suffix="02")
    decide(desk, txn_id)
    assert desk.owed(poor) == ["99", "51"]


def test_an_approver_who_does_not_come_lets_the_payment_time_out(desk, submitted):
    """OF after three days, by the clock, whoever looks first; a decision after that changes nothing."""
    ar, maker, txn_id = submitted()
    desk.later(259_199)
    assert desk.merchant.enquire(ar)["fpx_debitAuthCode"] == "99"
    desk.later(1)
    decide(desk, txn_id)

    assert desk.owed(ar) == ["99", "OF"]
    maker.reload()
    assert maker.code == "99"


def test_only_a_signed_in_approver_decides_and_only_about_a_company_payment(desk, submitted):
    """A wrong password, a blank one, an unknown id, a person's payment: told beside the field, nothing changed."""
    ar, _, txn_id = submitted()
    _, person = desk.arrive()
    persons_id = person.pay()["fpx_fpxTxnId"]
    for wrong, where in [
        ({"password": "4321"}, "CardNum-error"),
        ({"card": "4321"}, "CardNum-error"),
        ({"card": " "}, "CardNum-error"),
        ({"password": ""}, "CardNum-error"),
    ]:
        answer = decide(desk, txn_id, **wrong)
        assert (answer.status_code, where in answer.text) == (422, True), wrong
    for other in ("9" * 16, persons_id, "", "'; --"):
        answer = decide(desk, other)
        assert (answer.status_code, "fpxTxnId-error" in answer.text) == (422, True), other
        assert desk.merchant.http.get(f"{desk.merchant.fpx}{PAGE}", params={"fpxTxnId": other}).status_code == 200
    assert desk.owed(ar) == ["99"]


def test_what_waits_is_listed_with_its_link(desk, submitted):
    """An approver need not know the id by heart; what is decided leaves the list."""
    _, _, txn_id = submitted(sellerOrderNo="INV <77>")
    listed = desk.merchant.http.get(f"{desk.merchant.fpx}{PAGE}").text
    assert f'fpxTxnId={txn_id}" data-testid="bank-waiting"' in listed
    assert "INV &lt;77&gt;" in listed
    decide(desk, txn_id)

    assert txn_id not in desk.merchant.http.get(f"{desk.merchant.fpx}{PAGE}").text


def test_the_code_of_a_rejection_is_a_setting(open_desk):
    """Which one FPX uses is not known."""
    desk = open_desk(rejected_code="BC", approval_seconds=60)
    ar, maker = desk.arrive(msgToken="02")
    decide(desk, maker.pay()["fpx_fpxTxnId"], "reject")

    assert desk.owed(ar) == ["99", "BC"]
