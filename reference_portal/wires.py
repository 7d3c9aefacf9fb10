"""What the use cases need of the three gateways: the shape a real gateway and a test's fake both have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from reference_portal.gateways.fpx import Bank, Confirmation, Payment


class SmsWire(Protocol):
    """Sends short messages."""

    def send(self, to: str, text: str) -> str:
        """Hand `text` over for `to` (E.164); GatewayError when it cannot."""
        ...

    def close(self) -> None:
        """Let go of open connections."""
        ...


class MailWire(Protocol):
    """Sends mail."""

    def send(self, to: str, message: str, **values: object) -> str:
        """Send the mail named `message`; GatewayError when it cannot."""
        ...


class FpxWire(Protocol):
    """Speaks to FPX."""

    @property
    def authorization_url(self) -> str:
        """Where the buyer's browser posts the AR."""
        ...

    @property
    def terms_url(self) -> str:
        """FPX's terms and conditions."""
        ...

    def authorization_request(self, payment: Payment) -> dict[str, str]:
        """The signed AR."""
        ...

    def read_confirmation(self, form: Mapping[str, str]) -> Confirmation:
        """The AC in `form`; Forged when it is not FPX's."""
        ...

    def enquire(self, payment: Payment) -> Confirmation:
        """What became of `payment` (AE); GatewayError when FPX cannot say."""
        ...

    def bank_list(self) -> list[Bank]:
        """Today's banks (BE, BC); GatewayError when FPX cannot say."""
        ...

    def close(self) -> None:
        """Let go of open connections."""
        ...


@dataclass(frozen=True)
class Wires:
    """The portal's three gateways."""

    fpx: FpxWire
    sms: SmsWire
    mail: MailWire
