"""A payment over real sockets: AR, bank, direct AC, indirect AC, AE."""

from __future__ import annotations

import re

import pytest

WIRE_ORDER = [
    "debitAuthCode",
    "debitAuthNo",
    "sellerExId",
    "creditAuthNo",
    "buyerName",
    "buyerId",
    "sellerTxnTime",
    "sellerExOrderNo",
    "makerName",
    "buyerBankBranch",
    "buyerBankId",
    "msgToken",
    "creditAuthCode",
    "sellerId",
    "fpxTxnTime",
    "buyerIban",
    "sellerOrderNo",
    "txnAmount",
    "fpxTxnId",
    "checkSum",
    "msgType",
    "txnCurrency",
]


def test_an_approved_payment_reaches_the_seller_twice_with_one_content(running, merchant, arrive, until):
    """Direct and indirect AC are equal, genuine, in wire order, and the debit is booked once."""
    buyer = arrive(merchant.ar())
    indirect = buyer.pay()
    until(lambda: merchant.direct, "the direct AC arrives")

    assert merchant.direct == [indirect]
    assert merchant.believes(indirect)
    assert [f"fpx_{name}" for name in WIRE_ORDER] == list(indirect)
    assert (indirect["fpx_debitAuthCode"], indirect["fpx_creditAuthCode"]) == ("00", "00")
    assert f"{merchant.url}/indirect" == buyer.form("Continue with Transaction")[0]
    assert running.room.totals() == {"debits": {"count": 1, "sen": 15720}}
    assert "SANDBOX" in buyer.text


@pytest.mark.parametrize(
    ("bank", "card", "code"),
    [
        ("UJIAN001", "1234", "00"),
        ("UJIAN002", "5151", "51"),
        ("CONTOH01", "0909", "09"),
        ("TEST0021", "5151", "00"),
        ("TEST0022", "1234", "51"),
    ],
)
def test_the_catalogue_chooses_the_outcome(running, merchant, arrive, until, bank, card, code):
    """The row of the catalogue holds at the bank, in the direct AC, in the indirect one and in the totals."""
    indirect = arrive(merchant.ar(buyerBankId=bank)).pay(card)
    until(lambda: merchant.direct, "the direct AC arrives")

    assert code == indirect["fpx_debitAuthCode"] == merchant.direct[0]["fpx_debitAuthCode"]
    assert ("00" if code == "00" else "") == indirect["fpx_creditAuthCode"]
    assert (1 if code == "00" else 0) == running.room.totals()["debits"]["count"]
    assert merchant.believes(merchant.direct[0])


def test_the_random_bank_draws_both_outcomes(running, merchant, arrive):
    """TEST0023 approves and declines by the world's source of randomness."""
    codes = {arrive(merchant.ar(buyerBankId="TEST0023")).pay()["fpx_debitAuthCode"] for _ in range(12)}

    assert {"00", "51"} == codes


def test_the_third_wrong_password_ends_the_visit_with_1b(running, merchant, arrive, until):
    """Two wrong ones are told with the tries left; the third is final."""
    buyer = arrive(merchant.ar())
    buyer.sign_in("1234", "0000")
    assert "tinggal 2 percubaan" in buyer.text
    buyer.sign_in("9999", "1234")
    assert "tinggal 1 percubaan" in buyer.text
    buyer.sign_in("1234", "wrong")
    until(lambda: merchant.direct, "the direct AC arrives")

    assert merchant.direct[0]["fpx_debitAuthCode"] == "1B"
    assert buyer.form("Continue with Transaction")[1]["fpx_debitAuthCode"] == "1B"


def test_a_blank_sign_in_is_told_beside_its_field_and_costs_no_try(running, merchant, arrive):
    """Nothing typed is lost (the password excepted) and no try is counted."""
    buyer = arrive(merchant.ar())

    assert buyer.sign_in("5151", "").status_code == 422
    assert 'value="5151"' in buyer.page.text
    assert 'id="HPin-error"' in buyer.page.text
    assert buyer.sign_in("  ", "1234").status_code == 422
    assert 'id="CardNum-error"' in buyer.page.text
    assert running.journal("sign-in failed") == []


def test_a_second_confirm_lands_on_the_result_and_debits_once(running, merchant, arrive, until):
    """A double click, the back button and a late Cancel all find the payment as it is."""
    buyer = arrive(merchant.ar())
    buyer.sign_in()
    confirm, cancel = buyer.form("Confirm")[0], buyer.form("Cancel")[0]
    buyer.confirm()
    first = buyer.form("Continue with Transaction")[1]
    for again in (confirm, cancel, confirm.replace("/confirm", "/sign-in")):
        buyer.post(again, {"CardNum": "5151", "HPin": "1234"})
        assert buyer.page.status_code == 200
        assert first == buyer.form("Continue with Transaction")[1]
    until(lambda: merchant.direct, "the direct AC arrives")

    assert running.room.totals() == {"debits": {"count": 1, "sen": 15720}}
    assert len(running.journal("AC owed")) == 1


def test_confirm_before_signing_in_is_shown_the_sign_in_page(running, merchant, arrive):
    """Nobody confirms a payment without having signed in."""
    buyer = arrive(merchant.ar())
    confirm = buyer.form("Sign in")[0].replace("/sign-in", "/confirm")
    buyer.post(confirm, {})

    assert buyer.form("Sign in")
    assert running.room.totals()["debits"]["count"] == 0


def test_the_older_door_takes_ar_and_ae(running, merchant):
    """sellerNVPReceiver.jsp serves the merchants of version 5.0."""
    ar = merchant.ar(version="5.0")
    accepted = merchant.post("sellerNVPReceiver.jsp", ar)
    asked = merchant.post("sellerNVPReceiver.jsp", merchant.ae(ar))

    assert accepted.status_code == 303
    assert asked.text.startswith("fpx_debitAuthCode=09&")


def test_the_banks_buttons_have_a_malay_word_beside_the_simulators(running, merchant, arrive):
    """The button reads as UAT's does; what it means stands next to it, and the result tells when."""
    buyer = arrive(merchant.ar())

    def beside(button):
        return re.search(rf">{button}</button>\s*<span[^>]*>([^<]*)</span>", buyer.page.text)[1]

    assert (beside("Sign in"), beside("Cancel")) == ("Log masuk", "Batal")
    buyer.sign_in()
    assert (beside("Confirm"), beside("Cancel")) == ("Sahkan", "Batal")
    buyer.confirm()
    assert beside("Continue with Transaction") == "Teruskan transaksi"
    assert re.search(r">15/05/2019 09:0\d:\d\d<", buyer.page.text)
