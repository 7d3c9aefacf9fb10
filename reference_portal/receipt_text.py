"""Fitting words on a printed page: lines that are not too wide, signs the typeface has."""

from __future__ import annotations

import unicodedata

from reportlab.pdfbase.pdfmetrics import stringWidth


def lines_of(text: str, font: str, size: float, width: float) -> list[str]:
    """`text` in lines no wider than `width`, broken between words, or within one that is too long by itself."""
    lines = [""]
    for word in shown(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if stringWidth(longer, font, size) <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for sign in word:
            if stringWidth(lines[-1] + sign, font, size) > width:
                lines.append("")
            lines[-1] += sign
    return lines


def shown(text: str) -> str:
    """`text` in the signs the page's fonts have; a letter beyond them loses its accent rather than its place."""
    return "".join(sign if _has(sign) else _plain(sign) for sign in unicodedata.normalize("NFC", text))


def _has(sign: str) -> bool:
    try:
        sign.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _plain(sign: str) -> str:
    base = unicodedata.normalize("NFKD", sign)[0]
    return base if _has(base) else "?"
