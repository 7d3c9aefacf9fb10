"""What production does not tell is a setting; and what only some messages have: AD, version 7.0, AX, AF and AQ."""

from __future__ import annotations

from datetime import datetime

import pytest

from emulators.foundation.clock import MALAYSIA

MANDATE = {
    "msgType": "AD",
    "txnAmount": "1.00",
    "buyerId": "900101171234,1",
    "buyerIban": "01,0123456789,12,MT,150519,150520",
}


def test_an_e_mandate_is_taken_and_confirmed_like_a_payment(desk):
    """AD has AR's layout and door; the bank shows what is allowed, the reply is an AC with the mandate's fields."""
    ad, buyer = desk.arrive(**MANDATE)
    buyer.sign_in()
    assert "e-Mandat baharu: paling banyak 12 kali sebulan, mulai 15/05/2019 hingga 15/05/2020" in buyer.text
    buyer.confirm()
    ac = buyer.form("Continue with Transaction")[1]

    assert (ac["fpx_msgType"], ac["fpx_debitAuthCode"], ac["fpx_buyerIban"]) == ("AC", "00", MANDATE["buyerIban"])
    assert desk.merchant.believes(ac)
    assert desk.merchant.enquire(ad) == ac


@pytest.mark.parametrize(
    ("changes", "check", "code"),
    [
        ({"buyerIban": "04,0123456789,12,MT,150519,150520"}, "mandate-type", "DA"),
        ({"buyerEmail": "aminah"}, "mandate-email", "DB"),
        ({"buyerEmail": ""}, "mandate-email", "DB"),
        ({"buyerIban": "01,0123456789,0,MT,150519,150520"}, "mandate-frequency", "DC"),
        ({"buyerIban": "01,0123456789,12,XX,150519,150520"}, "mandate-mode", "DD"),
        ({"buyerIban": "01,0123456789,12,MT,150519,150519"}, "mandate-dates", "DE"),
        ({"buyerIban": "01,0123456789,12,MT,150519,310220"}, "mandate-dates", "DE"),
        ({"msgToken": "02", "txnAmount": "2.00"}, "mandate-bank", "DF"),
        ({"buyerIban": "01,0123456789"}, "format", "30"),
        ({"buyerId": "900101171234"}, "format", "30"),
        ({"buyerId": "900101171234,9"}, "format", "30"),
    ],
)
def test_a_wrong_e_mandate_has_the_code_of_its_part(desk, changes, check, code):
    """DA to DF, each by its own check."""
    assert desk.refusal(**(MANDATE | changes)) == (check, code)


def test_the_mandate_may_have_no_end(desk):
    """A blank expiry date is no date."""
    assert desk.refusal(**(MANDATE | {"buyerIban": "03,0123456789,1,YR,150519,"})) == ("", "")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("FPXMain/FPXMain/sellerReqCancel.jsp", ""),
        ("FPXMain/B2B2Payment", ""),
        ("FPXMain/seller2DReceiver.jsp", "AX"),
        ("FPXMain/sellerNVPTxnStatus.jsp", "AQ"),
        ("FPXMain/RetrieveBankList", "AF"),
    ],
)
def test_what_is_not_emulated_says_so(desk, path, message):
    """AX, AF and AQ get 501 and a sentence, at their own doors and at the others; the journal has it."""
    fields = {"fpx_msgType": message, "fpx_sellerExOrderNo": "X1"} if message else {}
    answer = desk.merchant.http.post(f"{desk.merchant.fpx}/{path}", data=fields, headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json()["check"]) == (501, "not-emulated")
    assert "is not emulated: its layout is not public" in answer.json()["sentence"]
    assert desk.room.journal(0, 1000)[-1]["facts"]["check"] == "not-emulated"


@pytest.mark.parametrize("version", ["5.0", "6.0", "7.0"])
def test_every_version_pays_and_only_7_knows_its_two_fields(desk, version):
    """eaccountNum and ebuyerId (either spelling) are unsigned; only 7.0 looks at their length."""
    for name in ("eaccountNum", "ebuyerId", "ebuyerID"):
        assert desk.refusal(version=version, **{name: "x" * 40}) == ("", "")
        expected = ("format", "30") if version == "7.0" else ("", "")
        assert desk.refusal(version=version, **{name: "x" * 41}) == expected


def test_replies_can_carry_the_white_space_of_old_jsps(open_desk):
    """Blank lines around, an ampersand at the end, or both; what is between is the bare reply."""
    desk = open_desk(
        reply_blank_lines=True, reply_trailing_ampersand=True, refused_reply="msgfromfpx= PROSESSING ERROR"
    )
    ar, _ = desk.arrive()
    answers = [
        desk.merchant.post("sellerNVPTxnStatus.jsp", desk.merchant.ae(ar)).text,
        desk.merchant.post("RetrieveBankList", desk.merchant.be()).text,
    ]
    refused = desk.merchant.post("RetrieveBankList", desk.merchant.be(version="1.0")).text

    for answer in answers:
        assert answer.startswith("\r\n\r\nfpx_")
        assert answer.endswith("&\r\n")
    assert refused == "\r\n\r\nmsgfromfpx= PROSESSING ERROR\r\n"


@pytest.mark.parametrize(
    ("hours", "opened", "closed"),
    [("07:00-23:00", ["07:00", "22:59"], ["06:59", "23:00"]), ("22:00-02:00", ["22:00", "01:59"], ["02:00", "21:59"])],
)
def test_outside_the_operating_hours_every_payment_is_refused(open_desk, hours, opened, closed):
    """OE by the room's clock, on either side of midnight."""
    desk = open_desk(operating_hours=hours)
    for moment in opened + closed:
        hour, minute = map(int, moment.split(":"))
        desk.room.clock.set(datetime(2019, 5, 16, hour, minute, tzinfo=MALAYSIA))
        expected = ("operating-hours", "OE") if moment in closed else ("", "")
        assert desk.refusal() == expected, moment


def test_single_sellers_and_acquiring_banks_can_be_limited(open_desk):
    """49 above a seller's own limit, SB for a code of the seller's bank that is not listed."""
    desk = open_desk(seller_limits={"SE00000789": 50_000}, seller_bank_codes=("01", "02"))

    assert desk.refusal(txnAmount="500.00") == ("", "")
    assert desk.refusal(txnAmount="500.01") == ("seller-maximum", "49")
    assert desk.refusal(sellerBankCode="09") == ("acquirer", "SB")


def test_a_clock_of_another_year_is_not_judged_and_one_of_today_is(desk, open_desk):
    """Software that stamps with the time of day runs unchanged beside a sandbox of 2019; a stale page does not."""
    now = desk.room.clock.now()
    assert desk.refusal(sellerTxnTime=f"{now.year + 7}0101000000") == ("", "")
    assert desk.refusal(sellerTxnTime=f"{now:%Y%m%d}235959") == ("clock", "XW")
    strict = open_desk(foreign_clock_seconds=0)
    assert strict.refusal(sellerTxnTime="20261122160000") == ("clock", "XW")


def test_an_order_number_may_be_used_again_after_the_days_of_the_setting(open_desk):
    """XN within them; after them a new transaction, which AE finds; the very same AR leads to the old one."""
    desk = open_desk(exchange_order_number_days=30)
    first, buyer = desk.arrive(sellerExOrderNo="SAME", txnAmount="10.00")
    buyer.pay()
    desk.later(29 * 86_400)
    assert desk.refusal(sellerExOrderNo="SAME") == ("exchange-order-number", "XN")
    desk.later(86_400)
    again, buyer = desk.arrive(sellerExOrderNo="SAME", txnAmount="20.00")
    assert desk.merchant.enquire(again)["fpx_txnAmount"] == "20.00"
    assert buyer.pay()["fpx_txnAmount"] == "20.00"
    desk.later(31 * 86_400)
    buyer.post("/FPXMain/seller2DReceiver.jsp", again)
    assert buyer.form("Continue with Transaction")[1]["fpx_txnAmount"] == "20.00"
    assert len(desk.owed(first)) == 2


def test_a_sellers_order_number_counts_as_used_for_the_days_of_the_setting(open_desk):
    """45 within them, taken after them."""
    desk = open_desk(refuse_repeated_order_number=True, order_number_days=1)
    assert desk.refusal(sellerOrderNo="INV-1") == ("", "")
    assert desk.refusal(sellerOrderNo="INV-1") == ("order-number", "45")
    desk.later(86_400)
    assert desk.refusal(sellerOrderNo="INV-1") == ("", "")


def test_an_enquiry_about_a_refused_ar_says_76_or_by_the_setting_its_code(desk, open_desk):
    """What production says is not known; another exchange's refusal is never told."""
    telling = open_desk(enquiry_tells_refusal=True)
    for each, code in [(desk, "76"), (telling, "2A")]:
        refused = each.ar(sellerExOrderNo="REFUSED-1", txnAmount="0.50")
        each.merchant.post("seller2DReceiver.jsp", refused)
        reply = each.merchant.enquire(refused)
        assert (reply["fpx_debitAuthCode"], reply["fpx_fpxTxnId"]) == (code, "")
        assert each.merchant.believes(reply)
    telling.merchant.introduce(exchange_id="EX00000111", seller_id="SE00000111")
    others = telling.ar(sellerExOrderNo="REFUSED-1", sellerExId="EX00000111", sellerId="SE00000111")
    assert telling.merchant.enquire(others)["fpx_debitAuthCode"] == "76"


def test_each_model_has_its_own_bank_list(desk):
    """Companies have two banks more, one of them blocked."""
    lists = {
        model: set(
            desk.merchant.post("RetrieveBankList", desk.merchant.be(msgToken=model))
            .text.split("bankList=")[1]
            .split("&")[0]
            .split("%2C")
        )
        for model in ("01", "02")
    }
    assert lists["02"] - lists["01"] == {"UJIAN004%7EA", "UJIAN005%7EB"}
    assert lists["01"] <= lists["02"]


def test_a_bank_can_be_switched_off_and_on(open_desk):
    """In one model or in all; the list says B, AR says BB; it survives a restart and ends with a reset."""
    desk = open_desk()

    def switch(**wish):
        return desk.merchant.http.post(f"{desk.merchant.fpx}/_control/banks", json=wish)

    assert switch(bank_id="UJIAN001", online=False, model="01").status_code == 200
    assert switch(bank_id="UJIAN003", online=True).json()["banks"][3]["online"] == {"01": True, "02": True}
    assert "UJIAN001%7EB" in desk.merchant.post("RetrieveBankList", desk.merchant.be()).text
    assert "UJIAN001%7EA" in desk.merchant.post("RetrieveBankList", desk.merchant.be(msgToken="02")).text
    assert desk.refusal() == ("bank-status", "BB")
    assert desk.refusal(msgToken="02") == desk.refusal(buyerBankId="UJIAN003") == ("", "")
    again = open_desk(desk.world.data_dir)
    assert again.refusal() == ("bank-status", "BB")
    again.merchant.http.post(f"{again.merchant.fpx}/_control/reset")
    assert again.refusal() == ("", "")


@pytest.mark.parametrize(
    "wish",
    [
        {"bank_id": "NOBANK", "online": True},
        {"bank_id": "UJIAN004", "online": True, "model": "01"},
        {"bank_id": "UJIAN001"},
        {"bank_id": "UJIAN001", "online": "no"},
        {"bank_id": "UJIAN001", "online": True, "when": "now"},
    ],
)
def test_a_wrong_wish_about_a_bank_changes_nothing(desk, wish):
    """The caller is told; without a wish the verb tells how the banks stand."""
    before = desk.merchant.http.post(f"{desk.merchant.fpx}/_control/banks", json={}).json()

    assert desk.merchant.http.post(f"{desk.merchant.fpx}/_control/banks", json=wish).status_code == 400
    assert desk.merchant.http.post(f"{desk.merchant.fpx}/_control/banks", json={}).json() == before
