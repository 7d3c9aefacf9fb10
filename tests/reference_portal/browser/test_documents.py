"""L12 with scripts: of the documents those stay that count for the work chosen, and whatever holds data or an error."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.reference_portal.visitor import Visitor

Look = Callable[..., Page]

ALL = ["lesen_memandu", "kad_psv", "kad_pemandu", "surat_kebenaran", "profil_pemandu"]
PENINSULA = ["lesen_memandu", "kad_psv", "kad_pemandu", "profil_pemandu"]


def shown(page: Page) -> list[str]:
    """The kinds whose file can be chosen on the page as it looks now."""
    return [kind for kind in ALL if page.locator(f"[name={kind}_file]").is_visible()]


def choose(page: Page, field: str, value: str) -> None:
    """Press a radio card."""
    page.locator(f"[name={field}][value={value}]").check()


def test_the_documents_follow_category_and_region(visitor: Visitor, look: Look) -> None:
    """All until both are known; a bus needs no region; the page says that others are not shown."""
    page = look(visitor.be_signed_in(), "/apply")
    note = page.get_by_text("Dokumen yang tidak dikira bagi kategori dan wilayah anda tidak dipaparkan.")
    assert shown(page) == ALL
    assert not note.is_visible()

    choose(page, "category", "teksi")
    assert shown(page) == ALL
    choose(page, "region", "semenanjung")
    assert shown(page) == PENINSULA
    assert note.is_visible()
    choose(page, "region", "sarawak")
    assert shown(page) == ["lesen_memandu", "surat_kebenaran", "profil_pemandu"]
    choose(page, "category", "bas")
    assert shown(page) == ["lesen_memandu", "kad_psv"]


def test_a_bus_driver_need_not_choose_a_region_first(visitor: Visitor, look: Look) -> None:
    """D-BS-1 and D-BS-2 hold everywhere."""
    page = look(visitor.be_signed_in(), "/apply")

    choose(page, "category", "bas")

    assert shown(page) == ["lesen_memandu", "kad_psv"]


def test_what_holds_something_is_never_hidden(visitor: Visitor, look: Look) -> None:
    """A typed number, a file on the server, an error: each keeps its card on the page."""
    visitor.be_signed_in()
    visitor.apply(postcode="1")  # licence and PSV card are kept
    page = look(visitor, "/apply")
    page.locator("[name=kad_pemandu_number]").fill("SBX-KP-000123")
    choose(page, "category", "teksi")
    choose(page, "region", "sabah")
    assert shown(page) == ALL

    page.locator("[name=kad_pemandu_number]").fill("salah")
    page.get_by_role("button", name="Hantar & bayar").click()
    page.locator("#kad_pemandu_number-error").wait_for()
    assert "kad_pemandu" in shown(page)


def test_a_renewal_shows_what_counts_for_the_work_declared(visitor: Visitor, look: Look) -> None:
    """Nothing has to be chosen first."""
    page = look(visitor.be_covered(), "/renew")

    assert shown(page) == PENINSULA
