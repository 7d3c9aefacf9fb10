"""L03: the account form checks every field and begins one account."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reference_portal.settings import PortalSettings
from tests.reference_portal.fakes import FakeSms, HeldClock
from tests.reference_portal.visitor import Visitor


def test_a_good_form_sends_one_code_and_asks_for_it(visitor: Visitor, sms: FakeSms) -> None:
    """The SMS goes to the number in E.164, says SANDBOX and carries no link."""
    page = visitor.register()

    assert page.name == "confirm_mobile"
    assert "011-**** 4567" in page.words
    ((to, text),) = sms.sent
    assert to == "+601100014567"
    assert "SANDBOX" in text
    assert "http" not in text


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("full_name", "", "Ruangan ini wajib diisi."),
        ("full_name", "12345", "Sila masukkan nama penuh seperti dalam kad pengenalan."),
        ("identity_number", "850312-17-501", "mesti mengandungi 12 digit"),
        ("identity_number", "850230-17-5011", "Tarikh lahir"),
        ("identity_number", "850312-14-5011", "mungkin milik orang sebenar"),
        ("email", "bukan-emel", "Format emel tidak sah."),
        ("email_confirm", "lain@example.com", "tidak sepadan"),
        ("mobile", "03-2000 0000", "Nombor telefon bimbit tidak sah."),
        ("consent", None, "Sila beri persetujuan"),
        ("consent", "no", "Sila beri persetujuan"),
        ("consent", "tidak", "Sila beri persetujuan"),
        ("consent", "0", "Sila beri persetujuan"),
        ("full_name", "a" * 300, "terlalu panjang"),
        ("identity_number", "\x00850312", "mesti mengandungi 12 digit"),
    ],
)
def test_a_field_that_is_wrong_is_named_beside_it(
    visitor: Visitor, field: str, typed: str | None, message: str
) -> None:
    """422, the sentence beside its field, nobody is sent anything."""
    page = visitor.register(**{field: typed})

    assert page.status == 422
    assert message in page.error(field)
    assert page.find(f"//*[@name='{field}']/@aria-invalid") == ["true"]
    assert visitor.sms.sent == []


def test_everything_that_is_wrong_is_said_at_once(visitor: Visitor, somebody: Callable[[], Visitor]) -> None:
    """A bad number, addresses that differ, an address somebody has, a bad phone: one submit names them all."""
    visitor.have_an_account()
    page = somebody().register(
        identity_number="1", email=visitor.email, email_confirm="lain@example.com", mobile="03", consent=None
    )

    assert "12 digit" in page.error("identity_number")
    assert page.error("email") == "Emel ini telah digunakan."
    assert "tidak sepadan" in page.error("email_confirm")
    assert "tidak sah" in page.error("mobile")
    fields = [link.removeprefix("#") for link in page.find("//*[@data-testid='error-summary']//a/@href")]
    assert fields == ["identity_number", "email", "email_confirm", "mobile", "consent"]


def test_a_taken_number_and_a_taken_address_are_said_together(
    visitor: Visitor, somebody: Callable[[], Visitor]
) -> None:
    """E-IC-05 and E-EML-03 in one answer."""
    visitor.have_an_account()
    page = somebody().register(
        identity_number=visitor.identity_number, email=visitor.email, email_confirm=visitor.email
    )

    assert "telah didaftarkan" in page.error("identity_number")
    assert "telah digunakan" in page.error("email")


def test_the_form_says_from_the_start_what_the_sandbox_takes(visitor: Visitor) -> None:
    """Place codes, mobiles and addresses stand beside their fields before anything was wrong."""
    page = visitor.open("/register")
    hints = {name: page.find(f"//*[@id='{name}-hint']/text()")[0] for name in ("identity_number", "email", "mobile")}

    assert "17–20, 69, 73, 80, 81, 94–97" in hints["identity_number"]
    assert "@example.com" in hints["email"]
    assert "011-0000 0000 hingga 011-0999 9999" in hints["mobile"]
    for name in hints:
        assert page.find(f"//input[@name='{name}']/@aria-describedby") == [f"{name}-hint"]


def test_where_real_numbers_are_taken_the_hint_names_no_codes(
    visitor: Visitor, portal_settings: PortalSettings
) -> None:
    """CARUMAN_PORTAL_SAFE_IDENTITY_NUMBERS=false."""
    visitor.portal.settings = portal_settings.model_copy(update={"safe_identity_numbers": False})

    assert "kod tempat lahir" not in visitor.open("/register").words


def test_what_was_typed_is_kept(visitor: Visitor) -> None:
    """Every other field comes back as typed."""
    page = visitor.register(mobile="salah")

    assert page.value("full_name") == "Ujian bin Contoh"
    assert page.value("identity_number") == visitor.identity_number
    assert page.value("mobile") == "salah"
    assert page.find("//*[@name='consent']/@checked") == ["checked"]


def test_an_active_account_keeps_its_number_and_its_address(visitor: Visitor, somebody: Callable[[], Visitor]) -> None:
    """E-IC-05 and E-EML-03, whatever the case of the address."""
    visitor.have_an_account()
    other = somebody()

    assert "telah didaftarkan" in other.register(identity_number=visitor.identity_number).error("identity_number")
    taken = visitor.email.upper()
    assert "telah digunakan" in other.register(email=taken, email_confirm=taken).error("email")


def test_pressing_twice_makes_one_account_and_sends_one_code(visitor: Visitor, sms: FakeSms) -> None:
    """The code of the first click is the one that works after the second."""
    visitor.register()
    visitor.register()

    assert len(sms.sent) == 1
    assert visitor.confirm_mobile().name == "registered"


def as_if(victim: Visitor, *what: str) -> dict[str, str]:
    """What a stranger types of somebody else's."""
    everything = {"identity_number": victim.identity_number, "email": victim.email, "email_confirm": victim.email}
    return {name: typed for name, typed in everything.items() if name in what}


NUMBER, ADDRESS = ("identity_number",), ("email", "email_confirm")


def test_an_abandoned_registration_can_be_begun_by_another(
    visitor: Visitor, somebody: Callable[[], Visitor], held_clock: HeldClock
) -> None:
    """Once its code has expired: a wrong number typed once shuts nobody out, and leads whoever typed it to the form."""
    visitor.register()
    other = somebody()
    held_clock.advance(minutes=5)

    assert other.register(**as_if(visitor, *NUMBER, *ADDRESS)).name == "confirm_mobile"
    assert other.confirm_mobile().name == "registered"
    assert visitor.open("/confirm-mobile").name == "register"


def test_the_same_browser_begins_again_at_any_time(visitor: Visitor) -> None:
    """A wrong address is found out when no mail comes; also after the link was opened."""
    visitor.register(email="salah@example.com", email_confirm="salah@example.com")
    visitor.confirm_mobile()
    assert visitor.register().name == "confirm_mobile"
    visitor.confirm_mobile()
    visitor.activate()
    assert visitor.register(full_name="Ujian binti Contoh").name == "confirm_mobile"
    visitor.confirm_mobile()
    visitor.activate()

    assert visitor.set_secrets().name == "sign_in"


@pytest.mark.parametrize("far", [0, 1, 2], ids=["code", "link", "secrets"])
@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [(NUMBER, "identity_number", "sedang berjalan"), (ADDRESS, "email", "Emel ini telah digunakan.")],
    ids=["number", "address"],
)
def test_a_stranger_destroys_nobodys_registration(
    visitor: Visitor, somebody: Callable[[], Visitor], far: int, typed: tuple[str, ...], field: str, sentence: str
) -> None:
    """Whatever step it waits for: the stranger is told so beside the field, the person goes on as if nothing was."""
    steps = [visitor.register, visitor.confirm_mobile, visitor.activate, visitor.set_secrets]
    for step in steps[: far + 1]:
        step()
    code = visitor.otp()

    page = somebody().register(**as_if(visitor, *typed))

    assert page.status == 422
    assert sentence in page.error(field)
    visitor.otp = lambda: code  # type: ignore[method-assign]  # the phone still shows the first message
    for step in steps[far + 1 :]:
        step()
    assert visitor.sign_in().name == "choose_mode"


def test_an_account_whose_link_has_died_gives_way(
    visitor: Visitor, somebody: Callable[[], Visitor], held_clock: HeldClock
) -> None:
    """A day after the link, sent again or not; until then the stranger is told when."""
    visitor.register()
    visitor.confirm_mobile()
    held_clock.advance(hours=2)
    visitor.send("/registered/resend")
    other = somebody()
    held_clock.advance(hours=23, minutes=59)
    assert "16 Mei 2019, 11:00:00 pagi" in other.register(**as_if(visitor, *NUMBER)).error("identity_number")
    held_clock.advance(minutes=1)

    assert other.register(**as_if(visitor, *NUMBER)).name == "confirm_mobile"


def test_a_link_the_mail_server_never_took_leaves_no_gap(visitor: Visitor, somebody: Callable[[], Visitor]) -> None:
    """The phone was proved: the account waits for another link, and for nobody else."""
    visitor.register()
    visitor.mail.down = True
    visitor.confirm_mobile()

    assert "sedang berjalan" in somebody().register(**as_if(visitor, *NUMBER)).error("identity_number")


def test_the_phone_gets_no_more_than_its_share_of_codes(visitor: Visitor, held_clock: HeldClock) -> None:
    """Beginning again and again does not make a number ring for ever; after the window it may."""
    for attempt in range(3):
        assert visitor.register(full_name=f"Ujian bin {'abc'[attempt]}ontoh").name == "confirm_mobile"

    page = visitor.register(full_name="Ujian bin Dontoh")

    assert page.error("mobile") == "Terlalu banyak percubaan. Sila cuba lagi selepas 15 minit."
    held_clock.advance(minutes=15)
    assert visitor.register(full_name="Ujian bin Dontoh").name == "confirm_mobile"


def test_a_gateway_that_is_down_ends_in_a_sentence_and_costs_nothing(visitor: Visitor, sms: FakeSms) -> None:
    """The page says what to do; once the gateway is back the button works at once."""
    sms.down = True
    page = visitor.register()
    assert page.name == "confirm_mobile"
    assert "SMS tidak dapat dihantar" in page.words

    sms.down = False
    assert "OTP telah dihantar" in visitor.send("/confirm-mobile/resend").words
    assert visitor.confirm_mobile().name == "registered"
