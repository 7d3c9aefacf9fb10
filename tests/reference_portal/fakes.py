"""Gateways of ten lines, and a clock that stands where a test puts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from reference_portal.clock import MALAYSIA
from reference_portal.errors import Forged, GatewayDown
from reference_portal.gateways.fpx import Bank, Confirmation, Payment

MORNING = datetime(2019, 5, 15, 9, 0, tzinfo=MALAYSIA)


class HeldClock:
    """Time passes only when a test says so."""

    def __init__(self, instant: datetime = MORNING) -> None:
        self.instant = instant

    def now(self) -> datetime:
        """Where the test put it."""
        return self.instant

    def advance(self, **span: float) -> None:
        """Let this much pass: `minutes=5`."""
        self.instant += timedelta(**span)


@dataclass
class FakeSms:
    """Keeps what it was given; `down` makes it fail."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    down: bool = False

    def send(self, to: str, text: str) -> str:
        """Take it."""
        if self.down:
            raise GatewayDown("SMS", "no answer")
        self.sent.append((to, text))
        return f"SM{len(self.sent)}"

    def close(self) -> None:
        """Nothing to close."""


@dataclass
class FakeMail:
    """Keeps what it was given; `down` makes it fail."""

    sent: list[tuple[str, str, dict[str, object]]] = field(default_factory=list)
    down: bool = False

    def send(self, to: str, message: str, **values: object) -> str:
        """Take it."""
        if self.down:
            raise GatewayDown("mail", "no answer")
        self.sent.append((to, message, values))
        return f"<{len(self.sent)}>"


@dataclass
class FakeFpx:
    """Believes a form whose checksum is `genuine`; answers an enquiry with `answers`, in order, the last for ever."""

    authorization_url: str = "http://fpx.invalid/ar"
    terms_url: str = "http://fpx.invalid/terms"
    down: bool = False
    answers: list[str] = field(default_factory=lambda: ["76"])
    asked: list[str] = field(default_factory=list)
    banks: list[Bank] = field(
        default_factory=lambda: [Bank("UJIAN001", "Bank Ujian A", True), Bank("UJIAN003", "Bank Ujian C", False)]
    )

    def authorization_request(self, payment: Payment) -> dict[str, str]:
        """The order as an AR would name it."""
        return {"fpx_sellerOrderNo": payment.order_number, "fpx_buyerBankId": payment.bank_id}

    def read_confirmation(self, form: Mapping[str, str]) -> Confirmation:
        """What the form says, if it is genuine."""
        if form.get("fpx_checkSum") != "genuine":
            raise Forged("the checksum is not FPX's")
        when = datetime.strptime(form["fpx_fpxTxnTime"], "%Y%m%d%H%M%S").replace(tzinfo=MALAYSIA)
        sen = round(float(form["fpx_txnAmount"]) * 100)
        order, code = form["fpx_sellerOrderNo"], form["fpx_debitAuthCode"]
        exchange_order = form.get("fpx_sellerExOrderNo", order)
        currency = form.get("fpx_txnCurrency", "MYR")
        bank = ("UJIAN001", "Bank Ujian A", "01")
        return Confirmation(order, exchange_order, sen, currency, code, "1", "00", "1905150900000001", when, *bank)

    def enquire(self, payment: Payment) -> Confirmation:
        """The next answer."""
        if self.down:
            raise GatewayDown("FPX", "no answer")
        self.asked.append(payment.order_number)
        code = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return self.read_confirmation(confirmation(payment.order_number, payment.amount_sen, code))

    def bank_list(self) -> list[Bank]:
        """Two banks, the second offline."""
        if self.down:
            raise GatewayDown("FPX", "no answer")
        return self.banks

    def close(self) -> None:
        """Nothing to close."""


def confirmation(
    order_number: str, sen: int, code: str = "00", when: datetime = MORNING, **changes: str
) -> dict[str, str]:
    """An AC's form as the fake FPX signs it; `changes` are fields without their prefix."""
    fields = {
        "checkSum": "genuine",
        "sellerOrderNo": order_number,
        "txnAmount": f"{sen / 100:.2f}",
        "debitAuthCode": code,
        "fpxTxnTime": f"{when:%Y%m%d%H%M%S}",
    }
    return {f"fpx_{name}": value for name, value in (fields | changes).items()}
