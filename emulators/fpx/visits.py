"""The visits at the bank: which one an address means, whether its time is up, and what its page shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from emulators.foundation.clock import Clock
from emulators.foundation.errors import NotHere
from emulators.fpx import banks, tac
from emulators.fpx.accounts import Account, account_of, accounts_of
from emulators.fpx.errors import IllegalMove
from emulators.fpx.messages import ad
from emulators.fpx.sellers import Sellers
from emulators.fpx.settings import FpxSettings
from emulators.fpx.settlement import Settlement
from emulators.fpx.storage import Storage
from emulators.fpx.transaction import TIMED, WITH_BUYER, Event, State, Transaction


@dataclass(frozen=True)
class Visit:
    """What the bank's pages show: the payment, the bank, who is paid, accounts, token, and how many tries are left."""

    transaction: Transaction
    bank: banks.Bank
    seller_name: str
    tries_left: int
    accounts: tuple[Account, ...]
    chosen: Account | None
    token: str
    """What the buyer's token shows; blank when no TAC is asked for."""

    @property
    def for_company(self) -> bool:
        """Whether a maker submits and an approver decides (B2B1)."""
        return self.transaction.msg_token == banks.B2B1

    @property
    def mandate(self) -> str:
        """What an e-Mandate (AD) asks the buyer to allow; blank for a payment."""
        return ad.read(self.transaction.buyer_iban).words if self.transaction.msg_type == "AD" else ""


@dataclass(frozen=True)
class Visits:
    """Finds visits; one whose time is up ends when it is looked at."""

    settings: FpxSettings
    storage: Storage
    sellers: Sellers
    settlement: Settlement
    clock: Clock

    def current(self, session: str) -> Transaction:
        """The payment of a visit as it stands now; one whose time is up ends here.

        Raises:
            NotHere: no visit has that name.
        """
        txn = known(session, self.storage.find_session(session) if _plain(session) else None)
        return self.expire(session) if self.overdue(txn) else txn

    @contextmanager
    def acting(self, session: str) -> Iterator[tuple[Connection, Transaction]]:
        """A write transaction with the payment of a visit, kept from other writers until it ends.

        Raises:
            NotHere: no visit has that name.
            IllegalMove: its time is up; it has ended with that.
        """
        with self.storage.database.write() as connection:
            txn = self.hold(connection, session)
            if not self.overdue(txn):
                yield connection, txn
                return
            self._end(connection, txn)
        raise IllegalMove(f"the time of {txn.fpx_txn_id} is up")

    def hold(self, connection: Connection, session: str) -> Transaction:
        """The same inside a write transaction, kept from other writers until it ends, whatever its time."""
        return known(session, self.storage.hold(connection, session) if _plain(session) else None)

    def expire(self, session: str) -> Transaction:
        """End a visit whose time is up; one that ended or was prolonged meanwhile is left as it is."""
        with self.storage.database.write() as connection:
            txn = self.hold(connection, session)
            return self._end(connection, txn) if self.overdue(txn) else txn

    def overdue(self, txn: Transaction) -> bool:
        """Whether the payment waits for somebody whose time is up."""
        return txn.state in TIMED and txn.expires_at <= self.clock.now().timestamp()

    def prolonged(self, txn: Transaction) -> Transaction:
        """The payment with the time of a new page, within that of the whole visit."""
        page_ends = self.clock.now().timestamp() + self.settings.session_seconds
        return replace(txn, expires_at=min(page_ends, txn.session_ends_at))

    def shown(self, txn: Transaction) -> Visit:
        """What the pages show of a payment."""
        bank = banks.bank(txn.buyer_bank_id) or banks.Bank(txn.buyer_bank_id, txn.buyer_bank_id)
        name = self.sellers.name_of(txn.seller_ex_id, txn.seller_id)
        if txn.state is State.AT_BANK or not txn.card:
            tries = self.settings.sign_in_tries - txn.wrong_sign_ins
            return Visit(txn, bank, name, max(0, tries), (), None, "")
        token = ""
        if self.settings.tac_asked and txn.state in WITH_BUYER:
            token = tac.shown(txn.session, self.clock.now(), self.settings.tac_seconds)
        chosen = account_of(txn.buyer_bank_id, txn.card, txn.account)
        tries = max(0, self.settings.tac_tries - txn.wrong_tacs)
        return Visit(txn, bank, name, tries, accounts_of(txn.buyer_bank_id, txn.card), chosen, token)

    def _end(self, connection: Connection, txn: Transaction) -> Transaction:
        whole = txn.state in WITH_BUYER and txn.expires_at >= txn.session_ends_at
        return self.settlement.conclude(connection, txn, Event.END_SESSION if whole else Event.EXPIRE)


def _plain(session: str) -> bool:
    """A store may choke on anything else."""
    return session.isascii() and session.isalnum()


def known(name: str, txn: Transaction | None) -> Transaction:
    """The payment, if there is one.

    Raises:
        NotHere: there is none under that name.
    """
    if txn is None:
        raise NotHere(f"Sesi bank {name[:40]!r} tidak dijumpai. Mulakan semula bayaran di laman penjual.")
    return txn
