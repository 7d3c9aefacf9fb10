"""FPX messages as a merchant sees them: names, wire orders and the values a checksum covers.

Sources: AR, AE and BE orders, ten and more independent clients; AC, AE's reply and BC, proved by genuine signatures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl

PREFIX = "fpx_"
CHECKSUM = "fpx_checkSum"


def _fields(names: str) -> tuple[str, ...]:
    return tuple(names.split())


REQUEST_ORDER = _fields(
    "msgType msgToken sellerExId sellerExOrderNo sellerTxnTime sellerOrderNo sellerId sellerBankCode txnCurrency"
    " txnAmount buyerEmail checkSum buyerName buyerBankId buyerBankBranch buyerAccNo buyerId makerName buyerIban"
    " productDesc version"
)
"""AR and AE as the official sample form posts them; FPX does not depend on the order."""

REQUEST_SIGNED = _fields(
    "buyerAccNo buyerBankBranch buyerBankId buyerEmail buyerIban buyerId buyerName makerName msgToken msgType"
    " productDesc sellerBankCode sellerExId sellerExOrderNo sellerId sellerOrderNo sellerTxnTime txnAmount txnCurrency"
    " version"
)
"""AR and AE: twenty values, alphabetical by name."""

CONFIRMATION_SIGNED = _fields(
    "buyerBankBranch buyerBankId buyerIban buyerId buyerName creditAuthCode creditAuthNo debitAuthCode debitAuthNo"
    " fpxTxnId fpxTxnTime makerName msgToken msgType sellerExId sellerExOrderNo sellerId sellerOrderNo sellerTxnTime"
    " txnAmount txnCurrency"
)
"""AC, direct and indirect, and the reply to AE: twenty-one values."""

BANK_ENQUIRY_SIGNED = _fields("msgToken msgType sellerExId version")
BANK_LIST_SIGNED = _fields("bankList msgToken msgType sellerExId")


def source(fields: Mapping[str, str], signed: Sequence[str]) -> str:
    """The text a checksum covers: the values in `signed` order, joined by bars; an absent field is a blank one."""
    return "|".join(fields.get(PREFIX + name, "") for name in signed)


def parse_line(body: str) -> dict[str, str] | None:
    """The fields of a reply (one URL-encoded line), or None when FPX sent its bare `ERROR` or anything else.

    Some installations put blank lines around the line (four clients strip them), so that outer white space is dropped.
    """
    line = body.strip()
    if not line.startswith(PREFIX):
        return None
    return dict(parse_qsl(line, keep_blank_values=True))
