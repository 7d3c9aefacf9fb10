"""What is taken as a document, and under which name."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from reference_portal.errors import RuleBroken
from reference_portal.uploads import MEGABYTE, MOST_PIXELS, MediaType, clean_name, receive

PDF = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


def picture(kind: str, size: tuple[int, int] = (64, 48), mode: str = "RGB") -> bytes:
    """A small picture in that format."""
    made = BytesIO()
    Image.effect_noise(size, 90).convert(mode).save(made, kind)
    return made.getvalue()


def refusal(name: str, content: bytes, limit: int = 2 * MEGABYTE) -> str:
    """The code with which the file is refused."""
    with pytest.raises(RuleBroken) as refused:
        receive(name, content, limit)
    return refused.value.code


@pytest.mark.parametrize(
    ("name", "content", "media_type", "kept"),
    [
        ("lesen.pdf", PDF, MediaType.PDF, "lesen.pdf"),
        ("lesen.jpg", picture("JPEG"), MediaType.JPEG, "lesen.jpg"),
        ("lesen.JPEG", picture("JPEG"), MediaType.JPEG, "lesen.jpeg"),
        ("lesen.png", picture("PNG"), MediaType.PNG, "lesen.png"),
        ("kelabu.png", picture("PNG", mode="L"), MediaType.PNG, "kelabu.png"),
        ("cetak.jpg", picture("JPEG", mode="CMYK"), MediaType.JPEG, "cetak.jpg"),
        ("lesen.pdf", picture("PNG"), MediaType.PNG, "lesen.png"),
        ("lesen.exe", PDF, MediaType.PDF, "lesen.pdf"),
    ],
)
def test_content_says_what_a_file_is(name: str, content: bytes, media_type: MediaType, kept: str) -> None:
    """The three kinds are known by their first bytes; the name follows the content."""
    upload = receive(name, content)

    assert (upload.media_type, upload.name, upload.content) == (media_type, kept, content)


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\x00", b"GIF89a" + b"\x00" * 40, b"<html></html>", b"PK\x03\x04", b"\n%PDF-1.4\n%%EOF", b"BM1234", b"x"],
)
def test_another_kind_of_file_is_refused_whatever_its_name(content: bytes) -> None:
    """Programs, pages, archives and other pictures called .pdf are still what they are."""
    assert refusal("lesen.pdf", content) == "E-DOC-02"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-",
        PDF.replace(b"%%EOF", b"%%EO"),
        PDF + b"x" * 1100,
        picture("JPEG")[:-40],
        picture("JPEG")[:10],
        picture("PNG")[:-40],
        picture("PNG")[:20],
        picture("PNG").replace(b"IDAT", b"IDAX"),
        b"\xff\xd8\xff" + b"\x00" * 500,
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 500,
    ],
)
def test_an_empty_or_broken_file_is_refused(content: bytes) -> None:
    """Cut short, damaged, or a first line and nothing behind it."""
    assert refusal("lesen.pdf", content) == "E-DOC-04"


def test_every_cut_of_a_picture_is_noticed() -> None:
    """Wherever an upload broke off, it is not kept as a whole document."""
    for kind in ("JPEG", "PNG"):
        whole = picture(kind)
        for length in range(12, len(whole) - 12, 97):
            assert refusal("x", whole[:length]) == "E-DOC-04", (kind, length)


@pytest.mark.parametrize(("extra", "taken"), [(-1, True), (0, True), (1, False)])
def test_the_limit_is_exact(extra: int, taken: bool) -> None:
    """Two megabytes are taken, a byte more is not."""
    content = PDF[:-6] + b" " * (2 * MEGABYTE + extra - len(PDF)) + PDF[-6:]

    if taken:
        assert len(receive("besar.pdf", content).content) == 2 * MEGABYTE + extra
    else:
        assert refusal("besar.pdf", content) == "E-DOC-03"


def test_the_limit_is_told_in_megabytes() -> None:
    """The sentence names the limit that was set."""
    with pytest.raises(RuleBroken) as refused:
        receive("x.pdf", PDF, limit=len(PDF) - 1)
    assert refused.value.code == "E-DOC-03"

    with pytest.raises(RuleBroken) as refused:
        receive("x.pdf", b"x" * (2 * MEGABYTE + 1))
    assert refused.value.values == {"mb": "2"}


def test_a_picture_of_absurd_size_is_refused_before_it_is_unpacked() -> None:
    """A small file that claims more pixels than any scan has is a bomb, not a licence."""
    bomb = BytesIO()
    Image.new("1", (MOST_PIXELS // 1000 + 1, 1000)).save(bomb, "PNG")

    assert len(bomb.getvalue()) < 100_000
    assert refusal("bom.png", bomb.getvalue()) == "E-DOC-04"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("lesen memandu.pdf", "lesen memandu.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Ujian\\lesen.pdf", "lesen.pdf"),
        ("", "dokumen.pdf"),
        ("...", "dokumen.pdf"),
        (".pdf", "pdf.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("lesen\u202efdp.exe", "lesenfdp.pdf"),
        ("resit.tar.gz", "resit.tar.pdf"),
        ("x" * 300 + ".pdf", "x" * 56 + ".pdf"),
        ("lésen ñ 证.pdf", "lésen ñ 证.pdf"),
        ("folder/", "folder.pdf"),
    ],
)
def test_names_are_safe_to_show_and_to_save_as(given: str, kept: str) -> None:
    """No folder, no control or direction signs, at most sixty signs, an ending that tells the truth."""
    assert clean_name(given, MediaType.PDF) == kept
    assert len(kept) <= 60
