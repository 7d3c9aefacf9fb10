"""Reading a page: its words, alerts, marks and field errors."""

from __future__ import annotations

import pytest

from features.page import Page
from features.transport import Response

HTML = """<html><head><title> [SANDBOX]
  Daftar </title></head><body><main data-step="L03" data-page="register">
<div role="alert"><a href="#email">Emel</a>: Format emel tidak sah.</div>
<label for="email">Emel</label><p class="error" id="email-error">Format emel
 tidak sah.</p><input id="email" name="email" value="bukan&amp;emel">
<input type="radio" name="bank" value="UJIAN001"><input type="radio" name="bank" value="UJIAN003" disabled>
<span data-testid="cover-status">BELUM  MENCARUM</span>
<a aria-disabled="true" href="/renew">Memperbaharui</a><a href="/apply">Daftar</a></main></body></html>"""


@pytest.fixture(name="page")
def _page() -> Page:
    return Page(Response(422, "http://portal/register", {"content-type": "text/html; charset=utf-8"}, HTML.encode()))


def test_a_page_tells_what_and_where_it_is(page: Page) -> None:
    """Title, step and name, spaces evened out."""
    assert (page.title, page.step, page.name) == ("[SANDBOX] Daftar", "L03", "register")


def test_alerts_are_what_is_called_out(page: Page) -> None:
    """The summary and the messages beside fields, each once."""
    assert page.alerts == ("Emel: Format emel tidak sah.", "Format emel tidak sah.")


def test_a_fields_error_and_value_are_found_by_its_name(page: Page) -> None:
    """And None says that there is none."""
    assert page.error("email") == "Format emel tidak sah."
    assert page.error("mobile") is None
    assert page.value("email") == "bukan&emel"
    assert page.value("bank") is None


def test_choices_tell_which_can_be_chosen(page: Page) -> None:
    """A disabled radio is offered to the eye only."""
    assert page.choices("bank") == {"UJIAN001": True, "UJIAN003": False}


def test_marks_are_read_by_testid(page: Page) -> None:
    """None when there is none."""
    assert page.testid("cover-status") == "BELUM MENCARUM"
    assert page.testid("cover-end") is None


def test_a_link_marked_disabled_cannot_be_pressed(page: Page) -> None:
    """It is there to be read."""
    assert page.pressable("Memperbaharui") is None
    assert len(page.labelled("Memperbaharui")) == 1
    assert page.pressable("Daftar") is not None


def test_a_file_has_no_words_to_press() -> None:
    """A PDF is no page, and asking it anything finds nothing."""
    file = Page(Response(200, "http://portal/resit.pdf", {"content-type": "application/pdf"}, b"%PDF-1.4"))

    assert (file.title, file.name, file.alerts) == ("", "", ())
    assert file.text == "%PDF-1.4"
