"""A difference between the books of two rooms cannot stay hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from flask import Flask, Response, jsonify

from emulators.foundation.serving import Server
from loadtests.books import Auditor, Books, Entry, wait_until
from loadtests.errors import LoadRefused

PAID = Entry(3, 4716)
EQUAL = Books(PAID, PAID, PAID)


def test_equal_books_agree() -> None:
    """Equal in number and in sum, and every receipt a contributor holds is known."""
    assert EQUAL.disagreement(acknowledged=3) is None


def test_a_contributor_stopped_before_the_receipt_is_no_disagreement() -> None:
    """The run's end may stop somebody between the bank and the download."""
    assert EQUAL.disagreement(acknowledged=2) is None


@pytest.mark.parametrize("book", ["debits", "paid_orders", "receipts"])
@pytest.mark.parametrize("planted", [Entry(4, 4716), Entry(2, 4716), Entry(3, 4717), Entry(3, 4715), Entry(4, 6288)])
def test_each_planted_difference_is_found(book: str, planted: Entry) -> None:
    """One too many, one too few, one sen more, one sen less, in whichever book."""
    wrong = replace(EQUAL, **{book: planted}).disagreement(acknowledged=3)

    assert wrong is not None
    assert str(planted) in wrong


def test_a_receipt_the_books_do_not_know_is_found() -> None:
    """The contributors' own word counts too: acknowledged payments are in the books."""
    assert "hold 4 receipts" in str(EQUAL.disagreement(acknowledged=4))


def test_what_stood_in_the_books_before_is_not_counted() -> None:
    """A run is judged by what it wrote itself."""
    before = Books(Entry(10, 100), Entry(7, 70), Entry(7, 70))
    after = Books(Entry(11, 110), Entry(8, 80), Entry(8, 80))

    assert after.since(before) == Books(Entry(1, 10), Entry(1, 10), Entry(1, 10))


def test_an_entry_is_written_in_ringgit() -> None:
    """A reader sees money, not sen."""
    assert str(Entry(120, 1_886_405)) == "120 (RM 18,864.05)"


def test_the_wait_ends_when_the_callbacks_have_arrived_and_at_the_limit_when_they_have_not() -> None:
    """A late callback is waited for; a lost one is not waited for for ever."""
    late = replace(EQUAL, receipts=Entry(2, 3144))
    looks = iter([late, late, EQUAL])

    def agree(books: Books) -> bool:
        return books.disagreement(3) is None

    assert wait_until(lambda: next(looks), agree, limit_seconds=5) == EQUAL
    assert wait_until(lambda: late, agree, limit_seconds=0) == late


@pytest.fixture
def doors() -> Iterator[tuple[dict[str, Any], str]]:
    """A control door whose totals the test writes, and its address."""
    totals: dict[str, Any] = {}
    app = Flask(__name__)

    @app.get("/_control/totals")
    def tell() -> Response:
        return jsonify(totals)

    server = Server("127.0.0.1", 0)
    server.serve(app)
    yield totals, server.url
    server.stop()


def test_the_books_are_read_from_both_rooms_doors(doors: tuple[dict[str, Any], str]) -> None:
    """Debits are FPX's word, orders and receipts the portal's."""
    totals, url = doors
    totals.update({name: {"count": 3, "sen": 4716} for name in ("debits", "paid_orders", "receipts")})

    with httpx.Client(trust_env=False) as client:
        assert Auditor(client, url, url).look() == EQUAL


def test_a_door_without_totals_is_named(doors: tuple[dict[str, Any], str]) -> None:
    """A room that cannot be audited stops the run with a sentence, not with a stack of lines."""
    totals, url = doors
    totals["debits"] = {"count": 3, "sen": 4716}

    with httpx.Client(trust_env=False) as client:
        with pytest.raises(LoadRefused, match="paid_orders"):
            Auditor(client, url, url).look()
        with pytest.raises(LoadRefused, match="does not tell its totals"):
            Auditor(client, f"{url}/elsewhere", url).look()
