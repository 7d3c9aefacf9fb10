"""Attacks on the portal, each of which has to come to nothing; docs/security.md says which requirement it is."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import Headers

import reference_portal
from reference_portal.app import create_app
from reference_portal.rate_limits import Limit
from reference_portal.settings import PortalSettings
from tests.reference_portal.fakes import HeldClock
from tests.reference_portal.test_rate_limits import statements
from tests.reference_portal.visitor import PASSWORD, PHRASE, Page, Visitor

PORTAL = Path(reference_portal.__file__).parent
UNKNOWN = "850312-18-5999"
EVIL = "evil.invalid"
NEW = "Basikal#2019merah"


# pages and headers ----------------------------------------------------------------------------------------------------


def test_no_page_has_a_script_or_a_handler_of_its_own() -> None:
    """The policy would stop it; a mail has no script at all, and no page a style of its own."""
    for path in (PORTAL / "templates").rglob("*.html"):
        text = path.read_text()

        assert not re.search(r"<script(?![^>]*\bsrc=)|\bon[a-z]+=[\"']|javascript:", text), path
        assert "email" in path.parts or " style=" not in text, path


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


def test_every_kind_of_answer_carries_the_guards(visitor: Visitor) -> None:
    """Pages, JSON, errors, files; whatever their status."""
    for path in ("/", "/stay", "/nowhere", "/receipt-check/x", "/static/portal.css", "/fpx/direct"):
        answer = visitor.look(path).answer
        answer.close()
        is_guarded(answer.headers)


def is_guarded(headers: Headers) -> None:
    """Fail unless each guard is there."""
    assert {name: headers[name] for name in HEADERS} == HEADERS
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert (policy["default-src"], policy["object-src"], policy["base-uri"]) == ("'self'", "'none'", "'none'")
    assert "unsafe" not in str(policy)
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers
    assert "Server" not in headers or "werkzeug" not in headers["Server"].lower()


@pytest.mark.parametrize(
    ("public_url", "secure", "hsts"),
    [
        ("https://portal.example.com", True, True),
        ("https://localhost:8443", True, False),
        ("http://x.invalid", False, False),
    ],
)
def test_over_https_cookie_and_transport_are_tied_to_it(
    portal_settings: PortalSettings, held_clock: HeldClock, public_url: str, secure: bool, hsts: bool
) -> None:
    """`__Host-` and Secure; HSTS for a year, but never for a name every program of a developer's machine has."""
    app = create_app(portal_settings.model_copy(update={"public_url": public_url}), held_clock, random.Random(1))
    headers = app.test_client().get("/register").headers
    app.extensions["portal"].close()

    cookie = headers["Set-Cookie"]
    assert cookie.startswith("__Host-iperkeso") == ("Secure" in cookie) == secure
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie
    assert ("max-age=31536000" in headers.get("Strict-Transport-Security", "")) == hsts


# where links and redirects lead -------------------------------------------------------------------------------------


def test_a_forged_host_reaches_no_link(visitor: Visitor) -> None:
    """Neither in mails nor in redirects nor on pages: what we say of ourselves comes from the settings."""
    forged = {"Host": EVIL, "X-Forwarded-Host": EVIL, "X-Forwarded-Proto": "https", "Forwarded": f"host={EVIL}"}
    visitor.client.environ_base = {
        **visitor.client.environ_base,
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in forged.items() if name != "Host"},
    }
    visitor.have_an_account()
    visitor.send("/forgot-password", identity_number=visitor.identity_number)
    visitor.portal.afterwards.run_once()
    visitor.send("/reset-code", otp=visitor.otp())
    visitor.send("/reset-password", password=NEW, password_confirm=NEW)
    visitor.portal.afterwards.run_once()

    pages = [
        visitor.client.open(path, method=method, headers=forged)
        for method, path in (("GET", "/"), ("GET", "/dashboard"), ("POST", "/language"), ("GET", "/apply"))
    ]

    assert len(visitor.mail.sent) == 2
    assert EVIL not in str(visitor.mail.sent)
    assert EVIL not in str(visitor.sms.sent)
    for page in pages:
        assert EVIL not in page.get_data(as_text=True)
        assert EVIL not in str(page.headers)


def test_no_parameter_says_where_to_go(visitor: Visitor) -> None:
    """Whoever logs in comes to a page of ours that was named by us."""
    visitor.have_an_account()
    for asked in (f"/dashboard?next=//{EVIL}", f"/account?return_to=https://{EVIL}", f"/renew?back=/\\{EVIL}"):
        sent = visitor.look(asked)
        assert (sent.status, sent.location) == (303, "/sign-in")

        visitor.send("/sign-in", identity_number=visitor.identity_number)
        assert visitor.send("/sign-in-password", follow=False, password=PASSWORD).location == "/choose-mode"
        gone = visitor.send("/choose-mode", follow=False, mode="self_employed")
        assert gone.location == asked.partition("?")[0]
        visitor.send("/sign-out")


# sessions ------------------------------------------------------------------------------------------------------------


def cookie_of(visitor: Visitor) -> str:
    """What the browser holds."""
    kept = visitor.client.get_cookie("iperkeso_sandbox_8000")
    assert kept
    return kept.value


def with_cookie(visitor: Visitor, value: str) -> Page:
    """What somebody who copied it is shown of the dashboard."""
    thief = visitor.app.test_client()
    thief.set_cookie("iperkeso_sandbox_8000", value)
    return Page(thief.get("/account"))


def test_a_planted_session_is_not_the_one_that_is_signed_in(visitor: Visitor) -> None:
    """Signing in gives a new token; the cookie of before stays what it was: nobody's."""
    visitor.have_an_account()
    visitor.open("/sign-in")
    planted = cookie_of(visitor)
    visitor.sign_in()

    assert with_cookie(visitor, planted).status == 303
    assert with_cookie(visitor, cookie_of(visitor)).status == 200


@pytest.mark.parametrize("how", ["sign_out", "everywhere", "password", "phone", "idle", "longest"])
def test_a_copied_cookie_dies_with_its_session(visitor: Visitor, held_clock: HeldClock, how: str) -> None:
    """On the server, whatever the thief keeps sending."""
    visitor.be_signed_in()
    stolen = cookie_of(visitor)
    assert with_cookie(visitor, stolen).status == 200
    if how == "sign_out":
        visitor.send("/sign-out")
    elif how == "everywhere":
        visitor.send("/account/sign-out-everywhere")
    elif how == "password":
        visitor.send("/change-password", present=PASSWORD, password=NEW, password_confirm=NEW)
    elif how == "phone":
        visitor.send("/change-phone", mobile="011-0999 0001", password=PASSWORD)
        visitor.send("/confirm-change/phone", otp=visitor.otp())
    else:
        held_clock.advance(minutes=15 if how == "idle" else 12 * 60)

    assert with_cookie(visitor, stolen).status == 303


def _forged(cookie: str) -> str:
    """With one sign of its signature changed."""
    return f"{cookie[:-9]}{'A' if cookie[-9] != 'A' else 'B'}{cookie[-8:]}"


@pytest.mark.parametrize("change", [_forged, lambda text: "." + text, lambda _: ""])
def test_a_cookie_of_ones_own_making_is_none(visitor: Visitor, change: Callable[[str], str]) -> None:
    """It is signed with a key made at first start."""
    visitor.be_signed_in()

    assert with_cookie(visitor, change(cookie_of(visitor))).status == 303


def test_one_persons_cookie_opens_nothing_of_anothers(visitor: Visitor, somebody: Callable[[], Visitor]) -> None:
    """Receipt, PDF, JSON, retry, document: 404 as for what does not exist, no matter how the id was learnt."""
    number = visitor.be_covered().order_number()
    other = somebody()
    other.be_signed_in()
    paths = [f"/receipt/{number}{tail}" for tail in ("", "/resit.pdf", "/resit.json")]

    assert [other.look(path).status for path in paths] == [404] * 3
    assert [other.send(f"/receipt/{number}/{act}").status for act in ("check", "retry")] == [404] * 2
    assert other.look("/documents/kad_psv").status == 404


# enumeration ----------------------------------------------------------------------------------------------------------


class Work:
    """What a request made the portal do, counted: nobody can measure what is not there."""

    def __init__(self, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
        self.visitor = visitor
        self.hashes = 0
        hasher = type(visitor.portal.signing_in._passwords._hasher)
        verify = hasher.verify

        def counted(*given: object) -> object:
            self.hashes += 1
            return verify(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(hasher, "verify", counted)

    def of(self, act: Callable[[], Page]) -> tuple[int, str, Counter[str], int, int, int]:
        """Status, where to, statements by kind, password hashes, letters on the request's path, size of the answer."""
        hashes, letters = self.hashes, len(self.visitor.sms.sent) + len(self.visitor.mail.sent)
        with statements(self.visitor.portal) as seen:
            page = act()
        kinds = Counter(" ".join(said.split()[:3]) for said in seen)
        sent = len(self.visitor.sms.sent) + len(self.visitor.mail.sent) - letters
        return page.status, page.location or "", kinds, self.hashes - hashes, sent, len(page.answer.data)


STEPS: dict[str, Callable[[Visitor, str], Page]] = {
    "number": lambda visitor, number: visitor.send("/sign-in", follow=False, identity_number=number),
    "wrong password": lambda visitor, _: visitor.send("/sign-in-password", follow=False, password="Salah#2019"),
    "wrong again": lambda visitor, _: visitor.send("/sign-in-password", follow=False, password="Salah#2019"),
    "locked": lambda visitor, _: visitor.send("/sign-in-password", follow=False, password="Salah#2019"),
    "still locked": lambda visitor, _: visitor.send("/sign-in-password", follow=False, password=PASSWORD),
    "forgotten": lambda visitor, number: visitor.send("/forgot-password", follow=False, identity_number=number),
    "wrong code": lambda visitor, _: visitor.send("/reset-code", follow=False, otp="x"),
    "again": lambda visitor, _: visitor.send("/reset-code/resend", follow=False),
}


def test_known_and_unknown_numbers_cost_the_same_work(
    visitor: Visitor, somebody: Callable[[], Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same statements, hashes, redirects and letters at every step of logging in and of a forgotten password."""
    visitor.have_an_account()
    work = Work(visitor, monkeypatch)
    known, unknown, first = somebody(), somebody(), somebody()
    for step in STEPS.values():  # what is counted by address is counted from the second time on in the same way
        step(first, "850312-18-5888")
    for name, step in STEPS.items():
        of_known = work.of(lambda act=step: act(known, visitor.identity_number))  # type: ignore[misc]
        of_unknown = work.of(lambda act=step: act(unknown, UNKNOWN))  # type: ignore[misc]
        phrase = name in ("wrong password", "wrong again", "locked", "still locked")  # theirs is as long as they chose

        assert of_known[:5] == of_unknown[:5], name
        assert phrase or of_known[5] == of_unknown[5], name
    visitor.portal.afterwards.run_once()
    assert len(visitor.sms.sent) == 2  # registration, and the one that was asked for


# log hygiene ---------------------------------------------------------------------------------------------------------


def test_nothing_that_is_written_down_holds_a_secret(
    visitor: Visitor, caplog: pytest.LogCaptureFixture, held_clock: HeldClock
) -> None:
    """Through every journey, with gateways down and errors of ours: log, journal, error pages, the stored attempts."""
    secrets = {PASSWORD, NEW, PHRASE, visitor.identity_number, visitor.identity_number.replace("-", "")}
    pages = []
    with caplog.at_level("DEBUG"):
        visitor.have_an_account()
        visitor.sign_in("Salah#2019")
        pages.append(visitor.open("/activate/" + "0" * 32))
        visitor.sms.down = visitor.mail.down = True
        visitor.send("/forgot-password", identity_number=visitor.identity_number)
        visitor.portal.afterwards.run_once()
        visitor.sms.down = visitor.mail.down = False
        held_clock.advance(seconds=60)
        visitor.send("/reset-code/resend")
        visitor.portal.afterwards.run_once()
        secrets.add(visitor.otp())
        visitor.send("/reset-code", otp=visitor.otp())
        with visitor.client.session_transaction() as session:
            secrets.add(str(session["resetting"]))
        visitor.send("/reset-password", password=NEW, password_confirm=NEW)
        visitor.sign_in(NEW)
        visitor.send("/change-phone", mobile="011-0999 0001", password=NEW)
        secrets.add(visitor.otp())
        pages.append(visitor.send("/confirm-change/phone", otp=visitor.otp()))
        visitor.portal.afterwards.run_once()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(visitor.portal.forgotten, "begin", _fail)
            pages.append(visitor.send("/forgot-password", identity_number=visitor.identity_number))
    journal = str(visitor.portal.journal(limit=10_000))

    assert pages[-1].status == 500
    for secret in secrets:
        assert secret not in caplog.text
        assert secret not in journal
        assert not any(secret in page.text for page in pages)


def test_an_error_of_the_store_names_no_value(visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    """The driver's complaint carries the statement, and would carry what was typed."""
    visitor.have_an_account()
    with visitor.portal.database.write() as connection:
        connection.exec_driver_sql("DROP TABLE challenges")
    link = visitor.link()

    page = visitor.register(
        identity_number="850312-17-5777", email="lain@example.com", email_confirm="lain@example.com"
    )

    assert page.status == 500
    assert "challenges" in caplog.text
    for secret in ("850312175777", "lain@example.com", "+6011"):
        assert secret not in caplog.text
    caplog.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(visitor.portal.activation, "glance", _fail)
        assert visitor.open(link).status == 500
    assert "GET /activate/<token> failed" in caplog.text
    assert link.rpartition("/")[2] not in caplog.text


def test_who_goes_where_they_may_not_is_in_the_log(
    visitor: Visitor, somebody: Callable[[], Visitor], caplog: pytest.LogCaptureFixture
) -> None:
    """Another person's receipt, and too many tries."""
    number = visitor.be_covered().order_number()
    somebody().be_signed_in().look(f"/receipt/{number}")
    visitor.portal.limits._most[Limit.WRONG_LINKS] = 1
    for n in range(2):
        visitor.look(f"/activate/{n:032x}")

    assert "GET /receipt/<order_number>: " in caplog.text
    assert "GET /activate/<token>: wrong_links_per_address" in caplog.text


def _fail(*_: object) -> None:
    raise RuntimeError("something inside broke")


def test_the_store_keeps_hashes_where_hashes_do(visitor: Visitor) -> None:
    """Not the password, not a token of a cookie, a link or a grant."""
    visitor.be_signed_in()
    visitor.send("/forgot-password", identity_number=visitor.identity_number)
    visitor.portal.afterwards.run_once()
    visitor.send("/reset-code", otp=visitor.otp())
    with visitor.client.session_transaction() as session:
        tokens = [str(session["stay"]), str(session["resetting"])]
    tokens.append(visitor.link().rpartition("/")[2])
    with visitor.portal.database.read() as connection:
        stored = "\n".join(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]

    assert "$argon2id$" in stored
    for secret in (PASSWORD, *tokens):
        assert secret not in stored


def test_what_is_ours_alone_is_readable_by_us_alone(visitor: Visitor, portal_settings: PortalSettings) -> None:
    """Secrets, uploads and their folders, after documents were handed in."""
    visitor.be_signed_in()
    assert visitor.apply().name == "pay_by_fpx"
    folder = portal_settings.keys_dir
    stores = list(portal_settings.data_dir.glob("portal.sqlite3*"))

    assert {path.stat().st_mode & 0o077 for path in [folder, *folder.rglob("*"), *stores]} == {0}
    assert len(list((folder / "uploads").iterdir())) == len(stores) - 1 == 2


# forms ---------------------------------------------------------------------------------------------------------------


def test_the_table_of_requirements_is_whole_and_names_what_there_is() -> None:
    """Each number of levels 1 and 2 once; every test and file it points to exists."""
    text = (PORTAL.parent / "docs" / "security.md").read_text()
    rows = [line.split("|")[1] for line in text.splitlines() if re.match(r"\| \d", line)]
    told = Counter(number for row in rows for number in re.findall(r"\d+(?:\.\d+\.\d+|\.\*)", row))
    tests = "\n".join(path.read_text() for path in (PORTAL.parent / "tests" / "reference_portal").rglob("test_*.py"))

    assert told == Counter(_numbers(LEVELS_1_AND_2))
    assert [name for name in re.findall(r"`(test_\w+)`", text) if f"def {name}(" not in tests] == []
    for name in re.findall(r"`([\w/]+\.(?:py|md|toml|lock))`", text):
        assert any((PORTAL.parent / place / name).exists() for place in ("", "reference_portal")), name


LEVELS_1_AND_2 = (
    "1.1.1-2 1.2.1-9 1.3.1-11 1.4.1-3 1.5.1-2 2.1.1-3 2.2.1-3 2.3.1-4 2.4.1 3.2.1-2 3.3.1-4 3.4.1-6 3.5.1-5 3.7.1-2 "
    "4.1.1-3 4.2.1 4.3.1-2 4.4.1-4 5.1.1 5.2.1-3 5.3.1-2 5.4.1-3 6.1.1-3 6.2.1-12 6.3.1-4 6.4.1-4 6.5.1-5 6.6.1-3 "
    "6.8.1-4 7.1.1-3 7.2.1-4 7.3.1-2 7.4.1-5 7.5.1-2 7.6.1-2 8.1.1-2 8.2.1-3 8.3.1 8.4.1 9.1.1-3 9.2.1-4 10.* 11.1.1-2 "
    "11.2.1-3 11.3.1-3 11.4.1-4 11.5.1 11.6.1 12.1.1-3 12.2.1-2 12.3.1-4 13.1.1 13.2.1-5 13.3.1-2 13.4.1-5 14.1.1-2 "
    "14.2.1-4 14.3.1-3 15.1.1-3 15.2.1-3 15.3.1-7 16.1.1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3 17.*"
)
"""ASVS 5.0's numbers of both levels; the chapters on OAuth and WebRTC as a whole."""


def _numbers(ranges: str) -> list[str]:
    found = []
    for part in ranges.split():
        first, _, last = part.partition("-")
        section, _, number = first.rpartition(".")
        found += [f"{section}.{n}" for n in range(int(number), int(last or number) + 1)] if number != "*" else [first]
    return found


def test_a_form_cannot_be_sent_from_another_site(visitor: Visitor, portal_app: Flask) -> None:
    """Without our token whatever the method and the kind of body; a GET changes nothing anywhere."""
    visitor.be_signed_in()
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain", "application/json"):
        answer = visitor.client.post("/account/sign-out-everywhere", data="{}", content_type=kind)
        assert answer.status_code == 400, kind
    for rule in portal_app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.arguments:
            visitor.look(rule.rule)

    assert visitor.look("/account").status == 200


ODD = ("' OR 1=1 --", "<script>alert(1)</script>", "{{7*7}}", "%00", "\x00", "٨" * 12, "x" * 5000)


@pytest.mark.parametrize("field", ["identity_number", "csrf_token"])
def test_what_is_typed_is_text(visitor: Visitor, field: str) -> None:
    """No SQL, no markup, no template, no error of ours."""
    for typed in ODD:
        page = visitor.send("/forgot-password", **({"identity_number": UNKNOWN} | {field: typed}))

        assert page.status in (400, 422), typed
        assert "<script>alert" not in page.text
        assert "49" not in page.error("identity_number")
