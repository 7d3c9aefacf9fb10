"""Documents: stored with their description, and for an application together with its order."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from reference_portal.contributions import Answers
from reference_portal.described import Described
from reference_portal.rules.document import Kind
from reference_portal.storage import applications, documents
from reference_portal.storage.accounts import Account
from reference_portal.storage.documents import Document
from reference_portal.storage.orders import Order
from reference_portal.uploads import MediaType, Upload
from tests.reference_portal.visitor import PICTURE, Visitor

OTHER = Described("SBX-PSV-000999", date(2028, 1, 1), Upload("lain.png", MediaType.PNG, PICTURE))


@pytest.fixture(name="applicant")
def _applicant(visitor: Visitor) -> Visitor:
    """Somebody before the form."""
    return visitor.be_signed_in()


def files(applicant: Visitor) -> int:
    """How many files lie in the folder."""
    return len(list((applicant.portal.settings.keys_dir / "uploads").iterdir()))


def handed_in(applicant: Visitor) -> dict[Kind, tuple[str, str]]:
    """Number and file name of each document the newest application was made with."""
    order = applicant.orders()[0]
    with applicant.portal.database.read() as connection:
        stored: list[Document] = [
            Document(**row) for row in connection.execute(documents.documents.select()).mappings()
        ]
        papers = applications.papers_of(connection, order.application_id)
    names = {document.id: document.clean_name for document in stored}
    return {paper.kind: (paper.number, names[paper.document_id]) for paper in papers}


def test_what_another_tab_hands_in_meanwhile_is_not_ordered_instead(
    applicant: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the check of this form and its order: the order is for this form's number and this form's file."""
    contributions = applicant.portal.contributions
    apply = contributions.apply

    def interrupted(account: Account, answers: Answers, described: Mapping[Kind, Described]) -> Order:
        applicant.portal.documents.keep(account.id, {Kind.KAD_PSV: OTHER})
        return apply(account, answers, described)

    monkeypatch.setattr(contributions, "apply", interrupted)
    assert applicant.apply().name == "pay_by_fpx"

    assert handed_in(applicant)[Kind.KAD_PSV] == ("SBX-PSV-000123", "kad_psv.png")


def test_three_clicks_at_once_are_one_order_and_no_refusal(applicant: Visitor) -> None:
    """Each click brings its files; all three lead to the same payment, and no file lies about."""
    token = applicant.token()
    cookie = applicant.client.get_cookie(applicant.app.config["SESSION_COOKIE_NAME"], domain="localhost")
    assert cookie

    def click(_number: int) -> tuple[int, str | None]:
        tab = Visitor(applicant.app, applicant.sms, applicant.mail, applicant.fpx)
        tab.client.set_cookie(cookie.key, cookie.value, domain="localhost")
        tab.token = lambda: token  # type: ignore[method-assign]  # one token, taken before the clicks race
        page = tab.apply(follow=False)
        return page.status, page.location

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(click, range(3)))

    assert answers == [(303, "/pay-by-fpx")] * 3
    assert len(applicant.orders()) == 1
    assert set(handed_in(applicant)) == {Kind.LESEN_MEMANDU, Kind.KAD_PSV}
    with applicant.portal.database.read() as connection:
        stored = connection.execute(documents.documents.select()).mappings().all()
    assert files(applicant) == len(stored)


@pytest.mark.parametrize("wrong", [{"postcode": "1"}, {"region": "sabah"}], ids=["a field", "the documents"])
def test_a_refused_form_keeps_its_files_once(applicant: Visitor, wrong: dict[str, Any]) -> None:
    """Whether a field or a rule said no: they are there next time, described as typed, and nothing lies beside them."""
    assert applicant.apply(**wrong).status == 422

    assert files(applicant) == 2
    page = applicant.open("/apply")
    assert page.value("kad_psv_number") == "SBX-PSV-000123"
    assert page.value("kad_psv_expiry") == "2027-12-31"
    assert applicant.apply(kad_psv_file=None, lesen_memandu_file=None).name == "pay_by_fpx"


def test_an_order_that_cannot_be_placed_leaves_no_file(applicant: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours while ordering: the documents are as before, in the store and in the folder."""
    applicant.apply(postcode="1")

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(applicant.portal.judging, "judge", fail)

    assert applicant.apply(kad_psv_number="SBX-PSV-000555").status == 500
    assert files(applicant) == 2
    assert applicant.open("/apply").value("kad_psv_number") == "SBX-PSV-000123"
