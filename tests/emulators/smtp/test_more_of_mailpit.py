"""The rest of Mailpit's API: tags, checks, thumbnails, sending, releasing, chaos, configuration, metrics."""

from __future__ import annotations

import base64
import json
import smtplib
import socket
from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO

import httpx
import pytest
from PIL import Image

from emulators.foundation.room import Room
from emulators.smtp.fetching import Fetcher
from emulators.smtp.looks import BLOCKED

FILES = [("hello.txt", b"hello", "text/plain"), ("broken.png", b"\x89PNG-not", "image/png")]
BODY = {
    "From": {"Email": "ali@example.com", "Name": "Ali"},
    "To": [{"Email": "siti@example.com", "Name": "Sité"}],
    "Cc": [{"Email": "cc@example.com"}],
    "Bcc": ["rahsia@example.com"],
    "ReplyTo": [{"Email": "balas@example.com"}],
    "Subject": "Hai é",
    "Text": "apa khabar",
    "HTML": "<p style='display:flex'>apa <img src='cid:logo'></p>",
    "Tags": ["Satu", "Dua"],
    "Headers": {"X-IP": "1.2.3.4"},
    "Attachments": [
        {"Content": base64.b64encode(b"hello").decode(), "Filename": "a.txt", "ContentType": "text/plain"},
        {"Content": "data:image/png;base64," + base64.b64encode(b"\x89PNGx").decode(), "ContentID": "logo"},
    ],
}


def _picture(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    return out.getvalue()


def _letter(*files: tuple[str, bytes, str], html: str = "") -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "ali@example.com", "siti@example.com", "fail"
    letter.set_content("teks")
    if html:
        letter.add_alternative(html, subtype="html")
    for name, data, kind in files:
        letter.add_attachment(data, *kind.split("/"), filename=name)
    return letter.as_bytes()


def _ids(http: httpx.Client) -> list[str]:
    return [message["ID"] for message in http.get("/api/v1/messages").json()["messages"]]


def test_tags_are_set_renamed_and_taken_away(deliver: Callable[..., None], http: httpx.Client) -> None:
    """Cleaned as Mailpit cleans them; a tag that nobody carries or a name with nothing in it is refused."""
    deliver(b"Subject: a\r\nTo: ali+Resit@example.com\r\nX-Tags: Ujian\r\n\r\nx\r\n")
    deliver(b"Subject: b\r\n\r\nx\r\n")
    newest, older = _ids(http)

    assert http.get("/api/v1/tags").json() == ["Resit", "Ujian"]
    assert (
        http.put("/api/v1/tags", json={"IDs": [newest, older], "Tags": ["x/y!", "Dua  Kata", "dua kata"]}).text == "ok"
    )
    assert http.get("/api/v1/tags").json() == ["Dua Kata", "xy"]
    assert http.put("/api/v1/tags/Dua Kata", json={"Name": "Tiga"}).text == "ok"
    assert http.delete("/api/v1/tags/xy").text == "ok"
    assert [message["Tags"] for message in http.get("/api/v1/messages").json()["messages"]] == [["Tiga"], ["Tiga"]]
    assert http.get("/api/v1/search", params={"query": "tag:tiga"}).json()["messages_count"] == 2
    for refused in (
        http.put("/api/v1/tags/Tiga", json={"Name": "!!"}),
        http.put("/api/v1/tags/Tiada", json={"Name": "x"}),
        http.delete("/api/v1/tags/Tiada"),
        http.put("/api/v1/tags", content=b"{"),
        http.put("/api/v1/tags", json={"IDs": "x"}),
    ):
        assert refused.status_code == 400, refused.text
    assert http.get("/api/v1/tags").json() == ["Tiga"]


def test_the_latest_of_a_query_is_opened_by_every_door(deliver: Callable[..., None], http: httpx.Client) -> None:
    """`latest?query=` names a message for the summary, the headers and the octets alike."""
    deliver(b"Subject: satu\r\n\r\nx\r\n")
    deliver(b"Subject: dua\r\n\r\nx\r\n")
    query = {"query": "subject:satu"}

    assert http.get("/api/v1/message/latest", params=query).json()["Subject"] == "satu"
    assert http.get("/api/v1/message/latest/headers", params=query).json()["Subject"] == ["satu"]
    assert b"Subject: satu" in http.get("/api/v1/message/latest/raw", params=query).content


def test_html_is_checked_for_what_mail_programs_do_not_show(deliver: Callable[..., None], http: httpx.Client) -> None:
    """Warnings with results, a score and platforms; 400 without HTML."""
    deliver(_letter(html="<style>@media print{p{color:red}}</style><p style='display:flex'>x</p><video></video>"))
    told = http.get("/api/v1/message/latest/html-check").json()
    deliver(b"Subject: x\r\n\r\nx\r\n")
    none = http.get("/api/v1/message/latest/html-check")

    assert [warning["Slug"] for warning in told["Warnings"]] == ["html-video", "css-flexbox", "css-at-media"]
    assert told["Warnings"][1]["Score"]["Found"] == 1
    assert {result["Support"] for result in told["Warnings"][1]["Results"]} == {"yes", "partial", "no"}
    total = told["Total"]
    assert round(total["Supported"] + total["Partial"] + total["Unsupported"]) == 100
    assert "Outlook" in told["Platforms"]["windows"]
    assert (none.status_code, none.text) == (400, "message does not contain HTML")


def test_links_are_checked_on_this_machine_and_nowhere_else(
    deliver: Callable[..., None], http: httpx.Client, url: str
) -> None:
    """Loopback is asked; other addresses, private ones included, are told as 451 and never looked up."""
    html = f"<a href='{url}/livez'>a</a> <a href='{url}/nope'>b</a> <a href='http://10.0.0.1/'>c</a>"
    deliver(_letter(html=f"{html}<a href='https://example.com/x'>d</a>"))
    told = http.get("/api/v1/message/latest/link-check").json()

    assert [link["StatusCode"] for link in told["Links"]] == [200, 404, 451, 451]
    assert told["Errors"] == 3


def test_a_named_host_may_be_asked_and_no_other_name_is_looked_up(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`link_hosts` opens one name; another is not even asked for, since a name can carry a secret."""
    port = url.rpartition(":")[2]
    asked: list[str] = []

    def look_up(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", int(port)))]

    monkeypatch.setattr("emulators.smtp.fetching.socket.getaddrinfo", look_up)
    fetcher = Fetcher(["*.portal.invalid"])
    looks = fetcher.look([f"http://www.portal.invalid:{port}/livez", "http://other.invalid/", "ftp://127.0.0.1/"])

    assert [look.status for look in looks] == [200, BLOCKED, BLOCKED]
    assert {*asked} == {"www.portal.invalid", "127.0.0.1"}


def test_spam_rules_are_told_with_their_scores(deliver: Callable[..., None], http: httpx.Client) -> None:
    """Mailpit's shape; a mail with nothing in it scores above the threshold, a decent one does not."""
    deliver(b"\r\n\r\n")
    bad = http.get("/api/v1/message/latest/sa-check").json()
    deliver()
    good = http.get("/api/v1/message/latest/sa-check").json()

    assert bad["IsSpam"]
    assert bad["Rules"][0] == {"Score": 2.3, "Name": "EMPTY_MESSAGE", "Description": bad["Rules"][0]["Description"]}
    assert (good["IsSpam"], good["Error"]) == (False, "")


def test_a_thumbnail_is_a_small_jpeg_whatever_the_part_is(deliver: Callable[..., None], http: httpx.Client) -> None:
    """Large and small pictures, text, a broken picture: always 180 by 120, and never an error."""
    large, small = ("g.png", _picture(400, 300), "image/png"), ("k.png", _picture(10, 40), "image/png")
    deliver(_letter(large, small, *FILES))
    parts = [file["PartID"] for file in http.get("/api/v1/message/latest").json()["Attachments"]]

    assert len(parts) == 4
    for part in parts:
        thumb = http.get(f"/api/v1/message/latest/part/{part}/thumb")
        with Image.open(BytesIO(thumb.content)) as picture:
            assert (thumb.headers["Content-Type"], picture.format, picture.size) == ("image/jpeg", "JPEG", (180, 120))
    assert http.get("/api/v1/message/latest/part/9/thumb").status_code == 404


def test_a_mail_handed_in_by_http_arrives_like_any_other(http: httpx.Client) -> None:
    """Everything of the body is in the message; the ID given back is the message's."""
    answer = http.post("/api/v1/send", json=BODY, auth=("pengguna", "x"))
    message = http.get(f"/api/v1/message/{answer.json()['ID']}").json()

    assert answer.status_code == 200
    assert (message["Subject"], message["Text"].strip(), message["Tags"]) == ("Hai é", "apa khabar", ["Dua", "Satu"])
    assert message["To"] == [{"Name": "Sité", "Address": "siti@example.com"}]
    assert [person["Address"] for person in message["Bcc"]] == ["rahsia@example.com"]
    assert [file["FileName"] for file in message["Attachments"]] == ["a.txt"]
    assert [file["ContentID"] for file in message["Inline"]] == ["logo"]
    assert (message["Username"], message["ReturnPath"]) == ("pengguna", "ali@example.com")
    assert http.get("/api/v1/message/latest/headers").json()["X-Ip"] == ["1.2.3.4"]
    assert http.get("/api/v1/message/latest", params={"to": "rahsia@example.com"}).status_code == 200


REFUSED: list[tuple[dict[str, object], str]] = [
    ({"From": {"Email": "nobody"}}, "From"),
    ({"To": [{"Email": "a@b\r\nX-Evil: 1"}]}, "To"),
    ({"Bcc": ["x"]}, "Bcc"),
    ({"Headers": {"Subject": "x"}}, "Subject"),
    ({"Headers": {"X-A": "b\r\nX-Evil: 1"}}, "X-A"),
    ({"Headers": {"X A": "b"}}, "X A"),
    ({"Subject": "a\r\nX-Evil: 1"}, "Subject"),
    ({"Attachments": [{"Content": "%%%", "Filename": "f"}]}, "f"),
    ({"To": "x"}, "To"),
]


def test_a_mail_that_cannot_be_made_is_refused_as_json(http: httpx.Client) -> None:
    """400 with {"Error"} that names what is wrong; nothing is stored."""
    for change, word in REFUSED:
        answer = http.post("/api/v1/send", json=BODY | change)
        assert (answer.status_code, word in answer.json()["Error"]) == (400, True), (change, answer.text)

    assert http.get("/api/v1/messages").json()["total"] == 0


def test_a_body_that_is_no_json_is_refused_too(http: httpx.Client) -> None:
    """Neither sent nor a crash."""
    for body in (b"", b"{", b"[]", b"[" * 100_000):
        assert http.post("/api/v1/send", content=body).status_code == 400


def test_a_released_message_goes_to_its_new_recipients_in_this_inbox(
    deliver: Callable[..., None], http: httpx.Client
) -> None:
    """A copy with an id of its own; those who were hidden are not told."""
    deliver(b"From: ali@example.com\r\nSubject: asal\r\n\r\nx\r\n", to=["siti@example.com"])
    (uid,) = _ids(http)
    answer = http.post(f"/api/v1/message/{uid}/release", json={"To": ["Baru <baru@example.com>"]})
    released = http.get("/api/v1/message/latest", params={"to": "baru@example.com"}).json()

    assert (answer.status_code, answer.text) == (200, "ok")
    assert (released["Subject"], [p["Address"] for p in released["Bcc"]]) == ("asal", ["baru@example.com"])
    assert released["MessageID"] != http.get(f"/api/v1/message/{uid}").json()["MessageID"]
    for body in ({"To": []}, {"To": ["x"]}, {"To": "x"}, []):
        assert http.post(f"/api/v1/message/{uid}/release", json=body).status_code == 400
    assert http.post("/api/v1/message/nope/release", json={"To": ["a@example.com"]}).status_code == 404


def test_chaos_is_set_told_and_felt(http: httpx.Client, address: tuple[str, int]) -> None:
    """Each trigger answers with its code; what is absent is switched off; the catalogue knows of it."""
    quiet = {"ErrorCode": 451, "Probability": 0}
    assert http.get("/api/v1/chaos").json()["Sender"] == quiet
    told = http.put("/api/v1/chaos", json={"Recipient": {"ErrorCode": 550, "Probability": 100}}).json()
    with smtplib.SMTP(*address, timeout=10) as client, pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        client.sendmail("a@example.com", "b@example.com", "Subject: x\r\n\r\nx\r\n")

    assert told["Recipient"] == {"ErrorCode": 550, "Probability": 100}
    assert refused.value.recipients["b@example.com"] == (550, b"5.1.1 Chaos recipient error")
    assert [plan["name"] for plan in http.get("/_control/faults").json()["planned"] if plan["fired"]] == ["rejected"]
    for bad in (b"{", b"[]", b'{"Sender":{"ErrorCode":200}}', b'{"Sender":{"Probability":101}}', b'{"Sender":1}'):
        assert http.put("/api/v1/chaos", content=bad).status_code == 400, bad
    assert http.get("/api/v1/chaos").json() == told
    assert http.put("/api/v1/chaos", json={}).json()["Recipient"] == quiet
    with smtplib.SMTP(*address, timeout=10) as client:
        client.sendmail("a@example.com", "b@example.com", "Subject: x\r\n\r\nx\r\n")


def test_the_configuration_and_the_metrics_say_how_the_inbox_stands(
    deliver: Callable[..., None], http: httpx.Client
) -> None:
    """Mailpit's names, with a label that a tag's quotes cannot break."""
    deliver(b"Subject: x\r\nX-Tags: Ujian\r\n\r\nx\r\n")
    webui, metrics = http.get("/api/v1/webui").json(), http.get("/metrics")

    assert (webui["MessageRelay"]["Enabled"], webui["SpamAssassin"], webui["ChaosEnabled"]) == (True, True, True)
    assert metrics.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = metrics.text.splitlines()
    assert "mailpit_messages 1" in lines
    assert 'mailpit_tag_messages{tag="Ujian"} 1' in lines
    assert "mailpit_smtp_accepted_total 1" in lines


def test_a_form_of_a_published_client_deletes_what_it_names(deliver: Callable[..., None], http: httpx.Client) -> None:
    """`ids=` in a form deletes that message and no other."""
    deliver(b"Subject: a\r\n\r\nx\r\n")
    deliver(b"Subject: b\r\n\r\nx\r\n")
    newest, older = _ids(http)

    http.request("DELETE", "/api/v1/messages", data={"ids": [newest]})

    assert _ids(http) == [older]
    assert json.loads(http.get("/api/v1/tags").text) == []


def test_pages_of_other_sites_read_the_api_only_when_named(make_room: Callable[..., Room]) -> None:
    """An origin of the setting is allowed, another is not; OPTIONS names the methods and changes nothing."""
    client = make_room(api_cors=("http://app.invalid",)).app.test_client()
    named = client.get("/api/v1/messages", headers={"Origin": "http://app.invalid"})
    other = client.get("/api/v1/messages", headers={"Origin": "http://evil.invalid"})
    asked = client.options("/api/v1/messages", headers={"Origin": "http://app.invalid"})

    assert named.headers["Access-Control-Allow-Origin"] == "http://app.invalid"
    assert "Access-Control-Allow-Origin" not in other.headers
    assert (asked.status_code, asked.data) == (200, b"")
    assert "DELETE" in asked.headers["Access-Control-Allow-Methods"]
