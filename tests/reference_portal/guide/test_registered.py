"""L05: the page that says where the link went, and its button for another one."""

from __future__ import annotations

import pytest

from reference_portal.settings import PortalSettings
from tests.reference_portal.fakes import FakeMail, HeldClock
from tests.reference_portal.visitor import Visitor


@pytest.fixture(name="waiting")
def _waiting(visitor: Visitor) -> Visitor:
    """Somebody whose phone is proved."""
    visitor.register()
    visitor.confirm_mobile()
    return visitor


def test_it_says_that_registration_succeeded_and_where_the_link_went(waiting: Visitor) -> None:
    """The address is shown to whoever typed it."""
    page = waiting.open("/registered")

    assert "Pendaftaran berjaya" in page.words
    assert waiting.email in page.words


def test_the_link_uses_our_own_address_whatever_host_was_asked(waiting: Visitor, mail: FakeMail) -> None:
    """A forged Host header never reaches a mail."""
    headers = {"Host": "evil.example"}
    token = {"csrf_token": waiting.token()}
    waiting.client.post("/registered/resend", data=token, headers=headers)

    assert {str(values["link"]).partition("/activate/")[0] for _, _, values in mail.sent} == {
        "http://portal.invalid:8000"
    }


def test_another_link_is_another_token_and_either_opens(waiting: Visitor, mail: FakeMail) -> None:
    """The older mail still works as long as none was opened; then neither does."""
    first = waiting.link()
    page = waiting.send("/registered/resend")

    assert "Pautan verifikasi baharu" in page.words
    assert waiting.link() != first
    assert waiting.send(first).name == "set_secrets"
    assert waiting.send(waiting.link()).status == 410
    assert len(mail.sent) == 2


def test_a_mailbox_gets_no_more_than_its_share_of_links(waiting: Visitor, held_clock: HeldClock) -> None:
    """Three in a quarter of an hour; then it has to be waited for."""
    for _ in range(3):
        page = waiting.send("/registered/resend")

    assert len(waiting.mail.sent) == 3
    assert "Sila cuba lagi selepas 15 minit." in page.words
    held_clock.advance(minutes=16)
    waiting.send("/registered/resend")
    assert len(waiting.mail.sent) == 4


def test_a_mail_server_that_is_down_ends_in_a_sentence(visitor: Visitor, mail: FakeMail) -> None:
    """The phone stays proved; the button sends the link once the server is back."""
    visitor.register()
    mail.down = True
    page = visitor.confirm_mobile()
    assert page.name == "registered"
    assert "Emel tidak dapat dihantar" in page.words

    mail.down = False
    visitor.send("/registered/resend")
    assert visitor.activate().name == "set_secrets"


def test_out_of_order_it_leads_where_the_person_can_go_on(visitor: Visitor) -> None:
    """Nobody registering: the form. Code still awaited: the code."""
    assert visitor.open("/registered").name == "register"
    assert visitor.send("/registered/resend").name == "register"
    visitor.register()
    assert visitor.open("/registered").name == "confirm_mobile"


@pytest.mark.parametrize("links", [True, False])
def test_the_page_leads_to_where_a_sandbox_keeps_its_mail(
    visitor: Visitor, portal_settings: PortalSettings, links: bool
) -> None:
    """To the inbox, in a tab of its own; without sandbox_links there is no such help."""
    visitor.portal.settings = portal_settings.model_copy(update={"sandbox_links": links})
    visitor.register()
    page = visitor.confirm_mobile()

    helped = page.find("//*[@data-testid='sandbox-help']/a[@target='_blank']/@href")
    assert helped == (["http://127.0.0.1:8025"] if links else [])
