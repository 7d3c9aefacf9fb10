"""Builds and signs AC: one content for the direct AC, the indirect AC and the reply to AE."""

from __future__ import annotations

from emulators.fpx import banks
from emulators.fpx.checksum import Signs
from emulators.fpx.messages import ac
from emulators.fpx.messages.ac import AC
from emulators.fpx.messages.ae import AE
from emulators.fpx.transaction import WITH_BUYER, Transaction

NOT_FOUND = "76"
"""The debitAuthCode for an order that nobody asked to pay."""


class Confirmations:
    """What the switch says of a transaction, signed, under wire names and in wire order."""

    def __init__(self, signer: Signs) -> None:
        self._signer = signer

    def of(self, txn: Transaction) -> dict[str, str]:
        """AC of a transaction as it stands.

        While the buyer is at the bank it says 09: transaction id, time and bank are there already, the names and all
        authorisations are blank (proved by a genuine reply).
        """
        bank = banks.bank(txn.buyer_bank_id)
        at_bank = txn.state in WITH_BUYER
        return self._signed(
            AC(
                debit_auth_code="09" if at_bank else txn.debit_auth_code,
                debit_auth_no=txn.debit_auth_no,
                seller_ex_id=txn.seller_ex_id,
                credit_auth_no=txn.credit_auth_no,
                buyer_name="" if at_bank else txn.account_name,
                buyer_id=txn.buyer_id.strip(),
                seller_txn_time=txn.seller_txn_time,
                seller_ex_order_no=txn.seller_ex_order_no,
                maker_name="" if at_bank else txn.maker_name,
                buyer_bank_branch=bank.branch if bank else "",
                buyer_bank_id=txn.buyer_bank_id,
                msg_token=txn.msg_token,
                credit_auth_code=txn.credit_auth_code,
                seller_id=txn.seller_id,
                fpx_txn_time=txn.fpx_txn_time,
                buyer_iban=txn.buyer_iban.strip(),
                seller_order_no=txn.seller_order_no,
                txn_amount=txn.amount,
                fpx_txn_id=txn.fpx_txn_id,
                txn_currency=txn.txn_currency,
            )
        )

    def not_found(self, ae: AE, code: str = NOT_FOUND) -> dict[str, str]:
        """AC with 76 (or another code): the enquiry's own values echoed, all else blank (proved by a genuine reply)."""
        return self._signed(
            AC(
                debit_auth_code=code,
                seller_ex_id=ae.seller_ex_id,
                seller_txn_time=ae.seller_txn_time,
                seller_ex_order_no=ae.seller_ex_order_no,
                buyer_bank_id=ae.buyer_bank_id,
                msg_token=ae.msg_token,
                seller_id=ae.seller_id,
                seller_order_no=ae.seller_order_no,
                txn_amount=ae.txn_amount,
                txn_currency=ae.txn_currency,
            )
        )

    def _signed(self, confirmation: AC) -> dict[str, str]:
        return self._signer.signed(confirmation.wire(), ac.CHECKSUM_ORDER)
