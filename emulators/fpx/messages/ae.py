"""AE, authorization enquiry: the seller asks what became of an order; the reply is AC-typed."""

from __future__ import annotations

from typing import Annotated

from emulators.fpx.messages import ar
from emulators.fpx.messages.wire import Given, Message

CHECKSUM_ORDER = ar.CHECKSUM_ORDER
"""AE signs the same 20 values as AR, with msgType AE."""


class AE(Message):
    """The fields an enquiry is answered from.

    Only the exchange and its order number find the transaction. The others are echoed by the reply "not found" (76)
    and are taken as they come: merchants in production leave the bank blank or put it in sellerBankCode.
    """

    msg_token: str = ""
    seller_ex_id: Annotated[str, Given]
    seller_ex_order_no: Annotated[str, Given]
    seller_txn_time: str = ""
    seller_order_no: str = ""
    seller_id: str = ""
    buyer_bank_id: str = ""
    txn_currency: str = ""
    txn_amount: str = ""
    version: Annotated[str, Given]
