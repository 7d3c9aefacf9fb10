"""The two secrets of an account: Ungkapan Rahsia (shown back at log-in) and Kata Laluan.

No published rule of the real portal was found: lengths and kinds of characters are choices in the manner of other
Malaysian public portals (register of differences, PORTAL-5).
"""

from __future__ import annotations

from collections.abc import Callable

from reference_portal.errors import RuleBroken

PHRASE_LENGTH = range(6, 41)
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 64


def faults(phrase: str, password: str, identity_number: str, full_name: str, email: str) -> list[RuleBroken]:
    """All that speaks against the two together, the phrase's fault first; empty when both will do."""
    person = {"identity_number": identity_number, "full_name": full_name, "email": email}
    checks: tuple[Callable[[], str], ...] = (
        lambda: check_phrase(phrase, password=password, **person),
        lambda: check_password(password, identity_number=identity_number, phrase=phrase),
    )
    broken = []
    for check in checks:
        try:
            check()
        except RuleBroken as fault:
            broken.append(fault)
    return broken


def kept_phrase(typed: str) -> str:
    """The phrase as it is kept: single spaces."""
    return " ".join(typed.split())


def check_phrase(
    phrase: str, *, password: str = "", identity_number: str = "", full_name: str = "", email: str = ""
) -> str:
    """The phrase as it is kept (single spaces); E-PHR, E-PHR-02 or E-PHR-03 when it will not do.

    The phrase is shown to whoever types the identity number, so it must give nothing else away.
    """
    kept = kept_phrase(phrase)
    if len(kept) not in PHRASE_LENGTH or _same(kept, password):
        raise RuleBroken("E-PHR")
    if not all(sign.isalnum() or sign == " " for sign in kept):
        raise RuleBroken("E-PHR-02")
    if any(_holds(kept, private) for private in (password, identity_number, full_name, email)):
        raise RuleBroken("E-PHR-03")
    return kept


def check_password(password: str, *, identity_number: str = "", phrase: str = "") -> str:
    """The password unchanged; E-PWD-01, E-PWD-03 or E-PWD-04 when it will not do."""
    if len(password) > LONGEST_PASSWORD:
        raise RuleBroken("E-PWD-04")
    strong = (
        len(password) >= SHORTEST_PASSWORD
        and any(sign.isupper() for sign in password)
        and any(sign.islower() for sign in password)
        and any(sign.isdigit() for sign in password)
        and any(not sign.isalnum() and not sign.isspace() for sign in password)
    )
    if not strong:
        raise RuleBroken("E-PWD-01")
    if any(_holds(password, private) for private in (identity_number, phrase)):
        raise RuleBroken("E-PWD-03")
    return password


def password_faults(password: str, *, identity_number: str, phrase: str) -> list[RuleBroken]:
    """What speaks against another password for somebody whose phrase is `phrase`."""
    try:
        check_password(password, identity_number=identity_number, phrase=phrase)
    except RuleBroken as fault:
        return [fault]
    return [RuleBroken("E-PWD-03")] if _holds(phrase, password) else []


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.strip().casefold()


def _holds(text: str, private: str) -> bool:
    """Whether `private` stands in `text`, whatever the case and however it is spaced or hyphenated."""
    needle = "".join(sign for sign in private.casefold() if sign.isalnum())
    return bool(needle) and needle in "".join(sign for sign in text.casefold() if sign.isalnum())
