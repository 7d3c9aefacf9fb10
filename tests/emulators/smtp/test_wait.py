"""The code or the link of a mail in one call, before the mail is there."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from emulators.foundation.room import Room
from emulators.foundation.waiting import Arrivals

MAIL = (
    "From: Sandbox <sandbox@example.com>\r\nTo: siti@example.com\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/alternative; boundary="b"\r\n\r\n'
    "--b\r\nContent-Type: text/plain\r\n\r\nKod pengesahan: 482913\r\n\r\nhttps://x.invalid/activate/123456\r\n\r\n"
    '--b\r\nContent-Type: text/html\r\n\r\n<p>Klik <a href="https://x.invalid/activate/123456">disini</a></p>\r\n--b--\r\n'
)


@pytest.fixture(name="arrivals")
def _arrivals(room: Room) -> Arrivals:
    """Where the room's waiters are counted."""
    (arrivals,) = [worker for worker in room.workers if isinstance(worker, Arrivals)]
    return arrivals


def test_every_waiter_gets_code_and_link_the_moment_the_mail_arrives(
    deliver: Callable[..., None], url: str, arrivals: Arrivals, until: Callable[..., object]
) -> None:
    """Waiters for the address, spelled in another case, and for anybody; the mail comes by SMTP."""
    with ThreadPoolExecutor(3) as pool:
        queries = [{"to": "SITI@example.com"}, {"to": "siti@example.com"}, {}]
        waiters = [pool.submit(httpx.get, f"{url}/api/v1/wait", params=query, timeout=40) for query in queries]
        until(lambda: arrivals.waiting() == 3, "all three wait")
        deliver(MAIL.format(subject="Pengaktifan"))
        answers = [waiter.result().json() for waiter in waiters]

    for answer in answers:
        assert (answer["timed_out"], answer["message"]["Subject"]) == (False, "Pengaktifan")
        assert answer["message"]["codes"] == [{"value": "482913", "found_by": "keyword", "host": None}]
        assert answer["message"]["links"] == [{"href": "https://x.invalid/activate/123456", "text": "disini"}]


def test_only_the_exact_address_and_only_what_is_newer_counts(deliver: Callable[..., None], http: httpx.Client) -> None:
    """A longer address is another one; cursor and ID of the mail seen hide it, and the next one is found."""
    deliver(MAIL.format(subject="satu"), to="siti@example.com")
    deliver(MAIL.format(subject="lain"), to="siti@example.com.my")

    def wait(**query: object) -> dict[str, object]:
        found = http.get("/api/v1/wait", params={"to": "siti@example.com", "timeout": 0, **query})  # type: ignore[arg-type]
        assert found.status_code == 200
        return dict(found.json())

    seen = wait()
    message = seen["message"]
    assert isinstance(message, dict)
    assert (message["Subject"], message["Read"]) == ("satu", False)
    for since in (seen["cursor"], message["ID"], "now", "2019-05-15T09:00:01"):
        assert wait(since=since)["timed_out"] is True
    assert wait(since="2019-05-15T09:00")["timed_out"] is False

    deliver(MAIL.format(subject="dua"))

    assert "dua" in str(wait(since=seen["cursor"])["message"])


def test_a_cursor_outlives_the_mail_it_came_from(deliver: Callable[..., None], http: httpx.Client) -> None:
    """Deleting what was read does not make the next mail look old; its ID is unknown then, and that is said."""
    deliver()
    seen = http.get("/api/v1/wait", params={"timeout": 0}).json()
    http.delete("/api/v1/messages")
    deliver()

    assert http.get("/api/v1/wait", params={"timeout": 0, "since": seen["cursor"]}).json()["timed_out"] is False
    refused = http.get("/api/v1/wait", params={"since": seen["message"]["ID"]})
    assert (refused.status_code, "since is" in refused.text) == (400, True)


def test_a_code_in_the_subject_or_in_html_alone_is_found(deliver: Callable[..., None], http: httpx.Client) -> None:
    """Senders who put it there mean it."""
    deliver(b"Subject: 123456 ialah kod anda\r\nContent-Type: text/html\r\n\r\n<h1>Kod</h1><p>7788</p><p>x</p>\r\n")

    codes = http.get("/api/v1/message/latest").json()["codes"]

    assert {code["value"] for code in codes} == {"123456", "7788"}


def test_codes_and_links_stand_on_the_page(deliver: Callable[..., None], http: httpx.Client) -> None:
    """Each in an element of its own; a link opens elsewhere and tells nothing of where it came from."""
    deliver(MAIL.format(subject="x"))
    page = http.get(f"/messages/{http.get('/api/v1/message/latest').json()['ID']}").text

    assert '<strong class="mono" data-testid="message-code">482913</strong>' in page
    (link,) = [line for line in page.splitlines() if 'data-testid="mail-link"' in line]
    assert 'href="https://x.invalid/activate/123456" target="_blank" rel="noopener noreferrer"' in link
    assert "· disini" in link
