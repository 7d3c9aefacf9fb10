"""The contribution receipt (clause C-3) as one A4 page, the same bytes whenever it is asked for.

No picture of the real receipt was found: the form is a choice, and the watermark keeps it from being taken for a real
one. The typeface is embedded, so that every reader shows the same page.
"""

from __future__ import annotations

import re
import threading
from io import BytesIO

import segno
from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import getRegisteredFontNames, registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from reference_portal.receipt_facts import WATERMARK, ReceiptFacts, as_json, from_json, rows_of, spoken
from reference_portal.receipt_text import lines_of, shown
from reference_portal.rules.contribution import in_words, ringgit

__all__ = ["ReceiptFacts", "as_json", "from_json", "render"]

TITLE = "RESIT BAYARAN CARUMAN"
SCHEME = "Skim Keselamatan Sosial Pekerjaan Sendiri (Akta 789)"

_WIDTH, _HEIGHT = A4
_MARGIN = 48.0
_LABEL_WIDTH = 168.0
_QR_SIDE = 84.0
_REGULAR, _BOLD = "Vera", "VeraBd"
"""Bitstream Vera, which comes with reportlab."""
_PRESS = threading.Lock()
"""One page at a time: reportlab keeps its typefaces, and which signs of them a page uses, in one place for all."""
_INK, _MUTED, _RULE = HexColor(0x18181B), HexColor(0x52525B), HexColor(0xE4E4E7)
_BLUE, _PALE_BLUE = HexColor(0x1D4ED8), HexColor(0xEFF6FF)
_GREEN, _PALE_GREEN = HexColor(0x15803D), HexColor(0xF0FDF4)
_AMBER, _PALE_AMBER = HexColor(0x854D0E), HexColor(0xFEF9C3)


def render(facts: ReceiptFacts) -> bytes:
    """The receipt as PDF; `invariant` keeps time stamps and random ids out of the file."""
    with _PRESS:
        return _print(facts)


def _print(facts: ReceiptFacts) -> bytes:
    for face in (_REGULAR, _BOLD):
        if face not in getRegisteredFontNames():
            registerFont(TTFont(face, f"{face}.ttf"))
    page = BytesIO()
    canvas = Canvas(page, pagesize=A4, invariant=1)
    canvas.setTitle(f"[SANDBOX] {TITLE} {facts.number}")
    canvas.setAuthor("iPERKESO Sandbox")
    canvas.setSubject(WATERMARK)
    _header(canvas, facts)
    _amount(canvas, facts)
    below = _sections(canvas, facts, _HEIGHT - 322)
    _footer(canvas, facts, below)
    _watermark(canvas)
    canvas.showPage()
    canvas.save()
    return page.getvalue()


def _header(canvas: Canvas, facts: ReceiptFacts) -> None:
    canvas.setFillColor(_BLUE)
    canvas.rect(0, _HEIGHT - 92, _WIDTH, 92, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.setFont(_BOLD, 19)
    canvas.drawString(_MARGIN, _HEIGHT - 46, TITLE)
    canvas.setFont(_REGULAR, 10.5)
    canvas.drawString(_MARGIN, _HEIGHT - 66, SCHEME)
    canvas.setFont(_REGULAR, 9)
    canvas.drawRightString(_WIDTH - _MARGIN, _HEIGHT - 42, "No. resit")
    canvas.setFont(_BOLD, 12)
    canvas.drawRightString(_WIDTH - _MARGIN, _HEIGHT - 58, shown(facts.number))
    canvas.setFillColor(_PALE_AMBER)
    canvas.rect(0, _HEIGHT - 118, _WIDTH, 26, stroke=0, fill=1)
    canvas.setFillColor(_AMBER)
    canvas.setFont(_BOLD, 9.5)
    canvas.drawString(_MARGIN, _HEIGHT - 109, WATERMARK)
    canvas.setFont(_REGULAR, 9)
    told = "Tiada bayaran sebenar dibuat dan tiada perlindungan diberikan."
    canvas.drawRightString(_WIDTH - _MARGIN, _HEIGHT - 109, told)


def _amount(canvas: Canvas, facts: ReceiptFacts) -> None:
    top, height = _HEIGHT - 142, 148.0
    canvas.setFillColor(_PALE_BLUE)
    canvas.roundRect(_MARGIN, top - height, _WIDTH - 2 * _MARGIN, height, 8, stroke=0, fill=1)
    left, right = _MARGIN + 20, _WIDTH - _MARGIN - 20
    canvas.setFillColor(_MUTED)
    canvas.setFont(_REGULAR, 9.5)
    canvas.drawString(left, top - 26, "Amaun diterima")
    canvas.setFillColor(_INK)
    canvas.setFont(_BOLD, 32)
    canvas.drawString(left, top - 60, ringgit(facts.amount_sen))
    _pill(canvas, right, top - 34, "BAYARAN BERJAYA")
    canvas.setFillColor(_INK)
    canvas.setFont(_REGULAR, 10)
    for index, line in enumerate(lines_of(in_words(facts.amount_sen), _REGULAR, 10, right - left)[:2]):
        canvas.drawString(left, top - 82 - 13 * index, line)
    canvas.setStrokeColor(HexColor(0xBFDBFE))
    canvas.line(left, top - 106, right, top - 106)
    canvas.setFillColor(_MUTED)
    canvas.setFont(_REGULAR, 9.5)
    canvas.drawString(left, top - 128, "Tarikh dan masa bayaran")
    canvas.setFillColor(_INK)
    canvas.setFont(_BOLD, 11)
    canvas.drawRightString(right, top - 128, spoken(facts.paid_at))


def _pill(canvas: Canvas, right: float, baseline: float, words: str) -> None:
    width = stringWidth(words, _BOLD, 9) + 24
    canvas.setFillColor(_PALE_GREEN)
    canvas.setStrokeColor(_GREEN)
    canvas.roundRect(right - width, baseline - 8, width, 23, 11.5, stroke=1, fill=1)
    canvas.setFillColor(_GREEN)
    canvas.setFont(_BOLD, 9)
    canvas.drawString(right - width + 12, baseline, words)


def _sections(canvas: Canvas, facts: ReceiptFacts, top: float) -> float:
    """Draw the tables from `top` down; returns where they end."""
    at = top
    room = _WIDTH - 2 * _MARGIN - _LABEL_WIDTH
    for heading, rows in rows_of(facts).items():
        canvas.setFillColor(_BLUE)
        canvas.setFont(_BOLD, 10.5)
        canvas.drawString(_MARGIN, at, heading)
        at -= 8
        for label, value in rows:
            canvas.setStrokeColor(_RULE)
            canvas.line(_MARGIN, at, _WIDTH - _MARGIN, at)
            canvas.setFillColor(_MUTED)
            canvas.setFont(_REGULAR, 9.5)
            canvas.drawString(_MARGIN, at - 15, label)
            canvas.setFillColor(_INK)
            canvas.setFont(_BOLD, 9.5)
            for line in lines_of(value, _BOLD, 9.5, room):
                canvas.drawString(_MARGIN + _LABEL_WIDTH, at - 15, line)
                at -= 13
            at -= 9
        at -= 22
    return at


def _footer(canvas: Canvas, facts: ReceiptFacts, below: float) -> None:
    at = min(below, 112.0)
    side = min(_QR_SIDE, at - 24)
    canvas.setStrokeColor(_RULE)
    canvas.line(_MARGIN, at, _WIDTH - _MARGIN, at)
    canvas.setFillColor(_MUTED)
    canvas.setFont(_REGULAR, 8.5)
    told = (
        "Resit ini dijana oleh komputer; tandatangan tidak diperlukan.",
        "Imbas kod QR untuk menyemak nombor, amaun dan tarikh resit ini.",
        f"Ada soalan? {facts.contact}",
        "Emulasi bebas untuk ujian; tiada kaitan dengan PERKESO atau Kerajaan Malaysia.",
    )
    for index, sentence in enumerate(told):
        room = _WIDTH - 2 * _MARGIN - _QR_SIDE - 12
        canvas.drawString(_MARGIN, at - 20 - 13 * index, lines_of(sentence, _REGULAR, 8.5, room)[0])
    _qr_code(canvas, facts.check_url, _WIDTH - _MARGIN - side, at - 8, side)


def _qr_code(canvas: Canvas, address: str, left: float, top: float, side: float) -> None:
    """The address as squares, each row's neighbours drawn as one, so that no reader shows seams between them."""
    rows = [bytes(row) for row in segno.make_qr(address, error="m").matrix]
    dot = side / len(rows)
    canvas.setFillColor(_INK)
    for down, row in enumerate(rows):
        for run in re.finditer(b"\x01+", row):
            width = dot * (run.end() - run.start())
            canvas.rect(left + dot * run.start(), top - dot * (down + 1), width, dot, stroke=0, fill=1)


def _watermark(canvas: Canvas) -> None:
    """Across the whole page and above everything, pale enough to read through."""
    canvas.saveState()
    canvas.translate(_WIDTH / 2, _HEIGHT / 2 - 60)
    canvas.rotate(52)
    canvas.setFillColor(Color(0.52, 0.3, 0.05, alpha=0.1))
    canvas.setFont(_BOLD, 41)
    canvas.drawCentredString(0, 0, WATERMARK)
    canvas.restoreState()
