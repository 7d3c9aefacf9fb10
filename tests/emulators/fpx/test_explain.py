"""The verb `explain`, and what page and journal say of a refusal."""

from __future__ import annotations

import json
from html import unescape
from urllib.parse import urlencode

import pytest

from tests.emulators.fpx.planted import PLANTED

KEYS = {"verdict", "mistake", "field", "sentence", "source_expected"}


@pytest.fixture(name="explain")
def _explain(running, merchant):
    """`explain(wish)`: the JSON answer of the verb."""
    return lambda **wish: merchant.http.post(f"{merchant.fpx}/_control/explain", json=wish).json()


def test_a_good_message_would_be_taken_and_nothing_happens(running, merchant, explain):
    """No transaction, no journal entry; the same message is accepted afterwards, another with its number is not."""
    message = merchant.ar()
    entries = len(running.room.journal(0, 1000))

    assert explain(fields=message)["verdict"] == "accepted"
    assert explain(body=urlencode(message) + "&\r\n")["verdict"] == "accepted"
    assert explain(fields=merchant.ae(message))["verdict"] == "accepted"
    assert explain(fields=merchant.be())["verdict"] == "accepted"
    assert len(running.room.journal(0, 1000)) == entries
    assert merchant.post("seller2DReceiver.jsp", message).status_code == 303
    assert explain(fields=message)["verdict"] == "accepted"
    used = explain(fields=merchant.ar(sellerExOrderNo=message["fpx_sellerExOrderNo"], txnAmount="2.00"))
    assert (used["verdict"], used["check"], used["code"]) == ("refused", "exchange-order-number", "XN")


def test_door_journal_and_verb_say_the_same(running, merchant, explain):
    """One explanation, wherever it is read; the Malay page shows both texts and the field."""
    message = merchant.ar() | {"fpx_productDesc": "Caruman "}
    door = merchant.post("seller2DReceiver.jsp", message, Accept="application/json").json()
    page = unescape(merchant.post("seller2DReceiver.jsp", message, Accept="text/html").text)
    verb = explain(fields=message)
    noted = running.journal("AR refused")[-1]["facts"]

    assert verb.keys() >= KEYS
    assert list(verb["fields"]) == list(message)
    assert (verb["mistake"], verb["field"]) == ("values-trimmed", "fpx_productDesc")
    assert {name: door[name] for name in door} == {name: verb[name] for name in door}
    assert {name: noted[name] for name in KEYS - {"verdict"}} == {name: verb[name] for name in KEYS - {"verdict"}}
    assert "|Caruman |01|" in verb["source_expected"]
    assert "|Caruman|01|" in verb["source_signed"]
    assert all(text in page for text in (verb["sentence"], verb["source_expected"], verb["source_signed"], "SANDBOX"))
    assert "ditandatangani tanpa ruang" in page


def test_ae_and_be_get_error_and_the_journal_why(running, merchant, explain):
    """FPX says ERROR; the journal and the verb name the mistake."""
    first = merchant.ar()
    enquiry = first | {"fpx_msgType": "AE"}
    banks = merchant.be() | {"fpx_version": "6.0"}

    assert merchant.post("sellerNVPTxnStatus.jsp", enquiry).text == "ERROR"
    assert merchant.post("RetrieveBankList", banks).text == "ERROR"
    assert running.journal("AE refused")[-1]["facts"]["mistake"] == "wrong-message"
    assert running.journal("BE refused")[-1]["facts"]["mistake"] == "version"
    assert explain(fields=enquiry)["mistake"] == "wrong-message"
    assert explain(body=urlencode(banks))["mistake"] == "version"


def test_keys_of_others_are_told_apart(running, merchant, explain):
    """Whose key signed is known for every exchange registered, and for the switch."""
    switch = merchant.http.get(f"{merchant.fpx}/certificates/fpxuat_current.cer").text
    merchant.introduce(exchange_id="EX00000111", seller_id="SE00000111")
    message = merchant.ar()
    merchant.introduce(certificate=switch, replace=True)
    registered = explain(fields=message)
    merchant.introduce(exchange_id="EX00000222", seller_id="SE00000222", certificate=OTHER)
    merchant.introduce(certificate=OTHER, replace=True)
    other = explain(fields=message)
    nobody = explain(fields=message | {"fpx_checkSum": message["fpx_checkSum"][2:] + "00"})

    assert registered["mistake"] == "switch-certificate"
    assert other["mistake"] == "other-key"
    assert "EX00000111" in other["sentence"]
    assert (nobody["mistake"], nobody["field"]) == ("unknown", "fpx_checkSum")


OTHER_CHECKS = [
    ({"version": "8.0"}, "version", "version"),
    ({"txnAmount": "1,157.20"}, "amount", "amount-format"),
    ({"productDesc": ""}, "format", "field-missing"),
    ({"buyerBankId": "NOBANK"}, "bank", ""),
    ({"msgType": "AC"}, "message-type", "wrong-message"),
]


def test_another_check_than_the_checksum_is_named(explain, merchant, subtests):
    """With a good signature over it, what is wrong is the value."""
    for changes, check, mistake in OTHER_CHECKS:
        with subtests.test(**changes):
            told = explain(fields=merchant.ar(**changes))

            assert (told["verdict"], told["check"], told["mistake"]) == ("refused", check, mistake)


def test_a_body_shows_a_charset_that_json_hides(explain):
    """Bytes that are no UTF-8 reach the explanation through the door's own decoding."""
    planted = next(one for one in PLANTED if one.name == "posted as latin-1")
    body = urlencode(planted.message()).replace("%25E9", "%E9")

    assert explain(body=body)["mistake"] == "charset"


BAD = [
    {},
    {"fields": []},
    {"fields": {"fpx_msgType": 1}},
    {"fields": {"fpx_msgType": "\ud800"}},
    {"body": 5},
    {"body": "&".join("a=1" for _ in range(2000))},
    {"body": "", "fields": {}},
    {"fields": {}, "message": "AC"},
    {"fields": {}, "message": []},
    {"file": "x"},
]


def test_a_wish_that_cannot_be_read_is_the_callers_mistake(running, merchant, subtests):
    """400 with a sentence."""
    for wish in BAD:
        with subtests.test(wish=str(wish)[:60]):
            answer = merchant.http.post(
                f"{merchant.fpx}/_control/explain",
                content=json.dumps(wish),
                headers={"Content-Type": "application/json"},
            )

            assert (answer.status_code, bool(answer.json()["error"])) == (400, True)


def test_an_empty_message_is_refused_with_words(explain):
    """Nothing posted is a wrong message type, not a fall."""
    assert explain(body="")["check"] == "message-type"


OTHER = """-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC9R8/5fLgPQrn4qLDGlZ/bT5c6
W1LbWP67g8tl5OWl6+9zplgErvjU6+7Gf6P04p00okHUqLcAdCG7SiWk52eZum1K
c3vViG2tvXjz/pj/Ly2nMMm6Hz9Mdxm6T7M1y8NC7lGV6TYG1mPNGq3oW+2FkXqa
wWspRskm8Tr39PkqFQIDAQAB
-----END PUBLIC KEY-----
"""
"""A public key whose private half nobody has."""
