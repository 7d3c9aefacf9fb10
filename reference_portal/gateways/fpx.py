"""The merchant's end of FPX: builds AR, reads AC, asks AE and BE.

It decides nothing about an order. It says what FPX said, once it is certain that FPX said it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Final

import httpx
from cryptography.hazmat.primitives.asymmetric import rsa

from reference_portal.clock import MALAYSIA
from reference_portal.errors import Forged, GatewayDown
from reference_portal.gateways import fpx_messages as wire
from reference_portal.gateways.fpx_signature import FpxCertificate, sign
from reference_portal.rules.order import APPROVED_CODE
from reference_portal.settings import PortalSettings

AUTHORIZATION_PATH: Final = "/FPXMain/seller2DReceiver.jsp"
ENQUIRY_PATH: Final = "/FPXMain/sellerNVPTxnStatus.jsp"
BANK_LIST_PATH: Final = "/FPXMain/RetrieveBankList"
TERMS_PATH: Final = "/FPXMain/termsAndConditions.jsp"

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


class Fpx:
    """The portal's connection to FPX."""

    def __init__(self, settings: PortalSettings, key: rsa.RSAPrivateKey, certificate_path: Path) -> None:
        self._settings = settings
        self._key = key
        self._certificate = FpxCertificate(certificate_path)

    @property
    def authorization_url(self) -> str:
        """Where the buyer's browser posts the AR."""
        return self._settings.fpx_browser_url.rstrip("/") + AUTHORIZATION_PATH

    @property
    def terms_url(self) -> str:
        """FPX's terms and conditions, which a merchant has to link."""
        return self._settings.fpx_browser_url.rstrip("/") + TERMS_PATH

    def authorization_request(self, payment: Payment) -> dict[str, str]:
        """The AR as the browser posts it: every field in wire order, signed."""
        return self._request("AR", payment)

    def read_confirmation(self, form: Mapping[str, str]) -> Confirmation:
        """The AC in `form`; Forged when FPX did not sign it or it is not addressed to this seller."""
        signed = wire.source(form, wire.CONFIRMATION_SIGNED)
        if not self._certificate.verifies(signed, form.get(wire.CHECKSUM, "")):
            raise Forged("the checksum of the AC is not FPX's")
        got = {name: form.get(wire.PREFIX + name, "") for name in wire.CONFIRMATION_SIGNED}
        ours = {"msgType": "AC", "sellerExId": self._settings.exchange_id, "sellerId": self._settings.seller_id}
        for name, value in ours.items():
            if got[name] != value:
                raise Forged(f"the AC has {name} {got[name]!r}, expected {value!r}")
        return Confirmation(
            order_number=got["sellerOrderNo"],
            exchange_order_number=got["sellerExOrderNo"],
            amount_sen=_sen(got["txnAmount"]),
            currency=got["txnCurrency"],
            debit_code=got["debitAuthCode"],
            debit_number=got["debitAuthNo"],
            credit_code=got["creditAuthCode"],
            fpx_transaction_id=got["fpxTxnId"],
            fpx_time=_instant(got["fpxTxnTime"]),
            bank_id=got["buyerBankId"],
            bank_name=BANK_NAMES.get(got["buyerBankId"]) or got["buyerBankBranch"] or got["buyerBankId"],
            model=got["msgToken"],
        )

    def enquire(self, payment: Payment) -> Confirmation:
        """Ask FPX what became of `payment` (AE); code 76 when it has never seen it."""
        reply = self._ask(ENQUIRY_PATH, self._request("AE", payment))
        confirmation = self.read_confirmation(reply)
        if confirmation.exchange_order_number != payment.exchange_order_number:
            raise Forged(f"asked about {payment.exchange_order_number}, told about another order")
        return confirmation

    def bank_list(self, model: Model = Model.B2C) -> list[Bank]:
        """The banks of today (BE, BC), by name; asked afresh each time the page is shown, as FPX demands."""
        fields = {
            "fpx_msgToken": str(model),
            "fpx_msgType": "BE",
            "fpx_sellerExId": self._settings.exchange_id,
            "fpx_version": self._settings.fpx_version,
        }
        fields[wire.CHECKSUM] = sign(self._key, wire.source(fields, wire.BANK_ENQUIRY_SIGNED))
        reply = self._ask(BANK_LIST_PATH, fields)
        if not self._certificate.verifies(wire.source(reply, wire.BANK_LIST_SIGNED), reply.get(wire.CHECKSUM, "")):
            raise Forged("the checksum of the bank list is not FPX's")
        expected = ("BC", str(model), self._settings.exchange_id)
        if (reply.get("fpx_msgType"), reply.get("fpx_msgToken"), reply.get("fpx_sellerExId")) != expected:
            raise Forged("the bank list answers another question")
        return sorted(_banks(reply.get("fpx_bankList", "")), key=lambda bank: (bank.name.casefold(), bank.id))

    def close(self) -> None:
        """Let go of open connections."""
        if "_http" in self.__dict__:
            self._http.close()

    @cached_property
    def _http(self) -> httpx.Client:
        return httpx.Client(timeout=self._settings.fpx_timeout_seconds, trust_env=False)

    def _ask(self, path: str, fields: dict[str, str]) -> dict[str, str]:
        url = self._settings.fpx_server_url.rstrip("/") + path
        try:
            answer = self._http.post(url, data=fields)
        except httpx.HTTPError as error:
            raise GatewayDown("FPX", f"{url}: {error or type(error).__name__}") from error
        reply = wire.parse_line(answer.text) if answer.status_code == httpx.codes.OK else None
        if reply is None:
            raise GatewayDown("FPX", f"{url} answered {answer.status_code} {answer.text.strip()[:80]!r}")
        return reply

    def _request(self, message: str, payment: Payment) -> dict[str, str]:
        settings = self._settings
        values = {
            "msgType": message,
            "msgToken": str(payment.model),
            "sellerExId": settings.exchange_id,
            "sellerExOrderNo": payment.exchange_order_number,
            "sellerTxnTime": payment.placed_at.astimezone(MALAYSIA).strftime(_TIME),
            "sellerOrderNo": payment.order_number,
            "sellerId": settings.seller_id,
            "sellerBankCode": settings.seller_bank_code,
            "txnCurrency": "MYR",
            "txnAmount": f"{payment.amount_sen // 100}.{payment.amount_sen % 100:02d}",
            # the field is optional and 50 wide; an address cut short would be somebody else's
            "buyerEmail": payment.buyer_email if len(payment.buyer_email) <= _LONGEST_EMAIL else "",
            "buyerName": _bank_safe(payment.buyer_name),
            "buyerBankId": payment.bank_id,
            "productDesc": settings.product_description,
            "version": settings.fpx_version,
        }
        fields = {wire.PREFIX + name: values.get(name, "") for name in wire.REQUEST_ORDER}
        fields[wire.CHECKSUM] = sign(self._key, wire.source(fields, wire.REQUEST_SIGNED))
        return fields


def _bank_safe(name: str) -> str:
    """A name in the characters FPX takes (PayNet's mapping table, one source), forty at most, no outer space."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode("ascii")
    return _NOT_TAKEN_IN_NAMES.sub("", plain)[:_LONGEST_NAME].strip()


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


def _banks(listed: str) -> list[Bank]:
    pairs = (item.partition("~") for item in listed.split(",") if item.strip())
    return [Bank(bank, BANK_NAMES.get(bank, bank), status == "A") for bank, _, status in pairs if bank]
