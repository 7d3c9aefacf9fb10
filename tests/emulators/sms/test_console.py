"""The pages a person looks at: every number, and one number as a thread."""

from __future__ import annotations

from collections.abc import Callable

import httpx


def test_an_empty_room_says_so(http: httpx.Client) -> None:
    """Both pages have words for nothing, and say SANDBOX."""
    for path in ("/", "/numbers/+601100000001"):
        page = http.get(path)
        assert page.status_code == 200
        assert "SANDBOX" in page.text
        assert "Belum ada SMS" in page.text


def test_a_number_appears_once_with_its_newest_text(http: httpx.Client, send: Callable[..., str]) -> None:
    """Two messages to one number are one row, which links to its thread."""
    send("+601100000001", "lama sekali")
    send("011-0000 0001", "baharu sekali")

    page = http.get("/").text

    assert page.count('data-testid="number-row"') == 1
    assert "baharu sekali" in page
    assert "lama sekali" not in page
    assert 'href="/numbers/+601100000001"' in page


def test_a_thread_shows_the_newest_first_with_segments(http: httpx.Client, send: Callable[..., str]) -> None:
    """Order, text and cost are on the page; any spelling of the number finds it."""
    send("+601100000001", "lama")
    send("+601100000001", "€" * 81)

    page = http.get("/numbers/01100000001").text

    assert page.index("€€") < page.index("lama")
    assert "2 segmen (GSM-7, 162 unit)" in page


def test_a_search_finds_by_text_and_by_any_spelling(http: httpx.Client, send: Callable[..., str]) -> None:
    """Part of a text, of the number, or the number spelled locally."""
    send("+601100000001", "Kod anda 482913")
    send("+601100000002", "Selamat datang")

    for search in ("482913", "KOD ANDA", "00000001", "011-0000 0001"):
        page = http.get("/", params={"q": search}).text
        assert ("+601100000001" in page, "+601100000002" in page) == (True, False), search


def test_a_search_without_result_says_so_and_keeps_what_was_typed(http: httpx.Client, send: Callable[..., str]) -> None:
    """The empty state of a search is not that of the room."""
    send("+601100000001", "x")

    page = http.get("/", params={"q": 'tiada "<b>%_'}).text

    assert "Tiada nombor atau teks yang sepadan" in page
    assert "tiada &#34;&lt;b&gt;%_" in page


def test_a_wildcard_is_searched_as_a_character(http: httpx.Client, send: Callable[..., str]) -> None:
    """% and _ mean themselves."""
    send("+601100000001", "diskaun 50% hari ini")
    send("+601100000002", "tanpa diskaun")

    page = http.get("/", params={"q": "50%"}).text

    assert ("+601100000001" in page, "+601100000002" in page) == (True, False)


def test_hostile_text_is_shown_as_text(http: httpx.Client, send: Callable[..., str]) -> None:
    """Markup in a message stays text on both pages."""
    send("+601100000001", "<script>alert(1)</script>")

    for path in ("/", "/numbers/+601100000001"):
        page = http.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_long_thread_is_read_page_by_page(http: httpx.Client, send: Callable[..., str]) -> None:
    """Fifty at a time; the link leads to the rest and the end is said."""
    for n in range(51):
        send("+601100000001", f"mesej-{n:02}.")

    first = http.get("/numbers/+601100000001").text
    link = first.split('href="/numbers/+601100000001?before=')[1].split('"')[0]
    second = http.get("/numbers/+601100000001", params={"before": link}).text

    assert first.count('data-testid="message"') == 50
    assert ("mesej-50." in first, "mesej-00." in first) == (True, False)
    assert second.count('data-testid="message"') == 1
    assert "mesej-00." in second


def test_a_page_for_something_that_is_no_number_is_refused(http: httpx.Client) -> None:
    """Not a server error, not an empty thread of a number that cannot exist."""
    assert http.get("/numbers/hello").status_code == 400
    assert http.get("/numbers/+601100000001", params={"before": "x"}).status_code == 400


def test_a_code_can_be_copied_and_every_stage_is_told(http: httpx.Client, send: Callable[..., str]) -> None:
    """The button carries the code itself; how the message came stands below it."""
    sid = send("+601100000001", "Kod OTP anda 482913")

    page = http.get("/numbers/+601100000001").text

    assert 'data-copy="482913"' in page
    assert "melalui Twilio" in page
    assert "<code>queued</code>" in page
    assert f'id="{sid}"' in page


def test_both_pages_listen_for_changes_and_bring_their_own_style(http: httpx.Client, send: Callable[..., str]) -> None:
    """The stream, the parts that are replaced, and files that are there."""
    send("+601100000001", "x")

    for path in ("/", "/numbers/+601100000001"):
        page = http.get(path).text
        assert 'data-live="/events"' in page
        assert "data-live-part=" in page
    for path in ("/sms/sms.css", "/sms/sms.js", "/webui/live.js"):
        assert http.get(path).status_code == 200


def test_a_refused_callback_is_on_the_page(
    http: httpx.Client, send: Callable[..., str], until: Callable[..., object]
) -> None:
    """Nobody listens at the address: the thread says so."""
    account = "AC" + "0" * 31 + "1"
    form = {"To": "+601100000001", "From": "68833", "Body": "x", "StatusCallback": "http://127.0.0.1:9/status"}
    http.post(f"/2010-04-01/Accounts/{account}/Messages.json", data=form)

    until(lambda: "tiada jawapan" in http.get("/numbers/+601100000001").text, "the attempt is on the page")


def test_a_fault_is_planned_and_lifted_on_its_page(http: httpx.Client, send: Callable[..., str]) -> None:
    """What was typed is planned and strikes; lifting it ends it; the catalogue and the magic numbers are there."""
    form = {"name": "rejected", "count": "2", "with": "code=21408", "match": "to=+6011*", "probability": "1"}
    assert http.post("/faults", data=form).status_code == 303
    page = http.get("/faults").text
    assert page.count('data-testid="plan"') == 2  # the row, and the button that plans
    assert "+601109999905" in page

    account = "AC" + "0" * 31 + "1"
    message = {"To": "+601100000001", "From": "68833", "Body": "x"}
    answer = http.post(f"/2010-04-01/Accounts/{account}/Messages.json", data=message)
    assert answer.json()["code"] == 21408

    assert http.post("/faults/lift").status_code == 303
    assert "Tiada yang dirancang" in http.get("/faults").text


def test_a_plan_that_cannot_be_read_is_refused_with_what_was_typed(http: httpx.Client) -> None:
    """422, the sentence, and the fields as they were; a page of another site plans nothing."""
    for form in ({"name": "late", "with": "seconds"}, {"name": "late", "count": "x"}, {"name": "none"}):
        answer = http.post("/faults", data={**form, "seed": "benih-saya"})
        assert answer.status_code == 422
        assert 'value="benih-saya"' in answer.text
    foreign = http.post("/faults", data={"name": "late"}, headers={"Origin": "https://example.com"})
    assert foreign.status_code == 401
    assert http.get("/_control/faults").json()["planned"] == []
