"""The doors under bad weather, and the control doors."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

PATHS = [
    "FPXMain/seller2DReceiver.jsp",
    "FPXMain/sellerNVPReceiver.jsp",
    "FPXMain/sellerNVPTxnStatus.jsp",
    "FPXMain/RetrieveBankList",
    "bank/nobody/sign-in",
    "bank/nobody/confirm",
    "bank/nobody/cancel",
    "_control/sellers",
]
BODIES = [
    (b"", "application/x-www-form-urlencoded"),
    (b"fpx_msgType=%FF%FE%00&fpx_sellerExId=%00", "application/x-www-form-urlencoded"),
    (b"&&&===&fpx_msgType=AR&fpx_msgType=AE&;;", "application/x-www-form-urlencoded"),
    (b"fpx_msgType=AR&fpx_sellerExId=EX00000789&fpx_checkSum=" + b"A" * 20_000, "application/x-www-form-urlencoded"),
    (b"fpx_msgType=AR&fpx_buyerName=" + b"A" * 200_000, "application/x-www-form-urlencoded"),
    ("fpx_msgType=AR&fpx_sellerExId='; DROP TABLE transactions;--&x=\U0001f600".encode(), "text/plain"),
    (b'{"fpx_msgType": "AR"}', "application/json"),
    (b'{"exchange_id": ["EX"], "certificate": {"a": 1}, "name": "\\ud800"}', "application/json"),
    (b"--x\r\nContent-Disposition: form-data; name=fpx_msgType\r\n\r\nAR\r\n--x--", "multipart/form-data; boundary=x"),
    (b"<xml/>", "multipart/form-data"),
]

ADDRESSES = [
    "bank/%00",
    "bank/%F0%9F%98%80",
    "bank/" + "a" * 5000,
    "bank/x?y=%FF",
    "transactions/%00",
    "transactions/abc",
    "transactions/" + "9" * 500,
    "?before=%00%27",
    "?before=99",
    "_control/journal?since=-1",
    "nowhere",
]


@pytest.mark.parametrize("path", PATHS)
def test_hostile_input_is_the_callers_mistake(running, merchant, path):
    """Whatever is thrown at a door, the room does not fall: never a 5xx, and never an empty answer."""
    for content, kind in BODIES:
        answer = merchant.http.post(f"{merchant.fpx}/{path}", content=content, headers={"Content-Type": kind})
        assert (answer.status_code < 500, answer.text != "") == (True, True), (content[:80], kind, answer.status_code)


def test_hostile_addresses_find_nothing(running, merchant):
    """An address nobody gave out is not found, or shows an empty page."""
    for path in ADDRESSES:
        assert merchant.http.get(f"{merchant.fpx}/{path}").status_code in (200, 404, 422), path


def test_two_confirms_at_once_debit_once(running, merchant, arrive, until):
    """Eight requests race; the table lets one through."""
    buyer = arrive(merchant.ar())
    buyer.sign_in()
    confirm = merchant.fpx + buyer.form("Confirm")[0]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda filled: merchant.http.post(confirm, data=filled), [buyer.filled()] * 8))
    until(lambda: merchant.direct, "the direct AC arrives")

    assert {303} == {answer.status_code for answer in answers}
    assert running.room.totals() == {"debits": {"count": 1, "sen": 15720}}
    assert len(running.journal("AC owed")) == 1


def test_the_same_ar_at_once_is_accepted_once(running, merchant):
    """A unique constraint, not a look beforehand: one transaction, to whose visit all the others are led."""
    ar = merchant.ar()
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: merchant.post("seller2DReceiver.jsp", ar), range(6)))

    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert len(running.journal("AR")) == 1


def test_ids_stay_unique_though_time_stands_still(running, merchant):
    """A held clock gives many payments the same second; each has an id of sixteen digits of its own."""
    running.clock.hold()
    for _ in range(30):
        merchant.post("seller2DReceiver.jsp", merchant.ar())
    ids = [entry["ref"] for entry in running.journal("AR")]

    assert len(set(ids)) == 30
    assert all(len(ref) == 16 and ref.isdigit() for ref in ids)


def test_a_reset_keeps_the_key_and_the_sellers(running, merchant, arrive):
    """Payments, letters and journal go; the next payment works at once, even with an old order number."""
    ar = merchant.ar()
    arrive(ar).pay()
    certificate = merchant.http.get(f"{merchant.fpx}/certificates/fpxuat_current.cer").text
    assert merchant.http.post(f"{merchant.fpx}/_control/reset").status_code == 200

    assert merchant.http.get(f"{merchant.fpx}/_control/totals").json() == {"debits": {"count": 0, "sen": 0}}
    assert certificate == merchant.http.get(f"{merchant.fpx}/certificates/fpxuat_current.cer").text
    assert arrive(ar).pay()["fpx_debitAuthCode"] == "00"


def test_the_terms_page_says_sandbox(running, merchant):
    """The merchant's page must link to it."""
    page = merchant.http.get(f"{merchant.fpx}/FPXMain/termsAndConditions.jsp")

    assert page.status_code == 200
    assert "SANDBOX" in page.text


@pytest.mark.parametrize(
    ("door", "message", "fields"),
    [
        ("seller2DReceiver.jsp", "AR", 21),
        ("sellerNVPReceiver.jsp", "AR", 21),
        ("sellerNVPTxnStatus.jsp", "AE", 21),
        ("RetrieveBankList", "BE", 5),
    ],
)
def test_opening_a_sellers_door_in_a_browser_says_what_to_post(running, merchant, door, message, fields):
    """405 that names the message and its fields in the order they are signed; nothing is journalled as refused."""
    url = f"{merchant.fpx}/FPXMain/{door}?fpx_msgType=AR&x=<script>"
    page = merchant.http.get(url, headers={"Accept": "text/html,*/*;q=0.8"})
    told = merchant.http.get(url, headers={"Accept": "application/json"})

    assert (page.status_code, page.headers["allow"]) == (told.status_code, told.headers["allow"]) == (405, "POST")
    assert "SANDBOX" in page.text
    assert f"POST /FPXMain/{door}" in page.text
    assert "<script>" not in page.text
    assert told.json()["post"]["fpx_msgType"] == message
    assert len(told.json()["post"]) == fields
    assert all(name in page.text for name in told.json()["post"])
    assert running.journal("AR refused") == []
    assert merchant.http.get(f"{merchant.fpx}/FPXMain/other.jsp").status_code == 404
