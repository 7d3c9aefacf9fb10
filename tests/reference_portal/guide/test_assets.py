"""Style sheet and scripts: kept by the browser as long as they stay what they are."""

from __future__ import annotations

import pytest

from tests.reference_portal.visitor import Visitor


def test_each_page_names_the_content_of_what_it_loads(visitor: Visitor) -> None:
    """Each address of style and scripts may be kept for a year, because another content is another address."""
    page = visitor.open("/")
    addresses = page.find("//link/@href | //script/@src")

    assert len(addresses) > 5
    for address in addresses:
        with visitor.client.get(address) as answer:
            assert answer.status_code == 200, address
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable", address


@pytest.mark.parametrize("query", ["", "?v=000000000000"])
def test_an_address_of_other_content_is_asked_for_again(visitor: Visitor, query: str) -> None:
    """What a page of an older version names must not be mistaken for today's for a year."""
    with visitor.client.get(f"/static/portal.css{query}") as answer:
        assert answer.status_code == 200
        assert "immutable" not in answer.headers["Cache-Control"]


def test_what_is_not_there_is_not_kept(visitor: Visitor) -> None:
    """Whatever it calls its content."""
    assert visitor.client.get("/static/none.js?v=1").status_code == 404
    assert visitor.client.get("/static/../settings.py?v=1").status_code == 404
