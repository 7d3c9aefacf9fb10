"""L04: the code is used once, lives five minutes, takes three tries and three sends."""

from __future__ import annotations

import pytest

from reference_portal.portal import Portal
from reference_portal.settings import PortalSettings
from tests.reference_portal.fakes import FakeMail, FakeSms, HeldClock
from tests.reference_portal.visitor import Visitor


@pytest.fixture(name="waiting")
def _waiting(visitor: Visitor) -> Visitor:
    """Somebody whose code is on its way."""
    visitor.register()
    return visitor


def wrong(code: str) -> str:
    """Another code of six digits."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_the_right_code_leads_on_and_sends_the_link(waiting: Visitor, mail: FakeMail) -> None:
    """Spaces in the code are forgiven."""
    code = waiting.otp()
    page = waiting.send("/confirm-mobile", otp=f" {code[:3]} {code[3:]} ")

    assert page.name == "registered"
    assert [(to, message) for to, message, _ in mail.sent] == [(waiting.email, "activate_account")]


def test_a_wrong_code_counts_down(waiting: Visitor) -> None:
    """Two tries left, one left, then none; the right code comes too late."""
    code = waiting.otp()

    said = [waiting.send("/confirm-mobile", otp=wrong(code)).error("otp") for _ in range(3)]

    assert said[0] == "Kod OTP tidak betul. Anda ada 2 percubaan lagi."
    assert said[1] == "Kod OTP tidak betul. Anda ada 1 percubaan lagi."
    assert said[2] == "Terlalu banyak percubaan. Sila cuba lagi selepas 1 minit."
    late = waiting.send("/confirm-mobile", otp=code)
    assert late.status == 422
    assert "tidak lagi boleh digunakan" in late.error("otp")


@pytest.mark.parametrize(("seconds", "page"), [(299, "registered"), (300, "confirm_mobile")])
def test_a_code_lives_five_minutes(waiting: Visitor, held_clock: HeldClock, seconds: int, page: str) -> None:
    """299 seconds later it is good, 300 seconds later it is not."""
    held_clock.advance(seconds=seconds)

    assert waiting.confirm_mobile().name == page


@pytest.mark.parametrize(("seconds", "sends"), [(59, 1), (60, 2)])
def test_another_code_has_to_be_waited_for(
    waiting: Visitor, held_clock: HeldClock, sms: FakeSms, seconds: int, sends: int
) -> None:
    """Sixty seconds between two; the page says how long."""
    held_clock.advance(seconds=seconds)
    page = waiting.send("/confirm-mobile/resend")

    assert len(sms.sent) == sends
    assert ("Kod baharu boleh diminta selepas 1 saat." in page.words) == (sends == 1)


def test_a_new_code_is_another_one_and_the_old_is_worth_nothing(waiting: Visitor, held_clock: HeldClock) -> None:
    """A counter per send (RFC 4226): the same secret never repeats a code's turn."""
    old = waiting.otp()
    held_clock.advance(seconds=60)
    waiting.send("/confirm-mobile/resend")

    assert waiting.otp() != old
    assert waiting.send("/confirm-mobile", otp=old).status == 422
    assert waiting.confirm_mobile().name == "registered"


def test_three_sends_in_a_quarter_of_an_hour_are_enough(waiting: Visitor, held_clock: HeldClock, sms: FakeSms) -> None:
    """The fourth waits until the first is fifteen minutes old."""
    for _ in range(3):
        held_clock.advance(seconds=60)
        page = waiting.send("/confirm-mobile/resend")

    assert len(sms.sent) == 3
    assert "Terlalu banyak percubaan. Sila cuba lagi selepas 12 minit." in page.words
    held_clock.advance(minutes=12)
    waiting.send("/confirm-mobile/resend")
    assert len(sms.sent) == 4


def test_a_code_is_used_once(waiting: Visitor, mail: FakeMail) -> None:
    """The second click of the same form changes nothing and sends nothing."""
    code = waiting.otp()
    waiting.send("/confirm-mobile", otp=code)
    again = waiting.send("/confirm-mobile", otp=code)

    assert again.name == "registered"
    assert len(mail.sent) == 1


def test_nobody_waiting_is_sent_to_the_form(visitor: Visitor) -> None:
    """Opened or posted out of order the page leads to the account form."""
    assert visitor.open("/confirm-mobile").name == "register"
    assert visitor.send("/confirm-mobile", otp="000000").name == "register"
    assert visitor.send("/confirm-mobile/resend").name == "register"


def test_a_clock_set_back_does_not_lock_anybody_out(waiting: Visitor, held_clock: HeldClock, sms: FakeSms) -> None:
    """Sends that now lie in the future do not count: nobody waits for years."""
    held_clock.advance(days=-400)
    waiting.send("/confirm-mobile/resend")

    assert len(sms.sent) == 2
    assert waiting.confirm_mobile().name == "registered"


def test_the_journal_tells_of_it_without_code_or_number(waiting: Visitor, portal: Portal) -> None:
    """What happened is there; the code, the phone and the identity number are not."""
    code = waiting.otp()
    waiting.send("/confirm-mobile", otp=wrong(code))
    waiting.confirm_mobile()
    told = str(portal.journal())

    kinds = {entry["kind"] for entry in portal.journal()}
    assert {"otp.sent", "otp.wrong", "mobile.confirmed", "link.sent"} <= kinds
    for secret in (code, "+601100014567", waiting.identity_number.replace("-", "")):
        assert secret not in told


def test_the_page_leads_to_where_a_sandbox_keeps_its_sms(visitor: Visitor) -> None:
    """Marked as help of the sandbox, in a tab of its own."""
    page = visitor.register()
    (link,) = page.find("//*[@data-testid='sandbox-help']/a")

    assert "Bantuan sandbox" in page.testid("sandbox-help")
    assert (link.get("href"), link.get("target"), link.get("rel")) == ("http://127.0.0.1:8020", "_blank", "noopener")


@pytest.mark.parametrize(
    ("told", "room"),
    [
        ({"sms_url": "http://sms:8020"}, "http://sms:8020"),
        ({"sms_url": "http://sms:8020", "sms_browser_url": "https://sms.example.com"}, "https://sms.example.com"),
        ({"sandbox_links": False}, None),
    ],
)
def test_the_help_follows_the_settings(
    visitor: Visitor, portal_settings: PortalSettings, told: dict[str, object], room: str | None
) -> None:
    """The browser's address, the server's when there is no other, or no help at all."""
    visitor.portal.settings = portal_settings.model_copy(update=told)

    assert visitor.register().find("//*[@data-testid='sandbox-help']/a/@href") == ([room] if room else [])


def test_the_page_says_how_long_the_code_is_good_and_when_another_may_be_asked_for(
    waiting: Visitor, held_clock: HeldClock
) -> None:
    """In minutes and seconds of the portal's clock, with the seconds for a script to count down."""
    for passed, life, pause in [
        (0, "OTP sah selama 5:00 lagi.", "OTP baharu boleh diminta selepas 1:00."),
        (59, "OTP sah selama 4:01 lagi.", "OTP baharu boleh diminta selepas 0:01."),
        (1, "OTP sah selama 4:00 lagi.", None),
        (239, "OTP sah selama 0:01 lagi.", None),
        (1, None, None),
    ]:
        held_clock.advance(seconds=passed)
        page = waiting.open("/confirm-mobile")
        lines = [line for line in (life, pause) if line]
        assert page.find("//*[@data-countdown]/text()") == lines
        assert len(page.find("//*[@data-countdown-said and @role='status']")) == 1
