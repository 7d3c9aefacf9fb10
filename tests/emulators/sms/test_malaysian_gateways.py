"""Mocean and iSMS: requests and answers as their own clients send and read them, stored as ordinary messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from flask import Flask, request

from emulators.foundation.clock import Clock
from emulators.foundation.room import Room
from emulators.foundation.serving import Server

KEY = {"mocean-api-key": "kunci", "mocean-api-secret": "rahsia"}
SMS = {**KEY, "mocean-from": "KEDAI", "mocean-to": "60110000001", "mocean-text": "Kod 123456"}
JSON = {"mocean-resp-format": "json"}
ISMS = {"un": "u", "pwd": "p", "dstno": "60110000001", "msg": "Kod 123456", "type": "1", "agreedterm": "YES"}


def stored(http: httpx.Client) -> list[dict[str, Any]]:
    """What the handsets got, newest first."""
    messages: list[dict[str, Any]] = http.get("/api/v1/messages").json()["messages"]
    return messages


def test_mocean_takes_a_message_and_answers_xml_unless_json_is_asked_for(http: httpx.Client) -> None:
    """status 0, the receiver's digits and an id; the message is stored as any other."""
    root = ElementTree.fromstring(http.post("/rest/2/sms", data=SMS).text)
    (taken,) = http.post("/rest/2/sms", data={**SMS, **JSON}).json()["messages"]

    assert [(each.tag, each.text) for each in root.findall("messages/message/")][:2] == [
        ("status", "0"),
        ("receiver", "60110000001"),
    ]
    assert (taken["status"], taken["receiver"], taken["msgid"]) == (0, "60110000001", stored(http)[0]["sid"])
    assert [(m["via"], m["from"], m["codes"][0]["value"]) for m in stored(http)] == [("mocean", "KEDAI", "123456")] * 2


def test_mocean_answers_for_each_receiver(http: httpx.Client) -> None:
    """Two are taken, the one between them is no number."""
    form = {**SMS, **JSON, "mocean-to": "60110000001,12,60110000002"}
    answers = http.post("/rest/2/sms", data=form).json()["messages"]

    assert [answer["status"] for answer in answers] == [0, 28, 0]
    assert answers[1] == {"status": 28, "receiver": "12", "err_msg": "Invalid destination number."}
    assert len(stored(http)) == 2


REFUSED_BY_MOCEAN: list[tuple[dict[str, str], int]] = [
    ({"mocean-text": ""}, 23),
    ({"mocean-from": "a name far too long"}, 44),
    ({"mocean-text": "x" * 1601}, 29),
    ({"mocean-to": "601109999912"}, 32),
    ({"mocean-to": "+15005550004"}, 5),
]


def test_mocean_refuses_in_its_own_words(http: httpx.Client) -> None:
    """The code of its table and a sentence; nothing is stored."""
    for change, status in REFUSED_BY_MOCEAN:
        (answer,) = http.post("/rest/2/sms", data={**SMS, **JSON, **change}).json()["messages"]
        assert (answer["status"], bool(answer["err_msg"])) == (status, True), change

    assert stored(http) == []


def test_mocean_asks_for_key_and_secret_or_a_token(make_room: Callable[..., Room]) -> None:
    """Without them, or with others than the room was told: status 1."""
    client = make_room(mocean_key="kunci", mocean_secret="rahsia").app.test_client()
    wrong = {**SMS, **JSON, "mocean-api-secret": "lain"}
    bearer = {name: value for name, value in {**SMS, **JSON}.items() if "api" not in name}

    assert client.post("/rest/2/sms", data=wrong).get_json()["status"] == 1
    assert client.post("/rest/2/sms", data=bearer).get_json()["status"] == 1
    assert ElementTree.fromstring(client.post("/rest/2/sms").text).findtext("status") == "1"
    answer = client.post("/rest/2/sms", data=bearer, headers={"Authorization": "Bearer rahsia"}).get_json()
    assert answer["messages"][0]["status"] == 0
    assert client.post("/rest/2/sms", data={**KEY, **JSON}).get_json()["status"] == 6


@pytest.fixture(name="receiver")
def _receiver() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A sender's own server: its address, and the receipts posted to it."""
    receipts: list[dict[str, str]] = []
    app = Flask("receiver")
    app.add_url_rule("/dlr", "dlr", lambda: receipts.append(request.form.to_dict()) or "", methods=["POST"])
    server = Server("127.0.0.1", 0)
    server.serve(app)
    yield f"{server.url}/dlr", receipts
    server.stop()


def test_mocean_posts_a_receipt_when_a_message_has_ended(
    http: httpx.Client, receiver: tuple[str, list[dict[str, str]]], clock: Clock, until: Callable[..., object]
) -> None:
    """1 for delivered, 2 with a code for lost; its status can be asked for, too."""
    url, receipts = receiver
    form = {**SMS, **JSON, "mocean-dlr-url": url, "mocean-dlr-mask": "1", "mocean-to": "60110000001,601109999901"}
    taken, lost = (each["msgid"] for each in http.post("/rest/2/sms", data=form).json()["messages"])
    until(lambda: stored(http)[0]["status"] == "sent", "it is sent")
    clock.advance(timedelta(seconds=1))
    until(lambda: len(receipts) == 2, "both receipts are posted")

    told = {receipt["mocean-msgid"]: receipt for receipt in receipts}
    assert told[taken] == {
        "mocean-msgid": taken,
        "mocean-from": "KEDAI",
        "mocean-to": "60110000001",
        "mocean-dlr-status": "1",
        "mocean-error-code": "0",
    }
    assert (told[lost]["mocean-dlr-status"], told[lost]["mocean-error-code"]) == ("2", "30003")
    report = http.get("/rest/2/report/message", params={**KEY, **JSON, "mocean-msgid": taken}).json()
    assert (report["status"], report["message_status"], report["msgid"]) == (0, 1, taken)
    assert http.get("/rest/2/report/message", params={**KEY, **JSON, "mocean-msgid": "x"}).json()["status"] != 0
    assert http.get("/rest/2/account/balance", params={**KEY, **JSON}).json()["status"] == 0


def test_mocean_verifies_a_number_with_the_code_of_its_sms(http: httpx.Client) -> None:
    """req, a wrong code, the same code again, check; a code counts once."""
    form = {**KEY, **JSON, "mocean-to": "60110000001", "mocean-brand": "iPERKESO"}
    reqid = http.post("/rest/2/verify/req/sms", data=form).json()["reqid"]
    given = {**KEY, **JSON, "mocean-reqid": reqid}
    (message,) = stored(http)
    code = message["codes"][0]["value"]

    wrong = http.post("/rest/2/verify/check", data={**given, "mocean-code": "0" * 9}).json()
    again = http.post("/rest/2/verify/resend/sms", data=given).json()
    right = http.post("/rest/2/verify/check", data={**given, "mocean-code": code}).json()

    assert (len(code), message["via"]) == (4, "mocean")
    assert wrong["status"] == 16
    assert (again["status"], again["to"], again["resend_number"]) == (0, "60110000001", 1)
    assert [each["body"] for each in stored(http)] == [message["body"]] * 2
    assert (right["status"], right["reqid"]) == (0, reqid)
    assert http.post("/rest/2/verify/check", data={**given, "mocean-code": code}).json()["status"] == 15


NOT_VERIFIED: list[tuple[str, dict[str, str], int]] = [
    ("req/sms", {"mocean-api-secret": ""}, 2),
    ("req/sms", {"mocean-brand": ""}, 4),
    ("req", {"mocean-to": ""}, 5),
    ("req", {"mocean-to": "12"}, 6),
    ("req", {"mocean-code-length": "3"}, 3),
    ("resend/sms", {}, 7),
    ("check", {"mocean-reqid": "VEx", "mocean-code": "1234"}, 15),
    ("req/sms", {"mocean-to": "601109999912"}, 1),
]


def test_mocean_refuses_a_verification_in_its_own_words(http: httpx.Client) -> None:
    """The code of its table; XML unless JSON is asked for."""
    for path, change, status in NOT_VERIFIED:
        form = {**KEY, "mocean-to": "60110000001", "mocean-brand": "iPERKESO", **change}
        root = ElementTree.fromstring(http.post(f"/rest/2/verify/{path}", data=form).text)
        assert (root.findtext("status"), bool(root.findtext("err_msg"))) == (str(status), True), (path, change)

    assert stored(http) == []


def test_isms_takes_a_message_by_query_or_form(http: httpx.Client) -> None:
    """One line: 2000 = SUCCESS and the id; stored as any other, from a five-digit code."""
    for path in ("/isms_send.php", "/isms_send_all_id.php", "/RESTAPI.php"):
        for method, name in (("GET", "params"), ("POST", "data")):
            answer = http.request(method, path, **{name: ISMS})  # type: ignore[arg-type]  # one of two keywords
            message = stored(http)[0]
            assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
            assert answer.text == f"2000 = SUCCESS:{message['sid']}"
            assert (message["via"], message["from"], message["to"]) == ("isms", "68833", "+60110000001")

    assert len(stored(http)) == 6


def test_isms_takes_json_with_basic_credentials(http: httpx.Client) -> None:
    """The newer RESTAPI.php: recipients in a list."""
    recipients = [{"dstno": f"6011000000{n}", "msg": "Kod 123456", "type": "1"} for n in (1, 2)]
    body = {"sendid": "62003", "recipient": recipients, "agreedterm": "YES", "method": "isms_send_all_id"}
    answer = http.post("/RESTAPI.php", json=body, auth=("u", "p")).text

    assert answer.startswith("2000 = SUCCESS:SM")
    assert answer.count(",") == 1
    assert {message["from"] for message in stored(http)} == {"62003"}


REFUSED_BY_ISMS: list[tuple[dict[str, str], str]] = [
    ({"pwd": ""}, "-1001 = AUTHENTICATION FAILED"),
    ({"type": "3"}, "-1005 = INVALID SMS TYPE"),
    ({"msg": "x" * 701}, "-1006 = INVALID BODY LENGTH (1-700)"),
    ({"msg": ""}, "-1008 = MISSING PARAMETER"),
    ({"dstno": "12"}, "-1009 = INVALID DESTINATION NUMBER"),
    ({"msg": "界"}, "-1012 = INVALID MESSAGE TYPE"),
    ({"agreedterm": "NO"}, "-1013 = INVALID TERM AND AGREEMENT"),
    ({"dstno": "601109999912"}, "-1000 = UNKNOWN ERROR"),
]


def test_isms_refuses_with_a_line_of_its_own(http: httpx.Client) -> None:
    """HTTP 200 all the same, as there; nothing is stored."""
    for change, line in REFUSED_BY_ISMS:
        answer = http.get("/isms_send.php", params={**ISMS, **change})
        assert (answer.status_code, answer.text) == (200, line)

    assert stored(http) == []


def test_isms_sends_to_several_and_in_unicode(http: httpx.Client) -> None:
    """Numbers are parted by semicolons; type 2 is Unicode; the account's balance is a number."""
    form = {**ISMS, "dstno": "60110000001;60110000002;x", "msg": "界", "type": "2"}

    assert http.post("/isms_send.php", data=form).text.count("SM") == 2
    assert [message["encoding"] for message in stored(http)] == ["UCS-2", "UCS-2"]
    assert float(http.get("/isms_balance.php", params={"un": "u", "pwd": "p"}).text) > 0


def test_isms_knows_one_account_when_the_room_was_told_it(make_room: Callable[..., Room]) -> None:
    """Another password is -1001."""
    client = make_room(isms_user="u", isms_password="p").app.test_client()

    assert client.get("/isms_send.php", query_string={**ISMS, "pwd": "x"}).text == "-1001 = AUTHENTICATION FAILED"
    assert client.get("/isms_send.php", query_string=ISMS).text.startswith("2000")
