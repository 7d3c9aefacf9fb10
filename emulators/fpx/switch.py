"""The switch: takes the seller's AR, AE and BE."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from sqlalchemy import Connection

from emulators.foundation.journal import Journal
from emulators.fpx.admission import Admission, not_emulated
from emulators.fpx.checksum import Signs
from emulators.fpx.confirmation import NOT_FOUND, Confirmations
from emulators.fpx.errors import BlockedBank, NotEmulated, Refused
from emulators.fpx.instructions import Instructions
from emulators.fpx.messages import be
from emulators.fpx.messages.ae import AE
from emulators.fpx.messages.wire import abridged, encode, fingerprint, printable
from emulators.fpx.opening import Opening
from emulators.fpx.outcomes.asked import Ask
from emulators.fpx.outcomes.stages import Stage
from emulators.fpx.settings import FpxSettings
from emulators.fpx.settlement import Settlement
from emulators.fpx.storage import Storage
from emulators.fpx.transaction import Transaction

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
    opening: Opening
    journal: Journal

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
            return self.accept(fields, asks)
        except Refused as refusal:
            return self.refuse(fields, refusal)

    def accept(self, fields: Mapping[str, str], asks: Asks = ()) -> Transaction:
        """The same for a message never seen before.

        Raises:
            Refused: a check failed; nothing was changed, nor journalled.
        """
        request, sen = self.admission.payment(fields)
        self._check_bank(fields, asks)
        return self.opening.open(request, sen, fields, asks)

    def refuse(self, fields: Mapping[str, str], refusal: Refused) -> Transaction:
        """What `authorise` says to a message that `accept` refused.

        Raises:
            Refused: the message has not opened a transaction before; the refusal is journalled.
        """
        opened = self.storage.find_opened_by(fingerprint(fields))
        if opened is None:
            self._note_refusal("AR", fields, refusal)
            raise refusal
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
        with self.storage.database.write() as connection:
            txn = self.storage.hold_order(connection, enquiry.seller_ex_id, enquiry.seller_ex_order_no)
            if txn is not None:
                txn = self.settlement.enquired(connection, txn)
            reply = self.confirmations.of(txn) if txn else self._not_found(connection, enquiry)
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

    def _not_found(self, connection: Connection, enquiry: AE) -> dict[str, str]:
        code = ""
        if self.settings.enquiry_tells_refusal:
            code = self.storage.refusal_code(connection, enquiry.seller_ex_id, printable(enquiry.seller_ex_order_no))
        return self.confirmations.not_found(enquiry, code or NOT_FOUND)

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
