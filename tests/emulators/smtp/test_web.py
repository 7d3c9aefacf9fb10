"""Mailpit's API: shapes with their types, statuses, and what must never be deleted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import httpx
import pytest

from emulators.foundation.clock import Clock
from emulators.foundation.room import Room

PIXEL = b"\x89PNG\r\n\x1a\n"


def _letter(subject: str = "Hai", **headers: str) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "Ali <ali@example.com>", "Siti <siti@example.com>", subject
    for name, value in headers.items():
        letter[name.replace("_", "-")] = value
    letter.set_content("Tekan https://x.invalid/a\n")
    letter.add_alternative("<p>Tekan <a href='https://x.invalid/a'>disini</a> <img src='cid:logo'></p>", subtype="html")
    html = letter.get_payload()[1]  # type: ignore[index]  # a multipart has a list
    html.add_related(PIXEL, "image", "png", cid="<logo>", filename="logo.png", disposition="inline")  # type: ignore[union-attr]
    letter.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="resit é.pdf")
    return letter.as_bytes(policy=SMTP)


def _subjects(http: httpx.Client, query: str = "") -> list[str]:
    path, params = ("/api/v1/search", {"query": query}) if query else ("/api/v1/messages", {})
    return [message["Subject"] for message in http.get(path, params=params).json()["messages"]]


@pytest.fixture(name="three")
def _three(deliver: Callable[..., None]) -> None:
    """Three letters: satu, dua, tiga."""
    for subject in ("satu", "dua", "tiga"):
        deliver(f"From: ali@example.com\r\nTo: siti@example.com\r\nSubject: {subject}\r\n\r\nx\r\n")


def test_a_list_has_exactly_mailpits_shape(deliver: Callable[..., None], http: httpx.Client) -> None:
    """Names and types of MessagesSummary and MessageSummary."""
    deliver(_letter(Message_ID="<abc@example.com>", X_Tags="Ujian, Resit"), to=["siti@example.com", "h@example.com"])
    listed = http.get("/api/v1/messages").json()
    (message,) = listed["messages"]

    assert {key: value for key, value in listed.items() if key != "messages"} == {
        "total": 1,
        "unread": 1,
        "count": 1,
        "messages_count": 1,
        "messages_unread": 1,
        "start": 0,
        "tags": ["Resit", "Ujian"],
    }
    assert len(message["ID"]) == 22
    size = len(http.get(f"/api/v1/message/{message['ID']}/raw").content)
    assert message == {
        "ID": message["ID"],
        "MessageID": "abc@example.com",
        "Read": False,
        "From": {"Name": "Ali", "Address": "ali@example.com"},
        "To": [{"Name": "Siti", "Address": "siti@example.com"}],
        "Cc": [],
        "Bcc": [{"Name": "", "Address": "h@example.com"}],
        "ReplyTo": [],
        "Subject": "Hai",
        "Created": "2019-05-15T01:00:00.000Z",
        "Username": "",
        "Tags": ["Resit", "Ujian"],
        "Size": size,
        "Attachments": 2,
        "Snippet": "Tekan https://x.invalid/a",
    }
    assert http.get("/api/v1/tags").json() == ["Resit", "Ujian"]


def test_a_message_has_exactly_mailpits_shape(deliver: Callable[..., None], http: httpx.Client) -> None:
    """Names and types of Message, plus `Read`, which one published client needs, and what is ours: codes, links."""
    unsubscribe = {"List_Unsubscribe": "<https://x.invalid/u>, <mailto:u@example.com>"}
    deliver(_letter(Date="Wed, 15 May 2019 08:59:00 +0800", Message_ID="<abc@example.com>", **unsubscribe))
    message = http.get("/api/v1/message/latest").json()

    def file(part: str, name: str, kind: str, cid: str, data: bytes) -> dict[str, Any]:
        sums = {"MD5": hashlib.md5(data), "SHA1": hashlib.sha1(data), "SHA256": hashlib.sha256(data)}
        checksums = {key: value.hexdigest() for key, value in sums.items()}
        size = len(data)
        return {
            "PartID": part,
            "FileName": name,
            "ContentType": kind,
            "ContentID": cid,
            "Size": size,
            "Checksums": checksums,
        }

    assert message.pop("Text").strip() == "Tekan https://x.invalid/a"
    assert "disini" in message.pop("HTML")
    assert message.pop("codes") == []
    assert message.pop("scan") is None
    assert message.pop("links") == [{"href": "https://x.invalid/a", "text": "disini"}]
    assert message == {
        "ID": message["ID"],
        "MessageID": "abc@example.com",
        "Read": True,
        "From": {"Name": "Ali", "Address": "ali@example.com"},
        "To": [{"Name": "Siti", "Address": "siti@example.com"}],
        "Cc": [],
        "Bcc": [],
        "ReplyTo": [],
        "ReturnPath": "ali@example.com",
        "Subject": "Hai",
        "ListUnsubscribe": {
            "Header": "<https://x.invalid/u>, <mailto:u@example.com>",
            "Links": ["https://x.invalid/u", "mailto:u@example.com"],
            "Errors": "",
            "HeaderPost": "",
        },
        "Date": "2019-05-15T08:59:00+08:00",
        "Tags": [],
        "Username": "",
        "Size": message["Size"],
        "Inline": [file("1.2.2", "logo.png", "image/png", "logo", PIXEL)],
        "Attachments": [file("2", "resit é.pdf", "application/pdf", "", b"%PDF-")],
    }


def test_reading_a_message_marks_it_read_and_listing_does_not(deliver: Callable[..., None], http: httpx.Client) -> None:
    """Only GET /message/{ID} does; headers, raw and view do not."""
    deliver(_letter())
    uid = http.get("/api/v1/messages").json()["messages"][0]["ID"]
    for path in (f"/api/v1/message/{uid}/headers", f"/api/v1/message/{uid}/raw", f"/view/{uid}.txt"):
        assert http.get(path).status_code == 200
    assert http.get("/api/v1/messages").json()["unread"] == 1

    http.get(f"/api/v1/message/{uid}")

    assert http.get("/api/v1/messages").json()["unread"] == 0


def test_dates_are_those_of_the_sandbox_and_readable(deliver: Callable[..., None], url: str, clock: Clock) -> None:
    """`Created` and the Date header move with the clock; a missing Date header falls back to the arrival."""
    clock.advance(timedelta(days=3))
    deliver(_letter())
    answer = httpx.get(f"{url}/api/v1/message/latest", trust_env=False)

    assert answer.headers["Date"] == "Sat, 18 May 2019 01:00:00 GMT"
    assert datetime.fromisoformat(answer.json()["Date"]) == clock.now().replace(microsecond=0)
    for path in ("/", "/livez", "/api/v1/nope", "/view/latest.txt"):
        assert httpx.get(url + path, trust_env=False).headers.get_list("Date") == ["Sat, 18 May 2019 01:00:00 GMT"]


def test_headers_raw_and_parts_are_what_was_sent(deliver: Callable[..., None], http: httpx.Client) -> None:
    """Names as Go spells them, the octets with our trace above, parts with their type and name."""
    letter = _letter(Message_ID="<abc@example.com>", Subject2="x")
    deliver(letter)
    headers = http.get("/api/v1/message/latest/headers").json()
    raw = http.get("/api/v1/message/latest/raw")
    picture = http.get("/api/v1/message/latest/part/1.2.2")
    receipt = http.get("/api/v1/message/latest/part/2")
    download = http.get("/api/v1/message/latest/raw", params={"dl": 1})

    assert headers["Message-Id"] == ["<abc@example.com>"]
    assert headers["Return-Path"] == ["<ali@example.com>"]
    assert headers["Received"][0].endswith("; Wed, 15 May 2019 09:00:00 +0800")
    assert raw.headers["Content-Type"].startswith("text/plain")
    assert raw.content.endswith(letter)
    assert (picture.content, picture.headers["Content-Type"]) == (PIXEL, "image/png")
    assert receipt.content == b"%PDF-"
    assert "filename*=UTF-8''resit%20%C3%A9.pdf" in receipt.headers["Content-Disposition"]
    assert ".eml" in download.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "path",
    [
        "message/x",
        "message/x/headers",
        "message/x/raw",
        "message/x/part/1",
        "nope",
        "message",
        "send",
        "message/x/sa-check",
    ],
)
def test_what_is_not_there_is_404_in_plain_text(http: httpx.Client, path: str) -> None:
    """Mailpit's own words, for unknown messages and for what is not emulated."""
    answer = http.get(f"/api/v1/{path}")

    assert (answer.status_code, answer.text) == (404, "404 page not found")
    assert answer.headers["Content-Type"].startswith("text/plain")


def test_the_latest_of_an_empty_box_is_not_found(http: httpx.Client) -> None:
    """Its words are other ones, and clients show them."""
    for path in ("/api/v1/message/latest", "/api/v1/message/latest/raw", "/view/latest.html", "/view/latest.txt"):
        answer = http.get(path)
        assert (answer.status_code, answer.text) == (404, "Message not found")


def test_an_unknown_part_is_not_found(deliver: Callable[..., None], http: httpx.Client) -> None:
    """The number of a text part is not the number of a file."""
    deliver(_letter())

    assert http.get("/api/v1/message/latest/part/1.1").status_code == 404


def test_pages_of_a_list_begin_where_they_are_told(http: httpx.Client, three: None) -> None:
    """start and limit; nonsense falls back to the defaults, as in Mailpit."""
    page = http.get("/api/v1/messages", params={"start": 1, "limit": 1}).json()

    assert [message["Subject"] for message in page["messages"]] == ["dua"]
    assert (page["total"], page["count"], page["start"]) == (3, 1, 1)
    assert http.get("/api/v1/messages", params={"start": "x", "limit": "-5"}).json()["count"] == 3


SEARCHES = [
    ("subject:satu", ["satu"]),
    ("-subject:satu", ["tiga", "dua"]),
    ("to:siti@example.com", ["tiga", "dua", "satu"]),
    ("to:iti@example.co", ["tiga", "dua", "satu"]),
    ("to:siti@example.com !dua", ["tiga", "satu"]),
    ("TIGA", ["tiga"]),
    ("from:siti@example.com", []),
    ("addressed:ali@ is:unread", ["tiga", "dua", "satu"]),
    ("is:read", []),
    ("larger:1mb", []),
    ("smaller:1mb before:2019-05-16", ["tiga", "dua", "satu"]),
    ("after:2019-05-15T09:01", []),
    ("after:2019-05-15T08:59 dua", ["dua"]),
    ("has:attachment", []),
    ("subject:%", []),
    ("subject:_atu", []),
]


def test_a_search_finds_what_it_says(http: httpx.Client, three: None) -> None:
    """Newest first; wildcards of the store are plain characters."""
    assert {query: _subjects(http, query) for query, _ in SEARCHES} == dict(SEARCHES)


def test_a_search_counts_its_matches_beside_the_whole_box(http: httpx.Client, three: None) -> None:
    """total and unread are of the box, messages_count and messages_unread of the search."""
    uid = http.get("/api/v1/search", params={"query": "dua"}).json()["messages"][0]["ID"]
    http.get(f"/api/v1/message/{uid}")
    found = http.get("/api/v1/search", params={"query": "-tiga", "limit": 1}).json()

    assert (found["total"], found["unread"], found["count"]) == (3, 2, 1)
    assert (found["messages_count"], found["messages_unread"]) == (2, 1)


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_search_that_says_nothing_is_refused_and_deletes_nothing(
    http: httpx.Client, three: None, method: str
) -> None:
    """400 in plain text, never "everything"."""
    nowhere, outside = {"query": "dua", "tz": "Nowhere/Land"}, {"query": "dua", "tz": "../x"}
    for params in ({}, {"query": " "}, {"query": "before:x"}, {"query": "to:"}, nowhere, outside):
        answer = http.request(method, "/api/v1/search", params=params)
        assert (answer.status_code, answer.text[:7]) == (400, "Error: "), params

    assert http.get("/api/v1/messages").json()["total"] == 3


def test_a_search_without_query_is_refused_in_mailpits_words(http: httpx.Client) -> None:
    """`Error: no search query`."""
    assert http.get("/api/v1/search").text == "Error: no search query"


def test_a_search_deletes_only_what_it_finds(http: httpx.Client, three: None) -> None:
    """`ok`, and the others stay."""
    answer = http.delete("/api/v1/search", params={"query": "subject:dua"})

    assert (answer.status_code, answer.text) == (200, "ok")
    assert _subjects(http) == ["tiga", "satu"]


@pytest.mark.parametrize("body", [b"", b"  ", b"{}", b'{"IDs":[]}', b'{"IDs":null}'])
def test_a_delete_that_names_nothing_deletes_everything(http: httpx.Client, three: None, body: bytes) -> None:
    """As Mailpit has it; every shared test suite relies on it."""
    answer = http.request("DELETE", "/api/v1/messages", content=body)

    assert (answer.status_code, answer.text) == (200, "ok")
    assert http.get("/api/v1/messages").json()["total"] == 0


UNREADABLE = [
    (b"{", "application/json"),
    (b"[]", "application/json"),
    (b'"all"', "application/json"),
    (b"null", "application/json"),
    (b'{"IDs":"x"}', "application/json"),
    (b'{"IDs":[1]}', "application/json"),
    (b"\xff\xfe", "application/octet-stream"),
    (b"[" * 100_000, "application/json"),
    (b"nonsense", "application/x-www-form-urlencoded"),
    (b"Read=perhaps&IDs=x", "application/x-www-form-urlencoded"),
    (b"--x\r\n", "multipart/form-data; boundary=x"),
]


@pytest.mark.parametrize("method", ["DELETE", "PUT"])
def test_a_body_that_cannot_be_read_changes_nothing(http: httpx.Client, three: None, method: str) -> None:
    """400 where Mailpit would delete the whole box."""
    for content, kind in UNREADABLE:
        answer = http.request(method, "/api/v1/messages", content=content, headers={"Content-Type": kind})
        assert (answer.status_code, answer.text[:7]) == (400, "Error: "), content[:20]
    listed = http.get("/api/v1/messages").json()

    assert (listed["total"], listed["unread"]) == (3, 3)


def test_named_messages_are_deleted_and_unknown_names_do_no_harm(http: httpx.Client, three: None) -> None:
    """JSON and form bodies alike."""
    uids = [message["ID"] for message in http.get("/api/v1/messages").json()["messages"]]
    http.request("DELETE", "/api/v1/messages", content=json.dumps({"IDs": [uids[0], "unknown"]}))
    assert _subjects(http) == ["dua", "satu"]

    http.request("DELETE", "/api/v1/messages", data={"IDs": [uids[1]]})

    assert _subjects(http) == ["satu"]
    assert http.get(f"/api/v1/message/{uids[1]}").status_code == 404


def test_nul_characters_name_nothing_and_harm_nothing(http: httpx.Client, three: None) -> None:
    """In an address they are refused; among IDs they are an unknown one, never "no ID at all"."""
    for path in ("/api/v1/message/%00", "/api/v1/search?query=to:%00@x", "/api/v1/message/latest?to=%00", "/?q=%00"):
        assert http.get(path).status_code == 400
    assert http.request("DELETE", "/api/v1/messages", json={"IDs": ["\x00"]}).status_code == 200

    assert http.get("/api/v1/messages").json()["total"] == 3


def test_messages_are_marked_by_name_by_search_and_all_at_once(http: httpx.Client, three: None) -> None:
    """PUT {IDs, Search, Read}."""
    uid = http.get("/api/v1/messages").json()["messages"][0]["ID"]
    assert http.put("/api/v1/messages", json={"IDs": [uid], "Read": True}).text == "ok"
    assert _subjects(http, "is:read") == ["tiga"]
    http.put("/api/v1/messages", json={"Search": "subject:satu", "Read": True})
    assert _subjects(http, "is:unread") == ["dua"]
    http.put("/api/v1/messages", json={"Read": False})

    assert http.get("/api/v1/messages").json()["unread"] == 3


def test_info_counts_what_happened(deliver: Callable[..., None], http: httpx.Client) -> None:
    """Every field of AppInformation with its type."""
    deliver(_letter(X_Tags="Ujian"))
    http.delete("/api/v1/messages")
    deliver(_letter(X_Tags="Ujian"))
    info = http.get("/api/v1/info").json()
    size = http.get("/api/v1/messages").json()["messages"][0]["Size"]

    assert set(info) == {
        "Version",
        "LatestVersion",
        "Database",
        "DatabaseSize",
        "Messages",
        "Unread",
        "Tags",
        "RuntimeStats",
    }
    assert (info["Messages"], info["Unread"], info["Tags"]) == (1, 1, {"Ujian": 1})
    assert info["DatabaseSize"] > 0
    stats = info["RuntimeStats"]
    assert (stats["MessagesDeleted"], stats["SMTPAccepted"], stats["SMTPAcceptedSize"]) == (1, 2, 2 * size)
    assert (stats["SMTPRejected"], stats["SMTPIgnored"]) == (0, 0)
    assert stats["Memory"] > 0
    assert stats["Uptime"] >= 0


def test_the_newest_of_one_address_is_exact(deliver: Callable[..., None], http: httpx.Client) -> None:
    """`?to=` wants the whole address and finds hidden recipients, where `to:` looks for a part of the To header."""
    deliver(b"To: bali@example.com\r\nSubject: jiran\r\n\r\nx\r\n", to="bali@example.com")
    deliver(b"To: x@example.com\r\nSubject: satu\r\n\r\nx\r\n", to="ali@example.com")
    deliver(b"To: bali@example.com\r\nSubject: jiran lagi\r\n\r\nx\r\n", to="bali@example.com")

    exact = http.get("/api/v1/message/latest", params={"to": "Ali@Example.com"}).json()

    assert exact["Subject"] == "satu"
    assert _subjects(http, "to:ali@example.com") == ["jiran lagi", "jiran"]
    assert http.get("/api/v1/message/latest", params={"to": "li@example.com"}).status_code == 404


def test_everything_is_there_after_a_restart(make_room: Callable[..., Room], deliver: Callable[..., None]) -> None:
    """A second room over the same store reads what the first one took."""
    deliver(_letter())

    assert make_room().app.test_client().get("/api/v1/message/latest").get_json()["Subject"] == "Hai"


def test_a_reset_forgets_everything_and_goes_on(deliver: Callable[..., None], http: httpx.Client) -> None:
    """After /_control/reset the box is empty, and mail is taken as before."""
    deliver(_letter(X_Tags="Ujian"))
    assert http.post("/_control/reset").status_code == 200
    assert http.get("/api/v1/messages").json() | {"messages": 0} == {
        "total": 0,
        "unread": 0,
        "count": 0,
        "messages_count": 0,
        "messages_unread": 0,
        "start": 0,
        "tags": [],
        "messages": 0,
    }

    deliver(_letter())

    assert http.get("/_control/totals").json() == {"messages": {"count": 1}}
