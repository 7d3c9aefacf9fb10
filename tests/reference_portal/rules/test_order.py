"""An order's life, move by move."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from reference_portal.errors import IllegalMove
from reference_portal.messages import CATALOGUE
from reference_portal.rules import order
from reference_portal.rules.order import MOVES, OPEN, RETRYABLE, Event, OrderState, event_of, message_of, move

S, E = OrderState, Event


@pytest.mark.parametrize(
    ("states", "event", "after"),
    [
        ([S.PLACED, S.SENT], E.SEND, S.SENT),
        (list(S), E.APPROVE, S.PAID),
        ([S.PLACED, S.SENT, S.PENDING, S.TIMED_OUT], E.PEND, S.PENDING),
        ([S.PLACED, S.SENT, S.PENDING, S.TIMED_OUT, S.FAILED], E.DECLINE, S.FAILED),
        ([S.PLACED, S.SENT, S.PENDING, S.TIMED_OUT, S.CANCELLED], E.CANCEL, S.CANCELLED),
        ([S.PLACED, S.SENT, S.PENDING, S.TIMED_OUT], E.EXPIRE, S.TIMED_OUT),
    ],
)
def test_an_event_leads_where_the_payment_really_is(states: list[OrderState], event: Event, after: OrderState) -> None:
    """Money taken is PAID from anywhere, and FPX's word replaces our own guess that it timed out."""
    assert {move(state, event) for state in states} == {after}


@pytest.mark.parametrize("event", [event for event in Event if event is not Event.SEND])
def test_nothing_undoes_a_payment(event: Event) -> None:
    """A failure, a cancellation or another approval after PAID changes nothing."""
    assert move(S.PAID, event) is S.PAID


@pytest.mark.parametrize(("state", "event"), list(product([S.FAILED, S.CANCELLED], [E.PEND, E.EXPIRE, E.NOT_FOUND])))
def test_what_fpx_ended_stays_ended_but_for_an_approval(state: OrderState, event: Event) -> None:
    """A late or doubled message of an older state does not open the order again."""
    assert move(state, event) is state


@pytest.mark.parametrize("state", OrderState)
def test_not_found_changes_nothing(state: OrderState) -> None:
    """FPX has not seen the order yet: the buyer may still be on the way."""
    assert move(state, Event.NOT_FOUND) is state


@pytest.mark.parametrize("state", [S.PENDING, S.PAID, S.FAILED, S.CANCELLED, S.TIMED_OUT])
def test_an_order_fpx_has_seen_the_end_of_is_not_sent_again(state: OrderState) -> None:
    """A second payment of it is an illegal move, named with the state."""
    with pytest.raises(IllegalMove, match=f"SEND is not allowed for an order in {state}"):
        move(state, Event.SEND)


def test_the_table_has_a_row_for_every_pair_but_those() -> None:
    """Nothing FPX can say meets a state that does not know what to do."""
    missing = set(product(OrderState, Event)) - set(MOVES)

    assert missing == {(state, E.SEND) for state in (S.PENDING, S.PAID, S.FAILED, S.CANCELLED, S.TIMED_OUT)}


def test_open_retryable_and_paid_are_all_there_is() -> None:
    """An order waits for its end, may be tried again, or is paid."""
    assert OPEN | RETRYABLE | {S.PAID} == set(OrderState)
    assert not OPEN & RETRYABLE


@pytest.mark.parametrize(
    ("codes", "event", "message"),
    [
        ("00", E.APPROVE, "I-PAY-S"),
        ("09 99", E.PEND, "I-PAY-P"),
        ("76", E.NOT_FOUND, "E-PAY-07"),
        ("1C 1F 1I 1L BC 80", E.CANCEL, "E-PAY-03"),
        ("1A 1D 1G 1J 1M OF", E.EXPIRE, "E-PAY-04"),
        ("51", E.DECLINE, "E-PAY-02"),
        ("31 79 90 92 BB OE", E.DECLINE, "E-PAY-05"),
        ("48 49", E.DECLINE, "E-PAY-06"),
        ("87 88 89", E.DECLINE, "E-PAY-08"),
        ("1B 1H", E.DECLINE, "E-PAY-13"),
        ("14 53 57 1E 1K", E.DECLINE, "E-PAY-14"),
        ("03 05 12 13 20 30 39 45 46 47 50 58 70 77 78 83 84", E.DECLINE, "E-PAY-15"),
        ("2A 2X SB XA XB XC XE XF XI XM XN XO XS XT XW", E.DECLINE, "E-PAY-15"),
        ("85 96 98 FE", E.DECLINE, "E-PAY-01"),
    ],
)
def test_every_fpx_code_has_its_event_and_its_sentence(codes: str, event: Event, message: str) -> None:
    """The published table of debit codes, in the buyer's words."""
    for code in codes.split():
        assert (code, event_of(code), message_of(code)) == (code, event, message)
    assert message in CATALOGUE


@pytest.mark.parametrize("code", ["", "0", "000", "ZZ", "oo", " 00"])
def test_a_code_nobody_listed_is_a_failure(code: str) -> None:
    """Nothing but 00 to the letter is money taken."""
    assert (event_of(code), message_of(code)) == (E.DECLINE, "E-PAY-01")


def test_the_readme_shows_the_table() -> None:
    """The diagram analysts read is the table the portal runs on."""
    shown = (Path(order.__file__).parent / "README.md").read_text().splitlines()
    rows = [[str(state), *(str(MOVES.get((state, event), "-")) for event in Event)] for state in OrderState]

    for cells in (["state", *Event], *rows):
        assert f"| {' | '.join(cells)} |" in shown
