"""Malay first, English by toggle: every page in both, nothing left over, the guide's labels as printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from lxml.html import HtmlElement

import reference_portal
from reference_portal.address import STATES
from reference_portal.guide.language import CATALOGUE
from reference_portal.messages import CATALOGUE as SENTENCES
from reference_portal.messages import TERMS
from reference_portal.rate_limits import Limit
from tests.reference_portal.fakes import FakeFpx, FakeMail, HeldClock
from tests.reference_portal.visitor import PASSWORD, Page, Visitor, paper

PORTAL = Path(reference_portal.__file__).parent
JINJA = [f"templates/{part}" for part in ("base.html", "guide/**.html", "components/**.html", "errors/**.html")]
METHODS = [("**.py", "python"), *((pattern, "jinja2") for pattern in JINJA)]

SAME = re.compile(
    r"(?:\[SANDBOX\] )?iPERKESO Sandbox|FPX|PDF|SANDBOX|Bank|Status:?|English|Bahasa Melayu"
    r"|Ujian bin Contoh|Bank Ujian A|Bank Ujian C|\(Offline\)|ZZX 1234|No\. 1, Jalan Contoh, .*|payung biru 21"
    r"|\S+@example\.com|\d{1,2} April \d{4}|[a-z_]+\.png|SBX[-\dSP]+|[\dFPX]+|RM[\d.,]+"
    rf"|{'|'.join(map(re.escape, STATES))}"
)
"""Names, amounts and words that are the same in both languages."""


def said(page: Page) -> set[str]:
    """Everything a reader of the page is told, words the page marks as Malay apart: texts, hints, titles, labels."""
    assert page.tree is not None
    texts = [text for part in page.tree for text in _texts(part)]
    return {" ".join(text.split()) for text in texts if re.search("[A-Za-z]{3}", text)}


def _texts(part: HtmlElement) -> Iterator[str]:
    if not isinstance(part.tag, str) or part.tag in ("script", "code") or (part.get("lang") == "ms"):
        return
    yield part.text or ""
    yield from (part.get(name) or "" for name in ("aria-label", "data-label", "data-show", "data-hide-label"))
    for child in part:
        yield from _texts(child)
        yield child.tail or ""


def switch(visitor: Visitor, language: str, back: str = "/") -> Page:
    """Press the toggle."""
    return Page(visitor.client.post("/language", data={"language": language, "back": back}, follow_redirects=True))


class Walk:
    """Opens every page in both languages and keeps what was the same in both."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.seen: set[str] = set()
        self.left: dict[str, set[str]] = {}

    def look(self, look: Callable[[], Page]) -> Page:
        """A page in Malay (handed back), the same in English compared with it."""
        switch(self.visitor, "ms")
        malay = look()
        switch(self.visitor, "en")
        english = look()
        switch(self.visitor, "ms")
        assert malay.find("//html/@lang") == ["ms"]
        assert english.find("//html/@lang") == ["en"]
        assert english.name == malay.name
        self.seen.add(malay.name)
        assert len(said(malay)) > 10
        both = {text for text in said(malay) & said(english) if not SAME.fullmatch(text)}
        if both:
            self.left.setdefault(malay.name, set()).update(both)
        return malay

    def open(self, path: str) -> Page:
        """GET a page that changes nothing."""
        return self.look(lambda: self.visitor.open(path))

    def fail(self, path: str, **fields: str) -> Page:
        """POST what is refused and changes nothing."""
        return self.look(lambda: self.visitor.send(path, **fields))


@pytest.fixture(name="walk")
def _walk(visitor: Visitor) -> Walk:
    return Walk(visitor)


def test_every_page_of_the_guide_is_whole_in_both_languages(
    walk: Walk, visitor: Visitor, mail: FakeMail, fpx: FakeFpx, held_clock: HeldClock
) -> None:
    """Also with every field wrong, with documents refused, with a payment pending and failed, and nowhere."""
    walk.open("/")
    walk.open("/sample-applicant/teksi/semenanjung/7")
    walk.fail("/register", full_name="", identity_number="1", email="x", email_confirm="y", mobile="2")
    visitor.register()
    walk.open("/confirm-mobile")
    walk.fail("/confirm-mobile", otp="")
    visitor.confirm_mobile()
    walk.open("/registered")
    walk.open(visitor.link())
    walk.open("/activate/worn-out")
    visitor.activate()
    walk.fail("/set-secrets", secret_phrase="x", password="y", password_confirm="z")
    visitor.set_secrets()
    walk.fail("/sign-in", identity_number="1")
    visitor.send("/sign-in", identity_number=visitor.identity_number)
    walk.open("/sign-in-password")
    walk.fail("/sign-in-password", password="")
    visitor.sign_in()
    walk.fail("/choose-mode", mode="x")
    visitor.send("/choose-mode", mode="self_employed")
    walk.open("/dashboard")
    walk.fail("/apply", postcode="1", start_date="x", plan="9")
    visitor.apply(**paper("kad_psv", "SBX-PSV-1", expires=date(2019, 5, 14)))
    walk.fail("/apply", category="teksi", region="semenanjung")
    visitor.apply(period="bulanan")
    walk.open("/pay-by-fpx")
    walk.fail("/pay-by-fpx", bank="")
    fpx.down = True
    walk.open("/pay-by-fpx")
    fpx.down = False
    visitor.send("/pay-by-fpx", bank="UJIAN001")
    walk.open("/pay-by-fpx")
    visitor.come_back("09")
    walk.open(f"/receipt/{visitor.order_number()}")
    visitor.come_back("51")
    walk.open(f"/receipt/{visitor.order_number()}")
    visitor.send(f"/receipt/{visitor.order_number()}/retry")
    visitor.pay()
    walk.open(f"/receipt/{visitor.order_number()}")
    check = visitor.look(f"/receipt/{visitor.order_number()}/resit.json").answer.get_json()["check_url"]
    walk.open(check.removeprefix("http://portal.invalid:8000"))
    walk.open("/receipt-check/forged")
    walk.open("/dashboard")
    walk.open("/nowhere")
    held_clock.advance(days=28)
    visitor.sign_in()
    visitor.send("/choose-mode", mode="self_employed")
    walk.open("/dashboard")
    walk.open("/renew")
    walk.fail("/renew", plan="9")

    assert walk.left == {}
    assert walk.seen == {
        *("home", "register", "confirm_mobile", "registered", "activate", "set_secrets", "sign_in", "sign_in_password"),
        *("choose_mode", "dashboard", "apply", "pay_by_fpx", "receipt", "receipt_check", "renew", "error"),
        "sample_applicant",
    }


def test_every_page_of_the_account_is_whole_in_both_languages(walk: Walk, visitor: Visitor) -> None:
    """Forgotten password and changes, with every field wrong, and what is shown to whoever tries too often."""
    visitor.be_signed_in()
    walk.open("/account")
    walk.fail("/change-password", present="", password="x", password_confirm="y")
    walk.fail("/change-phone", mobile="1", password="")
    walk.fail("/change-email", email="x", password="")
    visitor.send("/change-phone", mobile="011-0999 0001", password=PASSWORD)
    walk.open("/confirm-change/phone")
    visitor.send("/change-email", email="baharu@example.com", password=PASSWORD)
    walk.open("/confirm-change/email")
    visitor.send("/sign-out")
    walk.fail("/forgot-password", identity_number="1")
    visitor.send("/forgot-password", identity_number=visitor.identity_number)
    visitor.portal.afterwards.run_once()
    walk.open("/reset-code")
    walk.fail("/reset-code", otp="")
    visitor.send("/reset-code", otp=visitor.otp())
    walk.fail("/reset-password", password="x", password_confirm="y")
    visitor.portal.limits._most[Limit.WRONG_LINKS] = 1
    visitor.open("/activate/invented")
    walk.open("/activate/worn-out")

    assert walk.left == {}
    assert walk.seen == {
        *("account", "change_password", "change_phone", "change_email", "confirm_change"),
        *("forgot_password", "reset_code", "reset_password", "error"),
    }


LABELS = {
    "/": ["Log masuk"],
    "/sign-in": ["Seterusnya", "Kali pertama? Daftar akaun iPERKESO?"],
    "/sign-in-password": ["Log Masuk"],
    "/choose-mode": ["Saya bekerja sendiri"],
    "/dashboard": ["Daftar", "Memperbaharui", "Pendaftaran dan Caruman"],
    "/apply": ["Hantar & bayar"],
}


def test_the_guides_labels_stay_as_printed_and_say_what_they_mean(visitor: Visitor) -> None:
    """To the letter on the English page too, marked as Malay for a screen reader, with their meaning."""
    visitor.be_signed_in()
    visitor.send("/sign-in", identity_number=visitor.identity_number)
    assert not visitor.open("/dashboard").find("//*[@class='gloss']")
    switch(visitor, "en")
    for path, labels in LABELS.items():
        page = visitor.open(path)
        for label in labels:
            (found,) = page.find(
                f"//*[@lang='ms' and @title and normalize-space(text())='{label}'][not(self::h1 or ancestor::nav)]"
            )
            assert found.get("title") not in ("", label), label
            assert page.find(f"//*[@class='gloss' and text()='({found.get('title')})']"), label


def test_the_toggle_keeps_the_page_and_is_remembered(visitor: Visitor) -> None:
    """The same address in the other language; the browser keeps the choice, another browser does not have it."""
    page = switch(visitor, "en", "/register")

    assert (page.name, page.find("//html/@lang")) == ("register", ["en"])
    assert visitor.open("/").find("//html/@lang") == ["en"]
    assert visitor.app.test_client().get("/").get_data(as_text=True).count('<html lang="ms">') == 1
    assert switch(visitor, "ms").find("//html/@lang") == ["ms"]
    cookie = visitor.client.post("/language", data={"language": "en"}).headers["Set-Cookie"]
    assert all(part in cookie for part in ("Max-Age=31536000", "HttpOnly", "SameSite=Lax"))


@pytest.mark.parametrize(
    "back", ["//elsewhere.invalid", "/\\elsewhere.invalid", "http://elsewhere.invalid", "", "/\r\nX: y"]
)
def test_the_toggle_leads_nowhere_but_here(visitor: Visitor, back: str) -> None:
    """Whatever it is told to go back to."""
    answer = visitor.client.post("/language", data={"language": "en", "back": back})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


@pytest.mark.parametrize("language", ["", "fr", "en\r\nSet-Cookie: x=y", "x" * 3000])
def test_a_language_nobody_speaks_here_changes_nothing(visitor: Visitor, language: str) -> None:
    """Neither by the toggle nor by a cookie of one's own making."""
    assert "Set-Cookie" not in visitor.client.post("/language", data={"language": language}).headers
    visitor.client.set_cookie("iperkeso_bahasa", language.split("\r")[0] or "zz")
    assert visitor.open("/").find("//html/@lang") in (["ms"], ["en"])


def test_the_catalogue_says_what_the_pages_say_and_nothing_else() -> None:
    """Each Malay text of a page has its English, with the same placeholders; none is there without a page."""
    found = extract_from_dir(
        PORTAL, METHODS, {"jinja2": {"newstyle_gettext": "true"}}, keywords={"_": None, "gettext": None}
    )
    written = {str(text) for _, _, text, _, _ in found}
    with CATALOGUE.open("rb") as source:
        english = {str(entry.id): str(entry.string) for entry in read_po(source) if entry.id}

    assert set(english) == written
    for malay, text in english.items():
        assert text, malay
        assert sorted(re.findall(r"%\(\w+\)s", malay)) == sorted(re.findall(r"%\(\w+\)s", text)), malay


def test_every_sentence_and_word_has_both() -> None:
    """The catalogue of sentences and the terms are pairs already; none is empty."""
    assert all(all(pair) for pair in (*SENTENCES.values(), *TERMS.values()))
