"""The invented accounts behind every user id, and what each of them does when a payment asks for money.

Balances never change: nothing a tester did before decides what a payment meets (see the register of differences).
The test banks of UAT decide by themselves, so their only account can pay anything.
"""

from __future__ import annotations

from dataclasses import dataclass

NO_ACCOUNT_AT_CHOICE = "1E"
FAILS_TO_CONFIRM = "1K"
NO_ACCOUNT = "14"
NO_FUNDS = "51"
ABOVE_LIMIT = "48"


@dataclass(frozen=True)
class Account:
    """One account of a user id at a bank; amounts in sen."""

    suffix: str
    kind: str
    """What the page calls it, in Malay."""
    balance: int
    unusable: str = ""
    """Code of a choice that fails."""
    refusal: str = ""
    """Code of a confirmation that fails whatever the amount."""

    def number(self, card: str) -> str:
        """The account's number as the page shows it and the form sends it."""
        return f"{card}-{self.suffix}"

    @property
    def shown_balance(self) -> str:
        """The balance as people write it: `50,000.00`."""
        return f"{self.balance // 100:,}.{self.balance % 100:02d}"

    def refuses(self, sen: int) -> str:
        """The code with which a confirmed payment of `sen` fails here; blank when it goes through."""
        if self.refusal:
            return self.refusal
        return NO_FUNDS if sen > self.balance else ""

    def gives(self, sen: int) -> str:
        """The code that choosing this account ends with, for the tester's eyes; blank when it pays."""
        return self.unusable or self.refuses(sen)


AMPLE = Account("01", "Akaun simpanan", 5_000_000_000)
"""Covers the highest amount of every model."""

EVERYDAY = (
    AMPLE,
    Account("02", "Akaun semasa", 50),
    Account("03", "Akaun asas, had hari ini sudah dicapai", 100_000, refusal=ABOVE_LIMIT),
    Account("04", "Akaun simpanan tetap", 1_000_000, refusal="57"),
    Account("05", "Akaun ditutup", 0, refusal=NO_ACCOUNT),
    Account("06", "Akaun beku", 250_000, refusal=FAILS_TO_CONFIRM),
    Account("07", "Akaun tidak aktif", 1_050, unusable=NO_ACCOUNT_AT_CHOICE),
)
"""The first one pays everything, the others each fail in their own way, whatever the amount allowed."""

EMPTY = (
    Account("01", "Akaun simpanan", 25),
    Account("02", "Akaun semasa", 0),
)

_OF_CARD = {"5151": EMPTY}
_DECIDING = frozenset({"TEST0021", "TEST0022", "TEST0023"})


def accounts_of(bank_id: str, card: str) -> tuple[Account, ...]:
    """The accounts a user id may choose from, the preferred one first."""
    if bank_id in _DECIDING:
        return (AMPLE,)
    return _OF_CARD.get(card, EVERYDAY)


def account_of(bank_id: str, card: str, number: str) -> Account | None:
    """The account of that number, if the user id has it."""
    return next((account for account in accounts_of(bank_id, card) if account.number(card) == number), None)
