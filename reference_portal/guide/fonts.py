"""Poppins and Inter (SIL Open Font License), served from the packages that carry them: no page asks another host."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

import fontpkg_inter  # type: ignore[import-untyped]  # a folder of files
import fontpkg_poppins  # type: ignore[import-untyped]  # the same
from flask import Blueprint, Response, request

from reference_portal.errors import NotHere

blueprint = Blueprint("fonts", __name__, url_prefix="/fonts")

FILES = {
    "inter.ttf": Path(fontpkg_inter.ROOT, "files", "Inter[opsz,wght].ttf"),
    "poppins-semibold.ttf": Path(fontpkg_poppins.ROOT, "files", "Poppins-SemiBold.ttf"),
}
"""What the style sheet asks for: Inter in every weight in one file, Poppins in the weight of our headings."""

YEAR_SECONDS = 365 * 24 * 3600


@blueprint.get("/<name>")
def file(name: str) -> Response:
    """A font, for a browser to keep for a year; squeezed to half for one that takes it so."""
    if name not in FILES:
        raise NotHere(f"no font is called {name}")
    squeezed = request.accept_encodings.quality("gzip") > 0
    answer = Response(_squeezed(name) if squeezed else FILES[name].read_bytes(), mimetype="font/ttf")
    answer.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    answer.headers["Vary"] = "Accept-Encoding"
    if squeezed:
        answer.headers["Content-Encoding"] = "gzip"
    return answer


@cache
def _squeezed(name: str) -> bytes:
    return gzip.compress(FILES[name].read_bytes(), mtime=0)
