"""Uploaded documents: what a file is told by its bytes and never by its name, and whether it is whole.

Limits are choices (none was published): PDF, JPEG or PNG, 2 MB, 25 million pixels.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import PurePosixPath

from PIL import ImageFile, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from reference_portal.errors import RuleBroken

MEGABYTE = 1024 * 1024
MOST_PIXELS = 25_000_000
LONGEST_NAME = 60
_PDF_END_WITHIN = 1024
"""PDF readers look for %%EOF in the last kilobyte; so do we."""


class MediaType(StrEnum):
    """The three kinds of file that are taken."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


_MAGIC = {b"%PDF-": MediaType.PDF, b"\xff\xd8\xff": MediaType.JPEG, b"\x89PNG\r\n\x1a\n": MediaType.PNG}
_SUFFIXES = {MediaType.PDF: (".pdf",), MediaType.JPEG: (".jpg", ".jpeg"), MediaType.PNG: (".png",)}
_IMAGES: dict[MediaType, type[ImageFile.ImageFile]] = {MediaType.JPEG: JpegImageFile, MediaType.PNG: PngImageFile}


@dataclass(frozen=True)
class Upload:
    """A file that was taken: a name that is safe to show, what it is, and its bytes."""

    name: str
    media_type: MediaType
    content: bytes


def receive(file_name: str, content: bytes, limit: int = 2 * MEGABYTE) -> Upload:
    """The upload; E-DOC-02 for another kind of file, E-DOC-03 beyond `limit` bytes, E-DOC-04 when empty or broken."""
    if not content:
        raise RuleBroken("E-DOC-04")
    if len(content) > limit:
        raise RuleBroken("E-DOC-03", mb=f"{limit / MEGABYTE:g}")
    media_type = _told_by_content(content)
    if not _whole(media_type, content):
        raise RuleBroken("E-DOC-04")
    return Upload(clean_name(file_name, media_type), media_type, content)


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


def _whole(media_type: MediaType, content: bytes) -> bool:
    if media_type is MediaType.PDF:
        return b"%%EOF" in content[-_PDF_END_WITHIN:]
    try:
        with _IMAGES[media_type](BytesIO(content)) as image:
            if image.width * image.height > MOST_PIXELS:
                return False
            image.draft("RGB", (1, 1))  # a JPEG is read to its end all the same, in a fraction of the memory
            image.load()
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError):
        return False
    return True
