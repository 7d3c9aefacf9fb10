"""The sender's door, byte for byte where a client could notice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from emulators.foundation.room import Room

ACCOUNT = "AC" + "0" * 31 + "1"
COLLECTION = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
GOOD = {"To": "+601100000001", "From": "68833", "Body": "x"}


def test_the_reply_has_exactly_twilios_fields(http: httpx.Client) -> None:
    """Names, types and nulls are those of the Messages resource: counts are strings, prices are null."""
    answer = http.post(COLLECTION, data=GOOD)
    reply = answer.json()
    sid = reply["sid"]

    assert answer.status_code == 201
    assert answer.headers["Content-Type"] == "application/json"
    assert reply == {
        "account_sid": ACCOUNT,
        "api_version": "2010-04-01",
        "body": "x",
        "date_created": "Wed, 15 May 2019 01:00:00 +0000",
        "date_sent": None,
        "date_updated": "Wed, 15 May 2019 01:00:00 +0000",
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": "68833",
        "messaging_service_sid": None,
        "num_media": "0",
        "num_segments": "1",
        "price": None,
        "price_unit": None,
        "sid": sid,
        "status": "queued",
        "subresource_uris": {"media": f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}/Media.json"},
        "to": "+601100000001",
        "uri": f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}.json",
    }


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({}, 21604),
        ({"To": " ", "From": "68833", "Body": "x"}, 21604),
        ({"To": "+601100000001", "Body": "x"}, 21603),
        ({"To": "+601100000001", "From": "68833"}, 21602),
        ({**GOOD, "To": "999"}, 21211),
        ({**GOOD, "From": "a name far too long"}, 21212),
        ({**GOOD, "Body": "x" * 1601}, 21617),
        ({**GOOD, "MediaUrl": "https://example.com/a.png"}, 20001),
        ({**GOOD, "SendAt": "2019-05-16T00:00:00Z"}, 35118),
        ({**GOOD, "ScheduleType": "fixed"}, 35111),
        ({**GOOD, "StatusCallback": "ftp://127.0.0.1/x"}, 21609),
        ({**GOOD, "StatusCallback": "http:///x"}, 21609),
    ],
)
def test_a_bad_request_gets_twilios_error_body(http: httpx.Client, form: dict[str, str], code: int) -> None:
    """{code, message, more_info, status} and nothing stored."""
    answer = http.post(COLLECTION, data=form)
    body = answer.json()

    assert answer.status_code == 400
    assert set(body) == {"code", "message", "more_info", "status"}
    assert (body["code"], body["status"]) == (code, 400)
    assert body["more_info"] == f"https://www.twilio.com/docs/errors/{code}"
    assert http.get("/api/v1/messages").json()["total"] == 0


def test_the_longest_body_is_taken_and_its_segments_counted(http: httpx.Client) -> None:
    """1,600 characters are the limit, not beyond it."""
    answer = http.post(COLLECTION, data={**GOOD, "Body": "x" * 1600})

    assert (answer.status_code, answer.json()["num_segments"]) == (201, "11")


def test_a_messaging_service_may_stand_for_the_sender(http: httpx.Client) -> None:
    """From is not needed then, and is null in the reply."""
    form = {"To": "+601100000001", "MessagingServiceSid": "MG" + "0" * 32, "Body": "x"}
    reply = http.post(COLLECTION, data=form).json()

    assert (reply["from"], reply["messaging_service_sid"]) == (None, "MG" + "0" * 32)


@pytest.mark.parametrize("auth", [None, (ACCOUNT, ""), ("", "x"), ("AC" + "9" * 32, "x")])
def test_without_credentials_of_the_account_nothing_is_taken(room: Room, auth: tuple[str, str] | None) -> None:
    """401 with code 20003 and a challenge."""
    answer = room.app.test_client().post(COLLECTION, data=GOOD, auth=auth)

    assert (answer.status_code, answer.get_json()["code"]) == (401, 20003)
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize("header", [b"Basic \xff\xfe", b"Basic /////w==", b"Basic YQ==", b"Basic", b"Bearer x"])
def test_credentials_that_cannot_be_read_are_none(room: Room, header: bytes) -> None:
    """Whatever stands in the header, it is refused as Twilio refuses: 401, code 20003."""
    said = {"Authorization": header.decode("latin-1")}
    answer = room.app.test_client().post(COLLECTION, data=GOOD, headers=said)

    assert (answer.status_code, answer.get_json()["code"]) == (401, 20003)


def test_an_api_key_may_stand_for_the_account(url: str) -> None:
    """SK... and its secret work on any account's path."""
    answer = httpx.post(url + COLLECTION, data=GOOD, auth=("SK" + "1" * 32, "secret"), trust_env=False)

    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("account", "token", "status"), [(ACCOUNT, "right", 201), (ACCOUNT, "wrong", 401), ("AC" + "2" * 32, "right", 401)]
)
def test_a_room_told_its_account_takes_no_other(
    make_room: Callable[..., Room], account: str, token: str, status: int
) -> None:
    """With account_sid and auth_token set, only that pair is let in."""
    client = make_room(account_sid=ACCOUNT, auth_token="right").app.test_client()
    answer = client.post(f"/2010-04-01/Accounts/{account}/Messages.json", data=GOOD, auth=(account, token))

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/2010-04-01/"),
        ("GET", f"/2010-04-01/Accounts/{ACCOUNT}/Balance.json"),
        ("POST", f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json"),
        ("DELETE", COLLECTION),
        ("GET", f"/2010-04-01/Accounts/{ACCOUNT}/Messages/SM{'0' * 32}.json"),
        ("DELETE", f"/2010-04-01/Accounts/{ACCOUNT}/Messages/SM{'0' * 32}.json"),
        ("GET", f"/2010-04-01/Accounts/{ACCOUNT}/Messages/SM{'0' * 32}/Media.json"),
        ("GET", "/v2/Sessions"),
        ("POST", f"/v2/Services/VA{'0' * 32}/Verifications/VE0/Tokens"),
    ],
)
def test_what_is_not_emulated_answers_404_in_twilios_shape(http: httpx.Client, method: str, path: str) -> None:
    """Programs get an error body they can read, whatever of Twilio they try."""
    answer = http.request(method, path)

    assert answer.status_code == 404
    assert (answer.json()["code"], answer.json()["status"]) == (20404, 404)


@pytest.mark.parametrize(
    "query",
    [
        {"PageSize": "0"},
        {"PageSize": "many"},
        {"Page": "-1"},
        {"PageToken": "PA"},
        {"PageToken": "PASMx"},
        {"PageToken": "x"},
        {"DateSent": "yesterday"},
        {"DateSent<": "9999-12-31"},
        {"DateSent": "0001-01-01T00:00:00+23:59"},
    ],
)
def test_a_bad_page_request_is_refused_and_not_an_error_of_ours(http: httpx.Client, query: dict[str, str]) -> None:
    """400 in Twilio's shape for each thing a list cannot read."""
    answer = http.get(COLLECTION, params=query)

    assert (answer.status_code, answer.json()["status"]) == (400, 400)


HOSTILE: list[dict[str, Any]] = [
    {"content": b"\xff\xfe%00%ff=%C3%28", "headers": {"Content-Type": "application/x-www-form-urlencoded"}},
    {"content": b"{", "headers": {"Content-Type": "application/json"}},
    {"content": b"--x\r\nbroken", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
    {"content": b"To=" + b"9" * 700_000, "headers": {"Content-Type": "application/x-www-form-urlencoded"}},
    {"data": {"To": "\x00", "From": "\x00", "Body": "\x00"}},
    {"data": {"To": "+601100000001", "From": "' OR 1=1 --", "Body": "x"}},
]


@pytest.mark.parametrize("request_body", HOSTILE)
def test_hostile_requests_are_refused_and_never_a_mistake_of_ours(
    http: httpx.Client, request_body: dict[str, Any]
) -> None:
    """Broken encodings, wrong types and huge fields end in a 4xx with Twilio's body."""
    answer = http.post(COLLECTION, **request_body)

    assert 400 <= answer.status_code < 500
    assert set(answer.json()) == {"code", "message", "more_info", "status"}


def test_an_address_with_a_nul_is_refused(room: Room) -> None:
    """Not every store could be asked for it."""
    client = room.app.test_client()

    for path in ("/numbers/%00", "/?q=%00", "/2010-04-01/Accounts/%00/Messages/%00.json", COLLECTION + "?To=%00"):
        assert client.get(path, auth=(ACCOUNT, "x")).status_code == 400


def test_a_text_with_any_characters_is_kept_to_the_letter(http: httpx.Client) -> None:
    """Emoji, right-to-left text and markup come back as sent; only NUL is replaced."""
    body = "😀 مرحبا <script>alert(1)</script> ' \" \\ \r\n\t %s {{7*7}}"
    http.post(COLLECTION, data={**GOOD, "Body": body})
    http.post(COLLECTION, data={**GOOD, "Body": "a\x00b"})

    kept = [message["body"] for message in http.get("/api/v1/messages").json()["messages"]]

    assert kept == ["a\ufffdb", body]


def test_senders_at_the_same_time_lose_nothing(url: str, http: httpx.Client) -> None:
    """Eight senders on sockets of their own, forty messages, forty different sids stored."""

    def send(number: int) -> str:
        return str(client.post(COLLECTION, data={**GOOD, "Body": str(number)}).json()["sid"])

    with (
        httpx.Client(base_url=url, auth=(ACCOUNT, "x"), trust_env=False) as client,
        ThreadPoolExecutor(8) as pool,
    ):
        sids = set(pool.map(send, range(40)))

    assert len(sids) == 40
    assert http.get("/_control/totals").json() == {"messages": {"count": 40}}
