"""HTML without its markup, for search, for snippets and for readers of mail that brought no text part."""

from __future__ import annotations

import re

from emulators.smtp.html_document import read_html


def text_of(html: str) -> str:
    """What a person would read of `html`: blocks on lines of their own, no script, no style."""
    lines = (" ".join(line.split()) for line in "".join(read_html(html).words).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
