"""AC, authorization confirmation: direct, indirect, and the reply to AE; one layout for all three."""

from __future__ import annotations

from typing import Literal

from emulators.fpx.messages.wire import Message

CHECKSUM_ORDER = (
    "buyerBankBranch",
    "buyerBankId",
    "buyerIban",
    "buyerId",
    "buyerName",
    "creditAuthCode",
    "creditAuthNo",
    "debitAuthCode",
    "debitAuthNo",
    "fpxTxnId",
    "fpxTxnTime",
    "makerName",
    "msgToken",
    "msgType",
    "sellerExId",
    "sellerExOrderNo",
    "sellerId",
    "sellerOrderNo",
    "sellerTxnTime",
    "txnAmount",
    "txnCurrency",
)
"""The 21 signed values (proved: genuine messages of 2021 verify with exactly these)."""


class AC(Message):
    """Exactly 21 fields and `checkSum`, in the switch's wire order (captures of 2017 and 2021 agree).

    Some merchants sign every posted key in sorted order, some take the status from the first pair: so neither a
    field more nor another order.
    """

    debit_auth_code: str = ""
    debit_auth_no: str = ""
    seller_ex_id: str
    credit_auth_no: str = ""
    buyer_name: str = ""
    buyer_id: str = ""
    seller_txn_time: str
    seller_ex_order_no: str
    maker_name: str = ""
    buyer_bank_branch: str = ""
    buyer_bank_id: str
    msg_token: str
    credit_auth_code: str = ""
    seller_id: str
    fpx_txn_time: str = ""
    buyer_iban: str = ""
    seller_order_no: str
    txn_amount: str
    fpx_txn_id: str = ""
    check_sum: str = ""
    msg_type: Literal["AC"] = "AC"
    txn_currency: str
