"""The merchant's end of FPX: builds AR, reads AC, asks AE and BE.

It decides nothing about an order. It says what FPX said, once it is certain that FPX said it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import httpx
from cryptography.hazmat.primitives.asymmetric import rsa

from reference_portal.errors import Forged, GatewayDown
from reference_portal.gateways import fpx_messages as wire
from reference_portal.gateways.fpx_rollover import FpxCertificates
from reference_portal.gateways.fpx_signature import sign
from reference_portal.gateways.fpx_values import (
    Bank,
    Confirmation,
    Model,
    Payment,
    banks_of,
    confirmation_of,
    request_values,
)
from reference_portal.gateways.trust import trusted_roots
from reference_portal.settings import PortalSettings

__all__ = ["Bank", "Confirmation", "Fpx", "Model", "Payment"]

AUTHORIZATION_PATH: Final = "/FPXMain/seller2DReceiver.jsp"
ENQUIRY_PATH: Final = "/FPXMain/sellerNVPTxnStatus.jsp"
BANK_LIST_PATH: Final = "/FPXMain/RetrieveBankList"
TERMS_PATH: Final = "/FPXMain/termsAndConditions.jsp"


class Fpx:
    """The portal's connection to FPX."""

    def __init__(self, settings: PortalSettings, key: rsa.RSAPrivateKey, certificate_path: Path) -> None:
        self._settings = settings
        self._key = key
        fetch = self._published if settings.fpx_renews_certificates else None
        self._certificates = FpxCertificates(certificate_path, fetch)
        self._http = httpx.Client(timeout=settings.fpx_timeout_seconds, trust_env=False, verify=trusted_roots())

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
        if not self._certificates.verifies(signed, form.get(wire.CHECKSUM, "")):
            raise Forged("the checksum of the AC is not FPX's")
        ours = {"msgType": "AC", "sellerExId": self._settings.exchange_id, "sellerId": self._settings.seller_id}
        for name, value in ours.items():
            if (got := form.get(wire.PREFIX + name)) != value:
                raise Forged(f"the AC has {name} {got!r}, expected {value!r}")
        return confirmation_of(form)

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
        if not self._certificates.verifies(wire.source(reply, wire.BANK_LIST_SIGNED), reply.get(wire.CHECKSUM, "")):
            raise Forged("the checksum of the bank list is not FPX's")
        expected = ("BC", str(model), self._settings.exchange_id)
        if (reply.get("fpx_msgType"), reply.get("fpx_msgToken"), reply.get("fpx_sellerExId")) != expected:
            raise Forged("the bank list answers another question")
        return sorted(banks_of(reply.get("fpx_bankList", "")), key=lambda bank: (bank.name.casefold(), bank.id))

    def close(self) -> None:
        """Let go of open connections."""
        self._http.close()

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

    def _published(self, path: str) -> bytes | None:
        """What FPX publishes for everybody; None when it does not answer so."""
        try:
            answer = self._http.get(self._settings.fpx_server_url.rstrip("/") + path)
        except httpx.HTTPError:
            return None
        return answer.content if answer.status_code == httpx.codes.OK else None

    def _request(self, message: str, payment: Payment) -> dict[str, str]:
        settings = self._settings
        values = {
            **request_values(payment),
            "msgType": message,
            "sellerExId": settings.exchange_id,
            "sellerId": settings.seller_id,
            "sellerBankCode": settings.seller_bank_code,
            "productDesc": settings.product_description,
            "version": settings.fpx_version,
        }
        fields = {wire.PREFIX + name: values.get(name, "") for name in wire.REQUEST_ORDER}
        fields[wire.CHECKSUM] = sign(self._key, wire.source(fields, wire.REQUEST_SIGNED))
        return fields
