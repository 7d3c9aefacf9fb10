"""Where in a payment's way something can be asked to happen, by which doors, and what a row of the catalogue is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from emulators.foundation.errors import CallersMistake
from emulators.foundation.fault_wishes import Fault, Parameter, Value
from emulators.fpx import banks
from emulators.fpx.messages import ac
from emulators.fpx.response_codes import CODES
from emulators.fpx.triggers import Words


class Stage(StrEnum):
    """The stages, in a payment's order; each asks for itself, so that one payment may have one of each."""

    SWITCH = "switch"
    LIST = "bank-list"
    BANK = "bank"
    DIRECT = "direct"
    RETURN = "return"

    @property
    def words(self) -> Words:
        """What happens there."""
        return _STAGES[self]


_STAGES = {
    Stage.SWITCH: Words("the switch's answer to AR, AE or BE", "jawapan suis kepada AR, AE atau BE"),
    Stage.LIST: Words("the bank list, and AR's check of it", "senarai bank, dan semakan AR terhadapnya"),
    Stage.BANK: Words("the bank's decision", "keputusan bank"),
    Stage.DIRECT: Words("the direct AC", "AC terus"),
    Stage.RETURN: Words("the buyer's way back, with the indirect AC", "jalan balik pembeli, dengan AC tidak terus"),
}

KEPT = (Stage.BANK, Stage.DIRECT, Stage.RETURN)
"""What is asked of these stages is kept with the payment: it is done later, perhaps after a restart."""


class Door(StrEnum):
    """How something is asked for, the strongest first."""

    CHOOSER = "bank page"
    CARD = "CardNum"
    HEADER = "X-Sandbox-Fault"
    BUYER_NAME = "buyerName"
    BUYER_EMAIL = "buyerEmail"
    AMOUNT = "txnAmount"
    PLAN = "plan"


PRECEDENCE = tuple(Door)
"""A door before another wins over it, stage by stage: what speaks of this one payment goes before what was planned."""

_DOORS = {
    Stage.SWITCH: (Door.HEADER, Door.BUYER_NAME, Door.BUYER_EMAIL, Door.AMOUNT, Door.PLAN),
    Stage.LIST: (Door.HEADER, Door.BUYER_NAME, Door.BUYER_EMAIL, Door.AMOUNT, Door.PLAN),
}

MATCHES = (
    "message",
    "sellerExId",
    "sellerExOrderNo",
    "sellerId",
    "sellerOrderNo",
    "msgToken",
    "txnAmount",
    "buyerBankId",
    "buyerEmail",
    "fpxTxnId",
)
"""What a plan may match: the message's own fields, and `message`: AR, AE, BE or AC."""


@dataclass(frozen=True)
class Row:
    """One row: its name, what it does (in both languages), where, and with which parameters."""

    name: str
    number: int
    """Ringgit of its magic amount."""
    stage: Stage
    meaning: Words
    takes: Mapping[str, Parameter] = field(default_factory=dict)
    code: str = ""
    """The debitAuthCode that a row of the bank's stage brings."""

    @property
    def is_code(self) -> bool:
        """Whether the row is a response code and nothing else."""
        return self.name == f"code-{self.code}"

    @property
    def doors(self) -> tuple[Door, ...]:
        """The doors that lead to it."""
        return _DOORS.get(self.stage, PRECEDENCE)

    @property
    def fault(self) -> Fault:
        """The row as the control doors know it."""
        matches = MATCHES if self.stage is not Stage.LIST else tuple(name for name in MATCHES if name != "fpxTxnId")
        return Fault(self.name, self.stage, self.meaning.english, self.takes, matches)


def plain(value: Value) -> str:
    """A parameter's value as people write it: `60`, not `60.0`."""
    return f"{value:g}" if isinstance(value, float) else str(value)


class FieldName(Parameter):
    """The name of an AC field, with or without its prefix."""

    def read(self, name: str, given: object) -> Value:
        """The name without prefix; CallersMistake when AC has no such field."""
        told = str(super().read(name, given)).removeprefix("fpx_")
        if told not in ac.CHECKSUM_ORDER:
            raise CallersMistake(f"{name} must be a field of AC ({', '.join(ac.CHECKSUM_ORDER)}), not {told!r}")
        return told


class FailureCode(Parameter):
    """A response code with which no money has moved."""

    def read(self, name: str, given: object) -> Value:
        """The code; CallersMistake when it is unknown, approves or leaves pending."""
        told = str(super().read(name, given)).upper()
        if told not in CODES or told in ("00", "09", "99"):
            raise CallersMistake(f"{name} must be a response code of a failed payment, such as 51, not {told!r}")
        return told


class BankId(Parameter):
    """A bank of the list; blank for any."""

    def read(self, name: str, given: object) -> Value:
        """The id; CallersMistake when the list has no such bank."""
        told = str(super().read(name, given))
        if told and banks.bank(told) is None:
            raise CallersMistake(f"{name} must be one of {', '.join(bank.id for bank in banks.BANKS)}, not {told!r}")
        return told
