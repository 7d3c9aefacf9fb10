"""L08 and L02: the first log-in page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.reference_portal.visitor import Visitor


def test_it_leads_to_the_account_form(visitor: Visitor) -> None:
    """L02: the guide's link, its odd question mark included."""
    page = visitor.open("/sign-in")

    assert page.find("//a[normalize-space()='Kali pertama? Daftar akaun iPERKESO?']/@href") == ["/register"]


@pytest.mark.parametrize("write", [str, lambda number: number.replace("-", ""), lambda number: f" {number} "])
def test_the_number_may_be_written_with_or_without_hyphens(visitor: Visitor, write: Callable[[str], str]) -> None:
    """All spellings lead to the same phrase."""
    visitor.have_an_account()

    page = visitor.send("/sign-in", identity_number=write(visitor.identity_number))

    assert page.name == "sign_in_password"
    assert page.testid("ungkapan-rahsia") == "payung biru 21"


@pytest.mark.parametrize(
    ("typed", "message"), [("", "wajib diisi"), ("12345", "12 digit"), ("850312145011", "sebenar")]
)
def test_what_is_no_number_is_refused_beside_the_field(visitor: Visitor, typed: str, message: str) -> None:
    """422, and the number is still there."""
    page = visitor.send("/sign-in", identity_number=typed)

    assert page.status == 422
    assert message in page.error("identity_number")
    assert page.value("identity_number") == typed


def test_an_unfinished_account_is_named_only_where_it_was_begun(
    visitor: Visitor, somebody: Callable[[], Visitor]
) -> None:
    """E-LOG-03 in the browser that registered; to anybody else the number is like any other."""
    visitor.register()
    visitor.confirm_mobile()
    number = {"identity_number": visitor.identity_number}

    assert "Akaun belum diaktifkan" in visitor.send("/sign-in", **number).error("identity_number")
    assert somebody().send("/sign-in", **number).name == "sign_in_password"


def test_not_my_phrase_warns(visitor: Visitor) -> None:
    """**Bukan ungkapan rahsia saya?** leads back with W-PHR."""
    page = visitor.open("/sign-in?bukan=saya")

    assert page.name == "sign_in"
    assert "jangan masukkan kata laluan" in page.words


def test_the_cookie_holds_no_identity_number(visitor: Visitor) -> None:
    """Signed is not secret: what travels is a random id or a keyed hash."""
    visitor.have_an_account()
    visitor.send("/sign-in", identity_number=visitor.identity_number)
    with visitor.client.session_transaction() as cookie:
        told = str(dict(cookie))

    assert visitor.identity_number.replace("-", "") not in told
