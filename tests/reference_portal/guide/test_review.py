"""*Semakan*: before money is asked for, everything declared is told once more, and there is a way back."""

from __future__ import annotations

from datetime import date

from reference_portal.rules.order import OrderState
from tests.reference_portal.fakes import HeldClock
from tests.reference_portal.visitor import Page, Visitor, paper


def told(page: Page) -> dict[str, str]:
    """What the review says, label by label."""
    rows = page.find("//*[@data-testid='review']//dl/div")
    return {row.findtext("dt"): " ".join(row.find("dd").text_content().split()) for row in rows}


def test_the_review_tells_what_was_declared_and_what_it_buys(visitor: Visitor) -> None:
    """Person, work, documents, plan and cover beside the amount the server worked out."""
    visitor.be_signed_in()
    page = visitor.apply(
        plan="3",
        period="bulanan",
        operator="Teksi Contoh <Sdn>",
        **paper("kad_psv", "SBX-PSV-000777", date(2019, 8, 1)),
    )

    assert page.testid("amount") == "RM36.90"
    assert told(page) == {
        "Pelan": "Pelan 3, Bulanan",
        "Pendapatan diinsuranskan sebulan": "RM2,950.00",
        "Perlindungan bermula": "Apabila bayaran berjaya",
        "Perlindungan tamat": "14 Jun 2019, 11:59:59 malam, jika dibayar hari ini",
        "Nama": "Ujian bin Contoh",
        "Nombor kad pengenalan": "850312-17-***1",
        "Kewarganegaraan": "Warganegara",
        "Alamat": "No. 1, Jalan Contoh, 62000 Putrajaya, W.P. Putrajaya",
        "Kategori": "Pemandu Teksi",
        "Wilayah": "Semenanjung Malaysia",
        "Nombor pendaftaran kenderaan": "ZZX 1234",
        "Tarikh mula bekerja sendiri": "4 Januari 2016",
        "Syarikat atau pengendali": "Teksi Contoh <Sdn>",
        "Kad PSV": "SBX-PSV-000777, sah hingga 1 Ogos 2019",
        "Lesen Memandu": "SBX0000123, sah hingga 31 Disember 2027",
    }


def test_a_renewal_tells_when_the_queued_cover_starts(visitor: Visitor, held_clock: HeldClock) -> None:
    """It waits for the present one, whenever today it is paid; it is changed on the form of the renewal."""
    visitor.be_covered()
    held_clock.advance(days=300)
    visitor.sign_in()
    visitor.send("/choose-mode", mode="self_employed")
    page = visitor.send("/renew", plan="2", period="tahunan", declaration="ya")

    review = told(page)
    assert review["Perlindungan bermula"] == "15 Mei 2020, 12:00:00 pagi"
    assert review["Perlindungan tamat"] == "14 Mei 2021, 11:59:59 malam"
    assert page.find("//a[normalize-space()='Ubah borang']/@href") == ["/renew"]


def test_the_form_sent_again_changes_order_and_review(visitor: Visitor) -> None:
    """The same order, another plan, the amount worked out anew."""
    page = visitor.have_an_order().open("/pay-by-fpx")
    number = visitor.order_number()
    assert page.find("//a[normalize-space()='Ubah borang']/@href") == ["/apply"]

    changed = visitor.apply(plan="4", period="bulanan")

    assert (changed.testid("amount"), told(changed)["Pelan"]) == ("RM49.40", "Pelan 4, Bulanan")
    assert [order.order_number for order in visitor.orders()] == [number]


def test_an_order_can_be_given_up_before_it_leaves(visitor: Visitor) -> None:
    """Nothing was paid; the form is open again, and what was given up cannot be paid."""
    visitor.have_an_order()
    number = visitor.order_number()
    page = visitor.send("/pay-by-fpx/give-up")

    assert page.name == "dashboard"
    assert f"Pesanan {number} telah dibatalkan. Tiada bayaran dibuat." in page.words
    assert [order.state for order in visitor.orders()] == [OrderState.CANCELLED]
    assert visitor.send("/pay-by-fpx", bank="UJIAN001").name == "dashboard"
    assert visitor.open(f"/receipt/{number}").testid("payment-status") == "DIBATALKAN"
    assert "Bayaran dibatalkan." in visitor.open(f"/receipt/{number}").words
    assert visitor.apply(plan="2").testid("amount") == "RM232.80"
    assert [order.order_number == number for order in visitor.orders()] == [False, True]


def test_giving_up_twice_does_it_once(visitor: Visitor) -> None:
    """The second press, in another tab or by the back button, finds nothing to give up."""
    visitor.have_an_order()
    visitor.send("/pay-by-fpx/give-up")

    assert visitor.send("/pay-by-fpx/give-up").name == "dashboard"
    told_of = [entry["kind"] for entry in visitor.portal.journal()]
    assert told_of.count("order.given_up") == 1


def test_an_order_that_went_to_fpx_cannot_be_given_up(visitor: Visitor) -> None:
    """Only FPX knows its end; the person is told, and the payment goes on."""
    visitor.have_an_order()
    visitor.send("/pay-by-fpx", bank="UJIAN001")
    page = visitor.send("/pay-by-fpx/give-up")

    assert "Anda mempunyai bayaran yang belum selesai." in page.words
    assert [order.state for order in visitor.orders()] == [OrderState.SENT]
    assert visitor.come_back().testid("payment-status") == "BERJAYA"


def test_nobody_gives_up_an_order_by_a_link_or_without_the_token(visitor: Visitor) -> None:
    """Neither a GET nor a post from elsewhere."""
    visitor.have_an_order()

    assert visitor.look("/pay-by-fpx/give-up").status == 405
    assert visitor.client.post("/pay-by-fpx/give-up").status_code == 400
    assert [order.state for order in visitor.orders()] == [OrderState.PLACED]
