"""L12: the form (L12a), the documents (L12b), **Hantar & bayar** (L12c)."""

from __future__ import annotations

from dataclasses import replace

from pytest_bdd import parsers, scenarios, then, when

from features import documents
from features.applicant import Applicant
from features.errors import Refused
from features.forms import Upload

scenarios("guide/12_apply.ms.feature", "guide/12_apply.en.feature")

FILES = {
    ("gambar JPEG", "a JPEG picture"): documents.jpeg,
    ("gambar PNG", "a PNG picture"): documents.png,
    ("PDF sebesar tepat dua megabait", "a PDF of exactly two megabytes"): documents.exactly_two_megabytes,
    ("gambar GIF yang dinamakan PDF", "a GIF picture called a PDF"): documents.wrong_kind,
    ("PDF yang melebihi dua megabait", "a PDF over two megabytes"): documents.too_large,
    ("gambar yang terpotong", "a picture that was cut off"): documents.truncated,
    ("PDF yang berkunci kata laluan", "a PDF locked with a password"): documents.locked,
    ("gambar yang menyembunyikan arkib", "a picture that hides an archive"): documents.hiding,
    ("fail kosong", "an empty file"): documents.empty,
}


@when("pemohon menghantar borang caruman")
@when("the applicant sends the contribution form")
def send_the_form(applicant: Applicant) -> None:
    applicant.apply()


@when(parsers.parse('pemohon menghantar borang caruman dengan pelan "{plan}" secara "{period}"'))
@when(parsers.parse('the applicant sends the contribution form with plan "{plan}" for "{period}"'))
def send_with_plan(applicant: Applicant, plan: str, period: str) -> None:
    applicant.apply(plan=plan, period=period)


@when("borang yang sama dihantar sekali lagi")
@when("the same form is sent once more")
def send_again(applicant: Applicant) -> None:
    applicant.browser.back()
    try:
        applicant.apply()
    except Refused:
        assert applicant.page.name == "apply"


@when(parsers.parse("pemohon memuat naik Lesen Memandu sebagai {file}"))
@when(parsers.parse("the applicant uploads Lesen Memandu as {file}"))
def upload(applicant: Applicant, file: str) -> None:
    licence, *others = applicant.papers()
    try:
        applicant.apply([replace(licence, upload=made(file)), *others])
    except Refused:
        assert applicant.page.name == "apply"


@then("pemohon mempunyai satu pesanan sahaja")
@then("the applicant has only one order")
def one_order(applicant: Applicant) -> None:
    applicant.browser.open(f"{applicant.addresses.portal}/dashboard")
    assert len(applicant.page.labelled("Teruskan bayaran")) == 1
    assert len(applicant.page.find("//*[@data-testid='order']")) == 1


def made(file: str) -> Upload:
    """The file a feature names in either language."""
    return next(make() for names, make in FILES.items() if file in names)
