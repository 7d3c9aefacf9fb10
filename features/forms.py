"""Filling and encoding a form the way a browser does it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from lxml.html import HtmlElement

from features.page import Page, words


@dataclass(frozen=True)
class Upload:
    """A file to send: its name, its bytes, and the type a browser would state."""

    filename: str
    content: bytes
    content_type: str = "application/pdf"


Typed = str | bool | Upload | None
"""What a person puts in a field: text, a chosen value, a tick, a file; None empties it."""

Filled = list[tuple[str, str | Upload]]


class CannotFill(Exception):
    """What was to be filled, and why it cannot be: the form has no such field, or does not let the value be chosen."""


def filled(page: Page, form: HtmlElement, typed: Mapping[str, Typed], pressed: HtmlElement | None) -> Filled:
    """What `form` sends after `typed` was put in and `pressed` was pressed.

    Raises:
        CannotFill: a name in `typed` is no field of the form, or a value is not offered.
    """
    controls = page.find(".//input | .//select | .//textarea", form)
    if form.get("id"):
        outside = page.find(f"//*[@form='{form.get('id')}'][self::input or self::select or self::textarea]")
        controls += [control for control in outside if control not in controls]
    known = {control.get("name") for control in controls}
    for wanted in typed:
        if wanted not in known:
            there = ", ".join(sorted(filter(None, known)))
            raise CannotFill(f"to fill {wanted!r} (there is no such field among {there})")
    sent: Filled = []
    for control in controls:
        name = control.get("name")
        if name and control.get("disabled") is None:
            sent += [(name, value) for value in _of_control(page, control, typed)]
    _check_choices(page, controls, typed, sent)
    if pressed is not None and pressed.get("name"):
        sent.append((pressed.get("name", ""), pressed.get("value", "")))
    return sent


def encoded(form: HtmlElement, sent: Filled) -> tuple[bytes, str]:
    """The body and its content type, as the form's `enctype` wants it."""
    if form.get("enctype") != "multipart/form-data":
        plain = [(name, value.filename if isinstance(value, Upload) else value) for name, value in sent]
        return urlencode(plain).encode(), "application/x-www-form-urlencoded"
    heads_and_bodies = [_part(name, value) for name, value in sent]
    boundary = hashlib.sha256(b"".join(head + body for head, body in heads_and_bodies)).hexdigest()[:40]
    line = f"--{boundary}\r\n".encode()
    parts = b"".join(line + head + b"\r\n\r\n" + body + b"\r\n" for head, body in heads_and_bodies)
    return parts + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def _of_control(page: Page, control: HtmlElement, typed: Mapping[str, Typed]) -> Sequence[str | Upload]:
    name, kind = control.get("name", ""), control.get("type", "text")
    given = name in typed
    wanted = typed.get(name)
    if control.tag == "select":
        return _of_select(page, control, wanted if given else None)
    if control.tag == "textarea":
        return [_text(wanted) if given else (control.text or "").removeprefix("\n")]
    if kind in ("submit", "button", "image", "reset"):
        return []
    if kind == "file":
        return [wanted if isinstance(wanted, Upload) else Upload("", b"", "application/octet-stream")]
    if kind in ("radio", "checkbox"):
        own = control.get("value", "on")
        chosen = wanted is True or wanted == own if given else control.get("checked") is not None
        return [own] if chosen else []
    return [_text(wanted) if given else control.get("value", "")]


def _of_select(page: Page, select: HtmlElement, wanted: Typed) -> Sequence[str]:
    options = [option for option in page.find(".//option", select) if option.get("disabled") is None]
    if wanted is not None:
        return [_value(option) for option in options if _reads(option, wanted)][:1]
    marked = [option for option in options if option.get("selected") is not None]
    return [_value(option) for option in (marked or options)[:1]]


def _check_choices(page: Page, controls: Sequence[HtmlElement], typed: Mapping[str, Typed], sent: Filled) -> None:
    names = {name for name, _value in sent}
    for name, wanted in typed.items():
        if wanted is None or wanted is False or wanted == "" or name in names:
            continue
        shown = wanted.filename if isinstance(wanted, Upload) else wanted
        why = _why_not(page, [control for control in controls if control.get("name") == name], wanted)
        raise CannotFill(f"to fill {name!r} with {shown!r} ({why})")


def _why_not(page: Page, controls: Sequence[HtmlElement], wanted: Typed) -> str:
    """Why the field these controls are does not take `wanted`, and what it takes."""
    if all(control.get("disabled") is not None for control in controls):
        return "it is disabled on the page"
    rows = [row for each in controls for row in (page.find(".//option", each) if each.tag == "select" else [each])]
    offered = [_value(row) for row in rows if row.get("disabled") is None]
    shut = any(_reads(row, wanted) for row in rows if row.get("disabled") is not None)
    why = "that choice is disabled on the page" if shut else "there is no such choice"
    return f"{why}; it offers {', '.join(filter(None, offered)) or 'nothing'}"


def _reads(row: HtmlElement, wanted: Typed) -> bool:
    return wanted in (_value(row), words(row))


def _value(option: HtmlElement) -> str:
    return option.get("value", words(option))


def _text(wanted: Typed) -> str:
    return wanted if isinstance(wanted, str) else ""


def _part(name: str, value: str | Upload) -> tuple[bytes, bytes]:
    head = f'Content-Disposition: form-data; name="{_quoted(name)}"'
    if isinstance(value, Upload):
        head += f'; filename="{_quoted(value.filename)}"\r\nContent-Type: {value.content_type}'
        return head.encode(), value.content
    return head.encode(), value.encode()


def _quoted(text: str) -> str:
    """A name inside quotes, escaped as the HTML standard has browsers do it."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
