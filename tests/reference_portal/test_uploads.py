"""What is taken as a document, and under which name."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from PIL import ExifTags, Image, ImageChops, PngImagePlugin

from reference_portal.errors import RuleBroken
from reference_portal.upload_pdfs import MOST_PAGES, MOST_UNPACKED
from reference_portal.upload_pictures import MOST_PIXELS
from reference_portal.uploads import MEGABYTE, MediaType, clean_name, receive


def pdf(change: Callable[[pikepdf.Pdf], object] = lambda _: None, pages: int = 1, **saving: object) -> bytes:
    """A small PDF of that many empty pages, changed before it is saved."""
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(200, 100))
        change(document)
        kept = BytesIO()
        document.save(kept, **saving)  # type: ignore[arg-type]
        return kept.getvalue()


PDF = pdf()


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

    assert (upload.media_type, upload.name) == (media_type, kept)
    assert receive(name, upload.content).media_type == media_type


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
        b"%PDF-",
        b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n",
        b"%PDF-1.4\n%%EOF\n",
        pdf(pages=0),
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
def test_a_broken_file_is_refused(content: bytes) -> None:
    """Cut short, damaged, or a first line and nothing behind it."""
    assert refusal("lesen.pdf", content) == "E-DOC-18"


def test_an_empty_file_is_refused_as_that() -> None:
    """Nothing arrived: try again."""
    assert refusal("lesen.pdf", b"") == "E-DOC-04"


@pytest.mark.parametrize("owner_only", [False, True])
def test_a_locked_pdf_is_refused(owner_only: bool) -> None:
    """Also one that opens for anybody and forbids only changes: it could not be kept as it is."""
    lock = pikepdf.Encryption(owner="rahsia", user="" if owner_only else "rahsia")

    assert refusal("lesen.pdf", pdf(encryption=lock)) == "E-DOC-15"


def archive(name: str = "lesen.exe") -> bytes:
    """A ZIP with one file in it."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr(name, b"MZ")
    return made.getvalue()


def with_comment(said: bytes) -> bytes:
    """A photograph with that in its comment."""
    made = BytesIO()
    Image.new("RGB", (8, 8)).save(made, "JPEG", comment=said)
    return made.getvalue()


def png_saying(said: str) -> bytes:
    """A PNG with that among its texts."""
    texts, made = PngImagePlugin.PngInfo(), BytesIO()
    texts.add_text("Comment", said)
    Image.new("RGB", (8, 8)).save(made, "PNG", pnginfo=texts)
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        picture("JPEG") + archive(),
        picture("PNG") + archive(),
        PDF + archive(),
        PDF[:-6] + archive() + PDF[-6:],
        picture("PNG") + b"Rar!\x1a\x07\x01\x00" + b"\x00" * 64,
        picture("JPEG") + b"<?php echo 1; ?>",
        picture("JPEG") + PDF,
        with_comment(PDF),
        with_comment(b"<script>alert(1)</script>"),
        png_saying("<HTML><body>"),
        PDF.replace(b"\n", b"\n%<html><script>alert(1)</script>\n", 1),
    ],
)
def test_a_file_that_is_two_things_is_refused(content: bytes) -> None:
    """Archive, page, script or PDF in the coat of a picture, in whichever place such a thing is hidden."""
    assert refusal("lesen.jpg", content) == "E-DOC-16"


def test_a_second_picture_behind_a_photograph_is_no_deceit() -> None:
    """Phones append one (or a film); the photograph is taken, and what stood behind it is not kept."""
    first = picture("JPEG")
    upload = receive("foto.jpg", first + picture("JPEG", (16, 16)) + b"SEFT\x00\x00")

    assert Image.open(BytesIO(upload.content)).size == (64, 48)
    assert len(upload.content) <= len(first) + 200


def test_every_cut_of_a_picture_is_noticed() -> None:
    """Wherever an upload broke off, it is not kept as a whole document."""
    for kind in ("JPEG", "PNG"):
        whole = picture(kind)
        for length in range(12, len(whole) - 12, 97):
            assert refusal("x", whole[:length]) == "E-DOC-18", (kind, length)


@pytest.mark.parametrize(("extra", "taken"), [(-1, True), (0, True), (1, False)])
def test_the_limit_is_exact(extra: int, taken: bool) -> None:
    """Two megabytes are taken, a byte more is not."""
    content = PDF[:9] + b"%" + b" " * (2 * MEGABYTE + extra - len(PDF) - 2) + b"\n" + PDF[9:]

    assert len(content) == 2 * MEGABYTE + extra
    if taken:
        assert receive("besar.pdf", content).media_type is MediaType.PDF
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


def object_stream_bomb() -> bytes:
    """A PDF of some kilobytes whose catalogue lies in a stream that unfolds beyond every limit."""
    packed = zlib.compress(b"1 0 <</Type/Catalog/Pages 2 0 R>>" + b" " * (MOST_UNPACKED + 1), 9)
    body, places = b"%PDF-1.5\n", {}
    for number, content in (
        (2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        (3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"),
        (5, b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed)),
    ):
        places[number] = len(body)
        body += b"%d 0 obj%s endobj\n" % (number, content)
    rows = ((0, 0), (2, 5), (1, places[2]), (1, places[3]), (0, 0), (1, places[5]), (1, len(body)))
    table = b"".join(bytes([kind]) + place.to_bytes(4, "big") + b"\0\0" for kind, place in rows)
    head = b"6 0 obj<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d>>stream\n" % len(table)
    return body + head + table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % len(body)


def wall() -> bytes:
    """A small PNG that claims more pixels than any scan has."""
    made = BytesIO()
    Image.new("1", (MOST_PIXELS // 1000 + 1, 1000)).save(made, "PNG")
    return made.getvalue()


def drawing_bomb(streams: int = 1) -> bytes:
    """A PDF whose drawing unfolds, all in all, to a little more than the limit."""

    def draw(document: pikepdf.Pdf) -> None:
        each = zlib.compress(b" " * (MOST_UNPACKED // streams + 1), 9)
        for page in document.pages:
            page.Contents = document.make_stream(b"")
            page.Contents.write(each, filter=pikepdf.Name.FlateDecode)

    return pdf(draw, pages=streams)


@pytest.mark.parametrize("bomb", [wall, drawing_bomb, lambda: drawing_bomb(4), lambda: pdf(pages=MOST_PAGES + 1)])
def test_a_bomb_is_refused_before_it_unfolds(bomb: Callable[[], bytes]) -> None:
    """A small file that claims to be enormous is not a licence."""
    content = bomb()

    assert len(content) < 200_000
    assert refusal("bom.pdf", content) == "E-DOC-17"


def test_a_bomb_in_the_place_of_the_catalogue_is_a_broken_file() -> None:
    """qpdf stops at the limit and finds no catalogue then; either way nothing unfolds."""
    assert refusal("bom.pdf", object_stream_bomb()) == "E-DOC-18"


def test_as_many_pages_as_allowed_are_taken() -> None:
    """The limit itself is still a letter."""
    assert receive("surat.pdf", pdf(pages=MOST_PAGES)).media_type is MediaType.PDF


def test_a_photograph_is_kept_without_what_the_camera_wrote() -> None:
    """Where, when and with what it was taken goes; which way up it is, and the picture, stay."""
    exif, made = Image.Exif(), BytesIO()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Model] = "KameraContoh"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    whole = Image.effect_noise((64, 48), 40)
    whole.save(made, "JPEG", exif=exif, comment=b"KomenContoh", icc_profile=b"ProfilContoh", quality=90)
    upload = receive("lesen.jpg", made.getvalue())

    kept = Image.open(BytesIO(upload.content))
    assert dict(kept.getexif()) == {ExifTags.Base.Orientation: 6}
    assert not any(said in upload.content for said in (b"KameraContoh", b"KomenContoh"))
    assert kept.info["icc_profile"] == b"ProfilContoh"
    assert ImageChops.difference(kept, Image.open(BytesIO(made.getvalue()))).getextrema()[1] <= 2


def test_a_png_is_kept_without_its_texts() -> None:
    """Author and software go; every pixel and what shines through stays."""
    texts, made = PngImagePlugin.PngInfo(), BytesIO()
    texts.add_text("Author", "PengarangContoh")
    whole = Image.effect_noise((32, 32), 90).convert("P")
    whole.save(made, "PNG", pnginfo=texts, transparency=3)
    upload = receive("lesen.png", made.getvalue())

    kept = Image.open(BytesIO(upload.content))
    assert b"PengarangContoh" not in upload.content
    assert (kept.info["transparency"], kept.tobytes()) == (3, whole.tobytes())


def test_a_pdf_is_kept_without_author_scripts_and_attachments() -> None:
    """What it would do when it is opened goes as well."""

    def fill(document: pikepdf.Pdf) -> None:
        document.docinfo["/Author"] = "PengarangContoh"
        with document.open_metadata() as said:
            said["dc:creator"] = ["PengarangContoh"]
        document.attachments["rahsia.txt"] = b"LampiranContoh"
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        document.pages[0].AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(2)"))

    with pikepdf.open(BytesIO(receive("lesen.pdf", pdf(fill)).content)) as kept:
        whole = str(kept.Root) + str(kept.pages[0].obj)
        assert not kept.attachments
        assert not kept.docinfo
        assert not any(name in whole for name in ("/OpenAction", "/Metadata", "/AA", "/EmbeddedFiles", "Contoh"))
        assert len(kept.pages) == 1


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
