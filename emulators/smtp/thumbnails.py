"""Small pictures of attachments, as Mailpit's list shows them: 180 by 120, white around what does not fill it."""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, ImageOps

SIZE = (180, 120)
PIXELS = 40_000_000
"""Pictures beyond are shown as a blank: a small file may unfold to a huge picture."""
QUALITY = 70


def thumbnail(data: bytes, content_type: str) -> bytes:
    """A JPEG of the picture; a white one for what is no picture, is broken, or would fill the memory."""
    sheet = Image.new("RGB", SIZE, "white")
    picture = _picture(data) if content_type.startswith("image/") else None
    if picture is not None:
        large = picture.width >= SIZE[0] and picture.height >= SIZE[1]
        small = ImageOps.fit(picture, SIZE) if large else ImageOps.contain(picture, SIZE)
        sheet.paste(small, ((SIZE[0] - small.width) // 2, (SIZE[1] - small.height) // 2), small)
    out = BytesIO()
    sheet.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _picture(data: bytes) -> Image.Image | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data)) as picture:
                if picture.width * picture.height > PIXELS:
                    return None
                picture.draft("RGB", (SIZE[0] * 2, SIZE[1] * 2))  # a JPEG is decoded no larger than needed
                return ImageOps.exif_transpose(picture).convert("RGBA")
    except Exception:  # noqa: BLE001  Pillow raises a dozen kinds of error on what is no picture
        return None
