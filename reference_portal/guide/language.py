"""The toggle: the same page in the other language, remembered by the browser for a year."""

from __future__ import annotations

from functools import cached_property
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Blueprint, Flask, redirect, request
from flask_babel import Babel, Domain  # type: ignore[import-untyped]  # Flask-Babel carries no types
from werkzeug.wrappers import Response

from reference_portal.messages import ENGLISH, MALAY
from reference_portal.speech import BRIEF, NAMES, language

COOKIE = "iperkeso_bahasa"
YEAR_SECONDS = 365 * 24 * 3600
CATALOGUE = Path(__file__).parent.parent / "translations" / "en.po"

blueprint = Blueprint("language", __name__, url_prefix="/language")


class _Catalogue(Domain):  # type: ignore[misc]  # so its classes are Any
    """English out of `en.po`, read when the first English page is asked for; Malay is what the pages are written in."""

    def get_translations(self) -> NullTranslations:
        """The translations of this request's language."""
        return self._english if language() == ENGLISH else self._malay

    @cached_property
    def _english(self) -> Translations:
        compiled = BytesIO()
        with CATALOGUE.open("rb") as source:
            write_mo(compiled, read_po(source, locale=ENGLISH))
        compiled.seek(0)
        return Translations(compiled)

    @cached_property
    def _malay(self) -> NullTranslations:
        return NullTranslations()


class _Languages(Babel):  # type: ignore[misc]  # so its classes are Any
    """Flask-Babel with that catalogue in place of compiled files."""

    domain_instance = _Catalogue()


def register_languages(app: Flask) -> None:
    """Let every page speak the language the browser chose."""
    _Languages(app, default_locale=MALAY, locale_selector=_chosen)

    @app.context_processor
    def shared() -> dict[str, object]:
        other = MALAY if language() == ENGLISH else ENGLISH
        return {"language": language(), "other_language": {"code": other, "name": NAMES[other], "brief": BRIEF[other]}}


@blueprint.post("")
def choose() -> Response:
    """Remember the language and show the page again."""
    chosen = request.form.get("language", "")
    answer = redirect(_ours(request.form.get("back", "/")), 303)
    if chosen in NAMES:
        answer.set_cookie(COOKIE, chosen, max_age=YEAR_SECONDS, secure=request.is_secure, httponly=True, samesite="Lax")
    return answer


def _chosen() -> str:
    kept = request.cookies.get(COOKIE, MALAY)
    return kept if kept in NAMES else MALAY


def _ours(path: str) -> str:
    """A path of this portal and nothing else: `//elsewhere` and `/\\elsewhere` are other hosts to a browser."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if plain else "/"
