"""L07: phrase and password make the account; nobody sets them twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.reference_portal.fakes import HeldClock
from tests.reference_portal.visitor import PASSWORD, Visitor


@pytest.fixture(name="activated")
def _activated(visitor: Visitor) -> Visitor:
    """Somebody whose link has been opened."""
    visitor.register()
    visitor.confirm_mobile()
    visitor.activate()
    return visitor


def test_good_secrets_make_the_account(activated: Visitor) -> None:
    """The log-in page says so, and the password works."""
    page = activated.set_secrets()

    assert page.name == "sign_in"
    assert "Akaun anda telah diaktifkan. Sila log masuk." in page.words
    assert activated.sign_in().name == "choose_mode"


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"secret_phrase": ""}, "secret_phrase", "wajib diisi"),
        ({"secret_phrase": "abcde"}, "secret_phrase", "6 hingga 40 aksara"),
        ({"secret_phrase": "Ujian bin Contoh"}, "secret_phrase", "tidak boleh mengandungi"),
        ({"password": "pendek"}, "password_confirm", "tidak sepadan"),
        ({"password": "semuakecil1#", "password_confirm": "semuakecil1#"}, "password", "huruf besar"),
        ({"password": "", "password_confirm": ""}, "password", "wajib diisi"),
    ],
)
def test_secrets_that_will_not_do_are_refused(
    activated: Visitor, changes: dict[str, str], field: str, message: str
) -> None:
    """Beside its field; the phrase is kept, a password never comes back."""
    page = activated.set_secrets(**changes)

    assert page.status == 422
    assert message in page.error(field)
    assert PASSWORD not in page.text


def test_everything_that_is_wrong_is_said_at_once(activated: Visitor) -> None:
    """A short phrase, a weak password and another one typed again: three sentences, each beside its field."""
    page = activated.set_secrets(secret_phrase="abc", password="pendek", password_confirm="panjang")

    assert "6 hingga 40 aksara" in page.error("secret_phrase")
    assert "huruf besar" in page.error("password")
    assert "tidak sepadan" in page.error("password_confirm")
    assert len(page.find("//*[@data-testid='error-summary']//li")) == 3


def test_only_the_browser_that_opened_the_link_may_set_them(
    activated: Visitor, somebody: Callable[[], Visitor]
) -> None:
    """Anybody else is sent to log in."""
    other = somebody()

    assert other.open("/set-secrets").name == "sign_in"
    assert other.set_secrets().name == "sign_in"
    assert activated.set_secrets().name == "sign_in"


def test_when_the_account_has_gone_the_page_says_so(
    activated: Visitor, somebody: Callable[[], Visitor], held_clock: HeldClock
) -> None:
    """Its link had died and somebody began anew: E-ACT-02 and the way to start again, never a silent log-in page."""
    held_clock.advance(hours=24)
    somebody().register(identity_number=activated.identity_number)

    for page in (activated.open("/set-secrets"), activated.set_secrets()):
        assert page.status == 410
        assert "Pautan ini tidak sah atau telah digunakan." in page.words
        assert page.find("//a[@href='/register']")


def test_they_are_set_once(activated: Visitor, portal_app: object) -> None:
    """A second tab cannot change what the first has set."""
    second = activated.app.test_client()
    with activated.client.session_transaction() as cookie, second.session_transaction() as copy:
        copy.update(cookie)
    activated.set_secrets()
    activated.client = second

    activated.set_secrets(password="Lain#2019kereta", password_confirm="Lain#2019kereta")

    assert activated.sign_in(PASSWORD).name == "choose_mode"


def test_the_password_is_not_stored(activated: Visitor) -> None:
    """Only its argon2id hash is."""
    activated.set_secrets()
    with activated.portal.database.read() as connection:
        stored = str(connection.exec_driver_sql("SELECT * FROM accounts").all())

    assert "$argon2id$" in stored
    assert PASSWORD not in stored
