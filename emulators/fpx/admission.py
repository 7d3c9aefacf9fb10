"""What a message of a seller must pass before the switch acts on it; it changes nothing, so it can be asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from emulators.foundation.clock import Clock
from emulators.fpx import banks, checks
from emulators.fpx.availability import Availability
from emulators.fpx.errors import (
    DuplicateExchangeOrderNumber,
    NotEmulated,
    Refused,
    RepeatedOrderNumber,
    UnknownModel,
    WrongMandateBank,
)
from emulators.fpx.messages import ad, ae, ar, be
from emulators.fpx.messages.wire import fingerprint
from emulators.fpx.sellers import Sellers
from emulators.fpx.settings import FpxSettings
from emulators.fpx.storage import Storage

_NOT_PUBLIC = {"AX": "cancellation by the merchant", "AF": "bulk refund", "AQ": "bulk refund enquiry"}


@dataclass(frozen=True)
class Admission:
    """The checks of each message, in their order; the first one failed raises its `Refused`."""

    settings: FpxSettings
    storage: Storage
    sellers: Sellers
    availability: Availability
    clock: Clock

    def payment(self, fields: Mapping[str, str]) -> tuple[ar.AR, int]:
        """The payment (AR) or e-Mandate (AD) asked for, and its amount in sen; order numbers are judged when taken."""
        mandate = fields.get("fpx_msgType") == "AD"
        refuse_not_emulated(fields)
        self.sellers.admit(fields, "AD" if mandate else "AR", ar.CHECKSUM_ORDER)
        request = (ad.AD if mandate else ar.AR).parse(fields)
        sen = checks.judge(request, self.settings, self.availability, self.clock.now())
        if isinstance(request, ad.AD):
            request.mandate()
            if request.msg_token != banks.B2C:
                raise WrongMandateBank("an e-Mandate is for model 01", "fpx_buyerBankId")
        self.sellers.name_of(request.seller_ex_id, request.seller_id)
        return request, sen

    def enquiry(self, fields: Mapping[str, str]) -> ae.AE:
        """The enquiry."""
        refuse_not_emulated(fields)
        self.sellers.admit(fields, "AE", ae.CHECKSUM_ORDER)
        enquiry = ae.AE.parse(fields)
        checks.check_version(enquiry.version, self.settings)
        return enquiry

    def bank_list(self, fields: Mapping[str, str]) -> tuple[be.BE, list[tuple[banks.Bank, bool]]]:
        """The enquiry, and the banks of its model, each with whether it is in service."""
        refuse_not_emulated(fields)
        self.sellers.admit(fields, "BE", be.CHECKSUM_ORDER)
        enquiry = be.BE.parse(fields)
        checks.check_version(enquiry.version, self.settings)
        listed = self.availability.listed(enquiry.msg_token)
        if not listed:
            raise UnknownModel(f"there is no bank list for model {enquiry.msg_token[:10]!r}", "fpx_msgToken")
        return enquiry, listed

    def check_order_number(self, connection: Connection, request: ar.AR) -> None:
        """The seller's order number is new, or was used long ago, when the setting asks for it."""
        if not self.settings.refuse_repeated_order_number:
            return
        used = self.storage.order_number_used(connection, request.seller_id, request.seller_order_no)
        if used is not None and self._counts(used, self.settings.order_number_days):
            said = f"seller {request.seller_id} used order number {request.seller_order_no} before"
            raise RepeatedOrderNumber(said, "fpx_sellerOrderNo")

    def earlier_uses(self, connection: Connection, request: ar.AR, mark: str) -> int:
        """How often the exchange used its order number, so long ago that the setting lets it be used again.

        With no such setting the store itself holds the number to be unique.

        Raises:
            DuplicateExchangeOrderNumber: the number still counts as used, or `mark` is that of the very same message.
        """
        if not self.settings.exchange_order_number_days:
            return 0
        last = self.storage.hold_order(connection, request.seller_ex_id, request.seller_ex_order_no)
        if last is None:
            return 0
        fresh = self._counts(datetime.fromisoformat(last.received_at), self.settings.exchange_order_number_days)
        if fresh or self.storage.find_opened_by(mark):
            raise _used_by(last.fpx_txn_id)
        return last.number_use + 1

    def would_be_taken(self, fields: Mapping[str, str], message: str) -> None:
        """Whether the switch would take the message if it came now, order numbers included.

        As at the door, the very message that opened a transaction is taken again.

        Raises:
            Refused: it would not.
        """
        if message in ("AE", "BE"):
            (self.enquiry if message == "AE" else self.bank_list)(fields)
            return
        try:
            request, _ = self.payment(fields)
            with self.storage.database.read() as connection:
                self.check_order_number(connection, request)
                reused = self.earlier_uses(connection, request, fingerprint(fields))
            known = self.storage.find_order(request.seller_ex_id, request.seller_ex_order_no)
            if known and not reused:
                raise _used_by(known.fpx_txn_id)
        except Refused:
            if self.storage.find_opened_by(fingerprint(fields)) is None:
                raise

    def _counts(self, used: datetime, days: float) -> bool:
        return not days or self.clock.now() - used < timedelta(days=days)


def refuse_not_emulated(fields: Mapping[str, str]) -> None:
    """Say of a message that is not emulated what it is, before anything else is asked of it.

    Raises:
        NotEmulated: it is one.
    """
    message = fields.get("fpx_msgType", "")
    if message in _NOT_PUBLIC:
        raise not_emulated(message)


def not_emulated(message: str) -> NotEmulated:
    """What is said of AX, AF and AQ."""
    said = f"{message} ({_NOT_PUBLIC[message]}) is not emulated: its layout is not public. Nothing was done."
    return NotEmulated(said, "fpx_msgType")


def _used_by(fpx_txn_id: str) -> DuplicateExchangeOrderNumber:
    said = f"fpx_sellerExOrderNo was used before: it is that of transaction {fpx_txn_id}"
    return DuplicateExchangeOrderNumber(said, "fpx_sellerExOrderNo")
