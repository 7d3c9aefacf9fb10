"""Sample documents: the good ones are valid files, the bad ones are bad in one way only."""

from __future__ import annotations

import io
import random
import re

import pytest
from PIL import Image
from pypdf import PdfReader

from features import documents
from features.documents import KINDS, TWO_MEGABYTES, needed, paper


def test_the_pdf_opens_and_says_sandbox() -> None:
    """One page, with the word on it."""
    (page,) = PdfReader(io.BytesIO(documents.pdf().content), strict=True).pages

    assert "SANDBOX" in page.extract_text()


@pytest.mark.parametrize(("upload", "form"), [(documents.png(), "PNG"), (documents.jpeg(), "JPEG")])
def test_the_pictures_open(upload: documents.Upload, form: str) -> None:
    """Whole, and of the kind they say."""
    picture = Image.open(io.BytesIO(upload.content))
    picture.load()

    assert picture.format == form
    assert upload.content_type == f"image/{form.lower()}"


def test_the_large_ones_lie_on_either_side_of_two_megabytes() -> None:
    """One byte decides; the larger one is still a PDF."""
    assert len(documents.exactly_two_megabytes().content) == TWO_MEGABYTES
    assert len(documents.too_large().content) == TWO_MEGABYTES + 1
    assert len(PdfReader(io.BytesIO(documents.exactly_two_megabytes().content), strict=True).pages) == 1


def test_the_bad_ones_are_bad() -> None:
    """A GIF called PDF, a picture that cannot be opened, no bytes."""
    assert documents.wrong_kind().content.startswith(b"GIF")
    assert documents.wrong_kind().filename.endswith(".pdf")
    with pytest.raises(OSError, match=r"[Tt]runcated|broken"):
        Image.open(io.BytesIO(documents.truncated().content)).load()
    assert documents.empty().content == b""


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_is_of_the_sandboxs_own_series(kind: str) -> None:
    """SBX, so that nobody takes it for a real paper; a profile carries no expiry."""
    sample = paper(kind, random.Random(1))

    assert re.match(r"SBX(-[A-Z]+-)?\d{6}", sample.number)
    assert (sample.expiry is None) == (kind == "profil_pemandu")
    assert set(sample.fields()) == {f"{kind}_file", f"{kind}_number", f"{kind}_expiry"}


@pytest.mark.parametrize(
    ("category", "region", "kinds"),
    [
        ("teksi", "semenanjung", ("lesen_memandu", "kad_psv")),
        ("e-hailing", "sabah", ("lesen_memandu", "surat_kebenaran")),
        ("teksi", "sarawak", ("lesen_memandu", "surat_kebenaran")),
        ("bas", "sabah", ("lesen_memandu", "kad_psv")),
    ],
)
def test_what_a_driver_needs(category: str, region: str, kinds: tuple[str, ...]) -> None:
    """One way that the guide allows."""
    assert needed(category, region) == kinds
