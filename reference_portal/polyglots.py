"""Files that are two things at once: a picture for the portal, and an archive, a page or a program for somebody else.

What is kept is written anew and would lose the second half; such a file is refused all the same, because it was made
to deceive, and the applicant should know that the scan at hand is not what it seems.
"""

from __future__ import annotations

import zipfile
from io import BytesIO

_HEAD = 1024
"""PDF readers and browsers look for their marks in the first kilobyte."""
_MARKUP = (b"<!doctype html", b"<html", b"<script", b"<?php", b"<svg")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"PK\x03\x04")
_ENDS = {b"\xff\xd8\xff": b"\xff\xd9", b"\x89PNG\r\n\x1a\n": b"IEND\xaeB`\x82", b"%PDF-": b"%%EOF"}


def is_polyglot(content: bytes) -> bool:
    """Whether something else than its first bytes say can be read out of `content` as well.

    Data behind a photograph's end is not enough: phones put a second picture or a short film there.
    """
    head = content[:_HEAD].lower()
    if any(mark in head for mark in _MARKUP):
        return True
    if not content.startswith(b"%PDF-") and b"%pdf-" in head:
        return True
    if zipfile.is_zipfile(BytesIO(content)):
        return True
    tail = _behind_the_end(content)
    return any(mark in tail for mark in _ARCHIVES) or any(mark in tail.lower() for mark in (*_MARKUP, b"%pdf-"))


def _behind_the_end(content: bytes) -> bytes:
    """What follows the last end mark of the file's own kind; nothing when it has none."""
    end = next((mark for magic, mark in _ENDS.items() if content.startswith(magic)), b"")
    return content.rpartition(end)[2] if end and end in content else b""
