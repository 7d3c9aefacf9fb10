"""What the switch takes, what it refuses, and what it says about it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from emulators.foundation.clock import MALAYSIA


def refusal(answer):
    """The JSON of a refused AR, without its sentence."""
    told = answer.json()
    return answer.status_code, told["check"], told["code"], told["field"]


REFUSED = [
    ({"msgType": "AC"}, "message-type", "XT", "fpx_msgType"),
    ({"msgType": ""}, "message-type", "XT", "fpx_msgType"),
    ({"sellerExId": "EX99999999"}, "exchange", "XI", "fpx_sellerExId"),
    ({"sellerId": "SE99999999"}, "seller", "46", "fpx_sellerId"),
    ({"sellerId": "SE00000111"}, "seller-of-exchange", "XS", "fpx_sellerId"),
    ({"version": "8.0"}, "version", "30", "fpx_version"),
    ({"msgToken": "03"}, "model", "XM", "fpx_msgToken"),
    ({"msgToken": "02", "txnAmount": "1.99"}, "minimum", "2A", "fpx_txnAmount"),
    ({"msgToken": "02", "txnAmount": "1000000.01"}, "maximum", "48", "fpx_txnAmount"),
    ({"buyerBankId": "UJIAN004"}, "bank", "92", "fpx_buyerBankId"),
    ({"msgToken": "02", "buyerBankId": "UJIAN005"}, "bank-status", "BB", "fpx_buyerBankId"),
    ({"txnCurrency": "USD"}, "currency", "47", "fpx_txnCurrency"),
    ({"txnAmount": "157.2"}, "amount", "13", "fpx_txnAmount"),
    ({"txnAmount": "1,157.20"}, "amount", "13", "fpx_txnAmount"),
    ({"txnAmount": "-1.00"}, "amount", "13", "fpx_txnAmount"),
    ({"txnAmount": "1e3"}, "amount", "13", "fpx_txnAmount"),
    ({"txnAmount": "١٢.٠٠"}, "amount", "13", "fpx_txnAmount"),
    ({"txnAmount": "0.99"}, "minimum", "2A", "fpx_txnAmount"),
    ({"txnAmount": "30000.01"}, "maximum", "48", "fpx_txnAmount"),
    ({"buyerBankId": "NOBANK"}, "bank", "92", "fpx_buyerBankId"),
    ({"buyerBankId": "UJIAN003"}, "bank-status", "BB", "fpx_buyerBankId"),
    ({"buyerBankId": ""}, "format", "30", "fpx_buyerBankId"),
    ({"productDesc": ""}, "format", "30", "fpx_productDesc"),
    ({"sellerExOrderNo": "A" * 41}, "format", "30", "fpx_sellerExOrderNo"),
    ({"sellerExOrderNo": "A&B"}, "format", "30", "fpx_sellerExOrderNo"),
    ({"sellerOrderNo": "A'B"}, "format", "30", "fpx_sellerOrderNo"),
    ({"sellerTxnTime": "20190230090000"}, "format", "30", "fpx_sellerTxnTime"),
    ({"sellerTxnTime": "2019-05-15"}, "format", "30", "fpx_sellerTxnTime"),
    ({"buyerEmail": "x" * 51}, "format", "30", "fpx_buyerEmail"),
    ({"buyerName": "a\x00b"}, "format", "30", "fpx_buyerName"),
    ({"sellerExId": "EX\x00"}, "format", "30", "fpx_sellerExId"),
    ({"sellerOrderNo": "A\r\nB"}, "format", "30", "fpx_sellerOrderNo"),
]


def test_a_defect_is_refused_by_its_own_check(running, merchant, subtests):
    """The answer names the check, the code and the field; no transaction exists, the journal has the refusal."""
    merchant.introduce(exchange_id="EX00000111", seller_id="SE00000111")
    for changes, check, code, field in REFUSED:
        with subtests.test(**changes):
            answer = merchant.post("seller2DReceiver.jsp", merchant.ar(**changes), Accept="application/json")
            told = running.journal("AR refused")[-1]["facts"]

            assert refusal(answer) == (400, check, code, field)
            assert (told["check"], told["code"], told["field"]) == (check, code, field)

    assert len(running.journal("AR refused")) == len(REFUSED)
    assert running.journal("AR") == []


def test_the_limits_themselves_are_allowed(running, merchant):
    """RM 1.00 and RM 30,000.00 pass for a person, RM 2.00 and RM 1,000,000.00 for a company."""
    for model, amount in [("01", "1.00"), ("01", "30000.00"), ("02", "2.00"), ("02", "1000000.00")]:
        ar = merchant.ar(msgToken=model, txnAmount=amount)
        assert merchant.post("seller2DReceiver.jsp", ar).status_code == 303


def test_a_tampered_ar_is_shown_the_text_that_should_have_been_signed(running, merchant):
    """The source string expected is made of the fields as received."""
    ar = merchant.ar(buyerName="<b>Aminah</b>") | {"fpx_txnAmount": "1.00"}
    told = merchant.post("seller2DReceiver.jsp", ar, Accept="application/json")
    page = merchant.post("seller2DReceiver.jsp", ar, Accept="text/html")

    assert refusal(told) == (400, "checksum", "XC", "fpx_txnAmount")
    expected = (
        "||UJIAN001|aminah@example.com|||<b>Aminah</b>||01|AR|Caruman|01|EX00000789|ORDER-1|SE00000789|SBX-1|"
        "20190515090000|1.00|MYR|7.0"
    )
    assert expected == told.json()["source_expected"]
    assert "&lt;b&gt;Aminah&lt;/b&gt;||01|AR" in page.text
    assert "<b>Aminah" not in page.text
    assert "SANDBOX" in page.text
    assert expected == running.journal("AR refused")[0]["facts"]["source_expected"]


def test_a_signature_of_another_key_is_refused(running, merchant):
    """What the switch itself would sign is not the seller's signature."""
    ar = merchant.ar()
    ar["fpx_checkSum"] = ar["fpx_checkSum"][::-1]

    assert refusal(merchant.post("seller2DReceiver.jsp", ar, Accept="application/json")) == (
        400,
        "checksum",
        "XC",
        "fpx_checkSum",
    )


def test_lower_case_hex_and_extra_fields_are_accepted(running, merchant):
    """Two merchants in production send lower case, four send fields of their own."""
    ar = merchant.ar() | {"Submit": "Bayar", "fpx_eaccountNum": "1", "fpx_checkSum_String": "x"}
    ar["fpx_checkSum"] = ar["fpx_checkSum"].lower()

    assert merchant.post("seller2DReceiver.jsp", ar).status_code == 303


def test_a_repeated_exchange_order_number_is_refused_when_anything_differs(running, merchant, arrive):
    """XN, even when only the case of the checksum or an unsigned field differs; the first payment goes on."""
    first = merchant.ar(sellerExOrderNo="SAME")
    buyer = arrive(first)
    others = [
        merchant.ar(sellerExOrderNo="SAME", txnAmount="200.00"),
        merchant.ar(sellerExOrderNo="SAME"),
        first | {"fpx_checkSum": first["fpx_checkSum"].lower()},
        first | {"fpx_eaccountNum": "1"},
    ]

    for ar in others:
        answer = merchant.post("seller2DReceiver.jsp", ar, Accept="application/json")
        assert refusal(answer) == (400, "exchange-order-number", "XN", "fpx_sellerExOrderNo")
    assert buyer.pay()["fpx_txnAmount"] == "157.20"


@pytest.mark.parametrize("door", ["seller2DReceiver.jsp", "sellerNVPReceiver.jsp"])
def test_the_same_ar_again_leads_back_to_its_payment(running, merchant, arrive, until, door):
    """The back button, a closed tab, a double post: sign in, confirm or result, wherever the one payment stands."""
    ar = merchant.ar()
    buyer = arrive(ar)
    first = buyer.page.url

    def again(button):
        answer = merchant.post(door, ar)
        assert (answer.status_code, f"{merchant.fpx}{answer.headers['location']}") == (303, str(first))
        buyer.page = merchant.http.get(first)
        return buyer.form(button)

    again("Sign in")
    buyer.sign_in()
    again("Confirm")
    buyer.confirm()
    assert again("Continue with Transaction")[1]["fpx_debitAuthCode"] == "00"
    until(lambda: merchant.direct, "the direct AC arrives")
    assert (
        len(running.journal("AR")) == len(running.journal("AC owed")) == running.room.totals()["debits"]["count"] == 1
    )
    assert len(running.journal("AR repeated")) == 3
    assert running.journal("AR refused") == []


def test_the_same_ar_after_the_visit_expired_shows_the_way_back_to_the_seller(running, merchant, arrive):
    """A buyer whose time is up finds 1A and the button to the merchant, not a refusal."""
    ar = merchant.ar()
    arrive(ar)
    running.clock.advance(timedelta(hours=5))

    assert arrive(ar).form("Continue with Transaction")[1]["fpx_debitAuthCode"] == "1A"


def test_the_same_ar_again_survives_a_restart(world, merchant, arrive):
    """What was asked is kept with the payment, not in memory."""
    merchant.fpx = world.start()
    merchant.introduce()
    ar = merchant.ar()
    session = arrive(ar).page.url.path
    world.stop()
    merchant.fpx = world.start()

    assert arrive(ar).page.url.path == session


def test_a_repeated_seller_order_number_is_refused_only_when_the_setting_says_so(world, merchant):
    """A payment that failed may be tried again under the same sellerOrderNo by default."""
    merchant.fpx = world.start()
    merchant.introduce()
    for _ in range(2):
        assert merchant.post("seller2DReceiver.jsp", merchant.ar(sellerOrderNo="SBX-SAME")).status_code == 303
    world.stop()
    world.settings = {"refuse_repeated_order_number": True}
    merchant.fpx = world.start()

    answer = merchant.post("seller2DReceiver.jsp", merchant.ar(sellerOrderNo="SBX-SAME"), Accept="application/json")
    assert refusal(answer) == (400, "order-number", "45", "fpx_sellerOrderNo")


def test_an_ar_kept_for_hours_is_refused_and_told_the_setting(running, merchant):
    """A hand-over page left open pays nothing later: XW, on the sandbox's clock, before and behind alike."""
    running.clock.hold()
    running.clock.set(datetime(2019, 5, 15, 9, 30, tzinfo=MALAYSIA))
    for told, status in [("20190515090000", 303), ("20190515100000", 303)]:
        assert merchant.post("seller2DReceiver.jsp", merchant.ar(sellerTxnTime=told)).status_code == status
    for told, words in [("20190515085959", "1801 s behind"), ("20190515100001", "1801 s ahead of")]:
        answer = merchant.post("seller2DReceiver.jsp", merchant.ar(sellerTxnTime=told), Accept="application/json")
        assert refusal(answer) == (400, "clock", "XW", "fpx_sellerTxnTime")
        assert words in answer.json()["sentence"]
        assert "15/05/2019 09:30:00" in answer.json()["sentence"]
        assert "CARUMAN_FPX_CLOCK_TOLERANCE_SECONDS" in answer.json()["sentence"]


def test_a_merchant_in_utc_or_in_europe_is_taken(world, merchant):
    """Genuine messages of 2021 lag by six and by eight hours; a page kept open for an hour still pays nothing."""
    world.settings = {"clock_zones_hours": (6, 8)}
    merchant.fpx = world.start()
    merchant.introduce()
    world.clock.hold()
    world.clock.set(datetime(2021, 6, 19, 15, 50, 26, tzinfo=MALAYSIA))
    for told, status in [
        ("20210619094956", 303),
        ("20210619075026", 303),
        ("20210619071026", 400),
        ("20210619144926", 400),
    ]:
        assert merchant.post("seller2DReceiver.jsp", merchant.ar(sellerTxnTime=told)).status_code == status, told


def test_a_merchant_with_a_foreign_clock_can_have_the_check_switched_off(world, merchant):
    """UAT approved clocks eight hours off; 0 lets every clock pass."""
    world.settings = {"clock_tolerance_seconds": 0}
    merchant.fpx = world.start()
    merchant.introduce()

    assert merchant.post("seller2DReceiver.jsp", merchant.ar(sellerTxnTime="20190514170000")).status_code == 303


def test_the_clock_tolerance_and_the_codes_are_settings(world, merchant):
    """XW comes at the tolerance set, under the code the setting names."""
    world.settings = {"clock_tolerance_seconds": 3600, "refusal_codes": {"clock": "12"}}
    merchant.fpx = world.start()
    merchant.introduce()
    late = merchant.ar(sellerTxnTime="20190515050000")

    assert refusal(merchant.post("seller2DReceiver.jsp", late, Accept="application/json")) == (
        400,
        "clock",
        "12",
        "fpx_sellerTxnTime",
    )
    assert merchant.post("seller2DReceiver.jsp", merchant.ar()).status_code == 303


def test_an_enquiry_is_answered_in_every_state(running, merchant, arrive):
    """76 for an unknown order, 09 with the transaction id while the buyer is at the bank, then the final answer."""
    ar = merchant.ar()
    unknown = merchant.enquire(ar)
    buyer = arrive(ar)
    at_bank = merchant.enquire(ar, buyerBankId="")
    buyer.sign_in()
    signed_in = merchant.enquire(ar)
    buyer.confirm()
    final = merchant.enquire(ar)

    assert all(merchant.believes(reply) for reply in (unknown, at_bank, signed_in, final))
    filled = {name: value for name, value in unknown.items() if value and name != "fpx_checkSum"}
    echoed = ["sellerExId", "sellerTxnTime", "sellerExOrderNo", "buyerBankId", "msgToken", "sellerId"]
    echoed += ["sellerOrderNo", "txnAmount", "txnCurrency"]
    assert {"fpx_debitAuthCode": "76", "fpx_msgType": "AC"} | {
        f"fpx_{name}": ar[f"fpx_{name}"] for name in echoed
    } == filled
    assert at_bank == signed_in
    assert tuple(at_bank[f"fpx_{name}"] for name in ("debitAuthCode", "creditAuthCode", "buyerName", "makerName")) == (
        "09",
        "",
        "",
        "",
    )
    assert at_bank["fpx_buyerBankBranch"] == "BANK UJIAN A"
    assert at_bank["fpx_fpxTxnId"] == final["fpx_fpxTxnId"] != ""
    assert at_bank["fpx_fpxTxnTime"] == final["fpx_fpxTxnTime"] != ""
    assert buyer.form("Continue with Transaction")[1] == final


def test_a_pending_payment_is_settled_by_the_second_enquiry(running, merchant, arrive, until):
    """Both ACs say 09; the second AE says 00 and a second direct AC says it again."""
    ar = merchant.ar()
    indirect = arrive(ar).pay("0909")
    until(lambda: len(merchant.direct) == 1, "the first direct AC arrives")
    first, second, third = (merchant.enquire(ar) for _ in range(3))
    until(lambda: len(merchant.direct) == 2, "the second direct AC arrives")

    assert [
        ac["fpx_debitAuthCode"] for ac in (indirect, merchant.direct[0], first, second, third, merchant.direct[1])
    ] == ["09", "09", "09", "00", "00", "00"]
    assert first["fpx_creditAuthCode"] == ""
    assert second["fpx_creditAuthCode"] == "00"
    assert merchant.believes(merchant.direct[1])
    assert running.room.totals() == {"debits": {"count": 1, "sen": 15720}}


def test_a_bad_enquiry_gets_error_and_the_journal_the_reason(running, merchant, subtests):
    """FPX says ERROR and nothing else."""
    defects = [
        ({"version": "9.9"}, "version"),
        ({"sellerExId": "EX99999999"}, "exchange"),
        ({"msgType": "AR"}, "message-type"),
        ({"sellerExOrderNo": ""}, "format"),
    ]
    for changes, check in defects:
        with subtests.test(**changes):
            answer = merchant.post("sellerNVPTxnStatus.jsp", merchant.ae(merchant.ar(), **changes))

            assert (answer.status_code, answer.text) == (200, "ERROR")
            assert running.journal("AE refused")[-1]["facts"]["check"] == check


def test_a_tampered_enquiry_gets_error_and_settles_nothing(running, merchant, arrive):
    """Only the seller's own key hastens a pending payment."""
    ar = merchant.ar()
    arrive(ar).pay("0909")
    for _ in range(3):
        tampered = merchant.ae(ar) | {"fpx_txnAmount": "1.00"}
        assert merchant.post("sellerNVPTxnStatus.jsp", tampered).text == "ERROR"

    assert running.room.totals()["debits"]["count"] == 0
    assert merchant.enquire(ar)["fpx_debitAuthCode"] == "09"


def test_the_bank_list_is_one_signed_line(running, merchant):
    """BC in wire order, comma and tilde percent-encoded, A and B told apart."""
    answer = merchant.post("RetrieveBankList", merchant.be())
    name, _, _ = answer.text.partition("=")

    assert name == "fpx_msgToken"
    assert "UJIAN003%7EB%2C" in answer.text
    assert answer.text.strip() == answer.text
    assert answer.headers["content-type"].startswith("text/html")


def test_a_bad_bank_list_enquiry_gets_error(running, merchant, subtests):
    """A wrong version is the classic; the journal says which it was."""
    defects = [({"version": "1.0"}, "version"), ({"msgToken": "09"}, "model"), ({"sellerExId": ""}, "exchange")]
    for changes, check in defects:
        with subtests.test(**changes):
            assert merchant.post("RetrieveBankList", merchant.be(**changes)).text == "ERROR"
            assert running.journal("BE refused")[-1]["facts"]["check"] == check


def test_a_tampered_bank_list_enquiry_gets_error(running, merchant):
    """The checksum counts for BE too."""
    assert merchant.post("RetrieveBankList", merchant.be() | {"fpx_msgToken": "02"}).text == "ERROR"
    assert running.journal("BE refused")[0]["facts"]["check"] == "checksum"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"fpx_msgType": "AR"}'),
        ("text/plain;charset=UTF-8", b"fpx_msgType=AR"),
        ("application/x-www-form-urlencoded", b"msgType=AR"),
        ("application/x-www-form-urlencoded", b""),
        ("application/x-www-form-urlencoded", b"fpx_msgType=AR&amp;fpx_msgToken=01"),
    ],
)
def test_a_body_that_is_no_form_is_told_how_to_post(running, merchant, content_type, body):
    """Nothing of it was read: the sentence says so, instead of a blank message type."""
    headers = {"Content-Type": content_type, "Accept": "application/json"}
    answer = merchant.http.post(f"{merchant.fpx}/FPXMain/seller2DReceiver.jsp", content=body, headers=headers)

    assert refusal(answer) == (400, "message-type", "XT", "fpx_msgType")
    said = (
        "joined by &amp;"
        if b"amp;" in body
        else "no field of AR arrived: post names that begin with fpx_ as application/x-www"
    )
    assert said in answer.json()["sentence"]
    assert answer.json()["mistake"] == ""
