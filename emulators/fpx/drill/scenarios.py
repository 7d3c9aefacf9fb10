"""The merchant drill's table of scenarios: what must be seen of a merchant before it goes live, and who judges it.

Their sentences stand in `scenarios.toml`: what happens, how to bring it about, what is expected. Where a user id to
enter at the bank (CardNum) is `sandbox:NAME`, the name is a row of the catalogue of outcomes and may be asked for by
the other doors as well. An optional scenario is for merchants that offer what it is about.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from emulators.fpx.drill import callbacks, endings, requests
from emulators.fpx.drill.endings import Check
from emulators.fpx.triggers import Words

CHECKS: dict[str, Check] = {
    "approved": endings.ends_with("00"),
    "declined": endings.declined,
    "insufficient-funds": endings.ends_with("51"),
    "cancelled-at-sign-in": endings.ends_with("1C"),
    "cancelled-at-confirmation": endings.ends_with("1F", "1I", "1L"),
    "timed-out": endings.ends_with(*sorted(endings.TIMED_OUT)),
    "sign-in-failed": endings.ends_with("1B"),
    "pending-then-paid": endings.pending_then_paid,
    "pending-then-failed": endings.pending_then_failed,
    "direct-lost": callbacks.lost_and_asked,
    "indirect-lost": callbacks.indirect_lost,
    "duplicate-direct": callbacks.comes_twice,
    "direct-after-indirect": callbacks.comes_late,
    "forged": callbacks.disbelieves("direct-forged"),
    "bad-signature": callbacks.disbelieves("direct-bad-signature"),
    "altered-amount": callbacks.disbelieves("direct-altered-amount"),
    "wrong-amount": callbacks.disbelieves("direct-wrong-amount"),
    "retired-certificate": callbacks.disbelieves("direct-retired-certificate"),
    "retried-until-ok": callbacks.retried,
    "bank-list-each-time": requests.bank_list_each_time,
    "bank-offline": requests.offline_not_offered,
    "three-good-requests": requests.three_good_requests,
    "same-order-data": requests.same_order_data,
    "paid-once": requests.paid_once,
    "asked-at-the-bank": requests.asked_at_the_bank,
    "unknown-order": requests.asked_about_unknown,
    "b2b1-approved": endings.authorised,
    "b2b1-rejected": endings.rejected,
    "rollover": callbacks.rolled_over,
}
"""Who judges each scenario, in the order of the board."""


@dataclass(frozen=True)
class Scenario:
    """One row of the board."""

    id: str
    sentence: Words
    how: Words
    expected: Words
    check: Check
    mandatory: bool


@cache
def scenarios() -> tuple[Scenario, ...]:
    """The table: every check with its words."""
    told = tomllib.loads(Path(__file__).with_name("scenarios.toml").read_text(encoding="utf-8"))
    return tuple(
        Scenario(
            id=name,
            sentence=Words(**told[name]["sentence"]),
            how=Words(**told[name]["how"]),
            expected=Words(**told[name]["expected"]),
            check=check,
            mandatory=told[name].get("mandatory", True),
        )
        for name, check in CHECKS.items()
    )
