"""The application as a whole: forms are protected, answers are guarded, errors are pages, a restart remembers."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from reference_portal.app import create_app
from reference_portal.guide import PAGES, language
from reference_portal.portal import Portal
from reference_portal.settings import PortalSettings
from tests.reference_portal.fakes import HeldClock
from tests.reference_portal.visitor import PASSWORD, Page, Visitor

FORMS = [
    "/register",
    "/confirm-mobile",
    "/confirm-mobile/resend",
    "/registered/resend",
    "/activate/x",
    "/set-secrets",
    "/sign-in",
    "/sign-in-password",
    "/choose-mode",
    "/sign-out",
    "/apply",
    "/renew",
    "/pay-by-fpx",
    "/pay-by-fpx/give-up",
    "/documents/x",
    "/receipt/x/check",
    "/receipt/x/retry",
    "/sample-applicant/x/x/x/use",
    "/forgot-password",
    "/reset-code",
    "/reset-code/resend",
    "/reset-password",
    "/account/sign-out-everywhere",
    "/account/sign-out-one",
    "/change-password",
    "/change-phone",
    "/change-email",
    "/confirm-change/x",
    "/confirm-change/x/resend",
    "/stay",
    "/draft/x",
]


def test_the_list_of_forms_is_whole(portal_app: Flask) -> None:
    """Every POST of the guide is in the table the next test reads; the toggle alone needs no token."""
    rules = {
        re.sub(r"<[^>]+>", "x", rule.rule)
        for rule in portal_app.url_map.iter_rules()
        if "POST" in (rule.methods or ())
        and rule.endpoint.partition(".")[0] in {page.name for page in PAGES} - {language.blueprint.name}
    }

    assert rules == set(FORMS)


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("token", [None, "", "forged"])
def test_a_form_without_its_token_is_refused_in_malay(visitor: Visitor, path: str, token: str | None) -> None:
    """400 and what to do, for everybody, signed in or not."""
    answer = Page(visitor.client.post(path, data={} if token is None else {"csrf_token": token}))

    assert answer.status == 400
    assert "Borang ini telah tamat tempoh." in answer.words
    assert "muat semula" in answer.words


def test_a_token_of_another_browser_is_refused(visitor: Visitor, somebody: Callable[[], Visitor]) -> None:
    """It belongs to the session it was given in."""
    stolen = somebody().token()

    assert visitor.client.post("/register", data={"csrf_token": stolen}).status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "status", "words"),
    [
        ("GET", "/tiada", 404, "Halaman tidak dijumpai."),
        ("PUT", "/register", 405, "Tindakan tidak dibenarkan"),
        ("GET", "/fpx/direct", 405, "Tindakan tidak dibenarkan"),
        ("GET", "/apply/../../etc/passwd", 404, "Halaman tidak dijumpai."),
    ],
)
def test_wrong_addresses_are_pages_in_malay(visitor: Visitor, method: str, path: str, status: int, words: str) -> None:
    """Marked SANDBOX, with whom to ask."""
    page = Page(visitor.client.open(path, method=method))

    assert page.status == status
    assert words in page.words
    assert page.name == "error"
    assert "bantuan@iperkeso.sandbox.invalid" in page.words
    assert "SANDBOX" in page.words


def test_an_unexpected_error_has_a_reference_and_no_trace(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The page shows the reference that the log carries; what went wrong stays in the log."""

    def fail(*_: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(visitor.portal.accounts, "register", fail)
    page = visitor.register()

    assert page.status == 500
    assert "a secret of the inside" not in page.text
    (reference,) = page.find("//main//code/text()")
    assert f"Rujukan: {reference}" in page.words
    assert reference in caplog.text


@pytest.mark.parametrize("path", ["/", "/register", "/sign-in", "/tiada", "/activate/x"])
def test_every_answer_is_guarded(visitor: Visitor, path: str) -> None:
    """No inline script, no frame, no guessing of types, no index, nothing kept."""
    headers = visitor.look(path).answer.headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert headers["Cache-Control"] == "no-store"


def test_the_cookie_is_for_this_portal_alone(visitor: Visitor) -> None:
    """HttpOnly, SameSite=Lax, and named after our port: cookies do not tell ports apart."""
    cookie = visitor.look("/register").answer.headers["Set-Cookie"]

    assert cookie.startswith("iperkeso_sandbox_8000=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_over_https_the_cookie_is_secure(portal_settings: PortalSettings, held_clock: HeldClock) -> None:
    """When the public address says so."""
    settings = portal_settings.model_copy(update={"public_url": "https://portal.invalid"})
    app = create_app(settings, held_clock, random.Random(1))
    cookie = app.test_client().get("/register").headers["Set-Cookie"]
    app.extensions["portal"].close()

    assert "Secure" in cookie


def test_a_restart_remembers_accounts_sessions_and_phrases(
    visitor: Visitor, make_portal: Callable[[], Flask], held_clock: HeldClock
) -> None:
    """Secrets are made once: a cookie of before is good after, and false phrases stay what they were."""
    unknown = {"identity_number": "850312-18-5999"}
    phrase = visitor.send("/sign-in", **unknown).testid("ungkapan-rahsia")
    visitor.be_signed_in()
    with visitor.client.session_transaction() as before:
        kept = dict(before)

    visitor.app = make_portal()
    visitor.client = visitor.app.test_client()
    with visitor.client.session_transaction() as after:
        after.update(kept)

    assert visitor.open("/dashboard").name == "dashboard"
    assert visitor.send("/sign-in", **unknown).testid("ungkapan-rahsia") == phrase


def test_secrets_are_for_us_alone(portal: Portal, tmp_path: Path) -> None:
    """Folder 0700, file 0600."""
    folder = tmp_path / "portal"

    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_a_reset_forgets_people_files_and_books(visitor: Visitor) -> None:
    """And not the keys; who was signed in is not any more."""
    visitor.be_covered()
    folder = visitor.portal.settings.keys_dir

    visitor.portal.reset()

    assert visitor.portal.totals() == {"paid_orders": {"count": 0, "sen": 0}, "receipts": {"count": 0, "sen": 0}}
    assert visitor.portal.journal() == []
    assert list((folder / "uploads").iterdir()) == []
    assert (folder / "secrets.json").exists()
    assert visitor.open("/dashboard").name == "sign_in"
    assert visitor.be_covered().portal.totals()["receipts"]["count"] == 1


def test_a_store_that_is_gone_is_not_ready(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """`ready` raises, and the pages say so in Malay."""
    visitor.portal.ready()

    def gone() -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(visitor.portal.database, "read", gone)
    with pytest.raises(OSError, match="the disk is gone"):
        visitor.portal.ready()
    page = visitor.send("/sign-in", identity_number=visitor.identity_number)
    assert (page.status, page.name) == (500, "error")


def test_the_log_holds_no_secret(visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    """Not the code, not the password, not the identity number."""
    with caplog.at_level("DEBUG"):
        visitor.register()
        code = visitor.otp()
        visitor.confirm_mobile()
        visitor.activate()
        visitor.set_secrets()
        visitor.sign_in()

    for secret in (code, PASSWORD, visitor.identity_number.replace("-", "")):
        assert secret not in caplog.text
