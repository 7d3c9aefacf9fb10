"""L01: the first page leads to the log-in page and says what a contribution costs."""

from __future__ import annotations

from tests.reference_portal.visitor import Visitor


def test_log_masuk_leads_to_the_log_in_page(visitor: Visitor) -> None:
    """The guide's button is a link to /sign-in."""
    page = visitor.open("/")

    assert page.find("//main//a[normalize-space()='Log masuk']/@href") == ["/sign-in"]
    assert visitor.open("/sign-in").name == "sign_in"


def test_it_shows_what_each_plan_costs(visitor: Visitor) -> None:
    """Four plans, monthly and yearly, as the schedule has them."""
    words = visitor.open("/").words

    for amount in ("RM13.10", "RM157.20", "RM19.40", "RM232.80", "RM36.90", "RM442.80", "RM49.40", "RM592.80"):
        assert amount in words


def test_it_is_marked_sandbox_and_tells_whom_to_ask(visitor: Visitor) -> None:
    """Title and face say SANDBOX; the contact stands on the page (C-5)."""
    page = visitor.open("/")

    assert page.find("//title/text()")[0].startswith("[SANDBOX]")
    assert "BUKAN PORTAL RASMI" in page.words
    assert "bantuan@iperkeso.sandbox.invalid" in page.words
