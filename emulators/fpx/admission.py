"""What a message of a seller must pass before the switch acts on it; it changes nothing, so it can be asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from emulators.foundation.clock import Clock
from emulators.fpx import banks, checks
from emulators.fpx.errors import DuplicateExchangeOrderNumber, Refused, RepeatedOrderNumber, UnknownModel
from emulators.fpx.messages import ae, ar, be
from emulators.fpx.messages.wire import fingerprint
from emulators.fpx.sellers import Sellers
from emulators.fpx.settings import FpxSettings
from emulators.fpx.storage import Storage


@dataclass(frozen=True)
class Admission:
    """The checks of each message, in their order; the first one failed raises its `Refused`."""

    settings: FpxSettings
    storage: Storage
    sellers: Sellers
    clock: Clock

    def payment(self, fields: Mapping[str, str]) -> tuple[ar.AR, int]:
        """The payment asked for, and its amount in sen. Order numbers are judged where they are taken."""
        self.sellers.admit(fields, "AR", ar.CHECKSUM_ORDER)
        request = ar.AR.parse(fields)
        sen = checks.judge(request, self.settings, self.clock.now())
        self.sellers.name_of(request.seller_ex_id, request.seller_id)
        return request, sen

    def enquiry(self, fields: Mapping[str, str]) -> ae.AE:
        """The enquiry."""
        self.sellers.admit(fields, "AE", ae.CHECKSUM_ORDER)
        enquiry = ae.AE.parse(fields)
        checks.check_version(enquiry.version, self.settings)
        return enquiry

    def bank_list(self, fields: Mapping[str, str]) -> tuple[be.BE, list[banks.Bank]]:
        """The enquiry, and the banks of its model."""
        self.sellers.admit(fields, "BE", be.CHECKSUM_ORDER)
        enquiry = be.BE.parse(fields)
        checks.check_version(enquiry.version, self.settings)
        listed = banks.banks_of(enquiry.msg_token)
        if not listed:
            raise UnknownModel(f"there is no bank list for model {enquiry.msg_token[:10]!r}", "fpx_msgToken")
        return enquiry, listed

    def check_order_number(self, connection: Connection, request: ar.AR) -> None:
        """The seller's order number is new, when the setting asks for it."""
        if self.settings.refuse_repeated_order_number and self.storage.order_number_used(
            connection, request.seller_id, request.seller_order_no
        ):
            said = f"seller {request.seller_id} used order number {request.seller_order_no} before"
            raise RepeatedOrderNumber(said, "fpx_sellerOrderNo")

    def would_be_taken(self, fields: Mapping[str, str], message: str) -> None:
        """Whether the switch would take the message if it came now, order numbers included.

        As at the door, the very message that opened a transaction is taken again.

        Raises:
            Refused: it would not.
        """
        if message != "AR":
            (self.enquiry if message == "AE" else self.bank_list)(fields)
            return
        try:
            request, _ = self.payment(fields)
            with self.storage.database.read() as connection:
                self.check_order_number(connection, request)
            if known := self.storage.find_order(request.seller_ex_id, request.seller_ex_order_no):
                said = f"fpx_sellerExOrderNo was used before: it is that of transaction {known.fpx_txn_id}"
                raise DuplicateExchangeOrderNumber(said, "fpx_sellerExOrderNo")
        except Refused:
            if self.storage.find_opened_by(fingerprint(fields)) is None:
                raise
