"""What travels over the FPX wire, as the portal's own values: a payment to ask for, what FPX says of it, a bank.

Instants are aware and in Malaysia time, amounts whole sen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from reference_portal.clock import MALAYSIA
from reference_portal.errors import Forged
from reference_portal.gateways.fpx_messages import PREFIX
from reference_portal.rules.order import APPROVED_CODE

BANK_NAMES: Final[dict[str, str]] = {
    "UJIAN001": "Bank Ujian A",
    "UJIAN002": "Bank Ujian B",
    "UJIAN003": "Bank Ujian C",
    "CONTOH01": "Bank Contoh Nusa",
    "TEST0021": "SBI Bank A",
    "TEST0022": "SBI Bank B",
    "TEST0023": "SBI Bank C",
}
"""BC carries ids only; a merchant brings the names. A bank nobody has named here is shown by its id."""

_LONGEST_EMAIL = 50
_LONGEST_NAME = 40
_NOT_TAKEN_IN_NAMES = re.compile(r"[^A-Za-z0-9@/\\() .\-_,&']")
_CODE = re.compile(r"[0-9A-Z]{2}")
_AMOUNT = re.compile(r"([0-9]{1,14})\.([0-9]{2})")
_TIME = "%Y%m%d%H%M%S"


class Model(StrEnum):
    """fpx_msgToken: who pays."""

    B2C = "01"
    B2B1 = "02"


@dataclass(frozen=True)
class Payment:
    """One attempt to have an order paid. `exchange_order_number` names the attempt and is never used twice."""

    order_number: str
    exchange_order_number: str
    placed_at: datetime
    amount_sen: int
    bank_id: str
    buyer_name: str = ""
    buyer_email: str = ""
    model: Model = Model.B2C


@dataclass(frozen=True)
class Confirmation:
    """What FPX says about a payment: an AC, or the reply to our AE. Compare it with the order before believing it."""

    order_number: str
    exchange_order_number: str
    amount_sen: int
    currency: str
    debit_code: str
    debit_number: str
    credit_code: str
    fpx_transaction_id: str
    fpx_time: datetime | None
    bank_id: str
    bank_name: str
    model: str

    @property
    def approved(self) -> bool:
        """Whether the buyer's money was taken; FPX's clients decide on the debit code."""
        return self.debit_code == APPROVED_CODE


@dataclass(frozen=True)
class Bank:
    """A bank the buyer may choose; an offline one is listed and cannot be chosen."""

    id: str
    name: str
    online: bool


def request_values(payment: Payment) -> dict[str, str]:
    """The fields of AR and AE that come from the payment."""
    return {
        "msgToken": str(payment.model),
        "sellerExOrderNo": payment.exchange_order_number,
        "sellerTxnTime": payment.placed_at.astimezone(MALAYSIA).strftime(_TIME),
        "sellerOrderNo": payment.order_number,
        "txnCurrency": "MYR",
        "txnAmount": f"{payment.amount_sen // 100}.{payment.amount_sen % 100:02d}",
        # the field is optional and 50 wide; an address cut short would be somebody else's
        "buyerEmail": payment.buyer_email if len(payment.buyer_email) <= _LONGEST_EMAIL else "",
        "buyerName": bank_safe(payment.buyer_name),
        "buyerBankId": payment.bank_id,
    }


def confirmation_of(fields: Mapping[str, str]) -> Confirmation:
    """The value of an AC whose checksum has been verified."""

    def got(name: str) -> str:
        return fields.get(PREFIX + name, "")

    return Confirmation(
        order_number=got("sellerOrderNo"),
        exchange_order_number=got("sellerExOrderNo"),
        amount_sen=_sen(got("txnAmount")),
        currency=got("txnCurrency"),
        debit_code=_code(got("debitAuthCode")),
        debit_number=got("debitAuthNo"),
        credit_code=got("creditAuthCode"),
        fpx_transaction_id=got("fpxTxnId"),
        fpx_time=_instant(got("fpxTxnTime")),
        bank_id=got("buyerBankId"),
        bank_name=BANK_NAMES.get(got("buyerBankId")) or got("buyerBankBranch") or got("buyerBankId"),
        model=got("msgToken"),
    )


def bank_safe(name: str) -> str:
    """A name in the characters FPX takes (PayNet's mapping table, one source), forty at most, no outer space."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode("ascii")
    return _NOT_TAKEN_IN_NAMES.sub("", plain)[:_LONGEST_NAME].strip()


def _code(code: str) -> str:
    """A response code; a message without one says nothing of the payment, not that it failed."""
    if not _CODE.fullmatch(code):
        raise Forged(f"the AC has debitAuthCode {code!r}, which is no response code")
    return code


def _sen(amount: str) -> int:
    found = _AMOUNT.fullmatch(amount)
    if found is None:
        raise Forged(f"the AC has txnAmount {amount!r}, which is no amount")
    return int(found[1]) * 100 + int(found[2])


def _instant(text: str) -> datetime | None:
    """fpxTxnTime, Malaysia time; None when blank (order unknown to FPX)."""
    if not text:
        return None
    try:
        return datetime.strptime(text, _TIME).replace(tzinfo=MALAYSIA)
    except ValueError:
        raise Forged(f"the AC has fpxTxnTime {text!r}, which is no instant") from None


def banks_of(listed: str) -> list[Bank]:
    """The banks of a BC: `BANKID~STATUS` items joined by commas, A available, anything else offline."""
    pairs = (item.partition("~") for item in listed.split(",") if item.strip())
    return [Bank(bank, BANK_NAMES.get(bank, bank), status == "A") for bank, _, status in pairs if bank]
