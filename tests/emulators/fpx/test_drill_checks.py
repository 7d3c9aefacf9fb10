"""The drill's checks, each over facts made by hand: what passes, what is wrong, what is only under way."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from emulators.fpx.drill.facts import BankList, Enquiry, Facts, Moment, Outcome, Payment, Refusal, Sent
from emulators.fpx.drill.report import stand
from emulators.fpx.drill.scenarios import CHECKS
from emulators.fpx.drill.seeing import State, passed, seen_again, under_way
from emulators.fpx.transaction import Event, Transaction
from emulators.fpx.transaction import State as Standing

AT = "2019-05-15T09:00:00+08:00"
ORDER = {"fpx_sellerExOrderNo": "X1", "fpx_sellerTxnTime": "20190515090000", "fpx_sellerOrderNo": "S1"}
ORDER |= {"fpx_sellerId": "SE1", "fpx_txnCurrency": "MYR", "fpx_txnAmount": "10.00", "fpx_msgToken": "01"}
_OPENED = count(1000, 1000)


def ac(code: str, **changes: str) -> dict[str, str]:
    """A direct AC, as far as the checks look at it."""
    return {"fpx_debitAuthCode": code, "fpx_txnAmount": "10.00"} | changes


def outcome(code: str, event: Event = Event.APPROVE) -> Outcome:
    """What the bank decided."""
    return Outcome(0, AT, event, code, ac(code))


def sent(code: str, answer: str = "OK", fault: str = "", *, genuine: bool = True, current: bool = True) -> Sent:
    """An attempt at a direct AC; a blank answer is none."""
    status = 0 if not answer else 200
    return Sent(0, AT, 1, ac(code), status, answer or "ConnectError", answer == "OK", fault, genuine, current)


def asked(code: str, **changes: str) -> Enquiry:
    """An AE and the code of its reply."""
    return Enquiry(0, AT, ORDER | changes, code)


def payment(
    *story: object, token: str = "01", state: Standing = Standing.APPROVED, asks: str = "", order: str = ""
) -> Payment:
    """A payment; the order of its story is the order of the journal."""
    opened = next(_OPENED)
    moments = [replace(moment, entry=opened + n) for n, moment in enumerate(story, 1)]  # type: ignore[type-var]

    def of(kind: type) -> tuple:
        return tuple(moment for moment in moments if type(moment) is kind)

    txn = Transaction(
        fpx_txn_id=f"{opened:016}",
        fpx_txn_time="",
        session=str(opened),
        state=state,
        received_at=AT,
        expires_at=0,
        seller_ex_id="EX1",
        seller_ex_order_no="X1",
        seller_id="SE1",
        seller_order_no=order or f"S{opened}",
        seller_txn_time="",
        msg_token=token,
        amount_sen=1000,
        txn_currency="MYR",
        buyer_bank_id="UJIAN001",
        buyer_email="",
        buyer_id="",
        buyer_iban="",
        product_desc="",
        version="7.0",
        asked=asks,
    )
    return Payment(opened, AT, txn, ORDER, of(Outcome), of(Sent), of(Enquiry), of(Moment))


def back() -> Moment:
    """The indirect AC was given to the browser."""
    return Moment(0, AT)


PENDING = outcome("09", Event.LEAVE_PENDING)
SUBMITTED = outcome("99", Event.SUBMIT)
NO = "NOT OK"
CASES = [
    ("approved", [outcome("00"), sent("00")], {}, "passed"),
    ("approved", [outcome("00"), sent("00", NO)], {}, "seen wrong"),
    ("approved", [outcome("00"), sent("00", "")], {}, "seen wrong"),
    ("approved", [outcome("00"), sent("00", NO), sent("00")], {}, "passed"),
    ("approved", [outcome("00")], {}, "under way"),
    ("approved", [outcome("00"), sent("00", "", "direct-lost")], {}, "under way"),
    ("approved", [outcome("00"), sent("00", "OK", "direct-forged", genuine=False)], {}, "under way"),
    ("approved", [], {}, "not seen"),
    ("approved", [outcome("00"), sent("00")], {"token": "02"}, "not seen"),
    ("declined", [outcome("57"), sent("57")], {}, "passed"),
    ("declined", [outcome("51"), sent("51")], {}, "not seen"),
    ("insufficient-funds", [outcome("51"), sent("51")], {}, "passed"),
    ("cancelled-at-sign-in", [outcome("1C"), sent("1C")], {}, "passed"),
    ("cancelled-at-confirmation", [outcome("1L"), sent("1L")], {}, "passed"),
    ("timed-out", [outcome("1M"), sent("1M", NO)], {}, "seen wrong"),
    ("sign-in-failed", [outcome("1B"), sent("1B")], {}, "passed"),
    ("pending-then-paid", [PENDING, sent("09"), asked("09"), asked("00")], {}, "passed"),
    ("pending-then-paid", [PENDING, sent("09"), asked("09")], {}, "under way"),
    ("pending-then-paid", [PENDING, sent("09", NO), asked("00")], {}, "seen wrong"),
    ("pending-then-paid", [PENDING, sent("09"), asked("51")], {}, "not seen"),
    ("pending-then-failed", [PENDING, sent("09"), asked("51")], {}, "passed"),
    ("direct-lost", [outcome("00"), asked("00")], {"asks": "debited-callback-lost"}, "passed"),
    ("direct-lost", [outcome("00")], {"asks": "debited-callback-lost"}, "under way"),
    ("direct-lost", [outcome("00"), sent("00", "", "direct-lost"), asked("00")], {}, "passed"),
    ("direct-lost", [outcome("00"), sent("00", "", "direct-lost"), sent("00"), asked("00")], {}, "not seen"),
    ("direct-lost", [outcome("00"), sent("00"), asked("00")], {}, "not seen"),
    ("indirect-lost", [outcome("00"), sent("00")], {"asks": "browser-never-returns"}, "passed"),
    ("indirect-lost", [outcome("00"), sent("00", NO)], {"asks": "browser-never-returns"}, "under way"),
    ("indirect-lost", [outcome("00"), sent("00"), back()], {}, "not seen"),
    ("duplicate-direct", [outcome("00"), sent("00"), sent("00")], {}, "passed"),
    ("duplicate-direct", [outcome("00"), sent("00"), sent("00", NO)], {}, "seen wrong"),
    ("duplicate-direct", [outcome("00"), sent("00", NO), sent("00")], {}, "not seen"),
    ("direct-after-indirect", [outcome("00"), back(), sent("00", fault="direct-after-indirect")], {}, "passed"),
    ("direct-after-indirect", [outcome("00"), sent("00", fault="direct-after-indirect"), back()], {}, "not seen"),
    ("forged", [outcome("51"), sent("00", NO, "direct-forged", genuine=False)], {}, "passed"),
    ("forged", [outcome("51"), sent("00", "OK", "direct-forged", genuine=False)], {}, "seen wrong"),
    ("forged", [outcome("51"), sent("00", "OK", "direct-forged", genuine=False), sent("51")], {}, "seen wrong"),
    ("forged", [outcome("51"), sent("51")], {}, "not seen"),
    ("bad-signature", [outcome("00"), sent("00", NO, "direct-bad-signature", genuine=False)], {}, "passed"),
    ("altered-amount", [outcome("00"), sent("00", "OK", "direct-altered-amount", genuine=False)], {}, "seen wrong"),
    ("wrong-amount", [outcome("00"), sent("00", NO, "direct-wrong-amount", genuine=False)], {}, "passed"),
    ("retired-certificate", [outcome("00"), sent("00", NO, "direct-retired-certificate", genuine=False)], {}, "passed"),
    ("retried-until-ok", [outcome("00"), sent("00", NO), sent("00")], {}, "passed"),
    ("retried-until-ok", [outcome("00"), sent("00", NO)], {}, "under way"),
    ("retried-until-ok", [outcome("00"), sent("00")], {}, "not seen"),
    ("rollover", [outcome("00"), sent("00", current=False), sent("00")], {}, "passed"),
    ("rollover", [outcome("00"), sent("00", current=False), sent("00", NO)], {}, "seen wrong"),
    ("rollover", [outcome("00"), sent("00", current=False)], {}, "under way"),
    ("rollover", [outcome("00"), sent("00")], {}, "not seen"),
    ("same-order-data", [asked("00")], {}, "passed"),
    ("same-order-data", [asked("00", fpx_txnAmount="10")], {}, "seen wrong"),
    ("asked-at-the-bank", [asked("09"), outcome("00")], {}, "passed"),
    ("asked-at-the-bank", [PENDING, asked("09")], {}, "not seen"),
    ("b2b1-approved", [SUBMITTED, sent("99"), outcome("00"), sent("00")], {"token": "02"}, "passed"),
    ("b2b1-approved", [SUBMITTED, sent("99"), outcome("00"), sent("00", NO)], {"token": "02"}, "seen wrong"),
    ("b2b1-approved", [SUBMITTED, sent("99")], {"token": "02"}, "under way"),
    ("b2b1-rejected", [SUBMITTED, sent("99"), outcome("80"), sent("80")], {"token": "02"}, "passed"),
    ("b2b1-rejected", [SUBMITTED, sent("99"), outcome("00"), sent("00")], {"token": "02"}, "not seen"),
]


def standing(facts: Facts) -> dict[str, str]:
    """Every scenario's state."""
    return {line.scenario.id: str(line.state) for line in stand(facts, {})}


@pytest.mark.parametrize(("name", "story", "about", "state"), CASES)
def test_a_payment_is_judged(name, story, about, state):
    """One payment's story, one scenario, one verdict."""
    assert standing(Facts(payments=(payment(*story, **about),)))[name] == state


def test_every_scenario_is_judged_by_a_test():
    """Those about one payment above, those about several messages below."""
    others = {"bank-list-each-time", "bank-offline", "three-good-requests", "paid-once", "unknown-order"}

    assert {name for name, *_ in CASES} | others == set(CHECKS)


def listed(entry: int, *blocked: str, model: str = "01") -> BankList:
    """A BE."""
    return BankList(entry, AT, model, blocked)


def refused(entry: int, check: str, bank: str = "UJIAN001") -> Refusal:
    """An AR that was refused."""
    return Refusal(entry, AT, "AR", check, "", "why", bank)


def test_a_bank_list_serves_one_payment_of_its_model():
    """Each AR uses up one BE before it."""
    one, two = payment(), payment()
    once, twice = listed(one.entry - 2), listed(one.entry - 1)

    assert standing(Facts(payments=(one, two), lists=(once, twice)))["bank-list-each-time"] == "passed"
    assert standing(Facts(payments=(one, two), lists=(once,)))["bank-list-each-time"] == "seen wrong"
    assert standing(Facts(payments=(one,), lists=(listed(1, model="02"),)))["bank-list-each-time"] == "seen wrong"


def test_an_ar_for_a_bank_that_is_offline_was_offered():
    """A refusal with BB is the proof; a payment elsewhere after a list with a blocked bank passes."""
    after = payment()
    offline = listed(1, "UJIAN003")

    assert standing(Facts(lists=(offline,), requests=(after,)))["bank-offline"] == "passed"
    assert standing(Facts(lists=(listed(1),), requests=(after,)))["bank-offline"] == "not seen"
    late = refused(after.entry + 1, "bank-status", "UJIAN003")
    assert standing(Facts(lists=(offline,), requests=(after, late)))["bank-offline"] == "seen wrong"


def test_three_good_requests_are_three_in_a_row():
    """A refused checksum begins the count anew; a refusal of the amount's limit does not."""
    ars = tuple(payment() for _ in range(3))
    broken = (*ars[:2], refused(ars[1].entry + 1, "checksum"), ars[2])
    limit = (*ars[:2], refused(ars[1].entry + 1, "maximum"), ars[2])

    assert standing(Facts(requests=ars[:2]))["three-good-requests"] == "under way"
    assert standing(Facts(requests=ars))["three-good-requests"] == "passed"
    assert standing(Facts(requests=limit))["three-good-requests"] == "passed"
    assert standing(Facts(requests=broken))["three-good-requests"] == "seen wrong"


def test_an_order_paid_twice_is_wrong():
    """Two approved payments of one sellerOrderNo; a failed one before is none."""
    paid = payment(order="S7")
    failed = payment(order="S8", state=Standing.DECLINED)

    assert standing(Facts(payments=(failed, payment(order="S8"))))["paid-once"] == "passed"
    assert standing(Facts(payments=(paid, payment(order="S7"))))["paid-once"] == "seen wrong"


def test_an_enquiry_about_an_unknown_order_is_seen():
    """It belongs to no payment."""
    assert standing(Facts(strangers=(asked("76"),)))["unknown-order"] == "passed"


def test_the_last_decided_attempt_counts_and_outlives_what_is_looked_at():
    """What was kept stands until a later attempt is decided; one under way does not wipe it out."""
    kept = {"approved": seen_again(passed(Moment(5, AT), "1", "seen", "dilihat").kept())}
    undecided = Facts(payments=(payment(outcome("00")),))
    mistaken = Facts(payments=(payment(outcome("00"), sent("00", NO)),))

    def approved(facts: Facts) -> State:
        return next(line.state for line in stand(facts, kept) if line.scenario.id == "approved")

    assert approved(Facts()) is State.PASSED
    assert approved(undecided) is State.PASSED
    assert approved(mistaken) is State.WRONG
    kept["approved"] = under_way(Moment(5, AT), "1", "begun", "bermula")
    assert approved(Facts()) is State.UNDER_WAY
