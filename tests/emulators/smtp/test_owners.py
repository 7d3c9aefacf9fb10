"""A mailbox for each SMTP user, when the setting asks for it."""

from __future__ import annotations

import smtplib
from collections.abc import Callable

import httpx
import pytest

from emulators.foundation.room import Room
from emulators.smtp.listener import Listener


@pytest.fixture(name="room")
def _room(make_room: Callable[..., Room]) -> Room:
    """A room whose users read only their own mail."""
    return make_room(mailbox_per_user=True, users={"ali": "a", "siti": "s"})


@pytest.fixture(name="sent")
def _sent(listener: Listener) -> None:
    """Two mails of ali, one of siti, one of nobody."""
    host, _, port = listener.address.rpartition(":")
    for user in ("ali", "siti", "", "ali"):
        with smtplib.SMTP(host, int(port), timeout=10) as client:
            if user:
                client.login(user, user[0])
            client.sendmail(
                "a@example.com", "x@example.com", f"Subject: {user or 'tiada'}\r\nX-Tags: {user}\r\n\r\nx\r\n"
            )


def _subjects(http: httpx.Client, prefix: str = "", auth: tuple[str, str] | None = None) -> list[str]:
    answer = http.get(f"{prefix}/api/v1/messages", auth=auth)
    return [message["Subject"] for message in answer.json()["messages"]]


def test_a_user_reads_only_what_that_user_sent(sent: None, http: httpx.Client) -> None:
    """By the prefix or by HTTP Basic; without either only what nobody signed for. Counts and tags follow."""
    assert _subjects(http, "/users/ali") == _subjects(http, auth=("ali", "a")) == ["ali", "ali"]
    assert _subjects(http, "/users/siti") == ["siti"]
    assert _subjects(http, "/users/nobody") == []
    assert _subjects(http) == ["tiada"]
    info = http.get("/users/ali/api/v1/info").json()
    assert (info["Messages"], info["Unread"], info["Tags"]) == (2, 2, {"ali": 2})
    assert http.get("/_control/totals").json() == {"messages": {"count": 4}}


def test_a_wrong_password_opens_no_mailbox(sent: None, http: httpx.Client) -> None:
    """401, as SMTP would have it."""
    assert http.get("/api/v1/messages", auth=("ali", "x")).status_code == 401


def test_what_is_anothers_is_not_there(sent: None, http: httpx.Client) -> None:
    """Neither by its ID, nor as the latest of an address, nor by a search; and it cannot be deleted."""
    uid = http.get("/users/siti/api/v1/messages").json()["messages"][0]["ID"]

    assert http.get(f"/users/ali/api/v1/message/{uid}").status_code == 404
    assert http.get("/users/ali/api/v1/message/latest?to=x@example.com").json()["Subject"] == "ali"
    assert http.get("/users/ali/api/v1/search?query=subject:siti").json()["messages_count"] == 0
    assert http.get(f"/users/ali/api/v1/wait?timeout=0&since={uid}").status_code == 400
    http.request("DELETE", "/users/ali/api/v1/messages", json={"IDs": [uid]})
    http.delete("/users/ali/api/v1/messages")
    assert (_subjects(http, "/users/ali"), _subjects(http, "/users/siti")) == ([], ["siti"])


def test_pages_keep_to_the_prefix_and_name_the_others(sent: None, http: httpx.Client) -> None:
    """Every link of a user's list stays in that user's mailbox; the list names who else has one."""
    page = http.get("/users/ali/").text

    assert 'href="/users/ali/messages/' in page
    assert 'href="/users/siti/"' in page
    assert 'href="/messages/' not in page
    assert http.get("/users/ali").headers["Location"] == "/users/ali/"


def test_without_the_setting_everybody_reads_everything(make_room: Callable[..., Room]) -> None:
    """The prefix is no address then, and a name in HTTP Basic changes nothing."""
    client = make_room(users={"ali": "a"}).app.test_client()

    assert client.get("/users/ali/api/v1/messages").status_code == 404
    assert client.get("/api/v1/messages", auth=("ali", "wrong")).status_code == 200
