"""What a tester looks for among the transactions: a form or a query string, read into values; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta

from emulators.fpx.transaction import State

LONGEST = 60
_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{2})?")
_ID = re.compile(r"[0-9]{16}")


@dataclass(frozen=True)
class Search:
    """A blank field asks nothing; what is asked must hold together."""

    q: str = ""
    """Part of an order number, an FPX id, an e-mail address, a buyer's id or name; or a whole seller or exchange id."""
    bank: str = ""
    state: str = ""
    code: str = ""
    amount: str = ""
    day: str = ""
    """`2019-05-15`, of the sandbox's clock."""
    before: str = ""
    """The FPX id after which the page begins, going back in time."""

    @property
    def sen(self) -> int | None:
        """The amount asked for; `157` is `157.00`."""
        if not self.amount:
            return None
        ringgit, _, rest = self.amount.partition(".")
        return int(ringgit) * 100 + int(rest or 0)

    @property
    def days(self) -> tuple[str, str] | None:
        """The day asked for and the one after, as the store's instants begin."""
        if not self.day:
            return None
        day = date.fromisoformat(self.day)
        return day.isoformat(), (day + timedelta(days=1)).isoformat()

    @property
    def asked(self) -> dict[str, str]:
        """What is asked for, without the page."""
        return {name: value for name, value in vars(self).items() if value and name != "before"}


def read_search(given: Mapping[str, str]) -> tuple[Search, dict[str, str]]:
    """The search, and what is wrong with it by field, in Malay; a field that is wrong asks nothing."""
    told = {field.name: given.get(field.name, "").strip()[:LONGEST] for field in fields(Search)}
    told["amount"] = told["amount"].upper().removeprefix("RM").replace(",", "").strip()
    told |= {name: told[name].upper() for name in ("bank", "state", "code")}
    wrong = {name: said for name, said in _CHECKS.items() if told[name] and not _fits(name, told[name])}
    return Search(**{name: "" if name in wrong else value for name, value in told.items()}), wrong


_CHECKS = {
    "q": "Tulis teks yang boleh dicetak sahaja.",
    "state": "Keadaan ini tidak dikenali.",
    "amount": "Tulis amaun seperti 157.20.",
    "day": "Tulis hari seperti 2019-05-15.",
    "before": "Halaman ini tidak dikenali; mula semula dari yang terbaharu.",
}


def _fits(name: str, value: str) -> bool:
    if name == "day":
        try:
            return date(1999, 12, 31) < date.fromisoformat(value) < date(2100, 1, 1)
        except ValueError:
            return False
    if name == "state":
        return value in State.__members__
    if name == "q":
        return value.isprintable()
    return bool((_AMOUNT if name == "amount" else _ID).fullmatch(value))
