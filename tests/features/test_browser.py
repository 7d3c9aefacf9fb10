"""The small browser: pressing, redirects, self-posting pages, errors that say where one is."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl

import pytest

from features.browser import MOST_HOPS, Browser
from features.errors import NobodyAnswers, WhatThePageSaid
from tests.features.conftest import CannedNetwork

Shows = Callable[[str], Browser]

FORM = """<title>[SANDBOX] Borang</title><main data-step="L03" data-page="register">
<form method="post" action="/send"><input type="hidden" name="csrf_token" value="t0k">
<input name="full_name" value=""><input type="checkbox" name="consent" value="ya">
<button name="next" value="1">Seterusnya</button></form></main>"""


def test_a_link_is_followed_by_its_words(shows: Shows, network: CannedNetwork) -> None:
    """Whatever the spaces and line breaks inside it."""
    network.page("http://portal/sign-in", "<title>Log masuk</title>")

    page = shows('<a href="/sign-in">\n  Log   masuk </a>').press("Log masuk")

    assert page.title == "Log masuk"


def test_a_button_sends_its_form_with_hidden_fields_and_its_own_value(shows: Shows, network: CannedNetwork) -> None:
    """As a browser does, with the page as referrer and origin."""
    network.page("http://portal/send", "sent", method="POST")
    browser = shows(FORM)

    browser.fill(full_name="Ujian bin Contoh", consent="ya")
    browser.press("Seterusnya")

    sent = network.sent[-1]
    assert sent.data is not None
    assert parse_qsl(sent.data.decode()) == [
        ("csrf_token", "t0k"),
        ("full_name", "Ujian bin Contoh"),
        ("consent", "ya"),
        ("next", "1"),
    ]
    assert sent.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert sent.headers["Origin"] == "http://portal"
    assert sent.headers["Referer"] == "http://portal/page"


def test_a_redirect_after_a_post_is_followed_by_get(shows: Shows, network: CannedNetwork) -> None:
    """303 See Other; the address bar shows where it ended."""
    network.redirect("http://portal/send", "/next", method="POST")
    network.page("http://portal/next", "<title>Next</title>")

    page = shows(FORM).press("Seterusnya")

    assert (page.url, page.title) == ("http://portal/next", "Next")
    assert [sent.method for sent in network.sent] == ["GET", "POST", "GET"]


def test_a_temporary_redirect_keeps_the_post(shows: Shows, network: CannedNetwork) -> None:
    """307 sends the same body again."""
    network.redirect("http://portal/send", "http://other/send", method="POST", status=307)
    network.page("http://other/send", "there", method="POST")

    shows(FORM).press("Seterusnya")

    assert network.sent[-1].data == network.sent[-2].data


def test_redirects_without_end_are_given_up(browser: Browser, network: CannedNetwork) -> None:
    """A circle is an error that names the limit."""
    network.redirect("http://portal/round", "/round")

    with pytest.raises(WhatThePageSaid, match=f"an end after {MOST_HOPS} redirects"):
        browser.open("http://portal/round")


def test_a_self_posting_page_is_sent_on_without_a_press(browser: Browser, network: CannedNetwork) -> None:
    """The form marked data-self-post goes off with its hidden fields, like the script would send it."""
    network.page(
        "http://portal/pay",
        '<form method="post" action="http://fpx/ar" data-self-post><input type="hidden" name="fpx_msgType" value="AR">'
        "<button>Teruskan ke FPX</button></form>",
    )
    network.page("http://fpx/ar", "<title>Bank</title>", method="POST")

    page = browser.open("http://portal/pay")

    assert page.title == "Bank"
    assert network.sent[-1].data == b"fpx_msgType=AR"


def test_a_page_that_posts_itself_for_ever_is_given_up(browser: Browser, network: CannedNetwork) -> None:
    """And the browser works again afterwards."""
    circle = '<form method="post" action="/pay" data-self-post><button>x</button></form>'
    network.page("http://portal/pay", circle)
    network.page("http://portal/pay", circle, method="POST")
    network.page("http://portal/else", "<title>Else</title>")

    with pytest.raises(WhatThePageSaid, match="self-posting"):
        browser.open("http://portal/pay")

    assert browser.open("http://portal/else").title == "Else"


def test_a_disabled_button_cannot_be_pressed(shows: Shows) -> None:
    """The error says that it is there, but disabled."""
    browser = shows('<form method="post"><button disabled>Memperbaharui</button></form>')

    with pytest.raises(WhatThePageSaid, match="there is a disabled such button"):
        browser.press("Memperbaharui")


def test_a_button_that_is_not_there_is_named_with_those_that_are(shows: Shows) -> None:
    """So that a reader sees what the page offered instead."""
    browser = shows(FORM)
    browser.step = "L03 register"

    with pytest.raises(WhatThePageSaid, match=r"L03 register: expected to press 'Hantar'.*'Seterusnya'") as caught:
        browser.press("Hantar")

    assert (caught.value.step, caught.value.url) == ("L03 register", "http://portal/page")
    assert caught.value.title == "[SANDBOX] Borang"


def test_a_field_that_is_not_there_is_an_error(shows: Shows) -> None:
    """Nothing is sent that the page did not ask for."""
    browser = shows(FORM)
    browser.fill(surname="x")

    with pytest.raises(WhatThePageSaid, match="to fill 'surname'"):
        browser.press("Seterusnya")


def test_a_page_in_order_is_named_and_not_recited(shows: Shows) -> None:
    """What was wanted, the address, status and title; no words of a page that calls nothing out."""
    browser = shows(FORM)

    with pytest.raises(WhatThePageSaid) as caught:
        browser.press("Hantar")

    assert str(caught.value) == (
        "-: expected to press 'Hantar' (there is no such button or link among ['Seterusnya']); "
        "the page is http://portal/page [200, '[SANDBOX] Borang']"
    )


@pytest.mark.parametrize(
    ("html", "status", "said"),
    [
        ('<p>Panduan</p><ul role="alert">Emel: Salah.</ul><p class="error">Salah.</p>', 422, "Emel: Salah."),
        ("<main>Tidak dijumpai</main>", 404, "Tidak dijumpai"),
    ],
)
def test_an_error_the_page_shows_is_said_once(
    browser: Browser, network: CannedNetwork, html: str, status: int, said: str
) -> None:
    """The alert without the message beside the field that repeats it; an error page as it stands."""
    network.page("http://portal/page", html, status=status)
    browser.open("http://portal/page")

    with pytest.raises(WhatThePageSaid) as caught:
        browser.press("Hantar")

    assert str(caught.value).endswith(f"[{status}, ''] and says: {said}")


def test_smuggled_values_are_sent_although_the_page_does_not_offer_them(shows: Shows, network: CannedNetwork) -> None:
    """Once, with the next form only; a value of the same name is replaced."""
    network.page("http://portal/send", FORM, method="POST")
    browser = shows(FORM)

    browser.smuggle(bank="UJIAN003", csrf_token="forged")
    browser.press("Seterusnya")
    browser.press("Seterusnya")

    first, second = (dict(parse_qsl((sent.data or b"").decode())) for sent in network.sent[-2:])
    assert (first["bank"], first["csrf_token"]) == ("UJIAN003", "forged")
    assert "bank" not in second
    assert second["csrf_token"] == "t0k"


def test_a_download_leaves_the_page_where_it_is(shows: Shows, network: CannedNetwork) -> None:
    """The file comes, the page stays."""
    network.page("http://portal/resit.pdf", "%PDF-")
    browser = shows('<title>Resit</title><a href="/resit.pdf">Muat turun resit</a>')

    file = browser.download("Muat turun resit")

    assert file.response.body == b"%PDF-"
    assert browser.page.title == "Resit"


def test_back_shows_the_page_before(shows: Shows, network: CannedNetwork) -> None:
    """So that a form can be sent twice."""
    network.page("http://portal/send", "<title>Sent</title>", method="POST")
    browser = shows(FORM)
    browser.press("Seterusnya")

    assert browser.back().title == "[SANDBOX] Borang"


def test_silence_of_the_server_is_told_with_step_and_address(browser: Browser) -> None:
    """No bare network error reaches the reader."""
    browser.step = "L01 home"

    with pytest.raises(NobodyAnswers, match="L01 home: nobody answers GET http://nowhere/"):
        browser.open("http://nowhere/")
