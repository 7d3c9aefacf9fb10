"""A sheet drawn as PDF, PNG, JPEG or GIF: SANDBOX across the whole of it, the same bytes each time."""

from __future__ import annotations

import functools
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont
from reportlab.lib.colors import Color, HexColor, white
from reportlab.pdfgen.canvas import Canvas

from reference_portal.personas.sheet import MARK, STRIP, Sheet

WIDTH, HEIGHT = 420, 265
"""Points; a picture has twice as many dots."""
_DOTS = 2
_BAND, _FOOT, _MARGIN, _LABELS, _STEP = 52, 30, 22, 126, 24
_BLUE, _INK, _GREY, _AMBER, _PALE, _PAPER = "#1d4ed8", "#18181b", "#52525b", "#854d0e", "#fef9c3", "#ffffff"
_TILT = 28


def pdf(sheet: Sheet) -> bytes:
    """One page."""
    page = BytesIO()
    canvas = Canvas(page, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setTitle(f"[{MARK}] {sheet.title}")
    canvas.setFillColor(HexColor(_BLUE))
    canvas.rect(0, HEIGHT - _BAND, WIDTH, _BAND, stroke=0, fill=1)
    canvas.setFillColor(HexColor(_PALE))
    canvas.rect(0, 0, WIDTH, _FOOT, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(_MARGIN, HEIGHT - 24, sheet.title)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(_MARGIN, HEIGHT - 41, sheet.issuer)
    for row, (label, value) in enumerate(sheet.rows):
        at = HEIGHT - _BAND - 24 - _STEP * row
        canvas.setFillColor(HexColor(_GREY))
        canvas.setFont("Helvetica", 9)
        canvas.drawString(_MARGIN, at, label)
        canvas.setFillColor(HexColor(_INK))
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(_MARGIN + _LABELS, at, value)
    canvas.setFillColor(HexColor(_AMBER))
    canvas.setFont("Helvetica-Bold", 9)
    canvas.drawCentredString(WIDTH / 2, 11, STRIP)
    canvas.translate(WIDTH / 2, HEIGHT / 2)
    canvas.rotate(_TILT)
    canvas.setFillColor(Color(0.52, 0.3, 0.05, alpha=0.16))
    canvas.setFont("Helvetica-Bold", 84)
    canvas.drawCentredString(0, -30, MARK)
    canvas.showPage()
    canvas.save()
    return page.getvalue()


def picture(sheet: Sheet, form: str) -> bytes:
    """The same as "PNG", "JPEG" or "GIF"."""
    image = Image.new("RGB", (WIDTH * _DOTS, HEIGHT * _DOTS), _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, image.width, _BAND * _DOTS), fill=_BLUE)
    pen.rectangle((0, image.height - _FOOT * _DOTS, image.width, image.height), fill=_PALE)
    pen.text((_MARGIN * _DOTS, 8 * _DOTS), sheet.title, fill=_PAPER, font=_type(16))
    pen.text((_MARGIN * _DOTS, 32 * _DOTS), sheet.issuer, fill=_PAPER, font=_type(9))
    for row, (label, value) in enumerate(sheet.rows):
        at = (_BAND + 15 + _STEP * row) * _DOTS
        pen.text((_MARGIN * _DOTS, at), label, fill=_GREY, font=_type(9))
        pen.text(((_MARGIN + _LABELS) * _DOTS, at - 2 * _DOTS), value, fill=_INK, font=_type(11))
    pen.text((image.width / 2, image.height - 15 * _DOTS), STRIP, fill=_AMBER, font=_type(9), anchor="mm")
    image.paste(_AMBER, mask=_mark())
    if form == "GIF":
        image = image.quantize(32, Image.Quantize.FASTOCTREE)
    written = BytesIO()
    image.save(written, form)
    return written.getvalue()


@functools.cache
def _mark() -> Image.Image:
    """Where the word lies across a picture, and how strongly."""
    layer = Image.new("L", (WIDTH * _DOTS, HEIGHT * _DOTS), 0)
    ImageDraw.Draw(layer).text((layer.width / 2, layer.height / 2), MARK, fill=42, font=_type(84), anchor="mm")
    return layer.rotate(_TILT, resample=Image.Resampling.BILINEAR)


@functools.cache
def _type(points: int) -> FreeTypeFont:
    """Pillow's own typeface; its reader needs FreeType, which every wheel of Pillow carries."""
    face = ImageFont.load_default(points * _DOTS)
    if not isinstance(face, FreeTypeFont):
        raise OSError("Pillow was built without FreeType, so that no document can be drawn")
    return face
