"""PDFs that are handed in: opened by qpdf within limits, and written anew without author, scripts or attached files."""

from __future__ import annotations

import functools
from io import BytesIO

import pikepdf

from reference_portal.errors import RuleBroken

MOST_PAGES = 20
"""A card has two sides; a letter with its annexes a few pages: a choice."""
MOST_UNPACKED = 64 * 1024 * 1024
"""What the whole file may unfold to, in bytes, before it is called a bomb."""
_END_WITHIN = 1024
"""Readers look for %%EOF in the last kilobyte; so do we, and find an upload that broke off."""
_AT_WORK = ("/OpenAction", "/AA", "/AF", "/JavaScript", "/Collection")
_NAMED = ("/JavaScript", "/EmbeddedFiles")


def clean_pdf(content: bytes) -> bytes:
    """The pages alone; E-DOC-15 with a password, E-DOC-17 beyond a limit, E-DOC-18 when it is not whole."""
    if b"%%EOF" not in content[-_END_WITHIN:]:
        raise RuleBroken("E-DOC-18")
    _set_limits()
    try:
        with pikepdf.open(BytesIO(content)) as document:
            return _cleaned(document)
    except pikepdf.PasswordError as error:
        raise RuleBroken("E-DOC-15") from error
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, KeyError) as error:
        raise RuleBroken("E-DOC-18") from error


def _cleaned(document: pikepdf.Pdf) -> bytes:
    if document.is_encrypted:  # also when it opens for anybody: it could not be written anew as it is
        raise RuleBroken("E-DOC-15")
    if len(document.pages) > MOST_PAGES:
        raise RuleBroken("E-DOC-17")
    if not document.pages:
        raise RuleBroken("E-DOC-18")
    _unfold(document)
    root = document.Root
    for name in ("/Metadata", "/PieceInfo", *_AT_WORK):
        _drop(root, name)
    if isinstance(root.get("/Names"), pikepdf.Dictionary):
        for name in _NAMED:
            _drop(root.Names, name)
    for page in document.pages:
        for name in ("/Metadata", "/PieceInfo", "/AA", "/Annots"):  # links, buttons and attachments are annotations
            _drop(page.obj, name)
    _drop(document.trailer, "/Info")
    written = BytesIO()
    document.save(written, deterministic_id=True, fix_metadata_version=False)
    return written.getvalue()


def _unfold(document: pikepdf.Pdf) -> None:
    """Open every stream once, so that nobody who looks at the document later meets a bomb."""
    unfolded = 0
    for stream in document.objects:
        if not isinstance(stream, pikepdf.Stream):
            continue
        try:
            unfolded += len(stream.read_bytes())
        except pikepdf.DataDecodingError as error:
            raise RuleBroken("E-DOC-17" if "memory limit" in str(error) else "E-DOC-18") from error
        if unfolded > MOST_UNPACKED:
            raise RuleBroken("E-DOC-17")


def _drop(holder: pikepdf.Object, name: str) -> None:
    if name in holder:
        del holder[name]


@functools.cache
def _set_limits() -> None:
    """qpdf's limits belong to the process: set once, before the first file is opened."""
    pikepdf.settings.set_qpdf_limits(
        doc_max_warnings=100,
        parser_max_container_size=100_000,
        max_stream_filters=4,
        flate_max_memory=MOST_UNPACKED,
        png_max_memory=MOST_UNPACKED,
        tiff_max_memory=MOST_UNPACKED,
        run_length_max_memory=MOST_UNPACKED,
        dct_max_memory=MOST_UNPACKED,
    )
