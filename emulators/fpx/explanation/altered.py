"""Values that were other ones when the message was signed: what they were can be guessed for some."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from emulators.fpx import banks
from emulators.fpx.explanation.received import Guess, Received
from emulators.fpx.explanation.values import HTML, rewritten

_NOTHING = ("null", "NULL", "undefined", "None", "nil", "NaN", "N/A", "NA", "-", "0", " ", "false", "[object Object]")
_USUAL = {
    "msgToken": ("01", "02", "03", "1", "2"),
    "sellerBankCode": ("01", "02", "1"),
    "txnCurrency": ("MYR", "RM", "USD", "SGD", "myr", "458"),
    "version": ("7.0", "6.0", "5.0"),
    "buyerBankId": tuple(bank.id for bank in banks.BANKS),
    "buyerBankBranch": tuple(dict.fromkeys(each for bank in banks.BANKS for each in (bank.name, bank.name.upper()))),
    "productDesc": (" ", "PD", "Test", "test", "Payment", "payment", "Product"),
}
_SECONDS = 150
_HOURS = 14
_NUMBERS = 30
_CENTS, _TENTHS, _RINGGIT = 20_001, 5_001, 10_001
_LOST, _LOST_FROM = " '&-.,/@()_\"", 50
"""What filters take out of a value on its way, in values as short as fields are."""
_DIGITS = frozenset("0123456789")
_CHANGING = (
    "sellerTxnTime",
    "txnAmount",
    "sellerExOrderNo",
    "sellerOrderNo",
    "buyerAccNo",
    "buyerId",
    "sellerId",
    "sellerExId",
)


def altered_value(received: Received) -> Iterator[Guess]:
    """One posted field had another value when it was signed; the value is the detail."""
    for name in received.order:
        if name not in received.absent:
            for value in _likely(received, name):
                yield Guess(received.with_value(name, value), (name,), repr(value))
    blank = [name for name, value in zip(received.order, received.values, strict=True) if not value]
    for word in _NOTHING:
        yield Guess(received.with_values(dict.fromkeys(blank, word)), tuple(blank), repr(word), "blanks")
        yield Guess(received.with_values(dict.fromkeys(received.absent, word)), received.absent, repr(word), "blanks")
    yield from _together(received)
    for guess in rewritten(received, HTML):
        yield guess._replace(variant="rewritten")
    for name in _CHANGING:
        for value in _one_digit_apart(received.value(name)):
            yield Guess(received.with_value(name, value), (name,), repr(value))
    for value in _amounts(received.value("txnAmount")) if "txnAmount" in received.order else ():
        yield Guess(received.with_value("txnAmount", value), ("txnAmount",), repr(value))


def _together(received: Received) -> Iterator[Guess]:
    """One number, stamped with the time or counted, stands in several fields and was made anew in all of them."""
    for value in dict.fromkeys(received.values):
        names = tuple(name for name in received.order if received.value(name) == value)
        if len(names) > 1 and value:
            for other in (*_times(value), *_counted(value)):
                yield Guess(received.with_values(dict.fromkeys(names, other)), names, repr(other))


def not_posted(received: Received) -> Iterator[Guess]:
    """A field was signed with a value, and never posted."""
    for name in received.absent:
        for value in _likely(received, name):
            if value:
                yield Guess(received.with_value(name, value), (name,), repr(value), "not-posted")


def _likely(received: Received, name: str) -> Iterator[str]:
    """Values the field may have had: blank, a usual one, that of another field, a part or a spelling of its own."""
    given = received.value(name)
    yield from _USUAL.get(name, ())
    yield ""
    yield from dict.fromkeys((*received.values, *received.extras.values()))
    yield from () if given else _NOTHING
    yield from (given.upper(), given.lower(), given.title())
    yield from (given[:end] for end in range(len(given) - 1, 0, -1))
    yield from (given[start:] for start in range(1, len(given)))
    yield from (given[:place] + given[place + 1 :] for place in range(len(given)))
    yield from (given.replace(character, "") for character in dict.fromkeys(given))
    if len(given) <= _LOST_FROM:
        yield from (given[:place] + lost + given[place:] for lost in _LOST for place in range(len(given) + 1))
    if name in ("sellerOrderNo", "sellerExOrderNo"):
        yield from _counted(given)
    if name == "sellerTxnTime":
        yield from _times(given)


def _times(given: str) -> Iterator[str]:
    """The clock was read twice, or in another zone, or written in another form."""
    try:
        moment = datetime.strptime(given, "%Y%m%d%H%M%S")  # noqa: DTZ007  a wall clock's reading, compared with itself
        for seconds in range(1, _SECONDS + 1):
            for apart in (-seconds, seconds):
                yield (moment + timedelta(seconds=apart)).strftime("%Y%m%d%H%M%S")
        for hours in range(1, _HOURS + 1):
            for apart in (-hours, hours):
                yield (moment + timedelta(hours=apart)).strftime("%Y%m%d%H%M%S")
        for form in (
            "%Y%m%d%I%M%S",
            "%Y-%m-%d %H:%M:%S",
            "%Y-%m-%dT%H:%M:%S",
            "%d%m%Y%H%M%S",
            "%y%m%d%H%M%S",
            "%Y%m%d",
        ):
            yield moment.strftime(form)
    except (ValueError, OverflowError):
        return


def _counted(given: str) -> Iterator[str]:
    """The number was counted on between signing and posting."""
    head = given.rstrip("0123456789")
    tail = given[len(head) :]
    if tail.isascii() and tail.isdigit() and len(tail) <= 40:
        for apart in range(1, _NUMBERS + 1):
            yield f"{head}{int(tail) + apart:0{len(tail)}d}"
            yield f"{head}{max(0, int(tail) - apart):0{len(tail)}d}"


def _one_digit_apart(given: str) -> Iterator[str]:
    for place, character in enumerate(given[:40]):
        if character in _DIGITS:
            yield from (given[:place] + digit + given[place + 1 :] for digit in "0123456789" if digit != character)


def _amounts(given: str) -> Iterator[str]:
    """A tampered price: a power of ten away, then every sen up to RM 200, 10 sen to 500, ringgit to 10,000."""
    sen = given.replace(".", "")
    if sen.isascii() and sen.isdigit() and len(sen) < 14:
        for factor in (10, 100, 1000):
            yield from (_ringgit(int(sen) * factor), _ringgit(int(sen) // factor))
    yield from (_ringgit(each) for each in range(1, _CENTS))
    yield from (f"{each // 10}.{each % 10}0" for each in range(_CENTS // 10, _TENTHS))
    yield from (f"{each}.00" for each in range(_CENTS // 100, _RINGGIT))


def _ringgit(sen: int) -> str:
    return f"{sen // 100}.{sen % 100:02d}"
