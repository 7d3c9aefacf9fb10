"""What the FPX room refuses. The code on the wire is a class attribute.

Which code the real switch picks for which defect is not published: the codes here follow from their names in the
response-code table (a guess, FPX-1) and `FpxSettings.refusal_codes` replaces any of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from emulators.foundation.errors import RoomError

REFUSED = "caruman.fpx.refused"
"""Where a request keeps what its message was refused for, when that is known before its view is asked."""


class Refused(RoomError):
    """A message of the seller that the switch does not take: which check failed, with which code, over which field."""

    status = 400
    check: ClassVar[str]
    code: str
    mistake: str = ""
    """What the merchant did wrong, by id; blank when the check alone says it."""
    sentence_malay = ""
    source_signed = ""

    def __init__(self, sentence: str, field: str = "", source_expected: str = "") -> None:
        """`field` is the wire name; `source_expected` the text whose signature would have been accepted."""
        super().__init__(sentence)
        self.field = field
        self.source_expected = source_expected


class WrongMessageType(Refused):
    """Another message type than this door takes."""

    check, code, mistake = "message-type", "XT", "wrong-message"


class NothingRead(WrongMessageType):
    """No field of FPX's could be read: the body is no form, or its pairs are not joined by `&`."""

    mistake = ""


class WrongFormat(Refused):
    """A field is missing, too long, or not what its type says."""

    check, code = "format", "30"


class UnknownVersion(Refused):
    """An interface version the switch does not speak."""

    check, code, mistake = "version", "30", "version"


class UnknownExchange(Refused):
    """No such seller exchange is registered."""

    check, code = "exchange", "XI"


class BadChecksum(Refused):
    """The signature does not fit the fields and the exchange's key; with why, as far as it is proven."""

    check, code, mistake = "checksum", "XC", "unknown"


class UnknownSeller(Refused):
    """No such seller is registered."""

    check, code = "seller", "46"


class SellerOfAnother(Refused):
    """The seller is registered, but with another exchange."""

    check, code = "seller-of-exchange", "XS"


class UnknownModel(Refused):
    """A payment model that is not offered."""

    check, code = "model", "XM"


class WrongCurrency(Refused):
    """A currency other than the one accepted."""

    check, code = "currency", "47"


class WrongAmount(Refused):
    """The amount is not digits, a point and two decimals."""

    check, code, mistake = "amount", "13", "amount-format"


class BelowMinimum(Refused):
    """The amount is lower than the model allows."""

    check, code = "minimum", "2A"


class AboveMaximum(Refused):
    """The amount is higher than the model allows."""

    check, code = "maximum", "48"


class UnknownBank(Refused):
    """The buyer's bank is not in the list of this model."""

    check, code = "bank", "92"


class BlockedBank(Refused):
    """The buyer's bank is in the list, with status B."""

    check, code = "bank-status", "BB"


class ClockApart(Refused):
    """The seller's clock is too far from the switch's."""

    check, code = "clock", "XW"


class AboveSellersMaximum(Refused):
    """The amount is higher than the setting allows this seller."""

    check, code = "seller-maximum", "49"


class UnknownAcquirer(Refused):
    """sellerBankCode names none of the acquiring banks in the setting."""

    check, code = "acquirer", "SB"


class Closed(Refused):
    """FPX takes no payments at this hour."""

    check, code = "operating-hours", "OE"


class WrongMandateType(Refused):
    """The application type of an e-Mandate is none of new, maintain and terminate."""

    check, code = "mandate-type", "DA"


class WrongMandateEmail(Refused):
    """An e-Mandate needs the buyer's e-mail address."""

    check, code = "mandate-email", "DB"


class WrongMandateFrequency(Refused):
    """The highest number of debits of an e-Mandate is no number."""

    check, code = "mandate-frequency", "DC"


class WrongMandateMode(Refused):
    """The frequency mode of an e-Mandate is none of day, month, week and year."""

    check, code = "mandate-mode", "DD"


class WrongMandateDates(Refused):
    """An e-Mandate ends before it begins, or has no such dates."""

    check, code = "mandate-dates", "DE"


class WrongMandateBank(Refused):
    """The buyer's bank takes no e-Mandates."""

    check, code = "mandate-bank", "DF"


class NotEmulated(Refused):
    """A message that exists and whose layout is not public: AX, AF and AQ."""

    status = 501
    check, code, mistake = "not-emulated", "XT", ""


class RepeatedOrderNumber(Refused):
    """The seller used this sellerOrderNo before (refused only when the setting says so)."""

    check, code = "order-number", "45"


class DuplicateExchangeOrderNumber(Refused):
    """The exchange used this sellerExOrderNo before."""

    check, code = "exchange-order-number", "XN"


class PostExpected(RoomError):
    """One of the seller's doors was opened like a page: with what to post there."""

    status = 405

    def __init__(self, message: str, order: Sequence[str]) -> None:
        """`message` is the msgType; `order` its signed fields without their prefix."""
        super().__init__(f"post a message {message} here, as application/x-www-form-urlencoded")
        self.message = message
        self.order = order


class ExchangeTaken(RoomError):
    """Another key is registered for the exchange, and the registration does not ask to replace it."""

    status = 409


class NothingPublished(RoomError):
    """There is no next certificate to switch to."""

    status = 409


class SellersFileWrong(RoomError):
    """The sellers file cannot be read; names the file, the table and the key."""


class IllegalMove(RoomError):
    """The transaction's state does not allow what was asked; nothing was changed."""

    status = 409
