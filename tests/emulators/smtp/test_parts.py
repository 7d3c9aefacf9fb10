"""Messages taken apart: as the standard library does where mail is sound, and in bounded time where it is absurd."""

from __future__ import annotations

import time
from email import message_from_bytes
from email.message import Message

import pytest

from emulators.smtp.mime import read
from emulators.smtp.part import Part
from emulators.smtp.parts import DEEPEST, MOST, parse

Told = tuple[str, tuple[tuple[str, str], ...], object]
FLAT = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"


def _ours(part: Part) -> list[Told]:
    body = None if part.parts else part.body
    return [(part.kind, tuple(part.fields), body), *(told for child in part.parts for told in _ours(child))]


def _theirs(part: Message) -> list[Told]:
    payload = part.get_payload()
    head = (part.get_content_type(), tuple(part.raw_items()))
    if not isinstance(payload, list):
        return [(*head, part._payload)]  # type: ignore[attr-defined]  # its parser's; told, octets become U+FFFD
    return [(*head, None), *(told for child in payload if isinstance(child, Message) for told in _theirs(child))]


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: a\r\n b\r\nTo: x\r\n\r\nbody\r\n",
        b"Subject: a\n\nbody",
        b"From ali Wed\nSubject: a\n\nbody",
        b"Subject: a",
        b"\r\nbody",
        b"no header at all\r\nbody",
        b"",
        FLAT + b"preamble\r\n--b\r\n\r\none\r\n--b\r\nContent-Type: text/html\r\n\r\ntwo\r\n\r\n--b--\r\nepilogue",
        FLAT + b"--b\r\n\r\none\r\n--bb\r\nstill one\r\n--b  \r\n\r\ntwo\r\n--b--",
        FLAT + b"--b\nX: y\n\none\n--b--\n",
        FLAT + b"--b\r\n\r\nnever closed\r\n",
        FLAT + b"no part at all\r\n",
        b"Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n",
        b'Content-Type: multipart/mixed; boundary="a b"\r\n\r\n--a b\r\nContent-Type: multipart/mixed; boundary=c\r\n'
        b"\r\n--c\r\n\r\nin\r\n--c--\r\n\r\n--a b\r\n\r\nout\r\n--a b--\r\n",
        b"Subject: \xff\xfe\r\n\r\n\x80\r\n",
    ],
)
def test_sound_mail_is_taken_apart_as_the_standard_library_does(raw: bytes) -> None:
    """Headers, kinds and bodies of every part are the same."""
    assert _ours(parse(raw)) == _theirs(message_from_bytes(raw))


def _nested(depth: int) -> bytes:
    return b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))


ABSURD = {
    "parts": FLAT + b"--b\r\nContent-Disposition: attachment; filename=a\r\n\r\nx\r\n" * 3000 + b"--b--\r\n",
    "more parts than are told": FLAT + b"--b\r\n\r\nx\r\n" * (MOST * 2),
    "nesting": _nested(2000) + b"\r\nx\r\n",
    "nesting and lines": _nested(100) + b"\r\n" + b"x\r\n" * 100_000,
    "headers": b"X-A: b\r\n" * 50_000 + b"\r\nx",
    "one long header": b"Subject: " + b"a" * 1_000_000 + b"\r\n\r\nx",
    "folds": b"Subject: a" + b"\r\n a" * 100_000 + b"\r\n\r\nx",
    "boundaries that are none": FLAT + b"--bx" * 200_000,
    "markup that never ends": b"Content-Type: text/html\r\n\r\n" + b"<a " * 200_000,
    "elements that never end": b"Content-Type: text/html\r\n\r\n" + b"<div>" * 60_000,
}


@pytest.mark.parametrize("name", ABSURD)
def test_absurd_mail_takes_a_fraction_of_a_second(name: str) -> None:
    """Processor time of this thread, with room for a busy machine."""
    began = time.thread_time()
    mail = read(ABSURD[name])
    _ = mail.readable

    assert time.thread_time() - began < 1.0


def test_bounds_keep_what_is_beyond_them_as_it_came() -> None:
    """Every one of three thousand files is told; what lies too deep is one file; a late header is not read."""
    deep = read(_nested(DEEPEST + 5) + b"\r\nx\r\n")

    assert len(read(ABSURD["parts"]).files) == 3000
    assert [file.content_type for file in deep.files] == ["multipart/mixed"]
    assert read(b"X-A: b\r\n" * 5000 + b"Subject: late\r\n\r\nbody").text == "body"
