"""**Lupa kata laluan?**: number, code, another password; nobody learns from it who has an account."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from reference_portal.messages import text
from reference_portal.settings import PortalSettings
from reference_portal.storage import codes
from tests.reference_portal.fakes import FakeMail, FakeSms, HeldClock
from tests.reference_portal.visitor import PASSWORD, PHRASE, Page, Visitor

UNKNOWN = "850312-18-5999"
NEW = "Basikal#2019merah"


@pytest.fixture(name="known")
def _known(visitor: Visitor) -> Visitor:
    """Somebody with an account."""
    return visitor.have_an_account()


def forget(visitor: Visitor, number: str | None = None) -> Page:
    """Ask for a code, and let the worker send it."""
    page = visitor.send("/forgot-password", identity_number=number or visitor.identity_number)
    visitor.portal.afterwards.run_once()
    return page


def choose(visitor: Visitor, password: str = NEW) -> Page:
    """The new password, twice."""
    return visitor.send("/reset-password", password=password, password_confirm=password)


def wrong(code: str) -> str:
    """Another code of six digits."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_a_code_leads_to_another_password_and_the_phrase_stays(known: Visitor, mail: FakeMail) -> None:
    """The new one signs in, the old one does not, the phrase is the same, and a mail tells of it."""
    assert known.open("/sign-in-password").name == "sign_in"
    assert forget(known).name == "reset_code"
    assert known.sms.sent[-1][0] == "+601100014567"
    page = known.send("/reset-code", otp=known.otp())
    assert (page.name, page.testid("ungkapan-rahsia")) == ("reset_password", PHRASE)

    page = choose(known)

    assert page.name == "sign_in"
    assert "Kata laluan anda telah ditukar" in page.words
    assert "tidak betul" in known.sign_in(PASSWORD).error("password")
    assert known.send("/sign-in", identity_number=known.identity_number).testid("ungkapan-rahsia") == PHRASE
    assert known.sign_in(NEW).name == "choose_mode"
    known.portal.afterwards.run_once()
    assert [(to, message) for to, message, _ in mail.sent][1:] == [(known.email, "account_changed")]
    assert mail.sent[-1][2]["change"] == "Kata laluan akaun anda telah ditukar."
    assert mail.sent[-1][2]["forgot_url"] == "http://portal.invalid:8000/forgot-password"


def test_known_and_unknown_are_told_the_same_on_every_page(
    known: Visitor, somebody: Callable[[], Visitor], held_clock: HeldClock, sms: FakeSms
) -> None:
    """Each answer word for word: the request, wrong codes, too early, another code, too many of them."""
    held_clock.advance(minutes=15)  # the phone had a code at registration
    sms.sent.clear()
    told = []
    for number in (known.identity_number, UNKNOWN):
        stranger = somebody()
        said = [forget(stranger, number), *(stranger.send("/reset-code", otp="x") for _ in range(4))]
        said.append(stranger.send("/reset-code/resend"))
        for _ in range(3):
            held_clock.advance(seconds=60)
            said.append(stranger.send("/reset-code/resend"))
            stranger.portal.afterwards.run_once()
        said.append(forget(stranger, number))
        told.append([(page.status, page.name, re.sub(r"\d{6}-\d\d-\d{4}", "", page.words)) for page in said])

    assert told[0] == told[1]
    assert len(set(told[0])) > 4
    assert {to for to, _ in sms.sent} == {"+601100014567"}
    assert len(sms.sent) == 3


def test_an_unknown_number_has_no_code_that_fits(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even the one that was stored for the sake of the same work."""
    monkeypatch.setattr("reference_portal.rules.one_time_password.matches", lambda *_: True)

    forget(visitor, UNKNOWN)

    assert "tidak betul" in visitor.send("/reset-code", otp="123456").error("otp")


def test_an_unfinished_account_has_no_password_to_forget(visitor: Visitor, sms: FakeSms) -> None:
    """It is treated like a number nobody has."""
    visitor.register()
    visitor.confirm_mobile()
    sms.sent.clear()

    assert forget(visitor).name == "reset_code"
    assert sms.sent == []


def test_every_browser_is_signed_out_and_a_lock_lifted(known: Visitor, somebody: Callable[[], Visitor]) -> None:
    """By success alone: asking for a code and typing it do neither."""
    elsewhere = somebody()
    elsewhere.identity_number = known.identity_number
    elsewhere.sign_in()
    elsewhere.send("/choose-mode", mode="self_employed")
    for _ in range(3):
        known.sign_in("Salah#2019")
    forget(known)
    known.send("/reset-code", otp=known.otp())
    assert elsewhere.open("/dashboard").name == "dashboard"
    assert "dikunci" in somebody_like(known, somebody).error("password")

    choose(known)

    assert elsewhere.open("/dashboard").name == "sign_in"
    assert known.sign_in(NEW).name == "choose_mode"


def somebody_like(known: Visitor, somebody: Callable[[], Visitor]) -> Page:
    """The right old password, in a browser of its own."""
    other = somebody()
    other.identity_number = known.identity_number
    return other.sign_in()


def test_a_code_is_good_for_one_password(known: Visitor) -> None:
    """A second click changes nothing; the code is used up, and so is the right it gave."""
    forget(known)
    code = known.otp()
    known.send("/reset-code", otp=code)
    with known.client.session_transaction() as session:
        held = dict(session)
    choose(known)

    with known.client.session_transaction() as session:
        session.update(held)
    assert "Masa untuk memilih kata laluan baharu telah tamat" in choose(known, "Lain#2019kereta").words
    assert known.send("/reset-code", otp=code).name == "forgot_password"
    assert known.sign_in(NEW).name == "choose_mode"


def test_of_two_at_the_same_moment_one_counts(known: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two tabs press at once: whoever hashed longer finds the right used up."""
    forget(known)
    known.send("/reset-code", otp=known.otp())
    with known.client.session_transaction() as session:
        token = str(session["resetting"])
    forgotten, passwords = known.portal.forgotten, known.portal.forgotten._new._passwords
    hashed = passwords.hash

    def slow(password: str) -> str:
        monkeypatch.setattr(passwords, "hash", hashed)
        assert forgotten.choose(token, "Lain#2019kereta")
        return hashed(password)

    monkeypatch.setattr(passwords, "hash", slow)

    assert not forgotten.choose(token, NEW)
    assert known.sign_in("Lain#2019kereta").name == "choose_mode"


@pytest.mark.parametrize(("minutes", "page"), [(14.99, "sign_in"), (15, "forgot_password")])
def test_the_new_password_has_to_be_chosen_soon(
    known: Visitor, held_clock: HeldClock, minutes: float, page: str
) -> None:
    """A quarter of an hour, to the second."""
    forget(known)
    known.send("/reset-code", otp=known.otp())
    held_clock.advance(minutes=minutes)

    assert choose(known).name == page


def test_a_code_for_one_thing_is_worth_nothing_for_another(known: Visitor, held_clock: HeldClock) -> None:
    """Each kind has its own secret: the code of a forgotten password changes no phone, and the other way round."""
    known.sign_in()
    known.send("/change-phone", mobile="011-0999 0001", password=PASSWORD)
    for_phone = known.otp()
    held_clock.advance(seconds=1)
    forget(known)
    for_password = known.otp()

    assert for_phone != for_password
    assert known.send("/confirm-change/phone", otp=for_password).status == 422
    assert known.send("/reset-code", otp=for_phone).status == 422


@pytest.mark.parametrize(
    ("password", "again", "field", "message"),
    [
        ("kurang", "kurang", "password", "sekurang-kurangnya 8 aksara"),
        ("850312-17-5001Ab#", "850312-17-5001Ab#", "password", "tidak boleh mengandungi"),
        ("Payung biru 21#", "Payung biru 21#", "password", "tidak boleh mengandungi"),
        (NEW, NEW + "x", "password_confirm", "tidak sepadan"),
        ("", "", "password", "wajib diisi"),
    ],
)
def test_the_rules_of_passwords_hold_here_too(
    known: Visitor, password: str, again: str, field: str, message: str
) -> None:
    """Said beside the field; nothing was changed."""
    forget(known)
    known.send("/reset-code", otp=known.otp())

    page = known.send("/reset-password", password=password, password_confirm=again)

    assert page.status == 422
    assert message in page.error(field)
    assert known.sign_in().name == "choose_mode"


def test_out_of_order_it_leads_to_the_first_page(visitor: Visitor) -> None:
    """Opened or posted."""
    for path in ("/reset-code", "/reset-password"):
        assert visitor.open(path).name == "forgot_password"
        assert visitor.send(path, otp="1", password="x").name == "forgot_password"
    assert visitor.send("/reset-code/resend").name == "forgot_password"


def test_the_second_click_sends_no_second_code(known: Visitor, sms: FakeSms) -> None:
    """One code is on its way; the page is the same."""
    sms.sent.clear()

    assert [forget(known).name, forget(known).name] == ["reset_code", "reset_code"]
    assert len(sms.sent) == 1


def test_a_gateway_that_is_down_shows_nothing_and_loses_nothing(
    known: Visitor, sms: FakeSms, held_clock: HeldClock
) -> None:
    """The page says what it always says, the journal what happened; a minute later another code comes."""
    sms.down = True
    assert "Jika nombor itu mempunyai akaun" in forget(known).words
    assert "otp.not_sent" in {entry["kind"] for entry in known.portal.journal()}

    sms.down = False
    held_clock.advance(seconds=60)
    known.send("/reset-code/resend")
    known.portal.afterwards.run_once()

    assert known.send("/reset-code", otp=known.otp()).name == "reset_password"


def test_the_phones_own_share_is_kept_without_a_word(
    known: Visitor, sms: FakeSms, portal_settings: PortalSettings
) -> None:
    """A phone that had its codes for other things gets no more; the page does not say so."""
    with known.portal.database.write() as connection:
        for _ in range(portal_settings.otp_sends):
            codes.note_send(connection, "+601100014567", known.portal.clock.now())
    sms.sent.clear()

    assert "Jika nombor itu mempunyai akaun" in forget(known).words
    assert sms.sent == []
    assert "otp.withheld" in {entry["kind"] for entry in known.portal.journal()}


def test_the_sms_says_what_its_code_is_for(known: Visitor) -> None:
    """So that nobody gives it away for something else; in one part."""
    forget(known)
    said = known.sms.sent[-1][1]

    assert said == text("SMS-OTP-02", code=known.otp(), m=5)
    assert len(said) <= 160
