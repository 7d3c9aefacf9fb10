"""HTML without its markup, for search, for snippets and for readers of mail that brought no text part."""

from __future__ import annotations

import re

from emulators.smtp.html_document import HtmlDocument


def text_of(document: HtmlDocument) -> str:
    """What a person would read of it: blocks on lines of their own, no script, no style."""
    lines = (" ".join(line.split()) for line in "".join(document.words).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
