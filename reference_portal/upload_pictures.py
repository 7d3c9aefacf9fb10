"""Pictures that are handed in: decoded to the last line, and written anew without anything but the picture.

A phone writes into a photograph where and when it was taken, and anybody can hide another file behind one. What is
kept is a new file with the picture, its orientation and its colour profile.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, ImageFile, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from reference_portal.errors import RuleBroken

MOST_PIXELS = 25_000_000
"""A page of A4 at 600 dots an inch has 35 million, at 300 dots nine: a choice."""


def clean_jpeg(content: bytes) -> bytes:
    """The photograph alone; E-DOC-17 with more pixels than any scan, E-DOC-18 when it is not whole."""
    with _whole(JpegImageFile, content) as image:
        # "keep" quantises as the camera did: nothing more is lost
        return _written(image, quality="keep", exif=_orientation(image))


def clean_png(content: bytes) -> bytes:
    """The picture alone; refusals as of `clean_jpeg`."""
    with _whole(PngImageFile, content) as image:
        kept = {"transparency": image.info["transparency"]} if "transparency" in image.info else {}
        return _written(image, exif=_orientation(image), **kept)


def _whole(reader: type[ImageFile.ImageFile], content: bytes) -> ImageFile.ImageFile:
    """The picture, decoded.

    The size is asked before anything is unpacked: a small file may claim to be a whole wall.
    """
    try:
        image = reader(BytesIO(content))
        if image.width * image.height > MOST_PIXELS:
            raise RuleBroken("E-DOC-17")
        image.load()
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError) as error:
        raise RuleBroken("E-DOC-18") from error
    return image


def _orientation(image: Image.Image) -> Image.Exif:
    """Which way up, and nothing else of what the camera wrote; a block that cannot be read says nothing."""
    kept = Image.Exif()
    try:
        turned = image.getexif().get(ExifTags.Base.Orientation)
    except (OSError, SyntaxError, ValueError, KeyError, TypeError):
        turned = None
    if turned in range(2, 9):
        kept[ExifTags.Base.Orientation] = turned
    return kept


def _written(image: ImageFile.ImageFile, exif: Image.Exif, **options: Any) -> bytes:
    written = BytesIO()
    colours = image.info.get("icc_profile")
    image.info = {}  # comments, texts and whatever else the format would carry over
    image.save(written, image.format, icc_profile=colours, exif=exif.tobytes() if len(exif) else b"", **options)
    return written.getvalue()
