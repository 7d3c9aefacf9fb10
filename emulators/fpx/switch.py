"""The switch: takes the seller's AR, AE and BE."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import NoReturn

from sqlalchemy import Connection

from emulators.foundation.clock import MALAYSIA, Clock
from emulators.foundation.journal import Journal
from emulators.foundation.randomness import decimal_digits, hex_digits
from emulators.fpx.admission import Admission, not_emulated
from emulators.fpx.checksum import Signs
from emulators.fpx.confirmation import Confirmations
from emulators.fpx.errors import BlockedBank, NotEmulated, Refused
from emulators.fpx.instructions import Instructions
from emulators.fpx.messages import ar, be
from emulators.fpx.messages.wire import abridged, encode, fingerprint, printable
from emulators.fpx.outcomes.asked import Ask
from emulators.fpx.outcomes.stages import Stage
from emulators.fpx.settings import FpxSettings
from emulators.fpx.settlement import Settlement
from emulators.fpx.storage import Storage
from emulators.fpx.transaction import Event, State, Transaction, move

Asks = tuple[Ask, ...]


@dataclass(frozen=True)
class Switch:
    """The seller's side of FPX."""

    settings: FpxSettings
    storage: Storage
    admission: Admission
    settlement: Settlement
    confirmations: Confirmations
    signer: Signs
    journal: Journal
    clock: Clock
    source: Random

    @property
    def instructions(self) -> Instructions:
        """What testers ask for."""
        return self.settlement.instructions

    def authorise(self, fields: Mapping[str, str], asks: Asks = ()) -> Transaction:
        """Accept an AR or AD: a transaction with its FPX id, whose buyer is handed over to the bank.

        The very message that opened a transaction leads back to it: the back button, a closed tab, a double post.

        Raises:
            Refused: a check failed; the refusal is journalled and no transaction exists.
        """
        try:
            request, sen = self.admission.payment(fields)
            self._check_bank(fields, asks)
            return self._open(request, sen, fields, asks)
        except Refused as refusal:
            opened = self.storage.find_opened_by(fingerprint(fields))
            if opened is None:
                self._note_refusal("AR", fields, refusal)
                raise
            self.journal.note("AR repeated", opened.fpx_txn_id, state=opened.state)
            return opened

    def enquire(self, fields: Mapping[str, str]) -> str:
        """The reply to an AE: an AC-typed line, or ERROR (FPX gives no reason, our journal does).

        The nth enquiry about a payment left pending settles it.
        """
        try:
            enquiry = self.admission.enquiry(fields)
        except Refused as refusal:
            self._note_refusal("AE", fields, refusal)
            if isinstance(refusal, NotEmulated):
                raise
            return self.settings.refused_reply
        with self.settlement.writing() as connection:
            txn = self.storage.hold_order(connection, enquiry.seller_ex_id, enquiry.seller_ex_order_no)
            if txn is not None:
                txn = self.settlement.enquired(connection, txn)
            reply = self.confirmations.of(txn) if txn else self.confirmations.not_found(enquiry)
            ref = txn.fpx_txn_id if txn else printable(enquiry.seller_ex_order_no)
            self.journal.write(connection, "AE" if txn else "AE unknown", ref, fields=abridged(fields), reply=reply)
        return encode(reply)

    def bank_list(self, fields: Mapping[str, str], asks: Asks = ()) -> str:
        """The reply to a BE: BC with the banks of the model, or ERROR."""
        try:
            enquiry, listed = self.admission.bank_list(fields)
        except Refused as refusal:
            self._note_refusal("BE", fields, refusal)
            if isinstance(refusal, NotEmulated):
                raise
            return self.settings.refused_reply
        away = self.instructions.strikes(Stage.LIST, asks, fields, "BE")
        statuses = be.bank_list((bank.id, online and not _names(away, bank.id)) for bank, online in listed)
        reply = be.BC(msg_token=enquiry.msg_token, seller_ex_id=enquiry.seller_ex_id, bank_list=statuses)
        signed = self.signer.signed(reply.wire(), be.REPLY_CHECKSUM_ORDER)
        self.journal.note("BE", enquiry.seller_ex_id, fields=abridged(fields), reply=signed)
        return encode(signed)

    def not_emulated(self, fields: Mapping[str, str], message: str) -> NoReturn:
        """Say at the door of a message that this sandbox does not speak that it does not.

        Raises:
            NotEmulated: always; the journal has it.
        """
        refusal = not_emulated(message)
        self._note_refusal(message, fields, refusal)
        raise refusal

    def _check_bank(self, fields: Mapping[str, str], asks: Asks) -> None:
        bank_id = fields.get("fpx_buyerBankId", "")
        if _names(self.instructions.strikes(Stage.LIST, asks, fields, "AR"), bank_id):
            raise BlockedBank(f"{bank_id} is offline, because the fault bank-offline was asked for", "fpx_buyerBankId")

    def _open(self, request: ar.AR, sen: int, fields: Mapping[str, str], asks: Asks) -> Transaction:
        now = self.clock.now().astimezone(MALAYSIA)
        with self.storage.database.write() as connection:
            self.admission.check_order_number(connection, request)
            number_use = self.admission.earlier_uses(connection, request, fingerprint(fields))
            taken = request.model_dump(include=_KEPT_OF_AR)
            txn = Transaction(
                **taken,
                fpx_txn_id=self._new_id(connection, now),
                fpx_txn_time=now.strftime("%Y%m%d%H%M%S"),
                session=hex_digits(self.source, 32),
                state=move(State.RECEIVED, Event.HAND_OVER),
                received_at=now.isoformat(timespec="milliseconds"),
                expires_at=now.timestamp() + min(self.settings.session_seconds, self.settings.bank_session_seconds),
                session_ends_at=now.timestamp() + self.settings.bank_session_seconds,
                amount_sen=sen,
                number_use=number_use,
            )
            self.journal.write(connection, "AR", txn.fpx_txn_id, fields=abridged(fields))
            txn = self.instructions.keep(connection, txn, asks)
            self.storage.add(connection, txn, fingerprint(fields))
        return txn

    def _new_id(self, connection: Connection, now: datetime) -> str:
        """yyMMddHHmmss and four digits; when a second's numbers run short the next second lends its own.

        Captures show the id up to a second off fpxTxnTime.
        """
        for attempt in count():
            moment = now + timedelta(seconds=attempt // 20)
            candidate = moment.strftime("%y%m%d%H%M%S") + decimal_digits(self.source, 4)
            if not self.storage.id_taken(connection, candidate):
                return candidate
        raise AssertionError("count() does not end")

    def _note_refusal(self, message: str, fields: Mapping[str, str], refusal: Refused) -> None:
        refusal.code = self.settings.refusal_codes.get(refusal.check, refusal.code)
        self.journal.note(
            f"{message} refused",
            printable(fields.get("fpx_sellerExOrderNo", "")),
            check=refusal.check,
            code=refusal.code,
            mistake=refusal.mistake,
            field=refusal.field,
            sentence=refusal.sentence,
            source_expected=refusal.source_expected[:4000],
            source_signed=refusal.source_signed[:4000],
            fields=abridged(fields),
        )


def _names(ask: Ask | None, bank_id: str) -> bool:
    return ask is not None and ask.values["bank"] in ("", bank_id)


_KEPT_OF_AR = {
    "msg_type",
    "seller_ex_id",
    "seller_ex_order_no",
    "seller_id",
    "seller_order_no",
    "seller_txn_time",
    "msg_token",
    "txn_currency",
    "buyer_bank_id",
    "buyer_email",
    "buyer_id",
    "buyer_iban",
    "product_desc",
    "version",
}
