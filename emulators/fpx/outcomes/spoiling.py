"""What a fault does to a signed AC: small functions from a message to a message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from emulators.foundation.fault_wishes import Value
from emulators.fpx.messages.wire import CHECKSUM_FIELD, PREFIX

Fields = dict[str, str]
Sign = Callable[[Fields], Fields]
"""A message with its checkSum made anew."""


@dataclass(frozen=True)
class Hands:
    """Who can sign: the switch, the switch with the key it used before, and somebody else."""

    switch: Sign
    retired: Sign
    stranger: Sign


def altered_amount(ac: Fields, _values: Mapping[str, Value], _hands: Hands) -> Fields:
    """Another amount under the old signature."""
    return {**ac, "fpx_txnAmount": _other(ac["fpx_txnAmount"])}


def wrong_amount(ac: Fields, _values: Mapping[str, Value], hands: Hands) -> Fields:
    """Another amount, rightly signed."""
    return hands.switch({**ac, "fpx_txnAmount": _other(ac["fpx_txnAmount"])})


def bad_signature(ac: Fields, _values: Mapping[str, Value], _hands: Hands) -> Fields:
    """The last eight digits of the signature are others."""
    good = ac[CHECKSUM_FIELD]
    return {**ac, CHECKSUM_FIELD: good[:-8] + "".join(f"{15 - int(digit, 16):X}" for digit in good[-8:])}


def retired_certificate(ac: Fields, _values: Mapping[str, Value], hands: Hands) -> Fields:
    """Signed with the key whose certificate is no longer the current one."""
    return hands.retired(ac)


def missing_field(ac: Fields, values: Mapping[str, Value], hands: Hands) -> Fields:
    """A field is gone; the signature is good for whoever takes an absent field for a blank one."""
    gone = PREFIX + str(values["field"])
    return hands.switch({name: value for name, value in ac.items() if name != gone})


def forged(ac: Fields, _values: Mapping[str, Value], hands: Hands) -> Fields:
    """It says that the payment was approved, signed by somebody whose key the merchant does not know."""
    return hands.stranger(_approving(ac))


def changed_by_buyer(ac: Fields, _values: Mapping[str, Value], _hands: Hands) -> Fields:
    """It says that the payment was approved, under the signature of what it said before."""
    return _approving(ac) if ac["fpx_debitAuthCode"] != "00" else altered_amount(ac, _values, _hands)


SPOILERS: dict[str, Callable[[Fields, Mapping[str, Value], Hands], Fields]] = {
    "direct-altered-amount": altered_amount,
    "direct-wrong-amount": wrong_amount,
    "direct-bad-signature": bad_signature,
    "direct-retired-certificate": retired_certificate,
    "direct-missing-field": missing_field,
    "direct-forged": forged,
    "indirect-altered-amount": altered_amount,
    "indirect-bad-signature": bad_signature,
    "indirect-retired-certificate": retired_certificate,
    "indirect-missing-field": missing_field,
    "indirect-forged": changed_by_buyer,
}


def _approving(ac: Fields) -> Fields:
    said = {"debitAuthCode": "00", "debitAuthNo": "15733223", "creditAuthCode": "00", "creditAuthNo": "9999999999"}
    return {**ac, **{PREFIX + name: value for name, value in said.items()}}


def _other(amount: str) -> str:
    """One ringgit more."""
    ringgit, point, sen = amount.partition(".")
    return f"{int(ringgit) + 1}{point}{sen}"
