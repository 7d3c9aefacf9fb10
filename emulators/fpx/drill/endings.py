"""Scenarios of how payments end: each ending is told by a direct AC, and the merchant's OK is the evidence; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from emulators.fpx.banks import B2B1, B2C
from emulators.fpx.drill.facts import Facts, Outcome, Payment
from emulators.fpx.drill.seeing import Seen, State, answer_of, passed, under_way, wrong

Check = Callable[[Facts], Iterator[Seen]]

TIMED_OUT = frozenset({"1A", "1D", "1G", "1J", "1M", "OF"})
CANCELLED = frozenset({"1C", "1F", "1I", "1L", "BC", "80"})
WAITING = frozenset({"09", "99"})


def ends_with(*codes: str) -> Check:
    """A payment ends with one of these codes, and its direct AC is acknowledged."""

    def check(facts: Facts) -> Iterator[Seen]:
        for payment in facts.payments:
            for outcome in payment.outcomes[:1]:
                if outcome.code in codes and payment.transaction.msg_token == B2C:
                    yield told(payment, outcome)

    return check


def declined(facts: Facts) -> Iterator[Seen]:
    """The bank declines with any code that is no cancel, time-out, lack of funds or sign-in."""
    others = {"00", "51", "1B", *WAITING, *TIMED_OUT, *CANCELLED}
    for payment in facts.payments:
        for outcome in payment.outcomes[:1]:
            if outcome.code not in others and payment.transaction.msg_token == B2C:
                yield told(payment, outcome)


def pending_then_paid(facts: Facts) -> Iterator[Seen]:
    """09 is acknowledged and not taken for an end: the merchant asks until AE says 00."""
    return _pending(facts, lambda code: code == "00", "00")


def pending_then_failed(facts: Facts) -> Iterator[Seen]:
    """The same, and AE finds that it failed."""
    return _pending(facts, lambda code: code not in ("00", *WAITING), "the failure")


def _pending(facts: Facts, wanted: Callable[[str], bool], awaited: str) -> Iterator[Seen]:
    for payment in facts.payments:
        if not payment.outcomes or payment.outcomes[0].code != "09":
            continue
        txn = payment.transaction.fpx_txn_id
        first = told(payment, payment.outcomes[0])
        after = [ae for ae in payment.enquiries if ae.entry > payment.outcomes[0].entry]
        found = next((ae for ae in after if ae.code not in WAITING), None)
        if found is not None and not wanted(found.code):
            continue  # the other of the two scenarios
        if first.state is not State.PASSED:
            yield first
        elif found is not None:
            said = f"09 acknowledged, then AE found {found.code}", f"09 diakui, kemudian AE mendapati {found.code}"
            yield passed(found, txn, *said)
        else:
            asked = len(after)
            yield under_way(
                first,
                txn,
                f"09 acknowledged; {asked} AE so far, none found {awaited}",
                f"09 diakui; {asked} AE setakat ini, belum ada yang mendapati keputusan",
            )


def authorised(facts: Facts) -> Iterator[Seen]:
    """B2B1: 99 first, then the approver approves: a second direct AC says 00."""
    return _company(facts, approved=True)


def rejected(facts: Facts) -> Iterator[Seen]:
    """B2B1: 99 first, then the approver rejects: a second direct AC says so."""
    return _company(facts, approved=False)


def _company(facts: Facts, *, approved: bool) -> Iterator[Seen]:
    for payment in facts.payments:
        if payment.transaction.msg_token != B2B1 or not payment.outcomes or payment.outcomes[0].code != "99":
            continue
        first, second = told(payment, payment.outcomes[0]), payment.outcomes[1:2]
        if second and (second[0].code == "00") is not approved:
            continue
        if first.state is not State.PASSED:
            yield first
        elif second:
            yield told(payment, second[0])
        else:
            txn = payment.transaction.fpx_txn_id
            yield under_way(first, txn, "99 acknowledged; no approver yet", "99 diakui; belum ada pelulus")


def told(payment: Payment, outcome: Outcome) -> Seen:
    """How the merchant took the genuine direct AC of an outcome; the last answer counts."""
    txn, code = payment.transaction.fpx_txn_id, outcome.code
    attempts = [sent for sent in payment.sent if sent.genuine and sent.arrived and sent.fields == outcome.fields]
    if not attempts:
        return under_way(outcome, txn, f"{code} decided; no direct AC arrived yet", f"{code}; AC terus belum sampai")
    latest = next((sent for sent in attempts if sent.acknowledged), attempts[-1])
    answer = answer_of(latest)
    said = f"direct AC {code}: {answer.english}", f"AC terus {code}: {answer.malay}"
    return (passed if latest.acknowledged else wrong)(latest, txn, *said)
