"""The pages a person looks at, and what a hostile sender can do there: nothing."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from emulators.smtp.caged import caged_html
from emulators.smtp.mime import read

HOSTILE = (
    b"From: \"<script>alert('from')</script>\" <a@example.com>\r\nTo: b@example.com\r\n"
    b"Subject: </title><script>alert('subject')</script>\r\nX-Evil: <script>alert('header')</script>\r\n"
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
    b"<html><head></head><body onload=\"alert(1)\"><script>alert('html')</script>"
    b'<a href="https://x.invalid/a">disini</a><img src="https://tracker.invalid/p.png"></body></html>\r\n'
    b'--b\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename="<b>.html"\r\n\r\n'
    b"<script>alert('part')</script>\r\n--b--\r\n"
)


def _path(http: httpx.Client) -> str:
    return f"/messages/{http.get('/api/v1/messages').json()['messages'][0]['ID']}"


def test_an_empty_box_says_so(http: httpx.Client) -> None:
    """Words for nothing, and SANDBOX on the page."""
    page = http.get("/").text

    assert "Belum ada mel" in page
    assert "SANDBOX" in page


def test_a_message_is_listed_and_opened(deliver: Callable[..., None], http: httpx.Client) -> None:
    """Subject, people and a mark of what is new; opening it takes the mark away."""
    deliver()
    listed = http.get("/").text
    opened = http.get(_path(http)).text

    assert "ali@example.com" in listed or "Ali" in listed
    assert ("siti@example.com" in listed, ">baharu<" in listed) == (True, True)
    assert "Apa khabar?" in opened
    assert "SANDBOX" in opened
    assert ">baharu<" not in http.get("/").text


def test_a_link_in_the_text_can_be_pressed_and_a_script_address_cannot(
    deliver: Callable[..., None], http: httpx.Client
) -> None:
    """The activation address becomes a link that opens elsewhere; other schemes stay text."""
    deliver(b"Subject: x\r\n\r\nTekan https://x.invalid/activate/abc atau javascript:alert(1)\r\n")
    page = http.get(_path(http)).text

    assert '<a href="https://x.invalid/activate/abc" rel="noopener noreferrer" target="_blank">' in page
    assert 'href="javascript:' not in page


def test_hostile_mail_is_shown_without_its_script(deliver: Callable[..., None], http: httpx.Client) -> None:
    """Names, subject, headers, source and file names are text on every page."""
    deliver(HOSTILE)

    for path in ("/", _path(http)):
        page = http.get(path).text
        assert "<script>alert" not in page
        assert "onload=" not in page.replace("onload=&#34;", "")
        assert "&lt;script&gt;alert(&#39;subject&#39;)" in page


def test_html_stands_in_a_frame_that_allows_neither_script_nor_its_own_origin(
    deliver: Callable[..., None], http: httpx.Client
) -> None:
    """The frame's attribute and the framed answer's policy both cage it; nothing is fetched from elsewhere."""
    deliver(HOSTILE)
    page = http.get(_path(http)).text
    frame = page.split("<iframe")[1].split(">")[0]
    framed = http.get(frame.split('src="')[1].split('"')[0])
    policy = framed.headers["Content-Security-Policy"]

    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in frame
    assert "sandbox allow-popups allow-popups-to-escape-sandbox;" in policy
    assert "default-src 'none'" in policy
    assert "img-src 'self' data:" in policy
    assert ("allow-scripts" in policy + frame, "allow-same-origin" in policy + frame) == (False, False)
    assert framed.headers.get_list("Content-Security-Policy") == [policy]
    assert '<head><base target="_blank">' in framed.text


def test_a_hostile_part_is_served_caged(deliver: Callable[..., None], http: httpx.Client) -> None:
    """An HTML attachment opened by itself runs nothing either, and its type is not guessed."""
    deliver(HOSTILE)
    part = http.get("/api/v1/message/latest/part/2")

    assert part.text.strip() == "<script>alert('part')</script>"
    assert part.headers["Content-Security-Policy"].startswith("sandbox ")
    assert part.headers["X-Content-Type-Options"] == "nosniff"


def test_pictures_inside_a_mail_are_found_among_its_parts() -> None:
    """cid: addresses become those of the parts; unknown ones stay; links stay in the frame's own window rules."""
    mail = read(
        b"Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
        b"<img src=\"cid:logo\"><img src='CID:none'>\r\n"
        b"--b\r\nContent-Type: image/png\r\nContent-ID: <logo>\r\n\r\nx\r\n--b--\r\n"
    )

    assert caged_html(mail, "/p/", embedded=False).strip() == "<img src=\"/p/2\"><img src='CID:none'>"
    assert caged_html(mail, "/p/", embedded=True).startswith('<base target="_blank"><img')


def test_a_view_is_html_text_or_the_page(deliver: Callable[..., None], http: httpx.Client) -> None:
    """/view/{ID|latest}.html, .txt and plain; latest takes a query."""
    deliver(HOSTILE)
    deliver()
    uid = http.get("/api/v1/messages").json()["messages"][0]["ID"]

    assert http.get(f"/view/{uid}.txt").text == "Apa khabar?\r\n"
    assert http.get(f"/view/{uid}.txt").headers["Content-Type"].startswith("text/plain")
    assert http.get(f"/view/{uid}.html").status_code == 404
    assert "disini" in http.get("/view/latest.html", params={"query": "disini"}).text
    assert http.get("/view/latest.html", params={"query": "nowhere"}).status_code == 404
    assert http.get("/view/latest.html", params={"query": "before:x"}).status_code == 400
    redirect = http.get("/view/latest")
    assert (redirect.status_code, redirect.headers["Location"]) == (302, f"/messages/{uid}")
    searched = http.get("/search", params={"q": "subject:a b"})
    assert (searched.status_code, searched.headers["Location"]) == (302, "/?q=subject:a+b")


def test_a_search_finds_keeps_what_was_typed_and_says_when_there_is_nothing(
    deliver: Callable[..., None], http: httpx.Client
) -> None:
    """The list narrows; an empty result and a query that cannot be read have words of their own."""
    deliver()
    found = http.get("/", params={"q": "to:siti@example.com khabar"}).text
    nothing = http.get("/", params={"q": 'tiada "<b>'}).text
    broken = http.get("/", params={"q": "before:<b>"})

    assert 'data-testid="message-row"' in found
    assert 'value="to:siti@example.com khabar"' in found
    assert "Tiada mel yang sepadan" in nothing
    assert "tiada &#34;&lt;b&gt;" in nothing
    assert broken.status_code == 400
    assert "Carian ini tidak difahami" in broken.text
    assert "<b>" not in broken.text


def test_a_long_list_is_read_page_by_page(deliver: Callable[..., None], http: httpx.Client) -> None:
    """Fifty at a time, and the way back."""
    for n in range(51):
        deliver(f"Subject: mel-{n:02}.\r\n\r\nx\r\n")
    first = http.get("/").text
    second = http.get("/", params={"start": 50}).text

    assert first.count('data-testid="message-row"') == 50
    assert 'href="/?start=50"' in first
    assert second.count('data-testid="message-row"') == 1
    assert "mel-00." in second
    assert "Lebih baharu" in second
    assert "Tiada mel yang lebih lama" in http.get("/", params={"start": 500}).text


def test_a_message_that_is_gone_has_a_page_that_says_so(http: httpx.Client) -> None:
    """404 with a way back, in the house's look."""
    answer = http.get("/messages/unknown")

    assert answer.status_code == 404
    assert "Mel ini tiada" in answer.text


@pytest.mark.parametrize("size", [300_000])
def test_a_huge_message_is_shown_cut_and_kept_whole(
    deliver: Callable[..., None], http: httpx.Client, size: int
) -> None:
    """The page stays light; the source can be downloaded in full."""
    deliver(b"Subject: " + b"s" * 5000 + b"\r\n\r\n" + b"x" * size + b"\r\n")
    page = http.get(_path(http))

    assert page.status_code == 200
    assert len(page.text) < 450_000
    assert "Dipotong di sini" in page.text
    assert len(http.get("/api/v1/message/latest/raw").content) > size


def test_each_tab_shows_its_own_part_and_no_other(deliver: Callable[..., None], http: httpx.Client) -> None:
    """Without scripts: every tab is an address; an unknown one is the first that has something to show."""
    deliver(HOSTILE)
    path = _path(http)
    for tab, inside in (
        ("html", 'data-testid="mail-html"'),
        ("text", 'data-testid="mail-text"'),
        ("links", "https://x.invalid/a"),
        ("codes", "Tiada kod"),
        ("attachments", "&lt;b&gt;.html"),
        ("headers", "X-Evil"),
        ("source", 'data-testid="mail-source"'),
        ("checks", "Penapis spam"),
        ("nonsense", 'data-testid="mail-html"'),
    ):
        page = http.get(path, params={"tab": tab}).text
        shown = page.split('<section id="part"')[1].split("</section>")[0]
        assert inside in shown, tab
        assert "<script>alert" not in page


def test_remote_pictures_are_loaded_only_when_asked_for(deliver: Callable[..., None], http: httpx.Client) -> None:
    """The page counts them and offers a button; the opened cage still holds scripts and forms."""
    deliver(HOSTILE)
    closed, opened = http.get(_path(http)).text, http.get(_path(http), params={"remote": "1"}).text
    frame = opened.split("<iframe")[1].split('src="')[1].split('"')[0].replace("&amp;", "&")
    policy = http.get(frame).headers["Content-Security-Policy"]

    assert "1 gambar atau gaya dari luar tidak dimuatkan" in closed
    assert 'data-testid="show-remote"' not in opened
    assert "img-src 'self' data: https: http:" in policy
    assert policy.startswith("sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'")


def test_the_list_shows_codes_and_lets_them_be_copied(deliver: Callable[..., None], http: httpx.Client) -> None:
    """The code stands in the row; the button is hidden until a script can do what it says."""
    deliver("Subject: x\r\n\r\nKod pengesahan anda ialah 482913.\r\n")
    row = http.get("/").text.split('data-testid="message-row"')[1]

    assert '<strong class="mono" data-testid="message-code">482913</strong>' in row
    assert 'data-copy="482913" hidden' in row
    assert 'data-live="/events"' in http.get("/").text


def test_mail_is_read_and_deleted_from_the_pages(deliver: Callable[..., None], http: httpx.Client) -> None:
    """One, those found, all; a page of another site can do none of it."""
    for subject in ("satu", "dua", "tiga", "empat"):
        deliver(f"Subject: {subject}\r\n\r\nx\r\n")
    newest = _path(http)
    evil = {"Origin": "http://evil.invalid"}
    for path in (f"{newest}/delete", "/messages/delete", "/messages/read", "/messages/sample"):
        assert http.post(path, headers=evil).status_code == 401

    assert http.post(f"{newest}/delete").headers["Location"].startswith("/messages/")
    assert http.post("/messages/read").status_code == 303
    assert http.get("/api/v1/messages").json()["unread"] == 0
    http.post("/messages/delete", data={"q": "subject:dua"})
    assert http.get("/api/v1/messages").json()["total"] == 2
    http.post("/messages/delete")
    assert "Belum ada mel" in http.get("/").text


def test_an_empty_box_says_how_to_send_a_first_mail(
    address: tuple[str, int], http: httpx.Client, deliver: Callable[..., None]
) -> None:
    """The address of the listener, a line to copy, and a button that sends a sample with a code."""
    page = http.get("/").text
    http.post("/messages/sample")

    assert f"smtp://127.0.0.1:{address[1]}" in page
    assert http.get("/api/v1/message/latest").json()["codes"][0]["value"] == "482913"


def test_neighbours_are_one_key_away(deliver: Callable[..., None], http: httpx.Client) -> None:
    """The newer and the older message are linked from the page of each."""
    for subject in ("satu", "dua", "tiga"):
        deliver(f"Subject: {subject}\r\n\r\nx\r\n")
    newest, middle, oldest = (f"/messages/{m['ID']}" for m in http.get("/api/v1/messages").json()["messages"])

    page = http.get(middle).text
    assert f'href="{newest}" data-newer' in page
    assert f'href="{oldest}" data-older' in page
    assert "data-newer" not in http.get(newest).text
    assert "data-older" not in http.get(oldest).text
