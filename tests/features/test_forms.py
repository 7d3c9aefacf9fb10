"""What a form sends: ticks, choices, lists, files, and what was there before."""

from __future__ import annotations

import email
from email.message import Message

import pytest

from features.forms import CannotFill, Filled, Typed, Upload, encoded, filled
from features.page import Page
from features.transport import Response

FORM = """<form enctype="multipart/form-data" method="post">
<input name="town" value="Putrajaya"><textarea name="note">
dua baris</textarea>
<input type="radio" name="plan" value="1" checked><input type="radio" name="plan" value="2">
<input type="radio" name="plan" value="3" disabled>
<input type="checkbox" name="declaration" value="ya">
<select name="state"><option value="">-</option><option value="PJY">W.P. Putrajaya</option>
<option value="SBH" disabled>Sabah</option></select>
<input type="file" name="lesen_memandu_file"><input name="off" value="x" disabled><input type="submit" value="Hantar">
</form>"""


def sent(**typed: Typed) -> dict[str, str | Upload]:
    """What the form sends after typing."""
    return dict(pairs(**typed))


def pairs(**typed: Typed) -> Filled:
    """The same, in order."""
    page = Page(Response(200, "http://portal/", {"content-type": "text/html"}, FORM.encode()))
    return filled(page, page.find("//form")[0], typed, None)


def test_what_nobody_touched_is_sent_as_it_stood() -> None:
    """Defaults, the checked choice, the first row of a list, an empty file; no unticked box, nothing disabled."""
    assert sent() == {
        "town": "Putrajaya",
        "note": "dua baris",
        "plan": "1",
        "state": "",
        "lesen_memandu_file": Upload("", b"", "application/octet-stream"),
    }


def test_what_was_typed_replaces_what_stood() -> None:
    """Text, a choice by value, a list by what it reads, a tick by its value or by True."""
    assert sent(town="Kuching", plan="2", state="W.P. Putrajaya", declaration=True) | {"note": ""} == {
        "town": "Kuching",
        "note": "",
        "plan": "2",
        "declaration": "ya",
        "state": "PJY",
        "lesen_memandu_file": Upload("", b"", "application/octet-stream"),
    }


def test_none_empties_a_field() -> None:
    """Text becomes empty, a choice and a tick go away."""
    emptied = sent(town=None, plan=None, declaration=None)

    assert emptied["town"] == ""
    assert "plan" not in emptied
    assert "declaration" not in emptied


FIELDS = "declaration, lesen_memandu_file, note, off, plan, state, town"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"plan": "9"}, "to fill 'plan' with '9' (there is no such choice; it offers 1, 2)"),
        ({"plan": "3"}, "to fill 'plan' with '3' (that choice is disabled on the page; it offers 1, 2)"),
        ({"state": "Sabah"}, "to fill 'state' with 'Sabah' (that choice is disabled on the page; it offers PJY)"),
        ({"off": "y"}, "to fill 'off' with 'y' (it is disabled on the page)"),
        ({"off": Upload("a.pdf", b"%PDF-")}, "to fill 'off' with 'a.pdf' (it is disabled on the page)"),
        ({"nothing": "x"}, f"to fill 'nothing' (there is no such field among {FIELDS})"),
    ],
    ids=str,
)
def test_what_the_page_does_not_offer_cannot_be_chosen(typed: dict[str, Typed], sentence: str) -> None:
    """It says which value, whether the page has it disabled, and only those values that can be chosen."""
    with pytest.raises(CannotFill) as caught:
        sent(**typed)

    assert str(caught.value) == sentence


def test_a_file_travels_whole() -> None:
    """Name, type and bytes arrive, as Python's own parser of such bodies reads them."""
    upload = Upload('resit "satu".pdf', b"%PDF-\r\n--x\x00\xff", "application/pdf")
    page = Page(Response(200, "http://portal/", {"content-type": "text/html"}, FORM.encode()))

    body, content_type = encoded(page.find("//form")[0], pairs(lesen_memandu_file=upload, town="Kuching é"))

    parsed = email.message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    parts = {str(part.get_param("name", header="content-disposition")): part for part in parsed.get_payload()}
    file = parts["lesen_memandu_file"]
    assert isinstance(file, Message)
    assert file.get_filename() == "resit %22satu%22.pdf"
    assert file.get_content_type() == "application/pdf"
    assert file.get_payload(decode=True) == upload.content
    assert parts["town"].get_payload(decode=True) == "Kuching é".encode()
