"""Uploaded documents: what a file is, told by its bytes and never by its name; what is kept is written anew.

Limits are choices (none was published): PDF, JPEG or PNG, 2 MB, 25 million pixels, 20 pages.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from reference_portal.errors import RuleBroken
from reference_portal.polyglots import is_polyglot
from reference_portal.upload_pdfs import clean_pdf
from reference_portal.upload_pictures import clean_jpeg, clean_png

MEGABYTE = 1024 * 1024
LONGEST_NAME = 60


class MediaType(StrEnum):
    """The three kinds of file that are taken."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


_MAGIC = {b"%PDF-": MediaType.PDF, b"\xff\xd8\xff": MediaType.JPEG, b"\x89PNG\r\n\x1a\n": MediaType.PNG}
_SUFFIXES = {MediaType.PDF: (".pdf",), MediaType.JPEG: (".jpg", ".jpeg"), MediaType.PNG: (".png",)}
_CLEAN = {MediaType.PDF: clean_pdf, MediaType.JPEG: clean_jpeg, MediaType.PNG: clean_png}


@dataclass(frozen=True)
class Upload:
    """A file that was taken: a name that is safe to show, what it is, and the bytes to keep, without metadata."""

    name: str
    media_type: MediaType
    content: bytes


def receive(file_name: str, content: bytes, limit: int = 2 * MEGABYTE) -> Upload:
    """The upload, ready to be kept.

    Raises:
        RuleBroken: E-DOC-02 another kind of file, E-DOC-03 beyond `limit` bytes, E-DOC-04 empty, E-DOC-15 locked with
            a password, E-DOC-16 two kinds at once, E-DOC-17 a bomb, E-DOC-18 broken or cut off.
    """
    if not content:
        raise RuleBroken("E-DOC-04")
    if len(content) > limit:
        raise RuleBroken("E-DOC-03", mb=f"{limit / MEGABYTE:g}")
    media_type = _told_by_content(content)
    if is_polyglot(content):
        raise RuleBroken("E-DOC-16")
    return Upload(clean_name(file_name, media_type), media_type, _CLEAN[media_type](content))


def clean_name(file_name: str, media_type: MediaType) -> str:
    """The name without folders and control signs, at most 60 signs, ending as its content says."""
    last = PurePosixPath(file_name.replace("\\", "/")).name
    shown = "".join(sign for sign in unicodedata.normalize("NFC", last) if sign.isprintable()).strip(" .")
    stem, dot, ending = shown.rpartition(".")
    suffixes = _SUFFIXES[media_type]
    suffix = f".{ending.lower()}" if dot and f".{ending.lower()}" in suffixes else suffixes[0]
    stem = (stem if dot and stem else shown).strip(" .") or "dokumen"
    return stem[: LONGEST_NAME - len(suffix)] + suffix


def _told_by_content(content: bytes) -> MediaType:
    for magic, media_type in _MAGIC.items():
        if content.startswith(magic):
            return media_type
    raise RuleBroken("E-DOC-02")
