"""L12: every field is checked, what was uploaded is kept, and an order is placed once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest

from reference_portal.rules.document import Kind, check_number, example
from reference_portal.rules.order import OrderState
from reference_portal.settings import PortalSettings
from tests.reference_portal.fakes import HeldClock
from tests.reference_portal.visitor import PICTURE, Page, Visitor, paper

FIELDS = ("number", "expiry", "file")
NO_FILES = dict.fromkeys(("lesen_memandu_file", "kad_psv_file"))


@pytest.fixture(name="applicant")
def _applicant(visitor: Visitor) -> Visitor:
    """Somebody at the dashboard."""
    return visitor.be_signed_in()


def test_a_complete_form_places_an_order_of_our_own_amount(applicant: Visitor) -> None:
    """The amount is computed from plan and period, whatever else is posted."""
    page = applicant.apply(plan="4", period="bulanan", amount="1.00", amount_sen="100")

    assert page.name == "pay_by_fpx"
    assert page.testid("amount") == "RM49.40"
    (order,) = applicant.orders()
    assert (order.amount_sen, order.state) == (49_40, OrderState.PLACED)


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("citizenship", None, "Sila pilih satu pilihan."),
        ("address_1", "", "Ruangan ini wajib diisi."),
        ("address_2", "x" * 81, "terlalu panjang"),
        ("postcode", "6200", "Poskod mesti 5 digit."),
        ("postcode", "６２０００", "Poskod mesti 5 digit."),
        ("town", "   ", "Ruangan ini wajib diisi."),
        ("state", "Atlantis", "Sila pilih satu pilihan."),
        ("category", "lori", "Sila pilih satu pilihan."),
        ("region", "", "Sila pilih satu pilihan."),
        ("vehicle_number", "1234 ZZX", "Nombor pendaftaran kenderaan tidak sah."),
        ("start_date", "31 Mei", "Tarikh tidak sah."),
        ("start_date", "2019-02-30", "Tarikh tidak sah."),
        ("start_date", "2019-05-16", "tidak boleh selepas hari ini"),
        ("start_date", "1985-03-11", "tidak boleh sebelum tarikh lahir"),
        ("region", "sabah", "Wilayah tidak sepadan dengan negeri dalam alamat anda: W.P. Putrajaya ialah Semenanjung"),
        ("address_1", "1234", "sekurang-kurangnya 5 aksara"),
        ("vehicle_number", "WXY 1234", "mungkin milik kenderaan sebenar"),
        ("plan", "5", "Sila pilih satu pilihan."),
        ("period", "mingguan", "Sila pilih satu pilihan."),
        ("declaration", None, "Sila sahkan perakuan sebelum menghantar."),
        ("declaration", "no", "Sila sahkan perakuan sebelum menghantar."),
        ("lesen_memandu_expiry", "esok", "Tarikh tidak sah."),
        ("lesen_memandu_number", "B1234567", "Nombor Lesen Memandu tidak sah."),
        ("lesen_memandu_expiry", "2019-05-14", "Lesen Memandu telah tamat tempoh."),
    ],
)
def test_a_field_that_is_wrong_is_named_beside_it(
    applicant: Visitor, field: str, typed: str | None, message: str
) -> None:
    """422, the sentence beside its field, no order."""
    page = applicant.apply(**{field: typed})

    assert page.status == 422
    assert message in page.error(field)
    assert applicant.orders() == []


def test_each_document_says_from_the_start_what_it_takes(applicant: Visitor) -> None:
    """Number, last day and file have a hint beside them, bound to the field, and the example is one that is taken."""
    page = applicant.open("/apply")

    for kind in Kind:
        number, expiry, file = (page.find(f"//*[@id='{kind}_{what}-hint']/text()")[0] for what in FIELDS)
        assert check_number(kind, number.removeprefix("Contoh: ").split(",")[0].rstrip(".")) == example(kind)
        assert "sah" in expiry or "Tidak perlu" in expiry
        assert file == "PDF, JPG atau PNG, paling besar 2 MB."
        for what in FIELDS:
            assert page.find(f"//*[@name='{kind}_{what}']/@aria-describedby") == [f"{kind}_{what}-hint"]


def test_the_identity_number_is_masked_where_it_is_not_typed(applicant: Visitor) -> None:
    """As on the dashboard."""
    for path in ("/apply", "/dashboard"):
        page = applicant.open(path)
        assert "850312-17-***1" in page.words
        assert applicant.identity_number not in page.text


def test_a_line_of_the_summary_ends_once(applicant: Visitor) -> None:
    """A label that is a sentence does not bring its full stop before the colon."""
    page = applicant.apply(declaration=None, plan=None)
    lines = [line.text_content() for line in page.find("//*[@data-testid='error-summary']//li")]

    assert len(lines) == 2
    assert not [line for line in lines if ".:" in line]


def test_a_document_is_kept_when_another_field_is_wrong(applicant: Visitor) -> None:
    """Uploaded once: the page says so, and the next post without files goes through."""
    page = applicant.apply(postcode="1")
    assert "Telah disimpan: lesen_memandu.png" in page.words
    assert page.value("lesen_memandu_number") == "SBX0000123"

    assert applicant.apply(**NO_FILES).name == "pay_by_fpx"


def test_a_kept_document_is_there_in_the_next_session_with_what_was_typed(
    applicant: Visitor, held_clock: HeldClock
) -> None:
    """Number and date too."""
    applicant.apply(postcode="1")
    held_clock.advance(hours=1)
    applicant.sign_in()
    applicant.send("/choose-mode", mode="self_employed")
    page = applicant.open("/apply")

    assert "Telah disimpan: kad_psv.png" in page.words
    assert page.value("kad_psv_number") == "SBX-PSV-000123"
    assert page.value("kad_psv_expiry") == "2027-12-31"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"GIF89a" + b"0" * 50, "Format fail tidak disokong."),
        (b"%PDF-1.4\n" + b"0" * (2 * 1024 * 1024), "Saiz fail melebihi 2 MB."),
        (PICTURE[:40], "Fail ini rosak atau tidak lengkap."),
        (b"", "Fail gagal dimuat naik."),
    ],
    ids=["a GIF", "too large", "cut off", "empty"],
)
def test_a_file_is_judged_by_its_content(applicant: Visitor, content: bytes, message: str) -> None:
    """Whatever its name says; nothing of it is kept."""
    page = applicant.apply(lesen_memandu_file=(BytesIO(content), "lesen.pdf"))

    assert page.status == 422
    assert message in page.error("lesen_memandu_file")
    assert "Telah disimpan: lesen" not in page.words


def test_files_lie_outside_the_web_under_random_names_for_us_alone(applicant: Visitor) -> None:
    """The name that was typed is only shown; the folder is 0700 and each file 0600."""
    applicant.apply(lesen_memandu_file=(BytesIO(PICTURE), "../../etc/passwd.png"))
    folder = applicant.portal.settings.keys_dir / "uploads"
    files = sorted(folder.iterdir())

    assert len(files) == 2
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert all(len(file.stem) == 32 and file.suffix == ".png" for file in files)


def test_a_replaced_draft_is_deleted_and_a_used_one_is_not(applicant: Visitor) -> None:
    """Only what an application was made with stays."""
    folder = applicant.portal.settings.keys_dir / "uploads"
    applicant.apply(postcode="1")
    applicant.apply(postcode="1")
    assert len(list(folder.iterdir())) == 2

    applicant.apply(**NO_FILES)
    applicant.apply()
    assert len(list(folder.iterdir())) == 4


def test_a_number_left_empty_is_asked_for(applicant: Visitor) -> None:
    """Beside the number and not beside the file; the date likewise."""
    page = applicant.apply(lesen_memandu_number="", kad_psv_expiry="")

    assert "Nombor Lesen Memandu tidak sah." in page.error("lesen_memandu_number")
    assert page.status == 422


def test_each_clause_that_is_not_met_speaks_for_itself(applicant: Visitor) -> None:
    """D-TX-1 and D-TX-2 at once."""
    page = applicant.apply(**NO_FILES)

    assert "Sila muat naik Lesen Memandu." in page.error("lesen_memandu_file")
    assert "Sila muat naik Kad PSV, Kad Pemandu atau Profil Pemandu." in page.words


def test_a_refused_set_is_told_rule_by_rule(applicant: Visitor) -> None:
    """What each clause needs, what was given for it, and whether and why not: the met ones too."""
    page = applicant.apply(**paper("kad_psv", "SBX-PSV-000123", expires=date(2019, 5, 14)))

    rows = {
        row.get("data-clause"): [" ".join(cell.text_content().split()) for cell in row[1:]]
        for row in page.find("//table[@data-testid='document-findings']/tbody/tr")
    }
    assert rows["D-TX-1"] == ["Lesen memandu yang sah", "Lesen Memandu", "Dipenuhi"]
    assert rows["D-TX-2a"] == [
        "Kad PSV atau Kad Pemandu yang sah, di Semenanjung Malaysia",
        "Kad PSV",
        "Tidak dipenuhi: Kad PSV telah tamat tempoh.",
    ]
    assert rows["D-TX-2c"][1:] == ["–", "Tidak dipenuhi: Sila muat naik Profil Pemandu."]
    assert list(rows) == ["D-TX-1", "D-TX-2", "D-TX-2a", "D-TX-2b", "D-TX-2c"]


def test_a_form_that_is_fresh_or_whose_documents_are_in_order_shows_no_findings(applicant: Visitor) -> None:
    """The table is for who has to act on it."""
    assert not applicant.open("/apply").find("//table")
    assert not applicant.apply(postcode="1").find("//table")


def test_a_kept_document_is_shown_to_its_owner_in_a_cage(applicant: Visitor) -> None:
    """As the kind of file it is, never sniffed, never run, never cached; the form links to it."""
    form = applicant.apply(postcode="1")
    (link,) = {href for href in form.find("//p[@class='kept']/a/@href") if "lesen_memandu" in href}
    answer = applicant.look(link).answer

    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.data.startswith(b"\x89PNG")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Disposition"] == 'inline; filename="lesen_memandu.png"'


def test_a_kept_document_is_shown_to_nobody_else(applicant: Visitor, somebody: Callable[[], Visitor]) -> None:
    """Another account has its own place for each kind; a stranger is sent to log in; odd names lead nowhere."""
    applicant.apply(postcode="1")
    other = somebody().be_signed_in()

    assert somebody().look("/documents/lesen_memandu").location == "/sign-in"
    assert other.look("/documents/lesen_memandu").status == 404
    assert applicant.look("/documents/kad_pemandu").status == 404
    assert applicant.look("/documents/..%2f..%2fiperkeso").status == 404


EMPTY = dict.fromkeys(
    (
        *("citizenship", "category", "region", "plan", "period", "declaration"),
        *("lesen_memandu_file", "kad_psv_file"),
    )
) | dict.fromkeys(
    (
        *("address_1", "postcode", "town", "state", "vehicle_number", "start_date"),
        *("lesen_memandu_number", "lesen_memandu_expiry", "kad_psv_number", "kad_psv_expiry"),
    ),
    "",
)


def wrong_fields(page: Page) -> list[str]:
    """The fields the summary leads to, in its order."""
    ids = [link.removeprefix("#") for link in page.find("//*[@data-testid='error-summary']//a/@href")]
    return [page.find(f"//*[@id='{field}']/@name")[0] for field in ids]


def test_an_empty_form_names_every_field_and_the_documents_in_the_order_of_the_page(applicant: Visitor) -> None:
    """A to F in one answer; what other documents are needed cannot be said yet, and that is said."""
    page = applicant.apply(**EMPTY)
    names = wrong_fields(page)

    assert names == [
        *("citizenship", "address_1", "postcode", "town", "state"),
        *("category", "region", "vehicle_number", "start_date", "lesen_memandu_file"),
        *("plan", "period", "declaration"),
    ]
    on_the_page = page.find("//main//*[self::input or self::select]/@name")
    assert names == sorted(names, key=on_the_page.index)
    assert "Dokumen lain yang diperlukan bergantung pada kategori dan wilayah." in page.words


def test_what_the_documents_lack_is_said_with_everything_else(applicant: Visitor) -> None:
    """Licence ended and without a number, no second document, a field empty, a box not ticked: one answer."""
    page = applicant.apply(
        town="",
        declaration=None,
        kad_psv_file=None,
        kad_psv_expiry="2019-05-14",
        **paper("lesen_memandu", "", date(2018, 12, 31)),
    )

    assert wrong_fields(page) == [
        *("town", "lesen_memandu_number", "lesen_memandu_expiry"),
        *("kad_psv_file", "kad_psv_expiry", "declaration"),
    ]
    assert "telah tamat tempoh" in page.error("lesen_memandu_expiry")
    assert "Sila muat naik Kad PSV, Kad Pemandu atau Profil Pemandu." in page.error("kad_psv_file")


def test_a_document_of_a_bus_driver_does_not_wait_for_the_region(applicant: Visitor) -> None:
    """The region changes nothing for a bus, so that the documents are judged without it."""
    page = applicant.apply(category="bas", region=None, kad_psv_file=None)

    assert wrong_fields(page) == ["region", "kad_psv_file"]
    assert "bergantung pada kategori" not in page.words


def test_age_and_documents_are_refused_together(visitor: Visitor) -> None:
    """E-AGE does not hide a missing licence."""
    visitor.identity_number = "980516-17-5011"
    visitor.be_signed_in()

    assert wrong_fields(visitor.apply(category="bas", lesen_memandu_file=None)) == ["category", "lesen_memandu_file"]


@pytest.mark.parametrize(("seconds", "accepted"), [(0, True), (1, False)])
def test_the_driver_profile_ends_at_midnight(
    visitor: Visitor, held_clock: HeldClock, seconds: int, accepted: bool
) -> None:
    """D-TX-2c: 11 July 2019 23:59:59 is accepted, one second later is not, on a forged post either."""
    held_clock.instant = held_clock.instant.replace(month=7, day=11, hour=23, minute=59, second=59)
    visitor.be_signed_in()
    held_clock.advance(seconds=seconds)
    profile = paper("profil_pemandu", "AB 12", None)
    page = visitor.apply(category="e-hailing", kad_psv_file=None, kad_psv_number="", kad_psv_expiry="", **profile)

    assert (page.name == "pay_by_fpx") == accepted
    assert bool(visitor.open("/apply").find("//fieldset[@disabled]//input[@name='profil_pemandu_file']")) != accepted


def test_a_bus_driver_has_to_be_21(visitor: Visitor) -> None:
    """E-AGE beside the category; 21 on the day is old enough."""
    visitor.identity_number = "980516-17-5011"
    visitor.be_signed_in()
    page = visitor.apply(category="bas")
    assert "Umur anda tidak memenuhi syarat" in page.error("category")

    other = "980515-17-5011"
    visitor.identity_number, visitor.email = other, "lain@example.com"
    visitor.client = visitor.app.test_client()
    assert visitor.be_signed_in().apply(category="bas").name == "pay_by_fpx"


def test_pressing_twice_makes_one_order(applicant: Visitor) -> None:
    """Double click, two tabs, back and again: the same number."""
    applicant.apply()
    number = applicant.order_number()
    applicant.apply(**NO_FILES)
    applicant.apply(**NO_FILES)

    assert [order.order_number for order in applicant.orders()] == [number]


def test_going_back_and_choosing_another_plan_amends_the_order(applicant: Visitor) -> None:
    """What is paid is what was chosen last, under the same number."""
    applicant.apply(plan="1")
    number = applicant.order_number()
    page = applicant.apply(plan="2", **NO_FILES)

    assert page.testid("amount") == "RM232.80"
    assert [order.order_number for order in applicant.orders()] == [number]


def test_the_form_is_shut_while_a_payment_is_on_its_way(applicant: Visitor) -> None:
    """GET and POST lead to the payment; its order is untouched."""
    applicant.apply(plan="1")
    applicant.send("/pay-by-fpx", bank="UJIAN001")

    for page in (applicant.open("/apply"), applicant.apply(plan="2")):
        assert page.name == "pay_by_fpx"
        assert "Anda mempunyai bayaran yang belum selesai." in page.words
    assert [order.amount_sen for order in applicant.orders()] == [157_20]


def test_a_registered_person_is_sent_to_renew(visitor: Visitor) -> None:
    """E-COV-05 on the dashboard, to GET and to a forged post."""
    visitor.be_covered()

    for page in (visitor.open("/apply"), visitor.apply()):
        assert page.name == "dashboard"
        assert "Anda telah berdaftar. Sila klik Memperbaharui." in page.words


def test_before_the_scheme_there_is_nothing_to_buy(visitor: Visitor, held_clock: HeldClock) -> None:
    """C-4."""
    held_clock.instant = held_clock.instant.replace(year=2017, month=5, day=31)
    visitor.be_signed_in()
    page = visitor.apply()

    assert page.status == 422
    assert "Skim ini berkuat kuasa mulai 1 Jun 2017." in page.words


def test_a_postcode_of_another_state_is_warned_of_once(applicant: Visitor) -> None:
    """W-PCD beside the field before anything is ordered; pressed again as it is, it goes through without a word."""
    page = applicant.apply(postcode="88000")

    assert (page.status, page.name) == (422, "apply")
    assert page.find("//*[@id='postcode-warning']/text()") == [
        "Poskod tidak sepadan dengan negeri yang dipilih. Sila semak."
    ]
    assert page.find("//input[@name='postcode']/@aria-describedby") == ["postcode-warning"]
    assert "tekan Hantar & bayar sekali lagi" in page.words
    assert page.find("//*[@data-testid='error-summary']") == []
    assert applicant.orders() == []

    again = applicant.apply(postcode="88000", postcode_seen=page.value("postcode_seen"), **NO_FILES)
    assert again.name == "pay_by_fpx"
    assert "Poskod" not in again.words


def test_another_odd_postcode_is_warned_of_again_and_beside_errors(applicant: Visitor) -> None:
    """The warning was about one postcode; it is said at the first submit, whatever else is wrong."""
    page = applicant.apply(postcode="88000", town="")
    assert page.error("town")
    assert page.find("//*[@id='postcode-warning']")

    page = applicant.apply(postcode="93000", postcode_seen=page.value("postcode_seen"))
    assert page.find("//*[@id='postcode-warning']")


def test_a_real_registration_number_is_taken_where_the_portal_is_told_so(
    applicant: Visitor, portal_settings: PortalSettings
) -> None:
    """CARUMAN_PORTAL_SAFE_VEHICLE_NUMBERS=false."""
    applicant.portal.settings = portal_settings.model_copy(update={"safe_vehicle_numbers": False})

    assert applicant.apply(vehicle_number="WXY 1234").name == "pay_by_fpx"


def test_markup_that_was_typed_is_only_text(applicant: Visitor) -> None:
    """Escaped on the way back."""
    page = applicant.apply(address_1="<script>alert(1)</script>", postcode="1")

    assert page.value("address_1") == "<script>alert(1)</script>"
    assert "<script>alert" not in page.text


def test_a_file_far_too_large_is_told_of_beside_its_field(applicant: Visitor) -> None:
    """What else was typed and uploaded is still there."""
    page = applicant.apply(lesen_memandu_file=(BytesIO(b"0" * (13 * 1024 * 1024)), "besar.pdf"))

    assert (page.status, page.error("lesen_memandu_file")) == (422, "Saiz fail melebihi 2 MB.")
    assert page.value("address_1") == "No. 1, Jalan Contoh"
    assert "kad_psv.png" in page.words


@pytest.mark.parametrize(("path", "length"), [("/apply", 65 * 1024**2), ("/sign-in", 257 * 1024)])
def test_a_request_that_is_far_too_large_is_a_page(applicant: Visitor, path: str, length: int) -> None:
    """413 in Malay, with what to do; its size is believed before its body is read."""
    kind = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(length)}
    page = Page(applicant.client.post(path, environ_overrides=kind))

    assert page.status == 413
    assert "paling besar 2 MB" in page.words


def test_dates_are_dates(applicant: Visitor) -> None:
    """The last day of a document counts."""
    licence = paper("lesen_memandu", "SBX0000123", date(2019, 5, 15))

    assert applicant.apply(**licence).name == "pay_by_fpx"


def test_each_document_says_for_whom_it_is(applicant: Visitor) -> None:
    """In words for whoever has no scripts, in an attribute for the script that hides the others."""
    page = applicant.open("/apply")

    for card in page.find("//fieldset[@data-counts-for]"):
        assert card.xpath("./p[contains(@class, 'rule')]")[0].text.startswith("Untuk ")
        assert card.get("hidden") is None
    (letter,) = page.find("//fieldset[.//input[@name='surat_kebenaran_file']]/@data-counts-for")
    assert letter.split() == ["teksi/sabah", "teksi/sarawak", "e-hailing/sabah", "e-hailing/sarawak"]
