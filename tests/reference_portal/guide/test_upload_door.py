"""A document sent as soon as it is chosen: the door a page's script uses, with the rules of the form."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest

from reference_portal.rules.document import Kind
from tests.reference_portal.visitor import PICTURE, Page, Visitor


@pytest.fixture(name="applicant")
def _applicant(visitor: Visitor) -> Visitor:
    """Somebody before the form."""
    return visitor.be_signed_in()


def hand_in(applicant: Visitor, content: bytes = PICTURE, name: str = "lesen.png", kind: str = "lesen_memandu") -> Page:
    """Choose a file, as the script does."""
    return applicant.send(f"/documents/{kind}", follow=False, file=(BytesIO(content), name))


def kept(applicant: Visitor) -> dict[str, str]:
    """The kinds on file and the files' names."""
    page = applicant.open("/apply")
    return {kind.value: name for kind in Kind for name in page.find(f"//a[@href='/documents/{kind.value}']/text()[1]")}


def test_a_chosen_file_is_kept_at_once_and_the_form_need_not_carry_it(applicant: Visitor) -> None:
    """It is told by name and address; the form sent without a file is judged with it."""
    answer = hand_in(applicant)

    assert answer.status == 200
    assert answer.answer.get_json() == {"name": "lesen.png", "at": "/documents/lesen_memandu"}
    assert applicant.look("/documents/lesen_memandu").answer.mimetype == "image/png"
    assert applicant.apply(lesen_memandu_file=None).name == "pay_by_fpx"


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"MZ not a picture", "lesen.png", "Format fail tidak disokong. Format dibenarkan: PDF, JPG, PNG."),
        (b"x" * (2 * 1024 * 1024 + 1), "lesen.pdf", "Saiz fail melebihi 2 MB."),
        (PICTURE[:40], "lesen.png", None),
        (PICTURE, "", "Fail gagal dimuat naik. Sila cuba lagi."),
    ],
    ids=["other content", "too large", "cut off", "nothing"],
)
def test_what_the_form_would_refuse_is_refused_at_once(
    applicant: Visitor, content: bytes, name: str, sentence: str | None
) -> None:
    """In one sentence, and nothing is kept."""
    answer = hand_in(applicant, content, name)

    assert answer.status == 422
    assert answer.answer.get_json()["error"]
    assert sentence in (None, answer.answer.get_json()["error"])
    assert applicant.look("/documents/lesen_memandu").status == 404


def test_the_door_speaks_the_readers_language(applicant: Visitor) -> None:
    """As the page does."""
    applicant.client.post("/language", data={"language": "en"})

    assert hand_in(applicant, b"MZ").answer.get_json()["error"] == "Unsupported file type. Allowed: PDF, JPG, PNG."


def test_nobody_but_the_owner_hands_in(applicant: Visitor, somebody: Callable[[], Visitor]) -> None:
    """A stranger is refused, a post without the token too, and a kind nobody knows is not there."""
    assert hand_in(somebody()).status == 403
    assert (
        applicant.client.post("/documents/lesen_memandu", data={"file": (BytesIO(PICTURE), "a.png")}).status_code == 400
    )
    assert hand_in(applicant, kind="pasport").status == 404
    assert kept(applicant) == {}
