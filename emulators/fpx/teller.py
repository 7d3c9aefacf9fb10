"""The buyer's visit at the bank: sign in, cancel, and the way back; between them the `cashier` takes the payment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from emulators.foundation.journal import Journal
from emulators.fpx import triggers
from emulators.fpx.outcomes.asked import by_value
from emulators.fpx.outcomes.stages import Door
from emulators.fpx.settings import FpxSettings
from emulators.fpx.settlement import Settlement
from emulators.fpx.transaction import WITH_BUYER, Event, Transaction, move
from emulators.fpx.visits import Visit, Visits


class SignIn(StrEnum):
    """How an attempt to sign in went."""

    INCOMPLETE = "incomplete"
    WRONG = "wrong"
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

    def visit(self, session: str) -> Visit:
        """The visit as it stands; one whose time is up ends here with the code of its stage."""
        return self.visits.shown(self.visits.current(session))

    def shown(self, session: str) -> tuple[Visit, WayBack | None]:
        """The same for its page; one that has ended goes with its way back, which is noted."""
        visit = self.visit(session)
        ended = visit.transaction.state not in WITH_BUYER
        return visit, self.way_back(visit.transaction) if ended else None

    def sign_in(self, session: str, card: str, password: str) -> SignIn:
        """Take the buyer's user id and password; too many wrong ones end the visit with 1B."""
        card = card.strip()
        if not card or not password:
            return SignIn.INCOMPLETE
        asks = by_value(card, Door.CARD)
        card = triggers.USUAL_CARD if asks else card
        good = triggers.knows_card(card) and password in triggers.PASSWORDS
        with self.visits.acting(session) as (connection, txn):
            if good:
                holder, maker = self.settings.account_name, self.settings.maker_name
                state = move(txn.state, Event.SIGN_IN)
                txn = replace(txn, state=state, card=card, account_name=holder, maker_name=maker)
                txn = self.settlement.instructions.keep(connection, txn, asks)
                self.visits.storage.save(connection, self.visits.prolonged(txn))
                self.journal.write(connection, "signed in", txn.fpx_txn_id, card=card)
                return SignIn.DONE
            move(txn.state, Event.FAIL_SIGN_IN)
            txn = replace(txn, wrong_sign_ins=txn.wrong_sign_ins + 1)
            self.journal.write(connection, "sign-in failed", txn.fpx_txn_id, tries=txn.wrong_sign_ins)
            if txn.wrong_sign_ins >= self.settings.sign_in_tries:
                self.settlement.conclude(connection, txn, Event.LOCK_OUT)
            else:
                self.visits.storage.save(connection, txn)
            return SignIn.WRONG

    def cancel(self, session: str) -> Transaction:
        """End the visit at the buyer's wish, with the code of its stage: 1C, 1F, 1I or 1L."""
        with self.visits.acting(session) as (connection, txn):
            return self.settlement.conclude(connection, txn, Event.CANCEL)

    def way_back(self, txn: Transaction) -> WayBack:
        """The indirect AC of a visit that has ended, and where it goes; from here on it is in the browser's hands.

        What an approver did later is for the direct AC alone: the maker's browser brings the 99 of the submission.
        """
        indirect = self.settlement.callbacks.indirect(txn)
        url = "" if indirect.lost else self.visits.sellers.indirect_url(txn.seller_ex_id)
        fault = {"fault": indirect.fault} if indirect.fault else {}
        self.journal.mark("AC indirect", txn.fpx_txn_id, url=url, fields=indirect.fields, **fault)
        return WayBack(url, indirect.fields, indirect.lost, indirect.first)

    def go_on(self, session: str) -> str:
        """Note that the buyer goes back to the seller, whose direct AC waits for that; where the browser goes."""
        txn = self.visits.current(session)
        with self.visits.storage.database.write() as connection:
            self.journal.write(connection, "buyer returned", txn.fpx_txn_id)
            self.settlement.callbacks.gone_back(connection, txn)
        return self.visits.sellers.indirect_url(txn.seller_ex_id)
