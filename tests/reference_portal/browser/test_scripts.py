"""What scripts add to the pages: a countdown, files that travel as soon as they are chosen, a way to print, focus."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from tests.reference_portal.fakes import FakeFpx
from tests.reference_portal.visitor import PICTURE, Visitor

Look = Callable[..., Page]


def file(name: str, content: bytes = PICTURE) -> FilePayload:
    """What somebody picks."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_the_otp_counts_down_and_tells_ears_at_a_few_marks(visitor: Visitor, look: Look) -> None:
    """Each second for the eyes; a screen reader hears 30 and 10 seconds and the end, not every tick."""
    visitor.register()
    page = look(visitor, "/confirm-mobile", reduced_motion="reduce")
    page.clock.install()
    page.reload()
    life, pause = page.locator("[data-countdown]").all()
    said = page.locator("[data-countdown-said]")
    expect(life).to_have_text("OTP sah selama 5:00 lagi.")
    again = page.get_by_role("button", name="Hantar semula OTP")
    expect(again).to_be_disabled()
    again.focus()
    page.keyboard.press("Enter")
    page.clock.run_for(200)
    expect(said).to_have_text("OTP baharu boleh diminta selepas 1:00.")
    page.reload()

    page.clock.run_for(29_000)
    expect(life).to_have_text("OTP sah selama 4:31 lagi.")
    expect(said).to_have_text("")
    page.clock.run_for(3_000)
    expect(pause).to_have_text("OTP baharu boleh diminta selepas 0:28.")
    expect(said).to_have_text("OTP baharu boleh diminta selepas 0:30.")
    page.clock.run_for(28_000)
    expect(pause).to_have_text("OTP baharu boleh diminta sekarang.")
    expect(again).to_be_enabled()
    page.clock.run_for(240_000)
    expect(life).to_have_text("OTP telah tamat tempoh. Minta OTP baharu.")
    expect(said).to_have_text("OTP telah tamat tempoh. Minta OTP baharu.")


def test_what_is_typed_stays_when_the_language_changes(visitor: Visitor, look: Look) -> None:
    """On a page that was refused as well; the browser forgets it as soon as it stands in the form again."""
    page = look(visitor, "/register")
    page.get_by_label("Nama penuh (seperti dalam kad pengenalan)").fill("Ujian binti Contoh")
    page.locator("[name=consent]").check()
    page.get_by_role("button", name="Seterusnya").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator("[name=mobile]").fill("011-0000")
    page.get_by_role("button", name="English").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("[name=full_name]")).to_have_value("Ujian binti Contoh")
    expect(page.locator("[name=mobile]")).to_have_value("011-0000")
    expect(page.locator("[name=consent]")).to_be_checked()
    assert page.evaluate("sessionStorage.length") == 0


def test_a_chosen_file_travels_at_once_and_shows_how_far_it_is(visitor: Visitor, look: Look) -> None:
    """A bar while it travels; then the file is kept, can be looked at, and the field is free again."""
    page = look(visitor.be_signed_in(), "/apply")
    held: list[Route] = []
    page.route("**/documents/lesen_memandu", lambda route: held.append(route))
    field = page.locator("[name=lesen_memandu_file]")
    field.set_input_files(file("lesen.png"))
    bar = page.get_by_role("progressbar", name="Sedang memuat naik...")
    expect(bar).to_be_visible()
    held[0].continue_()

    kept = page.get_by_role("link", name="lesen.png")
    expect(kept).to_have_attribute("href", "/documents/lesen_memandu")
    expect(bar).to_have_count(0)
    expect(field).to_have_value("")
    assert visitor.look("/documents/lesen_memandu").status == 200


@pytest.mark.parametrize(
    ("name", "size", "sentence"),
    [
        ("lesen.docx", 10, "Format fail tidak disokong. Format dibenarkan: PDF, JPG, PNG."),
        ("lesen.pdf", 2 * 1024 * 1024 + 1, "Saiz fail melebihi 2 MB."),
    ],
)
def test_what_cannot_do_is_said_before_anything_travels(
    visitor: Visitor, look: Look, name: str, size: int, sentence: str
) -> None:
    """Kind by name and size are seen in the browser; the field is marked, told why, and emptied."""
    page = look(visitor.be_signed_in(), "/apply")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    field = page.locator("[name=kad_psv_file]")
    field.set_input_files(file(name, b"x" * size))

    expect(page.locator("#kad_psv_file-error")).to_have_text(sentence)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_attribute("aria-describedby", "kad_psv_file-hint kad_psv_file-error")
    expect(field).to_have_value("")
    assert asked == []


def test_what_the_server_refuses_is_said_beside_the_field_and_a_better_file_mends_it(
    visitor: Visitor, look: Look
) -> None:
    """A picture by name only; the next choice takes the sentence away."""
    page = look(visitor.be_signed_in(), "/apply")
    field = page.locator("[name=kad_psv_file]")
    field.set_input_files(file("kad.png", b"MZ not a picture"))
    expect(page.locator("#kad_psv_file-error")).to_have_text(
        "Format fail tidak disokong. Format dibenarkan: PDF, JPG, PNG."
    )
    field.set_input_files(file("kad.png"))

    expect(page.get_by_role("link", name="kad.png")).to_be_visible()
    expect(page.locator("#kad_psv_file-error")).to_have_count(0)


def test_a_file_that_could_not_travel_goes_with_the_form(visitor: Visitor, look: Look, tmp_path: Path) -> None:
    """The door is shut: the field keeps the file, and the form carries it as it does without scripts."""
    page = look(visitor.be_signed_in(), "/apply")
    page.route("**/documents/**", lambda route: route.abort())
    field = page.locator("[name=kad_psv_file]")
    field.set_input_files(file("kad.png"))
    expect(page.get_by_role("progressbar")).to_have_count(0)
    page.get_by_role("button", name="Hantar & bayar").click()

    expect(page.get_by_test_id("error-summary")).to_be_focused()
    assert visitor.look("/documents/kad_psv").status == 200


def test_the_receipt_can_be_printed(visitor: Visitor, look: Look, fpx: FakeFpx) -> None:
    """A button where there are scripts; on paper the buttons and the way are gone, the strip stays."""
    visitor.be_covered()
    page = look(visitor, f"/receipt/{visitor.order_number()}")
    page.evaluate("window.print = () => { document.title = 'printed'; }")
    page.get_by_role("button", name="Cetak").click()
    expect(page).to_have_title("printed")

    page.emulate_media(media="print")
    expect(page.get_by_test_id("sandbox-strip")).to_be_visible()
    expect(page.get_by_test_id("payment-status")).to_be_visible()
    expect(page.get_by_role("button", name="Cetak")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Langkah panduan")).to_be_hidden()
