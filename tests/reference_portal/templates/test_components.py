"""The portal's base page and components: what was typed comes back, errors are bound, nothing is inline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask, flash, render_template_string, request
from flask_wtf import CSRFProtect, FlaskForm
from lxml import html
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, FileField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

import reference_portal
from reference_portal.guide.assets import register_assets
from reference_portal.guide.language import register_languages
from reference_portal.guide.steps import guide_steps
from reference_portal.speech import printed

PORTAL = Path(reference_portal.__file__).parent
MARKUP = sorted(path for path in (PORTAL / "templates").rglob("*.html") if "email" not in path.parts)
"""Every page; a mail is read elsewhere, under no policy of ours, and must carry its own style."""
PAGE = """
{% extends "base.html" %}
{% import "components/forms.html" as forms with context %}
{% import "components/panels.html" as panels %}
{% block title %}Daftar{% endblock %}{% block step %}L03{% endblock %}{% block page %}register{% endblock %}
{% block content %}
{{ forms.summary(form) }}{{ panels.steps(step) }}{{ panels.rows([("Nama", told), ("Kosong", none)]) }}
<form method="post" novalidate>
{{ forms.csrf() }}{{ forms.text(form.nama, hint="Nama penuh") }}{{ forms.password(form.rahsia) }}
{{ forms.checkbox(form.setuju) }}{{ forms.radios(form.bank, {"UJIAN003": "(Offline)"}) }}{{ forms.select(form.negeri) }}
{{ forms.date(form.tarikh) }}{{ forms.file(form.fail, kept="lesen.pdf") }}{{ forms.submit("Seterusnya") }}
</form>
{% endblock %}
"""


class _Form(FlaskForm):
    nama = StringField("Nama penuh", [InputRequired("Ruangan ini wajib diisi.")])
    rahsia = PasswordField("Kata Laluan", [InputRequired("Ruangan ini wajib diisi.")])
    setuju = BooleanField("Setuju", [InputRequired("Sila setuju.")])
    bank = RadioField(
        "Bank",
        [InputRequired("Sila pilih satu pilihan.")],
        choices=[
            SelectChoice("UJIAN001", "Bank Ujian A"),
            SelectChoice("UJIAN003", "Bank Ujian C", {"disabled": True}),
        ],
    )
    negeri = SelectField("Negeri", choices=[SelectChoice("", "Pilih"), SelectChoice("sabah", "Sabah")])
    tarikh = DateField("Tarikh luput", [Optional()])
    fail = FileField("Fail")


@pytest.fixture(name="app")
def _app() -> Flask:
    app = Flask("reference_portal", root_path=str(PORTAL))
    app.config.update(SECRET_KEY="not a secret", WTF_CSRF_CHECK_DEFAULT=False)
    CSRFProtect(app)
    register_languages(app)
    register_assets(app)
    app.add_template_global(printed)
    app.add_template_global(guide_steps)

    @app.route("/", methods=["GET", "POST"])
    def page() -> str:
        form = _Form(meta={"csrf": False})
        form.validate_on_submit()
        if request.args.get("flash"):
            flash("Akaun anda telah diaktifkan.", "success")
        told = "<b>told</b>"
        return render_template_string(PAGE, form=form, told=told, step="L04", signed_in_name=request.args.get("name"))

    return app


@pytest.fixture(name="page")
def _page(app: Flask) -> html.HtmlElement:
    typed = MultiDict({"nama": "", "rahsia": "Rahsia#2019", "tarikh": "31 Mei", "negeri": "sabah", "bank": "UJIAN009"})
    return html.fromstring(app.test_client().post("/?flash=1&name=Aminah", data=typed).get_data(as_text=True))


def test_each_wrong_field_is_named_at_the_top_and_the_link_lands_on_it(page: html.HtmlElement) -> None:
    """The summary is an alert whose links lead to a field that can be filled."""
    summary = page.xpath("//*[@role='alert' and @data-testid='error-summary']")[0]
    targets = [page.get_element_by_id(link[1:]) for link in summary.xpath(".//a/@href")]

    assert [target.get("name") for target in targets] == ["nama", "setuju", "bank", "tarikh"]
    assert {target.tag for target in targets} == {"input"}


def test_an_error_stands_beside_its_field_and_is_bound_to_it(page: html.HtmlElement) -> None:
    """`aria-invalid` and `aria-describedby` lead from the field to its hint and to `<field>-error`."""
    field = page.xpath("//input[@name='nama']")[0]

    assert field.get("aria-invalid") == "true"
    assert field.get("aria-describedby") == "nama-hint nama-error"
    assert page.xpath("//p[@class='error' and @id='nama-error']/text()") == ["Ruangan ini wajib diisi."]


def test_what_was_typed_comes_back_as_typed_but_a_password_does_not(page: html.HtmlElement) -> None:
    """Even a date nobody can read is kept; a password never returns to the page."""
    assert page.xpath("//input[@name='tarikh']/@value") == ["31 Mei"]
    assert page.xpath("//select[@name='negeri']/option[@selected]/@value") == ["sabah"]
    assert page.xpath("//input[@name='rahsia']/@value") == []
    assert "Rahsia#2019" not in html.tostring(page, encoding="unicode")


def test_an_offline_bank_is_shown_and_cannot_be_chosen(page: html.HtmlElement) -> None:
    """The card of a choice that is disabled has a disabled input and its reason."""
    shut = page.xpath("//input[@name='bank' and @disabled]")

    assert [choice.get("value") for choice in shut] == ["UJIAN003"]
    assert page.get_element_by_id(shut[0].get("aria-describedby")).text == "(Offline)"


def test_every_field_has_exactly_one_label_and_no_id_is_used_twice(page: html.HtmlElement) -> None:
    """Labels are bound by id, so ids must be unique."""
    ids = page.xpath("//@id")
    labels = page.xpath("//label/@for")

    assert len(ids) == len(set(ids))
    for field in page.xpath("//main//input[not(@type='hidden')] | //select"):
        assert labels.count(field.get("id")) == 1


def test_the_page_says_sandbox_names_its_step_and_shows_notices(page: html.HtmlElement) -> None:
    """Strip, title, step and page are on the page whatever its content; notices are announced."""
    main = page.xpath("//main")[0]

    assert page.findtext(".//title") == "[SANDBOX] Ralat: Daftar"
    assert (main.get("data-step"), main.get("data-page")) == ("L03", "register")
    assert "BUKAN PORTAL RASMI" in page.xpath("//*[@data-testid='sandbox-strip']")[0].text_content()
    assert page.xpath("//*[@role='status']")[0].text_content() == "Akaun anda telah diaktifkan."


def test_the_way_out_is_a_guarded_form_shown_only_to_who_is_signed_in(app: Flask, page: html.HtmlElement) -> None:
    """Log keluar is a POST with a CSRF token; a stranger is not offered it."""
    way_out = page.xpath("//form[@action='/sign-out']")[0]
    stranger = app.test_client().get("/").get_data(as_text=True)

    assert way_out.get("method") == "post"
    assert way_out.xpath(".//input[@name='csrf_token']/@value")[0]
    assert way_out.xpath(".//button/text()") == ["Log keluar"]
    assert "/sign-out" not in stranger


def test_the_indicator_says_where_the_contributor_is_and_tells_the_whole_way(page: html.HtmlElement) -> None:
    """At L04 three marks are behind, one is here; sixteen steps unfold in the guide's order and words."""
    (indicator,) = page.xpath("//nav[@class='steps']")
    marks = [mark.get("class") for mark in indicator.xpath(".//i")]
    steps = indicator.xpath(".//details//li")

    assert marks == ["past"] * 3 + ["here"] + ["ahead"] * 12
    assert indicator.xpath(".//summary/span[@class='place']/text()") == ["Langkah L04 daripada 16"]
    assert [step.xpath("string(span[@class='id'])") for step in steps] == [f"L{number:02}" for number in range(1, 17)]
    assert [step.get("aria-current") for step in steps] == [None] * 3 + ["step"] + [None] * 12
    assert "tekan Seterusnya. Anda di sini" in steps[3].text_content()
    assert steps[11].xpath(".//b/text()") == ["Hantar & bayar"]


def test_a_page_of_no_step_has_no_indicator(app: Flask) -> None:
    """An error page stands outside the way."""
    with app.test_request_context():
        assert guide_steps("") == guide_steps("L17") == ""


def test_logging_in_does_not_claim_a_registration_that_this_browser_never_saw(app: Flask) -> None:
    """L01 is done and L08 is here; L02 to L07 are done only by whoever registered."""
    with app.test_request_context():
        stranger, registered = (html.fromstring(guide_steps("L08", known)) for known in (False, True))

    assert stranger.xpath(".//i/@class") == ["past"] + ["ahead"] * 6 + ["here"] + ["ahead"] * 8
    assert registered.xpath(".//i/@class") == ["past"] * 7 + ["here"] + ["ahead"] * 8


@pytest.mark.parametrize("path", MARKUP, ids=lambda path: path.relative_to(PORTAL / "templates").as_posix())
def test_no_page_has_inline_code_or_an_address_of_another_host(path: Path) -> None:
    """The portal's policy forbids it, and a sandbox must work on a machine without a network."""
    markup = path.read_text()

    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|(?:src|href)=\"https?:", markup) == []


PAIRS = [
    ("#fff", "blue"), ("blue", "paper"), ("blue-deep", "blue-wash"), ("ink-2", "amber-wash"), ("ink-3", "paper"),
    ("red", "paper"), ("red", "red-wash"), ("green", "green-wash"), ("amber", "#fef9c3"), ("ink-2", "wash"),
    ("ink-3", "wash"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1, computed from the colours the style sheet really has."""
    css = (PORTAL / "static" / "portal.css").read_text()
    light, dark = sorted((_luminance(_colour(css, text)), _luminance(_colour(css, ground))), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 4.5


def _colour(css: str, name: str) -> str:
    if name.startswith("#"):
        return name
    found = re.search(rf"--{name}: (#\w+);", css)
    assert found, f"the style sheet has no colour --{name}"
    return found[1]


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
