"""The buyers' banks: invented ones, two of them for companies only, and the three test banks of UAT."""

from __future__ import annotations

from dataclasses import dataclass

B2C, B2B1 = "01", "02"
BOTH = frozenset({B2C, B2B1})
COMPANIES = frozenset({B2B1})


@dataclass(frozen=True)
class Bank:
    """One row of the bank list."""

    id: str
    name: str
    online: bool = True
    """Status A on the wire; False is B, which sellers must still show, as "(Offline)". `availability` may differ."""
    models: frozenset[str] = BOTH

    @property
    def branch(self) -> str:
        """What AC's buyerBankBranch carries: the display name in capitals, as captured from UAT."""
        return self.name.upper()


BANKS = (
    Bank("UJIAN001", "Bank Ujian A"),
    Bank("TEST0021", "SBI Bank A"),
    Bank("CONTOH01", "Bank Contoh Nusa"),
    Bank("UJIAN003", "Bank Ujian C", online=False),
    Bank("TEST0022", "SBI Bank B"),
    Bank("UJIAN005", "Bank Ujian Korporat", online=False, models=COMPANIES),
    Bank("UJIAN002", "Bank Ujian B"),
    Bank("UJIAN004", "Bank Ujian Niaga", models=COMPANIES),
    Bank("TEST0023", "SBI Bank C"),
)
"""In no useful order, on purpose: the real list comes unsorted and sellers must sort it."""

_BY_ID = {bank.id: bank for bank in BANKS}


def bank(bank_id: str) -> Bank | None:
    """The bank of that id."""
    return _BY_ID.get(bank_id)


def banks_of(model: str) -> list[Bank]:
    """The banks of a payment model (msgToken); none for a model without a list."""
    return [row for row in BANKS if model in row.models]
