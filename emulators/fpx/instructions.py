"""What testers ask of payments, brought together from the four doors: who wins, what strikes, what is kept and noted.

Theory of operation. A message may ask for something itself (header, magic value of the buyer, magic amount); so may
the buyer at the bank (user id, chooser). Whatever concerns the bank's decision, the direct AC or the way back is kept
with the payment, one row of the catalogue for each stage, that of the strongest door (`stages.PRECEDENCE`). When a
stage comes and nothing was asked for it, the planned faults are asked; what strikes is kept with the payment too, so
that a restart, a page shown again or a second direct AC finds the same. Whatever strikes is journalled under its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from emulators.foundation.errors import CallersMistake
from emulators.foundation.faults import Faults
from emulators.foundation.journal import Journal
from emulators.fpx.messages.wire import PREFIX
from emulators.fpx.outcomes import asked, decisions
from emulators.fpx.outcomes.asked import Ask
from emulators.fpx.outcomes.stages import KEPT, MATCHES, Door, Stage
from emulators.fpx.transaction import Transaction

_REACHED = {"AE": (Stage.SWITCH,), "BE": (Stage.SWITCH, Stage.LIST)}


class Instructions:
    """Reads what is asked, draws what was planned, and tells what holds."""

    def __init__(self, faults: Faults, journal: Journal, *, magic_amounts: bool) -> None:
        self._faults = faults
        self._journal = journal
        self._magic_amounts = magic_amounts

    def of_message(self, message: str, fields: Mapping[str, str], header: str = "") -> tuple[Ask, ...]:
        """What a message (AR, AE, BE) asks for by itself, one row for each stage it reaches.

        An AE repeats the AR's fields, so that what these ask of later stages is passed over.

        Raises:
            CallersMistake: a header or a magic value names a fault or a parameter that there is not, or a header one
                that this message cannot bring about.
        """
        reached = _REACHED.get(message, tuple(Stage))
        asks = list(asked.by_text(header, Door.HEADER)) if header else []
        for ask in asks:
            if ask.stage not in reached:
                raise CallersMistake(
                    f"{ask.name} is asked for with AR: {message} does not reach {ask.stage.words.english}"
                )
        for name, door in (("fpx_buyerName", Door.BUYER_NAME), ("fpx_buyerEmail", Door.BUYER_EMAIL)):
            asks += asked.by_value(fields.get(name, ""), door)
        if self._magic_amounts:
            asks += asked.by_amount(fields.get("fpx_txnAmount", ""))
        return asked.strongest(ask for ask in asks if ask.stage in reached)

    def strikes(self, stage: Stage, asks: Iterable[Ask], fields: Mapping[str, str], message: str) -> Ask | None:
        """What happens to a message at a stage of the switch: what it asked for, else what was planned for it."""
        ask = asked.of_stage(asks, stage)
        if ask is None:
            values = {name: fields.get(PREFIX + name, "") for name in MATCHES}
            ask = self._drawn(stage, values | {"message": message})
        if ask is not None:
            self._journal.note("fault", fields.get("fpx_sellerExOrderNo", "")[:80], message=message, **ask.told())
        return ask

    def keep(self, connection: Connection, txn: Transaction, asks: Iterable[Ask]) -> Transaction:
        """The payment with what is asked of it from now on; weaker doors give way. The caller saves it."""
        new = [ask for ask in asks if ask.stage in KEPT]
        if not new:
            return txn
        for ask in new:
            self._journal.write(connection, "asked", txn.fpx_txn_id, **ask.told())
        return replace(txn, asked=asked.write(asked.strongest([*new, *asked.read(txn.asked)])))

    def holding(self, connection: Connection, txn: Transaction, stage: Stage) -> tuple[Transaction, Ask | None]:
        """What holds at a stage of a payment: what it was told, else what is planned for it, which it then keeps."""
        asks = asked.read(txn.asked)
        ask = asked.of_stage(asks, stage)
        if ask is None and stage is not Stage.BANK:
            ask = _silent(txn, asks)
        if ask is None and (ask := self._drawn(stage, _subject(txn))):
            txn = replace(txn, asked=asked.write([*asks, ask]))
        if ask is not None:
            self._journal.write(connection, "fault", txn.fpx_txn_id, stage=stage, **ask.told())
        return txn, ask

    def _drawn(self, stage: Stage, subject: Mapping[str, str]) -> Ask | None:
        drawn = self._faults.draw(stage, subject)
        return Ask(drawn.name, Door.PLAN, drawn.values, drawn.by) if drawn else None


def of_payment(txn: Transaction, stage: Stage) -> Ask | None:
    """What a payment was told for a stage, when the stage has been reached."""
    asks = asked.read(txn.asked)
    return asked.of_stage(asks, stage) or (_silent(txn, asks) if stage is Stage.RETURN else None)


def told(txn: Transaction) -> list[dict[str, Any]]:
    """Everything a payment was told, for people."""
    return [{**ask.told(), "meaning": ask.row.meaning} for ask in asked.read(txn.asked)]


def _silent(txn: Transaction, asks: Iterable[Ask]) -> Ask | None:
    """The bank's row that silences both ACs; a buyer who cancelled has not been debited, and is told of."""
    if txn.debit_auth_code not in ("00", "99"):
        return None
    return next((ask for ask in asks if ask.name == decisions.SILENT), None)


def _subject(txn: Transaction) -> dict[str, str]:
    return {
        "message": "AC",
        "fpxTxnId": txn.fpx_txn_id,
        "sellerExId": txn.seller_ex_id,
        "sellerExOrderNo": txn.seller_ex_order_no,
        "sellerId": txn.seller_id,
        "sellerOrderNo": txn.seller_order_no,
        "msgToken": txn.msg_token,
        "txnAmount": txn.amount,
        "buyerBankId": txn.buyer_bank_id,
        "buyerEmail": txn.buyer_email,
    }
