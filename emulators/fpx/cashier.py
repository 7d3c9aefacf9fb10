"""The bank's payment page: an account, a TAC, and the one act that debits, once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

from sqlalchemy import Connection

from emulators.foundation.journal import Journal
from emulators.fpx import banks, tac, triggers
from emulators.fpx.accounts import FAILS_TO_CONFIRM, NO_ACCOUNT, account_of
from emulators.fpx.settings import FpxSettings
from emulators.fpx.settlement import Settlement
from emulators.fpx.transaction import Event, State, Transaction, move
from emulators.fpx.triggers import Outcome
from emulators.fpx.visits import Visits


class Step(StrEnum):
    """How far a posted payment page got."""

    NO_ACCOUNT = "no account"
    NO_TAC = "no TAC"
    WRONG_TAC = "wrong TAC"
    DONE = "done"


@dataclass(frozen=True)
class Cashier:
    """What a buyer who has signed in does; raises as the `Teller` does."""

    settings: FpxSettings
    visits: Visits
    settlement: Settlement
    journal: Journal
    source: Random

    def proceed(self, session: str, account: str, code: str, *, confirm: bool) -> Step:
        """Take what the payment page says: an account, a TAC or both, and with `confirm` let the bank decide.

        Without `confirm` the visit moves on by as many stages as were filled in. An account other than the one chosen
        before asks for another TAC, so that what is debited is what the page showed.
        """
        with self.visits.acting(session) as (connection, txn):
            move(txn.state, Event.CHOOSE_ACCOUNT)  # only a buyer who has signed in, and has not confirmed
            if txn.state is State.SIGNED_IN or (account and account != txn.account):
                chosen = account_of(txn.buyer_bank_id, txn.card, account)
                if chosen is None:
                    return Step.NO_ACCOUNT
                txn = replace(txn, state=move(txn.state, Event.CHOOSE_ACCOUNT), account=account)
                if not confirm:
                    self.journal.write(connection, "account chosen", txn.fpx_txn_id, account=account)
                if chosen.unusable:
                    self.settlement.conclude(connection, txn, Event.DECLINE, chosen.unusable)
                    return Step.DONE
            if txn.state is State.ACCOUNT_CHOSEN and (confirm or code.strip()):
                if self.settings.tac_asked and not code.strip():
                    self.visits.storage.save(connection, self.visits.prolonged(txn))
                    return Step.NO_TAC
                if not self._good(code, session):
                    return self._wrong_tac(connection, txn)
                txn = replace(txn, state=move(txn.state, Event.GIVE_TAC))
                if not confirm:
                    self.journal.write(connection, "TAC given", txn.fpx_txn_id)
            if confirm:
                self.journal.write(connection, "confirmed", txn.fpx_txn_id, account=txn.account)
                self._confirm(connection, txn)
            else:
                self.visits.storage.save(connection, self.visits.prolonged(txn))
            return Step.DONE

    def _good(self, code: str, session: str) -> bool:
        if not self.settings.tac_asked:
            return True
        return tac.good(code, session, self.visits.clock.now(), self.settings.tac_seconds)

    def _wrong_tac(self, connection: Connection, txn: Transaction) -> Step:
        move(txn.state, Event.FAIL_TAC)
        txn = replace(txn, wrong_tacs=txn.wrong_tacs + 1)
        self.journal.write(connection, "TAC failed", txn.fpx_txn_id, tries=txn.wrong_tacs)
        if txn.wrong_tacs >= self.settings.tac_tries:
            self.settlement.conclude(connection, txn, Event.LOCK_OUT)
        else:
            self.visits.storage.save(connection, txn)
        return Step.WRONG_TAC

    def _confirm(self, connection: Connection, txn: Transaction) -> None:
        move(txn.state, Event.APPROVE)  # only after the TAC may an outcome be drawn
        txn, outcome = self.settlement.decided(connection, txn)
        if outcome is None:
            outcome = triggers.outcome(txn.buyer_bank_id, txn.card, self.source)
            if outcome.event is Event.APPROVE:
                outcome = self._from_account(txn) or outcome
        if outcome.code in ("00", "99") and txn.msg_token == banks.B2B1:
            waits_until = self.visits.clock.now().timestamp() + self.settings.approval_seconds
            self.settlement.conclude(connection, replace(txn, expires_at=waits_until), Event.SUBMIT)
        else:
            self.settlement.conclude(connection, txn, outcome.event, outcome.code)

    @staticmethod
    def _from_account(txn: Transaction) -> Outcome | None:
        account = account_of(txn.buyer_bank_id, txn.card, txn.account)
        refusal = account.refuses(txn.amount_sen) if account else NO_ACCOUNT
        if txn.msg_token == banks.B2B1 and refusal != FAILS_TO_CONFIRM:
            return None  # whether the account can pay is asked when the approver has it debited
        return Outcome(Event.DECLINE, refusal) if refusal else None
