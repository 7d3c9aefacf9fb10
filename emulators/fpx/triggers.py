"""The one catalogue of outcomes a tester can choose by input; the bank's sign-in page prints it.

A row says what to enter, where, and what it brings. The bank speaks first: a test bank's behaviour holds whatever
the card (one integrator's note: A approves, B declines, C at random).
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import StrEnum

from emulators.fpx.response_codes import CODES
from emulators.fpx.transaction import Event

PASSWORDS = frozenset({"1234", "1111"})
"""Both are in use in the published test scripts of UAT's bank simulator."""


USUAL_CARD = "1234"


@dataclass(frozen=True)
class Words:
    """The same in the README's language and in the page's."""

    english: str
    malay: str


class Where(StrEnum):
    """The input that pulls a trigger, by its wire name."""

    CARD = "CardNum"
    BANK = "buyerBankId"
    ACCOUNT = "account"
    TAC = "TAC"
    BUTTON = "Cancel"
    CLOCK = "clock"
    PASSWORD = "HPin"  # noqa: S105  the simulator's field name, not a secret

    @property
    def label(self) -> Words:
        """What a buyer sees there, with the name that programs use."""
        return _LABELS[self]


_LABELS = {
    Where.CARD: Words("User id (CardNum)", "ID pengguna (CardNum)"),
    Where.BANK: Words("Bank chosen at the merchant (buyerBankId)", "Bank yang dipilih di laman penjual (buyerBankId)"),
    Where.ACCOUNT: Words("Account (account)", "Akaun (account)"),
    Where.TAC: Words("TAC (TAC)", "TAC (TAC)"),
    Where.CLOCK: Words("Nothing, while the clock goes on (clock)", "Tiada apa-apa, sementara jam (clock) berjalan"),
    Where.BUTTON: Words("Button Cancel", "Butang Cancel (batal)"),
    Where.PASSWORD: Words("Password (HPin)", "Kata laluan (HPin)"),
}


@dataclass(frozen=True)
class Outcome:
    """What the bank does when the buyer confirms: the move and, for a decline, its code."""

    event: Event
    code: str


APPROVED = Outcome(Event.APPROVE, "00")
NO_FUNDS = Outcome(Event.DECLINE, "51")
LEFT_PENDING = Outcome(Event.LEAVE_PENDING, "09")


@dataclass(frozen=True)
class Trigger:
    """One row: enter `value` at `where` and this happens. Several outcomes are drawn from at random.

    A row without outcomes is brought about by the pages themselves and is listed to be seen.
    """

    where: Where
    value: str
    code: str
    meaning: Words
    outcomes: tuple[Outcome, ...] = ()
    shown: Words | None = None
    """What to enter or press in a buyer's words, when `value` alone does not say it."""

    @property
    def enter(self) -> Words:
        """What to enter or press."""
        return self.shown or Words(self.value, self.value)


def _bank(value: str, name: str, code: str, meaning: Words, *outcomes: Outcome) -> Trigger:
    shown = f"{value} ({name})"
    return Trigger(Where.BANK, value, code, meaning, outcomes, Words(shown, shown))


CATALOGUE = (
    Trigger(Where.CARD, "1234", "00", Words("approved", "diluluskan"), (APPROVED,)),
    Trigger(
        Where.CARD, "5151", "51", Words("declined: insufficient funds", "ditolak: baki tidak mencukupi"), (NO_FUNDS,)
    ),
    Trigger(
        Where.CARD,
        "5757",
        "57",
        Words("declined with the code that is typed twice", "ditolak dengan kod yang ditaip dua kali"),
        (Outcome(Event.DECLINE, "57"),),
        Words("5757; so with every other code: 1A1A, BBBB", "5757; begitu juga kod lain: 1A1A, BBBB"),
    ),
    Trigger(
        Where.CARD,
        "0909",
        "09",
        Words("left pending; a later enquiry (AE) finds 00", "menunggu; pertanyaan AE yang kemudian mendapati 00"),
        (LEFT_PENDING,),
    ),
    _bank(
        "TEST0021",
        "SBI Bank A",
        "00",
        Words("approved, whatever the user id", "diluluskan, apa-apa pun ID pengguna"),
        APPROVED,
    ),
    _bank(
        "TEST0022",
        "SBI Bank B",
        "51",
        Words("declined, whatever the user id", "ditolak, apa-apa pun ID pengguna"),
        NO_FUNDS,
    ),
    _bank(
        "TEST0023",
        "SBI Bank C",
        "00 / 51",
        Words("drawn at random from the sandbox's seed", "rawak, mengikut benih sandbox"),
        APPROVED,
        NO_FUNDS,
    ),
    Trigger(
        Where.BUTTON,
        "Sign in",
        "1C",
        Words("cancelled while signing in", "dibatalkan semasa log masuk"),
        shown=Words("on the page with Sign in", "di halaman Log masuk (Sign in)"),
    ),
    Trigger(
        Where.BUTTON,
        "Confirm",
        "1F / 1I / 1L",
        Words(
            "cancelled while choosing an account, giving the TAC, or confirming",
            "dibatalkan semasa pilihan akaun, TAC atau pengesahan",
        ),
        shown=Words(
            "on the page with Confirm, at once or after Next",
            "di halaman Sahkan bayaran (Confirm), terus atau selepas Next",
        ),
    ),
    Trigger(
        Where.PASSWORD,
        "3 x wrong",
        "1B",
        Words("sign-in failed", "log masuk gagal"),
        shown=Words("a wrong one, three times", "kata laluan salah, tiga kali"),
    ),
    Trigger(
        Where.ACCOUNT,
        "02 to 07",
        "51 / 48 / 57 / 14 / 1K / 1E",
        Words("the account cannot pay; its row says why", "akaun tidak dapat membayar; barisnya menyatakan sebab"),
        shown=Words(
            "one of those from 02 to 07, in this order", "salah satu daripada 02 hingga 07, mengikut susunan ini"
        ),
    ),
    Trigger(
        Where.TAC,
        "3 x wrong",
        "1H",
        Words("TAC failed", "TAC gagal"),
        shown=Words("another than the token shows, three times", "bukan yang ditunjukkan oleh token, tiga kali"),
    ),
    Trigger(
        Where.CLOCK,
        "10 minutes",
        "1A / 1D / 1G / 1J / 1M",
        Words(
            "time is up while signing in, choosing an account, giving the TAC, confirming; or for the whole visit",
            "masa tamat semasa log masuk, pilihan akaun, TAC, pengesahan; atau bagi seluruh lawatan",
        ),
        shown=Words(
            "ten minutes on one page, or half an hour in all", "sepuluh minit di satu halaman, atau setengah jam"
        ),
    ),
)

_PULLED = {(row.where, row.value): row for row in CATALOGUE if row.outcomes}


def knows_card(card: str) -> bool:
    """Whether the bank simulator has an account under that user id."""
    return (Where.CARD, card) in _PULLED or _doubled(card) is not None


def outcome(bank_id: str, card: str, source: random.Random) -> Outcome:
    """What the bank answers to Confirm; a card nobody knows cannot have signed in."""
    row = _PULLED.get((Where.BANK, bank_id)) or _PULLED.get((Where.CARD, card))
    if row is not None:
        return row.outcomes[0] if len(row.outcomes) == 1 else source.choice(row.outcomes)
    code = _doubled(card)
    if code is None:
        raise LookupError(f"no account under {card!r}")
    return APPROVED if code == "00" else Outcome(Event.DECLINE, code)


def _doubled(card: str) -> str | None:
    """The code that a user id of four characters says twice; 99 is a company's own way and not the bank's answer."""
    code = card[:2].upper()
    return code if card.upper() == code * 2 and code in CODES and code not in ("09", "99") else None
