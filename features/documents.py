"""Sample documents: small valid files that say SANDBOX, and the bad ones a portal must refuse."""

from __future__ import annotations

import functools
import io
import random
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pikepdf
from PIL import Image, ImageDraw

from features.forms import Typed, Upload

KINDS = ("lesen_memandu", "kad_psv", "kad_pemandu", "surat_kebenaran", "profil_pemandu")

EXPIRY = date(2027, 12, 31)
"""Far enough for every clock a scenario sets."""

TWO_MEGABYTES = 2 * 1024 * 1024

_NUMBERS = {
    "lesen_memandu": ("SBX", 7),
    "kad_psv": ("SBX-PSV-", 6),
    "kad_pemandu": ("SBX-KP-", 6),
    "surat_kebenaran": ("SBX-LPKP-", 6),
    "profil_pemandu": ("SBX-PROFIL-", 6),
}


@dataclass(frozen=True)
class Paper:
    """One document as the form asks for it."""

    kind: str
    number: str
    expiry: date | None
    upload: Upload

    def fields(self) -> dict[str, Typed]:
        """By the form's field names."""
        expiry = self.expiry.isoformat() if self.expiry else ""
        return {f"{self.kind}_file": self.upload, f"{self.kind}_number": self.number, f"{self.kind}_expiry": expiry}


def needed(category: str, region: str) -> tuple[str, ...]:
    """The kinds the guide asks of such a driver, the first way where it allows several (D-TX-*, D-BS-*)."""
    if category == "bas" or region == "semenanjung":
        return ("lesen_memandu", "kad_psv")
    return ("lesen_memandu", "surat_kebenaran")


def paper(kind: str, source: random.Random, expiry: date | None = EXPIRY, upload: Upload | None = None) -> Paper:
    """A sample of that kind; a driver profile has no expiry."""
    prefix, digits = _NUMBERS[kind]
    number = f"{prefix}{source.randrange(10**digits):0{digits}}"
    return Paper(kind, number, None if kind == "profil_pemandu" else expiry, upload or pdf(f"{kind}.pdf"))


def papers(kinds: Sequence[str], source: random.Random, expiry: date | None = EXPIRY) -> tuple[Paper, ...]:
    """One sample of each kind."""
    return tuple(paper(kind, source, expiry) for kind in kinds)


def pdf(filename: str = "dokumen.pdf") -> Upload:
    """A valid PDF of one page."""
    return Upload(filename, _pdf_bytes(), "application/pdf")


def png(filename: str = "dokumen.png") -> Upload:
    """A valid PNG."""
    return Upload(filename, _picture_bytes("PNG"), "image/png")


def jpeg(filename: str = "dokumen.jpg") -> Upload:
    """A valid JPEG."""
    return Upload(filename, _picture_bytes("JPEG"), "image/jpeg")


def wrong_kind(filename: str = "dokumen.pdf") -> Upload:
    """A GIF that calls itself a PDF."""
    return Upload(filename, _picture_bytes("GIF"), "application/pdf")


def truncated(filename: str = "dokumen.png") -> Upload:
    """A PNG of which the last two thirds were lost on the way."""
    whole = _picture_bytes("PNG")
    return Upload(filename, whole[: len(whole) // 3], "image/png")


def locked(filename: str = "dokumen.pdf") -> Upload:
    """A valid PDF that asks for a password."""
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(_pdf_bytes())) as document:
        document.save(kept, encryption=pikepdf.Encryption(owner="sandbox", user="sandbox"))
    return Upload(filename, kept.getvalue(), "application/pdf")


def hiding(filename: str = "dokumen.png") -> Upload:
    """A valid PNG with an archive behind its end."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("sandbox.txt", "SANDBOX")
    return Upload(filename, _picture_bytes("PNG") + archive.getvalue(), "image/png")


def empty(filename: str = "dokumen.pdf") -> Upload:
    """A file of no bytes."""
    return Upload(filename, b"", "application/pdf")


def too_large(filename: str = "dokumen.pdf") -> Upload:
    """A valid PDF one byte over two megabytes."""
    return Upload(filename, _pdf_of(TWO_MEGABYTES + 1), "application/pdf")


def exactly_two_megabytes(filename: str = "dokumen.pdf") -> Upload:
    """A valid PDF of just the size that is still allowed."""
    return Upload(filename, _pdf_of(TWO_MEGABYTES), "application/pdf")


def _pdf_of(size: int) -> bytes:
    """A PDF of just so many bytes: a long comment stands before its first object."""
    short = size
    while (excess := len(_pdf_bytes(short)) - size) > 0:
        short -= excess
    return _pdf_bytes(short)


@functools.cache
def _pdf_bytes(comment: int = 0) -> bytes:
    drawing = b"BT /F1 20 Tf 60 100 Td (SANDBOX - DOKUMEN CONTOH) Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 200] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, places = b"%PDF-1.4\n%" + b"-" * comment + b"\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + head + table + trailer


@functools.cache
def _picture_bytes(form: str) -> bytes:
    picture = Image.new("RGB", (420, 200), "#FEF9C3")
    pen = ImageDraw.Draw(picture)
    for row in range(10, 200, 40):
        pen.text((20 + row, row), "SANDBOX - DOKUMEN CONTOH", fill="#854D0E")
    kept = io.BytesIO()
    picture.save(kept, form)
    return kept.getvalue()
