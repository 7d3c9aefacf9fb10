"""The buyer's visit at the bank: sign in, choose an account, give the TAC, confirm, cancel, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

from sqlalchemy import Connection

from emulators.foundation.journal import Journal
from emulators.fpx import banks, tac, triggers
from emulators.fpx.accounts import FAILS_TO_CONFIRM, NO_ACCOUNT, account_of
from emulators.fpx.outcomes.asked import by_value
from emulators.fpx.outcomes.stages import Door
from emulators.fpx.settings import FpxSettings
from emulators.fpx.settlement import Settlement
from emulators.fpx.transaction import Event, State, Transaction, move
from emulators.fpx.triggers import Outcome
from emulators.fpx.visits import Visit, Visits


class SignIn(StrEnum):
    """How an attempt to sign in went."""

    INCOMPLETE = "incomplete"
    WRONG = "wrong"
    DONE = "done"


class Step(StrEnum):
    """How far a posted payment page got."""

    NO_ACCOUNT = "no account"
    NO_TAC = "no TAC"
    WRONG_TAC = "wrong TAC"
    DONE = "done"


@dataclass(frozen=True)
class WayBack:
    """The form the result page posts to the seller: the indirect AC."""

    url: str
    fields: dict[str, str]
    lost: bool = False
    """A tester asked that the browser never returns."""
    first: bool = False
    """The direct AC waits for it: the form passes by the sandbox."""


@dataclass(frozen=True)
class Teller:
    """The buyer's side of FPX; every act names the visit (`session`) it belongs to.

    Every act raises `NotHere` when no visit has that name, and `IllegalMove`, with nothing changed, when the payment
    no longer (or not yet) allows it.
    """

    settings: FpxSettings
    visits: Visits
    settlement: Settlement
    journal: Journal
    source: Random

    def visit(self, session: str) -> Visit:
        """The visit as it stands; one whose time is up ends here with the code of its stage."""
        return self.visits.shown(self.visits.current(session))

    def sign_in(self, session: str, card: str, password: str) -> SignIn:
        """Take the buyer's user id and password; too many wrong ones end the visit with 1B."""
        self.visits.current(session)
        card = card.strip()
        if not card or not password:
            return SignIn.INCOMPLETE
        asks = by_value(card, Door.CARD)
        card = triggers.USUAL_CARD if asks else card
        good = triggers.knows_card(card) and password in triggers.PASSWORDS
        with self.settlement.writing() as connection:
            txn = self.visits.hold(connection, session)
            if good:
                txn = replace(txn, state=move(txn.state, Event.SIGN_IN), card=card)
                txn = replace(txn, account_name=self.settings.account_name, maker_name=self.settings.maker_name)
                txn = self.settlement.instructions.keep(connection, txn, asks)
                self.visits.storage.save(connection, self.visits.prolonged(txn))
                self.journal.write(connection, "signed in", txn.fpx_txn_id, card=card)
                return SignIn.DONE
            move(txn.state, Event.FAIL_SIGN_IN)
            txn = replace(txn, wrong_sign_ins=txn.wrong_sign_ins + 1)
            self.journal.write(connection, "sign-in failed", txn.fpx_txn_id, tries=txn.wrong_sign_ins)
            self._again_or_out(connection, txn, txn.wrong_sign_ins >= self.settings.sign_in_tries)
            return SignIn.WRONG

    def proceed(self, session: str, account: str, code: str, *, confirm: bool) -> Step:
        """Take what the payment page says: an account, a TAC or both, and with `confirm` let the bank decide.

        Without `confirm` the visit moves on by as many stages as were filled in. An account other than the one chosen
        before asks for another TAC, so that what is debited is what the page showed.
        """
        self.visits.current(session)
        with self.settlement.writing() as connection:
            txn = self.visits.hold(connection, session)
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

    def cancel(self, session: str) -> Transaction:
        """End the visit at the buyer's wish, with the code of its stage: 1C, 1F, 1I or 1L."""
        self.visits.current(session)
        with self.settlement.writing() as connection:
            return self.settlement.conclude(connection, self.visits.hold(connection, session), Event.CANCEL)

    def way_back(self, txn: Transaction) -> WayBack:
        """The indirect AC of a visit that has ended, and where it goes; from here on it is in the browser's hands.

        What an approver did later is for the direct AC alone: the maker's browser brings the 99 of the submission.
        """
        indirect = self.settlement.indirect(txn)
        url = "" if indirect.lost else self.visits.sellers.indirect_url(txn.seller_ex_id)
        fault = {"fault": indirect.fault} if indirect.fault else {}
        self.journal.note("AC indirect", txn.fpx_txn_id, url=url, fields=indirect.fields, **fault)
        return WayBack(url, indirect.fields, indirect.lost, indirect.first)

    def go_on(self, session: str) -> str:
        """Note that the buyer goes back to the seller, whose direct AC waits for that; where the browser goes."""
        txn = self.visits.current(session)
        with self.settlement.writing() as connection:
            self.journal.write(connection, "buyer returned", txn.fpx_txn_id)
            self.settlement.gone_back(connection, txn)
        return self.visits.sellers.indirect_url(txn.seller_ex_id)

    def _good(self, code: str, session: str) -> bool:
        if not self.settings.tac_asked:
            return True
        return tac.good(code, session, self.visits.clock.now(), self.settings.tac_seconds)

    def _wrong_tac(self, connection: Connection, txn: Transaction) -> Step:
        move(txn.state, Event.FAIL_TAC)
        txn = replace(txn, wrong_tacs=txn.wrong_tacs + 1)
        self.journal.write(connection, "TAC failed", txn.fpx_txn_id, tries=txn.wrong_tacs)
        self._again_or_out(connection, txn, txn.wrong_tacs >= self.settings.tac_tries)
        return Step.WRONG_TAC

    def _again_or_out(self, connection: Connection, txn: Transaction, out: bool) -> None:
        if out:
            self.settlement.conclude(connection, txn, Event.LOCK_OUT)
        else:
            self.visits.storage.save(connection, txn)

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
