"""The shared look of the emulator pages: marked, guarded, bound, and free of inline code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask, Response, render_template_string
from lxml import html

from emulators.foundation import webui
from emulators.foundation.error_pages import register_error_pages
from emulators.foundation.webui import HEADERS, register_webui

FOLDER = Path(webui.__file__).parent
MARKUP = sorted((FOLDER / "templates").rglob("*.html"))
PAGE = """
{% extends "webui/base.html" %}
{% import "webui/components.html" as ui %}
{% block title %}Messages{% endblock %}
{% block content %}
{{ ui.rows([("Reference", told), ("Nothing", none)]) }}
{% call ui.table(["Time", "To"], "Messages") %}<tr><td>09:00</td><td>{{ told }}</td></tr>{% endcall %}
{{ ui.badge(told, "good") }} {{ ui.notice("bad", told) }} {{ ui.empty(told) }}
<form method="post" action="https://merchant.invalid/fpx/indirect">
{{ ui.field("Card number", "CardNum", value=told, hint="1234", error="Wrong") }}
{{ ui.field("Password", "HPin", type="password", value=told) }}
{{ ui.button("Sign in", "press", "in") }}
</form>
{% endblock %}
"""


@pytest.fixture(name="app")
def _app() -> Flask:
    app = Flask(__name__)
    register_error_pages(app)
    register_webui(app, "Ujian <Room>")

    @app.get("/")
    def page() -> str:
        return render_template_string(PAGE, told="<b>told</b>")

    @app.get("/mail")
    def mail() -> Response:
        return Response("mail", headers={"Content-Security-Policy": "sandbox", "Cache-Control": "max-age=60"})

    return app


def test_every_page_says_sandbox_in_its_title_and_at_its_top_in_malay_first(app: Flask) -> None:
    """A page cannot be taken for a real gateway: strip, title and room name all say SANDBOX."""
    page = html.fromstring(app.test_client().get("/").get_data(as_text=True))
    strip = page.xpath("//*[@data-testid='sandbox-strip']/*")

    assert page.findtext(".//title") == "[SANDBOX] Messages"
    assert [part.get("lang") for part in strip] == ["ms", "en"]
    assert strip[0].text_content().startswith("SANDBOX")
    assert "Ujian <Room>" in page.xpath("//header")[0].text_content()


def test_the_headers_guard_a_page_and_yet_let_a_form_post_to_the_merchant(app: Flask) -> None:
    """Nothing inline runs, nobody else frames the page, and the bank's result form may leave for any merchant."""
    answer = app.test_client().get("/")
    policy = answer.headers["Content-Security-Policy"]

    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "form-action" not in policy


def test_an_answer_that_brings_its_own_headers_keeps_them(app: Flask) -> None:
    """A mail shown as it arrived has a stricter policy of its own, and the shared one does not replace it."""
    answer = app.test_client().get("/mail")

    assert answer.headers["Content-Security-Policy"] == "sandbox"
    assert answer.headers["Cache-Control"] == "max-age=60"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_everything_a_page_asks_for_is_served_by_the_room_itself(app: Flask) -> None:
    """Style, script and icon come from the room, so that a page works on a machine without a network."""
    client = app.test_client()
    page = html.fromstring(client.get("/").get_data(as_text=True))
    wanted = page.xpath("//link/@href | //script/@src")

    assert len(wanted) == 3
    for address in wanted:
        assert address.startswith("/webui/")
        with client.get(address) as answer:
            assert answer.status_code == 200


def test_components_show_what_they_are_given_as_text_and_never_as_markup(app: Flask) -> None:
    """Whatever a stranger sent in a message is shown, not interpreted."""
    body = app.test_client().get("/").get_data(as_text=True)

    assert "<b>told</b>" not in body
    assert body.count("&lt;b&gt;told&lt;/b&gt;") == 6


def test_a_field_is_bound_to_its_label_its_hint_and_its_error(app: Flask) -> None:
    """A screen reader hears label, hint and error with the field; a password is never written back."""
    page = html.fromstring(app.test_client().get("/").get_data(as_text=True))
    card, password = page.xpath("//input[@name='CardNum']")[0], page.xpath("//input[@name='HPin']")[0]
    described = [page.get_element_by_id(name).text_content() for name in card.get("aria-describedby").split()]

    assert page.xpath("//label[@for='CardNum']/text()") == ["Card number"]
    assert described == ["1234", "Wrong"]
    assert card.get("aria-invalid") == "true"
    assert password.get("type") == "password"
    assert password.get("value") is None


def test_the_skip_link_leads_to_the_only_main_landmark(app: Flask) -> None:
    """The first thing the keyboard reaches jumps over the head of the page."""
    page = html.fromstring(app.test_client().get("/").get_data(as_text=True))

    assert page.xpath("(//a)[1]/@href") == ["#" + page.xpath("//main/@id")[0]]
    assert len(page.xpath("//main")) == 1


@pytest.mark.parametrize("path", MARKUP, ids=lambda path: path.name)
def test_no_template_has_inline_code_or_an_address_of_another_host(path: Path) -> None:
    """The policy forbids it, so a template that had it would look broken in the browser."""
    markup = path.read_text()

    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|(?:src|href)=\"https?:", markup) == []


def test_a_person_who_errs_gets_a_marked_page_and_a_program_gets_json(app: Flask) -> None:
    """The same refusal speaks to whoever asked, with the same status."""
    client = app.test_client()
    person = client.get("/nowhere", headers={"Accept": "text/html,*/*;q=0.8"})
    program = client.get("/nowhere", headers={"Accept": "application/json"})

    assert (person.status_code, program.status_code) == (404, 404)
    assert "[SANDBOX]" in person.get_data(as_text=True)
    assert program.get_json()["error"] in person.get_data(as_text=True).replace("&#39;", "'")
