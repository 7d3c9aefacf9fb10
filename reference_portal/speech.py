"""The language of this request's pages, and how a page says a sentence of the catalogue, a word, a date in it.

Malay first; the words the guide prints stay as printed in both (`printed` marks them for readers of the English page).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from flask_babel import get_locale, lazy_gettext  # type: ignore[import-untyped]  # Flask-Babel carries no types
from flask_babel import gettext as _gettext
from flask_babel.speaklater import LazyString as Later  # type: ignore[import-untyped]
from markupsafe import Markup

from reference_portal import messages
from reference_portal.clock import spoken_date, spoken_instant
from reference_portal.messages import ENGLISH, MALAY
from reference_portal.notices import Notice

__all__ = [
    "Later",
    "gettext",
    "gloss",
    "language",
    "later",
    "named",
    "printed",
    "say",
    "say_date",
    "say_instant",
    "word",
]

NAMES = {MALAY: "Bahasa Melayu", ENGLISH: "English"}
BRIEF = {MALAY: "BM", ENGLISH: "EN"}
"""The same where there is little room."""


def gettext(malay: str, **values: object) -> str:
    """What a page says, in the language of this request; placeholders as `%(name)s`."""
    return str(_gettext(malay, **values))


def _(malay: str) -> Later:
    """The same for a label that is made before there is a request."""
    return lazy_gettext(malay)


def language() -> str:
    """`ms` or `en`; Malay outside a request."""
    locale = get_locale()
    return ENGLISH if locale is not None and locale.language == ENGLISH else MALAY


def say(code: str, /, **values: object) -> str:
    """The sentence of that code."""
    return messages.text(code, language(), **values)


def tell_notice(notice: Notice) -> str:
    """The notice's sentence."""
    return say(notice.code, **notice.values)


def word(stored: str) -> str:
    """What a stored word is called."""
    return messages.term(stored, language())


def named(stored: str) -> Later:
    """The same for a label that is made before there is a request."""
    return later(lambda: word(stored))


def say_date(day: date) -> str:
    """`15 Mei 2019`, `15 May 2019`."""
    return spoken_date(day, language())


def say_instant(instant: datetime) -> str:
    """`15 Mei 2019, 10:32:07 pagi`, `15 May 2019, 10:32:07 a.m.`."""
    return spoken_instant(instant, language())


def later(said: Callable[[], str]) -> Later:
    """Text that is put together when a page shows it: for labels made before there is a request."""
    return Later(said)


def printed(english: str) -> Markup:
    """Attributes for words the guide prints, which stay Malay on the English page; `english` is what they mean."""
    return Markup(' lang="ms" title="{}"').format(english) if language() == ENGLISH else Markup()


def gloss(english: str) -> Markup:
    """The same meaning in sight, to stand after such words; nothing on the Malay page.

    Kept from screen readers, which are told by the title.
    """
    if language() != ENGLISH:
        return Markup()
    return Markup('<span class="gloss" aria-hidden="true">({})</span>').format(english)
