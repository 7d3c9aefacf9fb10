"""HTML without its markup, for search, for snippets and for readers of mail that brought no text part."""

from __future__ import annotations

import re

from emulators.smtp.html_document import CELL_END, HtmlDocument

_GAP = r"[ \t\r\n\xa0]{0,100}"
_SPREAD = re.compile(rf"(?<!\d)\d(?:{_GAP}{CELL_END}{_GAP}\d(?!\d)){{3,7}}")
"""A code with each digit in a cell of its own."""


def text_of(document: HtmlDocument) -> str:
    """What a person would read of it: blocks on lines of their own, cells apart, no script, no style."""
    text = _SPREAD.sub(lambda found: re.sub(r"\D", "", found[0]), "".join(document.words))
    lines = (" ".join(line.split()) for line in text.replace(CELL_END, " ").splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
