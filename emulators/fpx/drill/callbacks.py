"""Scenarios of direct ACs that go astray, come twice, or are not what they seem; pure.

What the merchant answered is the evidence: OK is belief. What it then wrote into its books the switch cannot see, and
the board does not say that it can.
"""

from __future__ import annotations

from collections.abc import Iterator

from emulators.fpx.drill.endings import Check
from emulators.fpx.drill.facts import Facts, Payment, Sent
from emulators.fpx.drill.seeing import Seen, answer_of, passed, under_way, wrong

NO_RETURN = ("browser-never-returns", "debited-callback-lost")


def disbelieves(*faults: str) -> Check:
    """An AC spoiled by one of these faults is not answered OK."""

    def check(facts: Facts) -> Iterator[Seen]:
        for payment, sent in _sent(facts):
            if sent.fault not in faults or sent.genuine or not sent.arrived:
                continue
            answer, txn = answer_of(sent), payment.transaction.fpx_txn_id
            if sent.acknowledged:
                yield wrong(sent, txn, f"{sent.fault}: answered OK, so it was believed", f"{sent.fault}: dijawab OK")
            elif not sent.status:
                yield wrong(sent, txn, f"{sent.fault}: {answer.english}", f"{sent.fault}: {answer.malay}")
            else:
                yield passed(sent, txn, f"{sent.fault}: {answer.english}", f"{sent.fault}: {answer.malay}")

    return check


def lost_and_asked(facts: Facts) -> Iterator[Seen]:
    """Approved, and no direct AC arrives: the merchant asks by AE and finds 00."""
    for payment in facts.payments:
        for outcome in payment.outcomes[:1]:
            lost = [sent for sent in payment.sent if not sent.arrived]
            silent = "direct-lost" in payment.transaction.asked or "debited-callback-lost" in payment.transaction.asked
            if outcome.code != "00" or not (lost or silent):
                continue
            txn = payment.transaction.fpx_txn_id
            came = next((sent for sent in payment.sent if sent.arrived), None)
            until = came.entry if came else None
            asked = [ae for ae in payment.enquiries if ae.entry > outcome.entry and (not until or ae.entry < until)]
            found = next((ae for ae in asked if ae.code == "00"), None)
            if found is not None:
                yield passed(found, txn, "AC lost; AE asked and found 00", "AC hilang; AE bertanya dan mendapati 00")
            elif came is None:
                yield under_way(outcome, txn, "AC lost; no AE yet", "AC hilang; belum ada AE")


def indirect_lost(facts: Facts) -> Iterator[Seen]:
    """The browser never returns: the direct AC alone is enough."""
    for payment in facts.payments:
        if not any(name in payment.transaction.asked for name in NO_RETURN) or payment.returned:
            continue
        txn = payment.transaction.fpx_txn_id
        for outcome in payment.outcomes[:1]:
            done = next((sent for sent in payment.sent if sent.genuine and sent.acknowledged), None)
            found = next((ae for ae in payment.enquiries if ae.code == outcome.code), None)
            if done is not None:
                said = "no indirect AC; the direct AC was acknowledged", "tiada AC tidak terus; AC terus diakui"
                yield passed(done, txn, *said)
            elif found is not None:
                yield passed(found, txn, "no AC at all; AE found it", "tiada AC langsung; AE mendapatinya")
            else:
                said = "no indirect AC, and nothing acknowledged yet", "tiada AC tidak terus; belum ada yang diakui"
                yield under_way(outcome, txn, *said)


def comes_twice(facts: Facts) -> Iterator[Seen]:
    """The same AC again after it was answered OK: OK once more, so that the switch stops."""
    for payment in facts.payments:
        genuine = [sent for sent in payment.sent if sent.genuine and sent.arrived]
        first = next((sent for sent in genuine if sent.acknowledged), None)
        if first is None:
            continue
        for again in (sent for sent in genuine if sent.entry > first.entry and sent.fields == first.fields):
            yield _judged(payment, again, "the same AC again", "AC yang sama sekali lagi")


def comes_late(facts: Facts) -> Iterator[Seen]:
    """The direct AC comes after the indirect one."""
    for payment, sent in _sent(facts):
        before = [moment for moment in payment.returned if moment.entry < sent.entry]
        if sent.fault == "direct-after-indirect" and sent.genuine and before:
            yield _judged(payment, sent, "direct after indirect", "AC terus selepas AC tidak terus")


def retried(facts: Facts) -> Iterator[Seen]:
    """An AC that was not answered OK is sent again until it is."""
    for payment in facts.payments:
        txn = payment.transaction.fpx_txn_id
        failed: Sent | None = None
        for sent in (each for each in payment.sent if each.genuine):
            if not sent.acknowledged:
                failed = sent
            elif failed is not None and failed.fields == sent.fields:
                english, malay = f"attempt {sent.number} was answered OK", f"percubaan ke-{sent.number} dijawab OK"
                yield passed(sent, txn, english, malay)
                failed = None
        if failed is not None:
            answer = answer_of(failed)
            yield under_way(failed, txn, f"attempt {failed.number}: {answer.english}", f"percubaan: {answer.malay}")


def rolled_over(facts: Facts) -> Iterator[Seen]:
    """A genuine AC of the former certificate was acknowledged, and after the switch one of the current certificate."""
    genuine = sorted(
        ((sent, payment) for payment, sent in _sent(facts) if sent.genuine and sent.arrived),
        key=lambda pair: pair[0].entry,
    )
    former = next((sent for sent, _ in genuine if not sent.current and sent.acknowledged), None)
    if former is None:
        return
    after = [(sent, payment) for sent, payment in genuine if sent.current and sent.entry > former.entry]
    for sent, payment in after:
        yield _judged(payment, sent, "signed by the new certificate", "ditandatangani dengan sijil baharu")
    if not after:
        said = "the certificate was switched; no AC since", "sijil telah ditukar; belum ada AC selepasnya"
        yield under_way(former, "", *said)


def _judged(payment: Payment, sent: Sent, english: str, malay: str) -> Seen:
    answer = answer_of(sent)
    judge = passed if sent.acknowledged else wrong
    return judge(sent, payment.transaction.fpx_txn_id, f"{english}: {answer.english}", f"{malay}: {answer.malay}")


def _sent(facts: Facts) -> Iterator[tuple[Payment, Sent]]:
    return ((payment, sent) for payment in facts.payments for sent in payment.sent)
