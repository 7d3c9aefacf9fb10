"""The account: another password, phone, mailbox, each with the password again; every session in one list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.reference_portal.fakes import FakeMail, FakeSms, HeldClock
from tests.reference_portal.visitor import PASSWORD, Page, Visitor

NEW = "Basikal#2019merah"
PHONE = "011-0999 0001"
MAILBOX = "baharu@example.com"


@pytest.fixture(name="owner")
def _owner(visitor: Visitor) -> Visitor:
    """Somebody who is signed in."""
    return visitor.be_signed_in()


def change_phone(visitor: Visitor, mobile: str = PHONE, password: str = PASSWORD) -> Page:
    """Ask for it."""
    return visitor.send("/change-phone", mobile=mobile, password=password)


def test_it_is_reached_from_the_dashboard_and_masks_phone_and_mail(owner: Visitor) -> None:
    """Whoever looks over a shoulder learns neither."""
    assert owner.open("/dashboard").find("//a[@href='/account']")
    page = owner.open("/account")

    assert (page.name, "011-**** 4567" in page.words, "p***@example.com" in page.words) == ("account", True, True)
    assert not any(secret in page.text for secret in ("011-0001", owner.email, "850312-17-5001"))


@pytest.mark.parametrize("path", ["/change-password", "/change-phone", "/change-email", "/confirm-change/phone"])
def test_it_is_for_who_is_signed_in(visitor: Visitor, path: str) -> None:
    """Others log in first."""
    assert visitor.open("/account").name == visitor.send("/account/sign-out-everywhere").name == "sign_in"
    assert visitor.open(path).name == "sign_in"
    assert visitor.send(path, otp="1").name == "sign_in"


def test_another_password_ends_every_session(owner: Visitor, mail: FakeMail) -> None:
    """This one too; the old password is worth nothing, and a mail says so."""
    page = owner.send("/change-password", present=PASSWORD, password=NEW, password_confirm=NEW)

    assert (page.name, "Kata laluan anda telah ditukar" in page.words) == ("sign_in", True)
    assert owner.open("/dashboard").name == "sign_in"
    assert "tidak betul" in owner.sign_in().error("password")
    assert owner.sign_in(NEW).name == "choose_mode"
    owner.portal.afterwards.run_once()
    assert mail.sent[-1][:2] == (owner.email, "account_changed")


def test_the_present_password_is_asked_for_and_guarded_by_the_lock(owner: Visitor) -> None:
    """A browser left open changes nothing, and tries no passwords either."""
    fields = {"password": NEW, "password_confirm": NEW}

    said = [owner.send("/change-password", present="Salah#2019", **fields).error("present") for _ in range(3)]

    assert said[:2] == ["Kata laluan sekarang tidak betul."] * 2
    assert "dikunci" in said[2]
    assert "dikunci" in owner.send("/change-password", present=PASSWORD, **fields).error("present")
    assert "dikunci" in change_phone(owner).error("password")


def test_a_new_phone_counts_once_its_code_was_typed(owner: Visitor, sms: FakeSms, mail: FakeMail) -> None:
    """The code goes to the new one; the old one and the mailbox are told; every session ends."""
    page = change_phone(owner)
    assert (page.name, "011-**** 0001" in page.words) == ("confirm_change", True)
    assert sms.sent[-1][0] == "+601109990001"
    assert owner.open("/account").words.count("011-**** 4567") == 1

    page = owner.send("/confirm-change/phone", otp=owner.otp())

    assert (page.name, "Nombor telefon anda telah ditukar" in page.words) == ("sign_in", True)
    owner.portal.afterwards.run_once()
    assert sms.sent[-1] == (
        "+601100014567",
        "SANDBOX iPERKESO: Nombor telefon akaun anda telah ditukar. Jika bukan anda, hubungi meja bantuan.",
    )
    assert mail.sent[-1][0] == owner.email
    owner.sign_in()
    assert "011-**** 0001" in owner.open("/account").words


def test_a_new_mailbox_counts_once_its_code_was_typed(owner: Visitor, mail: FakeMail) -> None:
    """The code goes to the new one by mail; both are told."""
    page = owner.send("/change-email", email=MAILBOX.upper(), password=PASSWORD)
    assert (page.name, "b***@example.com" in page.words) == ("confirm_change", True)
    to, message, values = mail.sent[-1]
    assert (to, message) == (MAILBOX, "confirm_email")

    page = owner.send("/confirm-change/email", otp=str(values["code"]))

    assert "Emel anda telah ditukar" in page.words
    owner.portal.afterwards.run_once()
    assert [to for to, _, _ in mail.sent[-2:]] == [owner.email, MAILBOX]


@pytest.mark.parametrize(
    ("path", "fields", "field", "message"),
    [
        ("/change-phone", {"mobile": "03-1234 5678"}, "mobile", "tidak sah"),
        ("/change-phone", {"mobile": "011-0001 4567"}, "mobile", "nombor telefon anda sekarang"),
        ("/change-phone", {"mobile": PHONE, "password": "Salah#2019"}, "password", "sekarang tidak betul"),
        ("/change-phone", {"mobile": PHONE, "password": ""}, "password", "wajib diisi"),
        ("/change-email", {"email": "x"}, "email", "Format emel"),
        ("/change-email", {"email": "pemohon.1@example.com"}, "email", "emel anda sekarang"),
    ],
)
def test_what_will_not_do_is_said_beside_its_field(
    owner: Visitor, sms: FakeSms, path: str, fields: dict[str, str], field: str, message: str
) -> None:
    """422, and no code goes anywhere."""
    sms.sent.clear()
    page = owner.send(path, **({"password": PASSWORD} | fields))

    assert page.status == 422
    assert message in page.error(field)
    assert sms.sent == []


def test_somebody_elses_mailbox_is_refused_before_and_after_the_code(
    owner: Visitor, somebody: Callable[[], Visitor], mail: FakeMail
) -> None:
    """Also when they registered with it while the code was on its way: their account stays what it is."""
    other = somebody()
    owner.send("/change-email", email=other.email, password=PASSWORD)
    code = str(mail.sent[-1][2]["code"])
    other.have_an_account()

    assert "telah digunakan" in owner.send("/confirm-change/email", otp=code).words
    assert "telah digunakan" in owner.send("/change-email", email=other.email, password=PASSWORD).error("email")
    assert other.sign_in().name == "choose_mode"


def test_a_change_nobody_asked_for_or_waited_too_long_for_is_none(owner: Visitor, held_clock: HeldClock) -> None:
    """It leads back to the account; a thing that cannot be changed is a page that is not there."""
    assert owner.open("/confirm-change/phone").name == "account"
    assert owner.send("/confirm-change/phone", otp="123456").name == "account"
    assert owner.send("/confirm-change/phone/resend").name == "account"
    change_phone(owner)
    held_clock.advance(seconds=300)
    assert owner.send("/confirm-change/phone", otp=owner.otp()).name == "account"
    assert owner.open("/confirm-change/name").status == 404


def test_another_code_goes_to_the_new_phone_after_a_minute(owner: Visitor, sms: FakeSms, held_clock: HeldClock) -> None:
    """As at registration."""
    change_phone(owner)
    sms.sent.clear()
    assert "Kod baharu boleh diminta" in owner.send("/confirm-change/phone/resend").words
    held_clock.advance(seconds=60)
    owner.send("/confirm-change/phone/resend")

    assert [to for to, _ in sms.sent] == ["+601109990001"]
    assert owner.send("/confirm-change/phone", otp=owner.otp()).name == "sign_in"


def test_a_gateway_that_is_down_is_said_and_changes_nothing(owner: Visitor, sms: FakeSms, mail: FakeMail) -> None:
    """The code can be asked for again at once; a notice that cannot be sent is in the journal."""
    sms.down = True
    assert "SMS tidak dapat dihantar" in change_phone(owner).words
    sms.down = False
    owner.send("/confirm-change/phone/resend")
    mail.down = True
    assert owner.send("/confirm-change/phone", otp=owner.otp()).name == "sign_in"
    owner.portal.afterwards.run_once()

    assert "notice.not_sent" in {entry["kind"] for entry in owner.portal.journal(limit=1000)}


def test_every_session_is_listed_and_ended_by_one_button(owner: Visitor, somebody: Callable[[], Visitor]) -> None:
    """This browser is marked; afterwards no cookie of before opens anything, kept copies included."""
    elsewhere = somebody()
    elsewhere.identity_number = owner.identity_number
    elsewhere.sign_in()
    page = owner.open("/account")
    assert len(page.find("//*[@data-testid='stays']//ul[@class='stays']/li")) == 2
    assert page.testid("stays").count("(pelayar ini)") == 1

    page = owner.send("/account/sign-out-everywhere")

    assert (page.name, "semua peranti" in page.words) == ("sign_in", True)
    assert owner.open("/account").name == "sign_in"
    assert elsewhere.open("/account").name == "sign_in"


def test_one_session_is_ended_by_its_own_button(owner: Visitor, somebody: Callable[[], Visitor]) -> None:
    """The other browser's, with this one left alone; nobody ends a session of somebody else's."""
    elsewhere, stranger = somebody(), somebody().have_an_account()
    elsewhere.identity_number = owner.identity_number
    elsewhere.sign_in()
    (which,) = owner.open("/account").find("//button[@name='which']/@value")
    stranger.sign_in()
    stranger.send("/account/sign-out-one", which=which)
    assert elsewhere.open("/account").name == "account"

    page = owner.send("/account/sign-out-one", which=which)

    assert (page.name, "Sesi itu telah ditamatkan." in page.words) == ("account", True)
    assert elsewhere.open("/account").name == "sign_in"
    assert not page.find("//button[@name='which']")


def test_a_session_that_slept_is_not_listed(owner: Visitor, held_clock: HeldClock) -> None:
    """Nor one that reached its longest time."""
    held_clock.advance(minutes=15)
    owner.sign_in()

    assert len(owner.open("/account").find("//ul[@class='stays']/li")) == 1
