"""Scenarios of what the merchant itself sends: AR, AE and BE; pure."""

from __future__ import annotations

from collections.abc import Iterator

from emulators.fpx.drill.facts import BankList, Facts, Payment, Refusal
from emulators.fpx.drill.seeing import Seen, passed, under_way, wrong
from emulators.fpx.transaction import State

IN_A_ROW = 3
_ORDER_DATA = ("sellerExOrderNo", "sellerTxnTime", "sellerOrderNo", "sellerId", "txnCurrency", "txnAmount", "msgToken")
"""What an AE must say as its AR did; the bank is not among them, as merchants in production leave it blank."""


def three_good_requests(facts: Facts) -> Iterator[Seen]:
    """Three ARs in a row pass every check of form and checksum; judged at each AR over the last three."""
    run = 0
    for request in facts.requests:
        if isinstance(request, Payment):
            run += 1
            txn = request.transaction.fpx_txn_id
            if run >= IN_A_ROW:
                yield passed(request, txn, f"{run} ARs in a row were taken", f"{run} AR berturut-turut diterima")
            else:
                said = f"{run} of {IN_A_ROW} in a row", f"{run} daripada {IN_A_ROW} berturut-turut"
                yield under_way(request, txn, *said)
        elif request.check in ("checksum", "format", "message-type", "version", "amount", "exchange"):
            run = 0
            why = request.mistake or request.check
            yield wrong(request, "", f"AR refused: {why}: {request.sentence}", f"AR ditolak: {why}: {request.sentence}")


def bank_list_each_time(facts: Facts) -> Iterator[Seen]:
    """Each payment page asks for the bank list: as many BEs of the model before an AR as ARs."""
    unused: dict[str, int] = {}
    moments: list[BankList | Payment] = [*facts.lists, *facts.payments]
    for moment in sorted(moments, key=lambda each: each.entry):
        if isinstance(moment, BankList):
            unused[moment.model] = unused.get(moment.model, 0) + 1
            continue
        model, txn = moment.transaction.msg_token, moment.transaction.fpx_txn_id
        if unused.get(model, 0) > 0:
            unused[model] -= 1
            yield passed(moment, txn, f"BE of model {model}, then AR", f"BE model {model}, kemudian AR")
        else:
            said = (
                f"AR without a BE of model {model} since the one before",
                f"AR tanpa BE model {model} sejak AR sebelumnya",
            )
            yield wrong(moment, txn, *said)


def offline_not_offered(facts: Facts) -> Iterator[Seen]:
    """A bank the list calls blocked gets no AR."""
    blocked: dict[str, tuple[str, ...]] = {}
    moments: list[BankList | Payment | Refusal] = [*facts.lists, *facts.requests]
    for moment in sorted(moments, key=lambda each: each.entry):
        if isinstance(moment, Payment):
            txn = moment.transaction
            if named := blocked.get(txn.msg_token):
                listed = ", ".join(named)
                said = f"BC said {listed} is offline; AR chose {txn.buyer_bank_id}"
                malay = f"BC menyatakan {listed} luar talian; AR memilih {txn.buyer_bank_id}"
                yield passed(moment, txn.fpx_txn_id, said, malay)
        elif isinstance(moment, BankList):
            blocked[moment.model] = moment.blocked
        elif moment.check == "bank-status":
            bank = moment.bank_id
            yield wrong(moment, "", f"AR for {bank}, which is offline", f"AR bagi {bank}, yang luar talian")


def same_order_data(facts: Facts) -> Iterator[Seen]:
    """An AE says of the order what its AR said."""
    for payment in facts.payments:
        for ae in payment.enquiries:
            names = [name for name in _ORDER_DATA if ae.fields.get(f"fpx_{name}") != payment.fields.get(f"fpx_{name}")]
            txn = payment.transaction.fpx_txn_id
            if names:
                listed = ", ".join(names)
                yield wrong(ae, txn, f"AE differs from its AR in {listed}", f"AE berbeza daripada AR pada {listed}")
            else:
                yield passed(ae, txn, f"AE as its AR; answered {ae.code}", f"AE seperti AR; dijawab {ae.code}")


def asked_at_the_bank(facts: Facts) -> Iterator[Seen]:
    """An AE while the buyer is still at the bank finds 09 and a transaction id."""
    for payment in facts.payments:
        decided = payment.outcomes[0].entry if payment.outcomes else None
        for ae in payment.enquiries:
            if ae.code == "09" and (decided is None or ae.entry < decided):
                said = "AE while the buyer was at the bank: 09", "AE semasa pembeli di bank: 09"
                yield passed(ae, payment.transaction.fpx_txn_id, *said)


def asked_about_unknown(facts: Facts) -> Iterator[Seen]:
    """An AE about an order whose AR never came finds 76."""
    for ae in facts.strangers:
        if ae.code == "76":
            order = ae.fields.get("fpx_sellerExOrderNo", "")[:40]
            yield passed(ae, "", f"AE about {order}: 76", f"AE tentang {order}: 76")


def paid_once(facts: Facts) -> Iterator[Seen]:
    """No order is paid twice: one sellerOrderNo has at most one approved payment."""
    paid: dict[tuple[str, str], str] = {}
    for payment in facts.payments:
        txn = payment.transaction
        if txn.state is not State.APPROVED:
            continue
        order = txn.seller_id, txn.seller_order_no
        if order in paid:
            both = f"{paid[order]}, {txn.fpx_txn_id}"
            said = f"{txn.seller_order_no} was paid twice: {both}", f"{txn.seller_order_no} dibayar dua kali: {both}"
            yield wrong(payment, txn.fpx_txn_id, *said)
        else:
            paid[order] = txn.fpx_txn_id
            said = f"{txn.seller_order_no} was paid once", f"{txn.seller_order_no} dibayar sekali"
            yield passed(payment, txn.fpx_txn_id, *said)
