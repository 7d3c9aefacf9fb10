"""The buyer's visit at the bank: sign in, confirm, cancel, and the way back to the seller."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

from emulators.foundation.clock import Clock
from emulators.foundation.errors import NotHere
from emulators.foundation.journal import Journal
from emulators.fpx import banks, triggers
from emulators.fpx.confirmation import Confirmations
from emulators.fpx.sellers import Sellers
from emulators.fpx.settings import FpxSettings
from emulators.fpx.settlement import Settlement
from emulators.fpx.storage import Storage
from emulators.fpx.transaction import WITH_BUYER, Event, Transaction, move


class SignIn(StrEnum):
    """How an attempt to sign in went."""

    INCOMPLETE = "incomplete"
    WRONG = "wrong"
    DONE = "done"


@dataclass(frozen=True)
class Visit:
    """What the bank's pages show: the payment, the bank, who is paid, and how many tries are left."""

    transaction: Transaction
    bank: banks.Bank
    seller_name: str
    tries_left: int


@dataclass(frozen=True)
class WayBack:
    """The form the result page posts to the seller: the indirect AC."""

    url: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Teller:
    """The buyer's side of FPX; every act names the visit (`session`) it belongs to."""

    settings: FpxSettings
    storage: Storage
    sellers: Sellers
    settlement: Settlement
    confirmations: Confirmations
    journal: Journal
    clock: Clock
    source: Random

    def visit(self, session: str) -> Visit:
        """The visit as it stands; one whose time is up ends here with 1A or 1J.

        Raises:
            NotHere: no visit has that name.
        """
        txn = self._current(session)
        bank = banks.bank(txn.buyer_bank_id) or banks.Bank(txn.buyer_bank_id, txn.buyer_bank_id)
        name = self.sellers.name_of(txn.seller_ex_id, txn.seller_id)
        return Visit(txn, bank, name, max(0, self.settings.sign_in_tries - txn.wrong_sign_ins))

    def sign_in(self, session: str, card: str, password: str) -> SignIn:
        """Take the buyer's user id and password; too many wrong ones end the visit with 1B.

        Raises:
            NotHere: no visit has that name.
            IllegalMove: the buyer is past signing in.
        """
        self._current(session)
        card = card.strip()
        if not card or not password:
            return SignIn.INCOMPLETE
        good = triggers.knows_card(card) and password in triggers.PASSWORDS
        with self.settlement.writing() as connection:
            txn = self._known(session, self.storage.hold(connection, session))
            if good:
                txn = replace(
                    txn,
                    state=move(txn.state, Event.SIGN_IN),
                    card=card,
                    account_name=self.settings.account_name,
                    maker_name=self.settings.maker_name,
                    expires_at=self.clock.now().timestamp() + self.settings.session_seconds,
                )
                self.storage.save(connection, txn)
                self.journal.write(connection, "signed in", txn.fpx_txn_id, card=card)
                return SignIn.DONE
            move(txn.state, Event.FAIL_SIGN_IN)
            txn = replace(txn, wrong_sign_ins=txn.wrong_sign_ins + 1)
            self.journal.write(connection, "sign-in failed", txn.fpx_txn_id, tries=txn.wrong_sign_ins)
            if txn.wrong_sign_ins >= self.settings.sign_in_tries:
                self.settlement.conclude(connection, txn, Event.LOCK_OUT)
            else:
                self.storage.save(connection, txn)
            return SignIn.WRONG

    def confirm(self, session: str) -> Transaction:
        """Let the bank decide: the one act that debits, once.

        Raises:
            NotHere: no visit has that name.
            IllegalMove: the buyer has not signed in, or the visit has ended; nothing was changed.
        """
        self._current(session)
        with self.settlement.writing() as connection:
            txn = self._known(session, self.storage.hold(connection, session))
            move(txn.state, Event.APPROVE)  # only a buyer who has signed in may draw an outcome
            outcome = triggers.outcome(txn.buyer_bank_id, txn.card, self.source)
            return self.settlement.conclude(connection, txn, outcome.event, outcome.code)

    def cancel(self, session: str) -> Transaction:
        """End the visit at the buyer's wish: 1C before signing in, 1L after.

        Raises:
            NotHere: no visit has that name.
            IllegalMove: the visit has ended; nothing was changed.
        """
        self._current(session)
        with self.settlement.writing() as connection:
            txn = self._known(session, self.storage.hold(connection, session))
            return self.settlement.conclude(connection, txn, Event.CANCEL)

    def expire(self, session: str) -> Transaction:
        """End a visit whose time is up; one that ended or was prolonged meanwhile is left as it is."""
        with self.settlement.writing() as connection:
            txn = self._known(session, self.storage.hold(connection, session))
            return self.settlement.conclude(connection, txn, Event.EXPIRE) if self._overdue(txn) else txn

    def way_back(self, txn: Transaction) -> WayBack:
        """The indirect AC of a visit that has ended, and where it goes; from here on it is in the browser's hands."""
        back = WayBack(self.sellers.indirect_url(txn.seller_ex_id), self.confirmations.of(txn))
        self.journal.note("AC indirect", txn.fpx_txn_id, url=back.url, fields=back.fields)
        return back

    def _current(self, session: str) -> Transaction:
        plain = session.isascii() and session.isalnum()  # a store may choke on anything else
        txn = self._known(session, self.storage.find_session(session) if plain else None)
        return self.expire(session) if self._overdue(txn) else txn

    def _overdue(self, txn: Transaction) -> bool:
        return txn.state in WITH_BUYER and txn.expires_at <= self.clock.now().timestamp()

    @staticmethod
    def _known(session: str, txn: Transaction | None) -> Transaction:
        if txn is None:
            raise NotHere(f"Sesi bank {session[:40]!r} tidak dijumpai. Mulakan semula bayaran di laman penjual.")
        return txn
