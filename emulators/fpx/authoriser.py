"""The second pair of eyes of a company (B2B1): approves or rejects what the maker submitted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from emulators.foundation.journal import Journal
from emulators.fpx import triggers
from emulators.fpx.accounts import NO_ACCOUNT, account_of
from emulators.fpx.settings import FpxSettings
from emulators.fpx.settlement import Settlement
from emulators.fpx.transaction import Event, Transaction, move
from emulators.fpx.visits import Visit, Visits


class Verdict(StrEnum):
    """How an approver's attempt went."""

    UNKNOWN = "no such transaction"
    INCOMPLETE = "incomplete"
    WRONG = "wrong sign-in"
    DONE = "done"


@dataclass(frozen=True)
class Authoriser:
    """Acts on one payment by its FPX transaction id, as the approver page of UAT does."""

    settings: FpxSettings
    visits: Visits
    settlement: Settlement
    journal: Journal

    def find(self, fpx_txn_id: str) -> Visit | None:
        """The company payment of that id, as it stands; None when there is none."""
        plain = fpx_txn_id.isascii() and fpx_txn_id.isdigit()
        txn = self.visits.storage.find(fpx_txn_id) if plain else None
        if txn is None:
            return None
        visit = self.visits.shown(self.visits.current(txn.session))
        return visit if visit.for_company else None

    def waiting(self) -> list[Transaction]:
        """The payments an approver may act on, the newest first; at most fifty."""
        return [txn for txn in self.visits.storage.authorising() if not self.visits.overdue(txn)]

    def decide(self, fpx_txn_id: str, card: str, password: str, *, approve: bool) -> Verdict:
        """Approve (the account is debited, if it can be) or reject; the seller is owed a second direct AC.

        Raises:
            IllegalMove: nobody's decision is awaited, or no longer; nothing was changed.
        """
        visit, card = self.find(fpx_txn_id), card.strip()
        if visit is None:
            return Verdict.UNKNOWN
        if not card or not password:
            return Verdict.INCOMPLETE
        if not triggers.knows_card(card) or password not in triggers.PASSWORDS:
            return Verdict.WRONG
        with self.visits.acting(visit.transaction.session) as (connection, txn):
            move(txn.state, Event.REJECT)
            txn = replace(txn, approver=card)
            self.journal.write(connection, "approver acted", txn.fpx_txn_id, card=card, approved=approve)
            if not approve:
                self.settlement.conclude(connection, txn, Event.REJECT, self.settings.rejected_code)
                return Verdict.DONE
            account = account_of(txn.buyer_bank_id, txn.card, txn.account)
            refusal = account.refuses(txn.amount_sen) if account else NO_ACCOUNT
            self.settlement.conclude(connection, txn, Event.DECLINE if refusal else Event.APPROVE, refusal)
            return Verdict.DONE
