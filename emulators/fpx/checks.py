"""What the switch asks of an AR whose signature is good: named checks over the typed value, in this order."""

from __future__ import annotations

import re
from datetime import datetime, time
from functools import lru_cache

from emulators.foundation.clock import MALAYSIA
from emulators.fpx import banks
from emulators.fpx.availability import Availability
from emulators.fpx.errors import (
    AboveMaximum,
    AboveSellersMaximum,
    BelowMinimum,
    BlockedBank,
    ClockApart,
    Closed,
    UnknownAcquirer,
    UnknownBank,
    UnknownModel,
    UnknownVersion,
    WrongAmount,
    WrongCurrency,
)
from emulators.fpx.messages.ar import AR
from emulators.fpx.settings import FpxSettings

_TOLERANCE = f"{FpxSettings.model_config['env_prefix']}CLOCK_TOLERANCE_SECONDS"
_AMOUNT = re.compile(r"(0|[1-9][0-9]{0,12})\.[0-9]{2}")


def judge(ar: AR, settings: FpxSettings, availability: Availability, now: datetime) -> int:
    """The amount in sen of an AR that passes every check.

    Raises:
        Refused: the first check it fails.
    """
    check_version(ar.version, settings)
    check_model(ar.msg_token, settings)
    check_currency(ar.txn_currency, settings)
    sen = check_amount(ar.txn_amount)
    check_limits(sen, ar.msg_token, settings)
    check_sellers_limit(sen, ar.seller_id, settings)
    check_acquirer(ar.seller_bank_code, settings)
    check_bank(ar.buyer_bank_id, ar.msg_token, availability)
    check_open(settings, now)
    check_clock(ar.seller_txn_time, settings, now)
    return sen


@lru_cache(100)
def _moment(text: str) -> datetime:
    """An instant as AR writes it; many messages come in one second."""
    return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=MALAYSIA)


def check_version(version: str, settings: FpxSettings) -> None:
    """The interface version is spoken here."""
    if version not in settings.versions:
        known = ", ".join(settings.versions)
        raise UnknownVersion(f"fpx_version {version[:10]!r} is not one of {known}", "fpx_version")


def check_model(model: str, settings: FpxSettings) -> None:
    """The payment model (msgToken) is offered."""
    if model not in settings.amount_limits:
        offered = ", ".join(settings.amount_limits)
        raise UnknownModel(f"fpx_msgToken {model!r} is not one of {offered}", "fpx_msgToken")


def check_currency(currency: str, settings: FpxSettings) -> None:
    """The currency is the one accepted."""
    if currency != settings.currency:
        raise WrongCurrency(f"fpx_txnCurrency must be {settings.currency}, not {currency!r}", "fpx_txnCurrency")


def check_amount(amount: str) -> int:
    """Digits, a point, two decimals, no leading zero (six sources); returns sen."""
    if not _AMOUNT.fullmatch(amount):
        raise WrongAmount(f"fpx_txnAmount {amount!r} is not written like 157.20", "fpx_txnAmount")
    return int(amount.replace(".", ""))


def check_limits(sen: int, model: str, settings: FpxSettings) -> None:
    """The amount is within the model's limits."""
    low, high = settings.amount_limits[model]
    if sen < low:
        raise BelowMinimum(f"the amount is below the minimum of {low / 100:.2f}", "fpx_txnAmount")
    if sen > high:
        raise AboveMaximum(f"the amount is above the maximum of {high / 100:.2f}", "fpx_txnAmount")


def check_sellers_limit(sen: int, seller: str, settings: FpxSettings) -> None:
    """The amount is within what the setting allows this seller."""
    high = settings.seller_limits.get(seller)
    if high is not None and sen > high:
        raise AboveSellersMaximum(f"the amount is above the maximum of {seller}, {high / 100:.2f}", "fpx_txnAmount")


def check_acquirer(code: str, settings: FpxSettings) -> None:
    """The acquiring bank is one of those in the setting, if it names any."""
    if settings.seller_bank_codes and code not in settings.seller_bank_codes:
        known = ", ".join(settings.seller_bank_codes)
        raise UnknownAcquirer(f"fpx_sellerBankCode {code!r} is not one of {known}", "fpx_sellerBankCode")


def check_bank(bank_id: str, model: str, availability: Availability) -> banks.Bank:
    """The buyer's bank is in the model's list and in service."""
    bank = banks.bank(bank_id)
    if bank is None or model not in bank.models:
        raise UnknownBank(f"no bank {bank_id!r} is in the list of model {model}", "fpx_buyerBankId")
    if not availability.online(bank, model):
        raise BlockedBank(f"{bank_id} has status B: ask for the bank list before each payment", "fpx_buyerBankId")
    return bank


def check_open(settings: FpxSettings, now: datetime) -> None:
    """It is within the operating hours; a closing time before the opening one is that of the next day."""
    if not settings.operating_hours:
        return
    opens, closes = (time.fromisoformat(part) for part in settings.operating_hours.split("-"))
    present = now.astimezone(MALAYSIA).time()
    if not (opens <= present < closes if opens < closes else present >= opens or present < closes):
        raise Closed(f"FPX is open {settings.operating_hours}; by the sandbox's clock it is {present:%H:%M}")


def check_clock(seller_time: str, settings: FpxSettings, now: datetime) -> None:
    """The seller's clock is near ours: an old AR pays nothing any more.

    A clock so far off that no page can have been kept open for so long is the seller's own, and is not judged: software
    that stamps its messages with the time of day must run unchanged beside a sandbox that lives in another year. Nor is
    one that tells another zone's time, as UAT has approved of UTC and of Central Europe (genuine messages of 2021).
    """
    tolerance = settings.clock_tolerance_seconds
    if not tolerance:
        return
    told = _moment(seller_time)
    late = (now.replace(microsecond=0) - told).total_seconds()
    if any(abs(late - 3600 * hours) <= tolerance for hours in settings.clock_zones_hours):
        return
    if tolerance < abs(late) and (not settings.foreign_clock_seconds or abs(late) < settings.foreign_clock_seconds):
        said = (
            f"fpx_sellerTxnTime is {abs(late):.0f} s {'behind' if late > 0 else 'ahead of'} the sandbox's clock"
            f" ({now.astimezone(MALAYSIA):%d/%m/%Y %H:%M:%S}); {tolerance:.0f} s are let pass."
            f" {_TOLERANCE}=0 switches this check off, a higher number widens it"
        )
        raise ClockApart(said, "fpx_sellerTxnTime")
