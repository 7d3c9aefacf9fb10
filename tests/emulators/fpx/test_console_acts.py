"""What a tester does in the console: decides open payments, switches banks; from the console's own pages only."""

from __future__ import annotations

import pytest


@pytest.fixture(name="decide")
def _decide(merchant):
    """`decide(ar, decision, code)`: press a button of the chooser; the answer."""

    def decide(ar, decision, code="51", **headers):
        asked = {"q": ar["fpx_sellerExOrderNo"]}
        listed = merchant.http.get(f"{merchant.fpx}/api/v1/transactions", params=asked).json()
        txn_id = listed["transactions"][0]["fpx_txn_id"]
        form = {"decision": decision, "code": code}
        return merchant.http.post(f"{merchant.fpx}/transactions/{txn_id}/decide", data=form, headers=headers)

    return decide


@pytest.mark.parametrize(
    ("decision", "code", "told"), [("approve", "", "00"), ("decline", "57", "57"), ("pending", "", "09")]
)
@pytest.mark.parametrize("signed_in", [False, True])
def test_a_payment_whose_buyer_is_at_the_bank_is_decided(
    running, merchant, arrive, until, decide, decision, code, told, signed_in
):
    """The outcome is the bank's own: the direct AC says it, once, and an enquiry finds it."""
    ar = merchant.ar()
    buyer = arrive(ar)
    if signed_in:
        buyer.sign_in()

    assert decide(ar, decision, code).status_code == 303
    until(lambda: merchant.direct, "the direct AC arrives")
    assert merchant.direct[0]["fpx_debitAuthCode"] == told
    assert merchant.believes(merchant.direct[0])
    assert decide(ar, "decline").status_code == (303 if decision == "pending" else 409)


def test_a_pending_payment_is_decided_later(running, merchant, arrive, until, decide):
    """Left pending by the bank, approved by the tester: a second direct AC, and nothing after that."""
    ar = merchant.ar()
    arrive(ar).pay("0909")
    until(lambda: merchant.direct, "the first direct AC arrives")
    page = merchant.http.get(f"{merchant.fpx}/transactions/{merchant.direct[0]['fpx_fpxTxnId']}").text

    assert 'data-testid="decide-approve"' in page
    assert 'data-testid="decide-pending"' not in page
    assert decide(ar, "approve").status_code == 303
    until(lambda: len(merchant.direct) == 2, "the second direct AC arrives")
    assert [ac["fpx_debitAuthCode"] for ac in merchant.direct] == ["09", "00"]
    assert decide(ar, "pending").status_code == 409


def test_nothing_is_decided_by_mistake(running, merchant, arrive, decide):
    """A code no decline has, a word that is no decision, another site's page: the payment stays as it was."""
    ar = merchant.ar()
    arrive(ar)

    assert decide(ar, "decline", "00").status_code == 400
    assert decide(ar, "decline", "ZZ").status_code == 400
    assert decide(ar, "wait").status_code == 400
    assert decide(ar, "approve", Origin="http://evil.example").status_code == 401
    assert (
        merchant.http.post(f"{merchant.fpx}/transactions/1905/decide", data={"decision": "approve"}).status_code == 404
    )
    assert merchant.enquire(ar)["fpx_debitAuthCode"] == "09"
    assert running.journal("decided") == []


def test_a_bank_switched_off_is_blocked_in_its_model_only(running, merchant):
    """The page shows what BE is answered, and BE is answered so."""
    form = {"bank_id": "UJIAN001", "model": "01", "online": "0"}
    assert merchant.http.post(f"{merchant.fpx}/banks", data=form).status_code == 303
    page = merchant.http.get(f"{merchant.fpx}/banks").text
    lists = [merchant.post("RetrieveBankList", merchant.be(msgToken=model)).text for model in ("01", "02")]

    assert ("UJIAN001%7EB" in lists[0], "UJIAN001%7EA" in lists[1]) == (True, True)
    assert page.count("UJIAN001~B") == 1
    assert merchant.post("seller2DReceiver.jsp", merchant.ar()).status_code == 400
    merchant.http.post(f"{merchant.fpx}/banks", data=form | {"online": "1"})
    assert merchant.post("seller2DReceiver.jsp", merchant.ar()).status_code == 303
    assert merchant.http.post(f"{merchant.fpx}/banks", data={"bank_id": "NOBODY"}).status_code == 400
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert merchant.http.post(f"{merchant.fpx}/banks", data=form, headers=elsewhere).status_code == 401
