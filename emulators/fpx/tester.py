"""What a tester does to one payment: chooses what happens to it, and has its direct AC sent again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from emulators.foundation.errors import CallersMistake, NotHere
from emulators.fpx.errors import IllegalMove
from emulators.fpx.outcomes.asked import Ask, by_text
from emulators.fpx.outcomes.stages import KEPT, Door, Stage
from emulators.fpx.settlement import Settlement
from emulators.fpx.storage import Storage
from emulators.fpx.transaction import WITH_BUYER, Transaction
from emulators.fpx.visits import Visits

_WISH = "fpx_txn_id", "order_no", "which", "fault"


@dataclass(frozen=True)
class Tester:
    """The tester's acts; each is journalled with the payment it concerns."""

    storage: Storage
    visits: Visits
    settlement: Settlement

    def choose(self, session: str, line: str) -> Transaction:
        """Ask something of a payment whose buyer is still at the bank, in the header's notation; blank takes all back.

        Raises:
            NotHere: no visit has that name.
            IllegalMove: the visit has ended; what was asked then has been done.
            CallersMistake: no such fault, or one that is asked of messages and not of payments.
        """
        asks = by_text(line, Door.CHOOSER)
        for ask in asks:
            if ask.stage not in KEPT:
                raise CallersMistake(f"{ask.name} is asked of AR, AE and BE, and this payment's AR has been answered")
        with self.visits.acting(session) as (connection, txn):
            if txn.state not in WITH_BUYER:
                raise IllegalMove(
                    f"the visit has ended with {txn.debit_auth_code}; nothing can be asked of it any more"
                )
            txn = self.settlement.instructions.keep(connection, txn if asks else replace(txn, asked=""), asks)
            self.storage.save(connection, txn)
            return txn

    def resend(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        """`POST /_control/resend`: owe the direct AC of one payment again, as the payment stands now.

        `{"fpx_txn_id": ...}` or `{"order_no": ...}` (sellerOrderNo or sellerExOrderNo); `"which"` is "direct", the only
        AC that the switch sends; `"fault"` spoils this one, in the header's notation.

        Raises:
            CallersMistake: the wish is not that; or several payments have the order number.
            NotHere: no payment has that id or number.
            IllegalMove: the buyer is still at the bank, so that no AC is owed yet.
        """
        if set(wish) - set(_WISH) or not all(isinstance(value, str) for value in wish.values()):
            raise CallersMistake(f"a direct AC is sent again with {', '.join(_WISH)}, each a text")
        if wish.get("which", "direct") != "direct":
            raise CallersMistake('"which" is "direct": the indirect AC is carried by the buyer\'s browser, which the'
                                 " bank's result page sends on its way again")  # fmt: skip
        ask = _spoiling(wish.get("fault", ""))
        known = self._meant(wish)
        with self.storage.database.write() as connection:
            txn = self.visits.hold(connection, known.session)
            if txn.state in WITH_BUYER:
                raise IllegalMove(
                    f"the buyer of {txn.fpx_txn_id} is still at the bank ({txn.state}): no AC is owed yet"
                )
            url = self.settlement.callbacks.resend(connection, txn, ask)
        return {"resent": txn.fpx_txn_id, "url": url, "code": txn.debit_auth_code}

    def _meant(self, wish: Mapping[str, str]) -> Transaction:
        fpx_txn_id, order_no = wish.get("fpx_txn_id", ""), wish.get("order_no", "")
        if bool(fpx_txn_id) == bool(order_no):
            raise CallersMistake("say which payment: fpx_txn_id or order_no")
        found = self.storage.with_order_number(order_no) if order_no else self._with_id(fpx_txn_id)
        if not found:
            raise NotHere(f"no payment is known as {fpx_txn_id or order_no}")
        if len(found) > 1:
            ids = ", ".join(txn.fpx_txn_id for txn in found)
            raise CallersMistake(f"several payments have the order number {order_no}; say fpx_txn_id: {ids}")
        return found[0]

    def _with_id(self, fpx_txn_id: str) -> list[Transaction]:
        plain = fpx_txn_id.isascii() and fpx_txn_id.isdigit()
        found = self.storage.find(fpx_txn_id) if plain else None
        return [found] if found else []


def _spoiling(line: str) -> Ask | None:
    asks = by_text(line, Door.CHOOSER)
    if any(ask.stage is not Stage.DIRECT for ask in asks) or len(asks) > 1:
        raise CallersMistake("fault must be one of the faults of the direct AC, such as direct-bad-signature")
    return asks[0] if asks else None
