"""An open payment is decided at the tester's word, in place of the buyer, the bank or the approver."""

from __future__ import annotations

from dataclasses import dataclass, replace

from emulators.foundation.errors import CallersMistake, NotHere
from emulators.foundation.journal import Journal
from emulators.fpx.banks import B2B1
from emulators.fpx.response_codes import CODES
from emulators.fpx.settings import FpxSettings
from emulators.fpx.settlement import Settlement
from emulators.fpx.transaction import WITH_BUYER, Event, State, Transaction, move
from emulators.fpx.visits import Visits

FAILURES = tuple(code for code in CODES if code not in ("00", "09", "99"))
"""The codes a payment can be declined with."""
DECISIONS = ("approve", "decline", "pending")
OPEN = WITH_BUYER | {State.AUTHORISING, State.PENDING}
"""Where a payment still waits for somebody."""
_CARD = "1234"
_ONWARD = {
    State.AT_BANK: Event.SIGN_IN,
    State.SIGNED_IN: Event.CHOOSE_ACCOUNT,
    State.ACCOUNT_CHOSEN: Event.GIVE_TAC,
}
"""What the buyer would have done at each stage on the way to the confirmation."""


@dataclass(frozen=True)
class Decider:
    """The console's outcome chooser."""

    settings: FpxSettings
    visits: Visits
    settlement: Settlement
    journal: Journal

    def decide(self, fpx_txn_id: str, decision: str, code: str = "") -> Transaction:
        """Approve the payment, decline it with `code`, or leave it pending (09).

        A buyer who is still on the way is taken to the confirmation first; a company's payment (B2B1) is submitted by
        the first approval and authorised by the second.

        Raises:
            NotHere: no payment has that id.
            CallersMistake: no such decision, or a code that no declined payment has.
            IllegalMove: the payment is not open, or was decided already; nothing was changed.
        """
        if decision not in DECISIONS or (decision == "decline" and code not in FAILURES):
            raise CallersMistake("pilih approve, pending, atau decline dengan kod penolakan dalam jadual, seperti 51")
        plain = fpx_txn_id.isascii() and fpx_txn_id.isdigit()
        known = self.visits.storage.find(fpx_txn_id) if plain else None
        if known is None:
            raise NotHere(f"Tiada transaksi FPX dengan ID {fpx_txn_id[:40]!r}.")
        with self.visits.acting(known.session) as (connection, txn):
            txn = txn if decision == "decline" else self._at_confirmation(txn)
            event = self._event(txn, decision)
            move(txn.state, event)
            self.journal.write(connection, "decided", fpx_txn_id, decision=decision, by="console")
            if event is Event.SUBMIT:
                waits_until = self.visits.clock.now().timestamp() + self.settings.approval_seconds
                txn = replace(txn, expires_at=waits_until)
            code = {Event.DECLINE: code, Event.LEAVE_PENDING: "09"}.get(event, "")
            return self.settlement.conclude(connection, txn, event, code)

    def _event(self, txn: Transaction, decision: str) -> Event:
        if decision == "decline":
            return Event.DECLINE
        if decision == "pending":
            return Event.LEAVE_PENDING
        if txn.state is State.PENDING:
            return Event.SETTLE
        submits = txn.state in WITH_BUYER and txn.msg_token == B2B1
        return Event.SUBMIT if submits else Event.APPROVE

    def _at_confirmation(self, txn: Transaction) -> Transaction:
        state = txn.state
        while event := _ONWARD.get(state):
            state = move(state, event)
        if state is txn.state:
            return txn
        holder, maker = self.settings.account_name, self.settings.maker_name
        return replace(txn, state=state, card=txn.card or _CARD, account_name=holder, maker_name=maker)
