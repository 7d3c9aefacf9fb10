"""Sample applicants at the portal's log-in page: one press and there is somebody to register, with documents."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask

from reference_portal.app import create_app
from reference_portal.personas.kit import Kit, kit_of
from reference_portal.personas.packing import zipped
from reference_portal.personas.persona import invent
from reference_portal.settings import PortalSettings
from reference_portal.wires import Wires
from tests.reference_portal.fakes import FakeFpx, FakeMail, FakeSms, HeldClock
from tests.reference_portal.visitor import Page, Visitor

SEVEN = "/sample-applicant/teksi/semenanjung/7"


@pytest.fixture(name="seven", scope="module")
def _seven() -> Kit:
    """What seed 7 must give."""
    return kit_of(invent("7", 2019))


@pytest.mark.parametrize("path", ["/sign-in", "/register"])
def test_the_way_there_is_offered_as_help_of_the_sandbox(visitor: Visitor, path: str) -> None:
    """On the log-in page and on the account form, marked as what a real portal would not give."""
    page = visitor.open(path)
    (href,) = page.find("//a[contains(., 'cipta pemohon contoh')]/@href")

    assert page.testid("sandbox-help").startswith("Bantuan sandbox:")
    assert visitor.open(href).name == "sample_applicant"


def test_each_time_it_is_somebody_else_whom_the_address_keeps(visitor: Visitor) -> None:
    """The seed is drawn by the portal and stands in the address; the address opened again is the same person."""
    places = [visitor.look("/sample-applicant").location or "" for _ in range(2)]
    one, other = (visitor.open(place) for place in places)

    assert one.words != other.words
    assert visitor.open(places[0]).words == one.words


def test_the_page_shows_all_there_is_to_type(visitor: Visitor, seven: Kit) -> None:
    """Who, the secrets, the work, and each file with what must happen."""
    page = visitor.open(SEVEN)
    shown = set(page.find("//*[@data-copy]/text()"))
    person = seven.persona

    assert {person.full_name, person.identity_number, person.email, person.mobile, person.password} <= shown
    assert {person.secret_phrase, person.vehicle_number, person.address_1, person.postcode} <= shown
    assert page.find("//tbody//th/a/text()") == [sample.name for sample in seven.samples]
    assert "Ditolak (L12b): Saiz fail melebihi 2 MB." in page.words
    assert "Dari 12 Julai 2019: ditolak. Profil Pemandu diterima" in page.words


def test_the_zip_is_the_one_caruman_persona_makes(visitor: Visitor, seven: Kit) -> None:
    """To the byte; each file alone is the one in the ZIP, to be kept and not shown."""
    page = visitor.open(SEVEN)
    (href,) = page.find("//a[@data-testid='sample-kit']/@href")
    answer = visitor.look(href).answer

    assert answer.data == zipped(seven)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="pemohon-contoh-7-teksi-semenanjung.zip"'
    first = page.find("//tbody//th/a/@href")[0]
    alone = visitor.look(first).answer
    with zipfile.ZipFile(BytesIO(answer.data)) as archive:
        assert alone.data == archive.read(f"7-teksi-semenanjung/{seven.samples[0].name}")
    assert alone.headers["Content-Disposition"].startswith("attachment;")


def test_nothing_is_stored(visitor: Visitor) -> None:
    """No account, no file, no entry in the journal."""
    before = visitor.portal.journal()
    visitor.open(SEVEN)
    visitor.look(f"{SEVEN}/kit.zip")

    assert visitor.portal.journal() == before
    folder = visitor.portal.settings.keys_dir / "uploads"
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_the_seed_and_the_work_may_be_chosen(visitor: Visitor) -> None:
    """By a form that works without scripts."""
    page = visitor.open("/sample-applicant?category=bas&region=sabah&seed=+my-seed+")

    assert "Benih orang ini: my-seed." in page.words
    assert page.find("//select[@id='category']/option[@selected]/@value") == ["bas"]
    assert page.find("//select[@id='region']/option[@selected]/@value") == ["sabah"]
    assert "Pemandu Bas, Sabah dan W.P. Labuan" in page.words


@pytest.mark.parametrize("query", ["seed=a/b", f"seed={'x' * 41}", "category=lori&region=", "seed=%00&category=../.."])
def test_a_wish_that_cannot_be_met_gets_somebody_else(visitor: Visitor, query: str) -> None:
    """The page says why when it was the seed; what is driven and where are then the usual ones."""
    page = visitor.open(f"/sample-applicant?{query}")

    assert page.name == "sample_applicant"
    assert page.find("//select[@id='category']/option[@selected]/@value") == ["teksi"]
    assert ("Benih itu tidak boleh digunakan" in page.words) == query.startswith("seed=")


def test_it_lives_in_the_portals_year(visitor: Visitor, held_clock: HeldClock) -> None:
    """Documents are valid when the clock was moved on."""
    held_clock.advance(days=4000)

    assert visitor.open(SEVEN).testid("sample-files").count("2030") == 0
    assert "2029" in visitor.open(SEVEN).testid("sample-files")


@pytest.mark.parametrize(
    "path",
    [
        "/sample-applicant/lori/semenanjung/7",
        "/sample-applicant/teksi/johor/7",
        f"/sample-applicant/teksi/semenanjung/{'x' * 41}",
        "/sample-applicant/teksi/semenanjung/a%20b",
        "/sample-applicant/teksi/semenanjung/%00",
        f"{SEVEN}/nothing.pdf",
        f"{SEVEN}/..%2Fsecrets.json",
    ],
)
def test_what_there_cannot_be_is_not_found(visitor: Visitor, path: str) -> None:
    """404, in Malay, whatever is asked."""
    page = visitor.look(path)

    assert page.status == 404
    assert "Halaman tidak dijumpai." in page.words


def test_one_press_fills_in_both_forms(visitor: Visitor, seven: Kit) -> None:
    """The account form now, without the consent; after the way through L04 to L10 the contribution form, once."""
    person = seven.persona
    visitor.identity_number = person.identity_number
    form = visitor.send(f"{SEVEN}/use")
    assert form.name == "register"
    assert "diisi dengan data pemohon contoh 7" in form.words
    filled = {name: form.value(name) for name in ("full_name", "identity_number", "email", "email_confirm", "mobile")}
    assert list(filled.values()) == [
        *(person.full_name, person.identity_number, person.email, person.email, person.mobile)
    ]
    assert not form.find("//input[@name='consent' and @checked]")

    visitor.send("/register", **filled, consent="ya")
    assert visitor.open("/register").value("full_name") == ""
    visitor.confirm_mobile()
    visitor.activate()
    visitor.set_secrets(secret_phrase=person.secret_phrase, password=person.password, password_confirm=person.password)
    visitor.sign_in(person.password)
    visitor.send("/choose-mode", mode="self_employed")
    page = visitor.open("/apply")

    assert page.value("address_1") == person.address_1
    assert page.value("vehicle_number") == person.vehicle_number
    assert page.value("kad_psv_number") == person.valid[seven.samples[1].paper.kind].number
    assert page.find("//input[@name='category' and @checked]/@value") == ["teksi"]
    assert not page.find("//input[@name='declaration' and @checked]")
    assert visitor.open("/apply").value("address_1") == ""


def test_whoever_is_signed_in_goes_to_the_contribution_form(visitor: Visitor) -> None:
    """Straight away; the account form is behind them."""
    visitor.be_signed_in()

    assert visitor.send(f"{SEVEN}/use").name == "apply"


@pytest.fixture(name="real_portal", params=[{"sandbox_links": False}, {"upload_bytes": 128 * 1024 - 1}], ids=str)
def _real_portal(
    request: pytest.FixtureRequest,
    portal_settings: PortalSettings,
    held_clock: HeldClock,
    fpx: FakeFpx,
    sms: FakeSms,
    mail: FakeMail,
) -> Iterator[Flask]:
    """One that gives no help, or would refuse what is valid."""
    told = portal_settings.model_copy(update=request.param)
    app = create_app(told, held_clock, random.SystemRandom(), Wires(fpx, sms, mail))
    yield app
    app.extensions["portal"].close()


def test_a_portal_that_gives_no_help_has_none(real_portal: Flask) -> None:
    """CARUMAN_PORTAL_SANDBOX_LINKS=false, or a limit below the samples' sizes: no link, no page, no file."""
    client = real_portal.test_client()

    for path in ("/sign-in", "/register"):
        assert "sample-applicant" not in client.get(path).get_data(as_text=True)
    for path in ("/sample-applicant", SEVEN, f"{SEVEN}/kit.zip"):
        assert Page(client.get(path)).status == 404


def test_what_was_chosen_before_the_help_was_taken_away_fills_in_nothing(visitor: Visitor, real_portal: Flask) -> None:
    """The browser still remembers; the account form opens all the same."""
    visitor.open(SEVEN)
    visitor.send(f"{SEVEN}/use")
    name = visitor.app.config["SESSION_COOKIE_NAME"]
    cookie = visitor.client.get_cookie(name, domain="localhost")
    assert cookie
    real_portal.secret_key = visitor.app.secret_key
    client = real_portal.test_client()
    client.set_cookie(name, cookie.value, domain="localhost")

    page = Page(client.get("/register"))

    assert (page.status, page.value("full_name")) == (200, "")
