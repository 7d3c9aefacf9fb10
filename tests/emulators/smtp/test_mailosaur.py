"""Mailosaur's reading API over mail: shapes its Python client reads, and searches as it makes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import httpx
import pytest

from emulators.foundation.room import Room


@pytest.fixture(name="mailosaur")
def _mailosaur(room: Room) -> httpx.Client:
    """A client with a key."""
    transport = httpx.WSGITransport(room.app)
    return httpx.Client(transport=transport, base_url="http://127.0.0.1/api", auth=("key", ""))


@pytest.fixture(name="mail")
def _mail(deliver: Callable[..., None]) -> None:
    """A mail with a code, a link, a picture and a file."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "Ali <ali@example.com>", "siti@example.com", "Kod anda"
    letter.set_content("Kod pengesahan anda ialah 482913. https://x.invalid/a")
    html = "<p>Kod pengesahan: 482913</p><a href='https://x.invalid/a'>tekan</a><img src='https://x.invalid/p' alt='l'>"
    letter.add_alternative(html, subtype="html")
    letter.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="resit.pdf")
    deliver(letter.as_bytes(), to=["siti@example.com", "rahsia@example.com"])


def _found(client: httpx.Client, **criteria: str) -> list[dict[str, Any]]:
    after = criteria.pop("receivedAfter", "")
    params = {"server": "abcd1234", **({"receivedAfter": after} if after else {})}
    items: list[dict[str, Any]] = client.post("/messages/search", params=params, json=criteria).json()["items"]
    return items


def test_a_mail_is_found_by_what_the_client_asks_for(mailosaur: httpx.Client, mail: None) -> None:
    """Exact addresses, hidden ones included; parts of subject and body; all or any; received after, by the machine."""
    now = datetime.now(UTC)
    for criteria, hits in (
        ({"sentTo": "SITI@example.com"}, 1),
        ({"sentTo": "rahsia@example.com"}, 1),
        ({"sentTo": "iti@example.com"}, 0),
        ({"sentFrom": "ali@example.com", "subject": "kod"}, 1),
        ({"sentFrom": "x@example.com", "subject": "kod"}, 0),
        ({"sentFrom": "x@example.com", "subject": "kod", "match": "ANY"}, 1),
        ({"body": "482913"}, 1),
        ({"receivedAfter": (now - timedelta(hours=1)).isoformat()}, 1),
        ({"receivedAfter": (now + timedelta(hours=1)).isoformat()}, 0),
    ):
        assert len(_found(mailosaur, **criteria)) == hits, criteria


def test_a_whole_mail_has_codes_links_and_files(mailosaur: httpx.Client, mail: None) -> None:
    """The fields its client reads, and the files behind them."""
    uid = _found(mailosaur)[0]["id"]
    message = mailosaur.get(f"/messages/{uid}").json()
    (file,) = message["attachments"]

    assert (message["type"], message["subject"], message["from"][0]["email"]) == (
        "Email",
        "Kod anda",
        "ali@example.com",
    )
    assert message["html"]["codes"] == message["text"]["codes"] == [{"value": "482913"}]
    assert message["html"]["links"] == [{"href": "https://x.invalid/a", "text": "tekan"}]
    assert message["text"]["links"] == [{"href": "https://x.invalid/a", "text": "https://x.invalid/a"}]
    assert message["html"]["images"] == [{"src": "https://x.invalid/p", "alt": "l"}]
    assert {"field": "Subject", "value": "Kod anda"} in message["metadata"]["headers"]
    assert mailosaur.get(f"/files/attachments/{file['id']}").content == b"%PDF-"
    assert b"Subject: Kod anda" in mailosaur.get(f"/files/email/{uid}").content
    assert mailosaur.get(f"/files/attachments/{uid}.9").status_code == 404


def test_mails_are_awaited_and_deleted(mailosaur: httpx.Client, mail: None) -> None:
    """At once when it is there, 204 when it does not come; one or all deleted."""
    awaited = mailosaur.post("/messages/await", params={"server": "abcd1234"}, json={"sentTo": "siti@example.com"})
    missing = {"server": "abcd1234", "timeout": "0"}

    assert awaited.json()["subject"] == "Kod anda"
    assert mailosaur.post("/messages/await", params=missing, json={"sentTo": "x@example.com"}).status_code == 204
    assert mailosaur.delete(f"/messages/{awaited.json()['id']}").status_code == 204
    assert mailosaur.delete(f"/messages/{awaited.json()['id']}").status_code == 404
    assert mailosaur.delete("/messages", params={"server": "abcd1234"}).status_code == 204
    assert _found(mailosaur) == []
