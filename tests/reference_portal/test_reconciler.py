"""The worker that asks when FPX is silent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reference_portal.errors import GatewayDown
from reference_portal.gateways.fpx import Confirmation, Payment
from reference_portal.rules.order import OrderState
from tests.reference_portal.fakes import FakeFpx, HeldClock, confirmation
from tests.reference_portal.visitor import Visitor


@pytest.fixture(name="buyer")
def _buyer(visitor: Visitor) -> Visitor:
    """Somebody whose browser went to the bank and never came back."""
    visitor.have_an_order()
    visitor.send("/pay-by-fpx", bank="UJIAN001")
    return visitor


def state(buyer: Visitor) -> OrderState:
    """Of the newest order."""
    return buyer.orders()[0].state


def test_at_the_start_every_order_on_its_way_is_asked_about(buyer: Visitor, fpx: FakeFpx) -> None:
    """Also one sent a moment ago: its AC may have come while the portal was down."""
    fpx.answers = ["00"]

    assert buyer.portal.reconciler.run_once(everything=True)
    assert state(buyer) is OrderState.PAID


def test_later_only_orders_that_are_due_are_asked_about(buyer: Visitor, fpx: FakeFpx, held_clock: HeldClock) -> None:
    """Not before a minute by the portal's clock, then after as long again as the order has taken."""
    fpx.answers = ["09"]
    for seconds, asked in ((59, 0), (1, 1), (59, 1), (1, 2), (119, 2), (1, 3), (239, 3), (1, 4)):
        held_clock.advance(seconds=seconds)
        buyer.portal.reconciler.run_once()
        assert len(fpx.asked) == asked
    assert state(buyer) is OrderState.PENDING


def test_an_old_order_is_asked_about_every_hour(buyer: Visitor, fpx: FakeFpx, held_clock: HeldClock) -> None:
    """And no more often, though the worker looks every minute."""
    fpx.answers = ["09"]
    held_clock.advance(days=2)
    buyer.portal.reconciler.run_once()
    for _ in range(3 * 60):
        held_clock.advance(minutes=1)
        buyer.portal.reconciler.run_once()

    assert len(fpx.asked) == 1 + 3


def test_an_order_handed_over_anew_is_young_again(buyer: Visitor, fpx: FakeFpx, held_clock: HeldClock) -> None:
    """Its AR was signed anew after half an hour: FPX is asked after a minute, not after half an hour."""
    held_clock.advance(minutes=31)
    buyer.sign_in()
    buyer.send("/choose-mode", mode="self_employed")
    assert buyer.send("/pay-by-fpx", bank="UJIAN001").find("//form[@data-self-post]")
    before = len(fpx.asked)
    held_clock.advance(seconds=60)
    buyer.portal.reconciler.run_once()

    assert len(fpx.asked) == before + 1


def test_what_fpx_has_never_seen_times_out(buyer: Visitor, fpx: FakeFpx, held_clock: HeldClock) -> None:
    """76 for an hour; a success told afterwards is believed all the same."""
    held_clock.advance(minutes=59)
    buyer.portal.reconciler.run_once()
    assert state(buyer) is OrderState.SENT
    held_clock.advance(minutes=1)
    buyer.portal.reconciler.run_once()
    assert state(buyer) is OrderState.TIMED_OUT
    buyer.sign_in()
    assert buyer.open(f"/receipt/{buyer.order_number()}").testid("payment-status") == "TAMAT MASA"

    form = confirmation(buyer.order_number(), 157_20, "00", held_clock.now())
    assert buyer.app.test_client().post("/fpx/direct", data=form).data == b"OK"
    assert state(buyer) is OrderState.PAID


def test_what_is_pending_is_never_given_up(buyer: Visitor, fpx: FakeFpx, held_clock: HeldClock) -> None:
    """The bank may still debit: a guess of ours could make the buyer pay twice."""
    fpx.answers = ["09"]
    held_clock.advance(days=3)
    buyer.portal.reconciler.run_once()
    held_clock.advance(days=3)
    buyer.portal.reconciler.run_once()

    assert state(buyer) is OrderState.PENDING


def test_an_order_that_never_left_times_out(visitor: Visitor, held_clock: HeldClock, fpx: FakeFpx) -> None:
    """An hour after it was placed; FPX is not asked about what it cannot know, and another order may be placed."""
    visitor.have_an_order()
    held_clock.advance(minutes=60)
    visitor.portal.reconciler.run_once()

    assert state(visitor) is OrderState.TIMED_OUT
    assert fpx.asked == []
    visitor.sign_in()
    visitor.send("/choose-mode", mode="self_employed")
    assert visitor.apply().name == "pay_by_fpx"
    assert len(visitor.orders()) == 2


def test_while_fpx_is_down_everything_stays_as_it_was(buyer: Visitor, fpx: FakeFpx, held_clock: HeldClock) -> None:
    """The round says that it failed, and the journal why."""
    fpx.down = True
    held_clock.advance(days=1)

    assert not buyer.portal.reconciler.run_once()
    assert state(buyer) is OrderState.SENT
    assert "ae.failed" in {entry["kind"] for entry in buyer.portal.journal(limit=1000)}


def test_the_worker_asks_by_itself_and_stops(
    buyer: Visitor, fpx: FakeFpx, until: Callable[[Callable[[], bool], str], object]
) -> None:
    """On its own thread, at once."""
    fpx.answers = ["00"]
    worker = buyer.portal.reconciler
    worker.start()
    until(lambda: state(buyer) is OrderState.PAID, "the reconciler has asked")
    worker.stop()


def test_a_clock_set_back_or_far_ahead_breaks_nothing(buyer: Visitor, fpx: FakeFpx, held_clock: HeldClock) -> None:
    """Orders of the future are asked about too."""
    held_clock.advance(days=-400)
    assert buyer.portal.reconciler.run_once()
    held_clock.advance(days=4000)
    assert buyer.portal.reconciler.run_once()

    assert state(buyer) is OrderState.TIMED_OUT


def test_at_the_start_orders_of_the_future_are_asked_about_too(
    buyer: Visitor, fpx: FakeFpx, held_clock: HeldClock
) -> None:
    """A restart on an earlier clock leaves placed_at and sent_at ahead of it; an AC may have been lost all the same."""
    held_clock.advance(days=-400)
    fpx.answers = ["00"]

    assert buyer.portal.reconciler.run_once(everything=True)
    assert state(buyer) is OrderState.PAID


def test_after_the_clock_was_set_back_they_are_asked_about_as_it_goes(
    buyer: Visitor, fpx: FakeFpx, held_clock: HeldClock
) -> None:
    """At once, then once a minute of the clock as it stands."""
    held_clock.advance(days=-400)
    fpx.answers = ["09"]
    for seconds, asked in ((0, 1), (59, 1), (1, 2)):
        held_clock.advance(seconds=seconds)
        buyer.portal.reconciler.run_once()
        assert len(fpx.asked) == asked


def test_an_order_of_the_future_that_never_left_is_not_too_old(visitor: Visitor, held_clock: HeldClock) -> None:
    """Its hour has not begun."""
    visitor.have_an_order()
    held_clock.advance(days=-400)
    visitor.portal.reconciler.run_once(everything=True)

    assert state(visitor) is OrderState.PLACED


def test_at_the_start_no_order_is_left_out(
    somebody: Callable[[], Visitor], fpx: FakeFpx, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many: the share of a round does not count at the start."""
    monkeypatch.setattr("reference_portal.reconciler.MOST", 1)
    buyers = [somebody().be_signed_in() for _ in range(3)]
    for each in buyers:
        each.apply()
        each.send("/pay-by-fpx", bank="UJIAN001")
    fpx.answers = ["00"]

    assert buyers[0].portal.reconciler.run_once(everything=True)
    assert {state(each) for each in buyers} == {OrderState.PAID}


def test_every_order_has_its_turn(
    somebody: Callable[[], Visitor], fpx: FakeFpx, held_clock: HeldClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one not asked about for longest comes first, so that old ones do not keep young ones waiting for ever."""
    monkeypatch.setattr("reference_portal.reconciler.MOST", 1)
    buyers = [somebody().be_signed_in() for _ in range(2)]
    for each in buyers:
        each.apply()
        each.send("/pay-by-fpx", bank="UJIAN001")
        held_clock.advance(seconds=1)
    fpx.answers = ["09"]
    for _ in range(2):
        held_clock.advance(seconds=60)
        assert buyers[0].portal.reconciler.run_once()

    assert fpx.asked == [each.order_number() for each in buyers]


def test_one_answer_that_cannot_be_believed_does_not_stop_the_round(
    somebody: Callable[[], Visitor], fpx: FakeFpx, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is journalled, and the next order is asked about."""
    buyers = [somebody().be_signed_in() for _ in range(2)]
    for each in buyers:
        each.apply()
        each.send("/pay-by-fpx", bank="UJIAN001")
    honest = fpx.read_confirmation

    def half_honest(form: dict[str, str]) -> object:
        return honest(form | {"fpx_checkSum": "x"} if form["fpx_sellerOrderNo"] == buyers[0].order_number() else form)

    monkeypatch.setattr(fpx, "read_confirmation", half_honest)
    fpx.answers = ["00"]

    assert buyers[0].portal.reconciler.run_once(everything=True)
    assert [state(each) for each in buyers] == [OrderState.SENT, OrderState.PAID]
    assert "ae.forged" in {entry["kind"] for entry in buyers[0].portal.journal(limit=1000)}


@pytest.fixture(name="three")
def _three(somebody: Callable[[], Visitor]) -> list[Visitor]:
    """Three whose orders are on their way."""
    buyers = [somebody().be_signed_in() for _ in range(3)]
    for each in buyers:
        each.apply()
        each.send("/pay-by-fpx", bank="UJIAN001")
    return buyers


def test_an_order_fpx_will_not_speak_about_keeps_no_other_waiting(
    three: list[Visitor], fpx: FakeFpx, monkeypatch: pytest.MonkeyPatch, held_clock: HeldClock
) -> None:
    """`ERROR` for the first: the others are asked about in the same round, and it has its turn again later."""
    poison, asked, answer = three[0].order_number(), [], fpx.enquire

    def enquire(payment: Payment) -> Confirmation:
        asked.append(payment.order_number)
        if payment.order_number == poison:
            raise GatewayDown("FPX", "ERROR")
        return answer(payment)

    monkeypatch.setattr(fpx, "enquire", enquire)
    fpx.answers = ["00"]
    held_clock.advance(seconds=60)

    assert three[0].portal.reconciler.run_once()
    assert [state(each) for each in three] == [OrderState.SENT, OrderState.PAID, OrderState.PAID]
    held_clock.advance(seconds=60)
    three[0].portal.reconciler.run_once()
    assert asked.count(poison) == 2


def test_when_fpx_is_down_a_round_ends_soon(
    three: list[Visitor], fpx: FakeFpx, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each question may wait ten seconds for nothing: two in a row are enough here."""
    monkeypatch.setattr("reference_portal.reconciler.ENOUGH", 2)
    fpx.down = True

    assert not three[0].portal.reconciler.run_once(everything=True)
    failed = [entry for entry in three[0].portal.journal(limit=1000) if entry["kind"] == "ae.failed"]
    assert len(failed) == 2


def test_while_fpx_is_down_it_is_asked_ever_more_seldom(
    buyer: Visitor, fpx: FakeFpx, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By looks and not by the portal's clock, which stands still here; once FPX is back, everything is asked about."""
    rounds: list[bool] = []
    worker = buyer.portal.reconciler
    once = worker.run_once

    def counted(*, everything: bool = False) -> bool:
        rounds.append(everything)
        return once(everything=everything)

    monkeypatch.setattr(worker, "run_once", counted)
    fpx.down = True
    tried_at = []
    for look in range(16):
        before = len(rounds)
        worker.look()
        tried_at += [look] if len(rounds) > before else []
    assert tried_at == [0, 2, 6, 14]

    fpx.down, fpx.answers = False, ["00"]
    for _ in range(16):
        worker.look()
    assert rounds == [True] * 5
    assert state(buyer) is OrderState.PAID
