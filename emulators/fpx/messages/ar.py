"""AR, authorization request: the buyer's browser brings it from the seller to the switch."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Self

from pydantic import AfterValidator

from emulators.fpx.messages.wire import (
    Given,
    Max2,
    Max3,
    Max10,
    Max14,
    Max16,
    Max20,
    Max30,
    Max35,
    Max40,
    Max50,
    Message,
)

CHECKSUM_ORDER = (
    "buyerAccNo",
    "buyerBankBranch",
    "buyerBankId",
    "buyerEmail",
    "buyerIban",
    "buyerId",
    "buyerName",
    "makerName",
    "msgToken",
    "msgType",
    "productDesc",
    "sellerBankCode",
    "sellerExId",
    "sellerExOrderNo",
    "sellerId",
    "sellerOrderNo",
    "sellerTxnTime",
    "txnAmount",
    "txnCurrency",
    "version",
)
"""The 20 signed values of AR and AE, the same in versions 5.0 to 7.0 (more than ten independent merchants agree)."""


_SINCE_7 = {"fpx_eaccountNum": "fpx_eaccountNum", "fpx_ebuyerId": "fpx_ebuyerId", "fpx_ebuyerID": "fpx_ebuyerId"}
"""The fields of version 7.0 as they are spelled in the wild, and as we call them."""


def _order_number(text: str) -> str:
    if "&" in text or "'" in text:
        raise ValueError("an order number must not hold & or '")
    return text


@lru_cache(100)
def _moment(text: str) -> str:
    if len(text) != 14 or not (text.isascii() and text.isdigit()):
        raise ValueError("must be 14 digits, YYYYMMDDHHmmss")
    datetime.strptime(text, "%Y%m%d%H%M%S")  # noqa: DTZ007  only its form is judged here
    return text


class AR(Message):
    """The request's fields in the wire order of the official sample form (lengths: three sources)."""

    msg_type: Annotated[Max2, Given]
    msg_token: Annotated[Max2, Given]
    seller_ex_id: Annotated[Max10, Given]
    seller_ex_order_no: Annotated[Max40, Given, AfterValidator(_order_number)]
    seller_txn_time: Annotated[Max14, AfterValidator(_moment)]
    seller_order_no: Annotated[Max40, Given, AfterValidator(_order_number)]
    seller_id: Annotated[Max10, Given]
    seller_bank_code: Annotated[Max2, Given]
    txn_currency: Annotated[Max3, Given]
    txn_amount: Annotated[Max16, Given]
    buyer_email: Max50 = ""
    buyer_name: Max40 = ""
    buyer_bank_id: Annotated[Max10, Given]
    buyer_bank_branch: Max10 = ""
    buyer_acc_no: Max20 = ""
    buyer_id: Max20 = ""
    maker_name: Max40 = ""
    buyer_iban: Max35 = ""
    product_desc: Annotated[Max30, Given]
    version: Annotated[Max3, Given]
    eaccount_num: Max40 = ""
    ebuyer_id: Max40 = ""

    @classmethod
    def parse(cls, fields: Mapping[str, str]) -> Self:
        """The typed value of received fields (wire names).

        The last two fields came with version 7.0, unsigned and under either spelling (three sources); to versions 5.0
        and 6.0 they are extra fields like any other, which nobody looks at.

        Raises:
            WrongFormat: a field is missing, too long or malformed; the error names the first one.
        """
        known = {name: value for name, value in fields.items() if name not in _SINCE_7}
        if fields.get("fpx_version") == "7.0":
            known |= {_SINCE_7[name]: value for name, value in fields.items() if name in _SINCE_7}
        return super().parse(known)
