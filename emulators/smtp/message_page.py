"""What the page of one message shows, tab by tab; each tab costs only what it shows."""

from __future__ import annotations

import re
from typing import Any

from emulators.foundation.codes import CodeReader
from emulators.smtp.caged import remote_addresses
from emulators.smtp.html_check import check_html
from emulators.smtp.links import links_in
from emulators.smtp.mime import Mail
from emulators.smtp.shapes import codes_in, headers
from emulators.smtp.shelf import Opened
from emulators.smtp.spam_check import check_spam

Json = dict[str, Any]
SOURCE_SHOWN = 100_000
TEXT_SHOWN = 200_000
FILES_SHOWN = 500
SHORT = 800
"""Characters of a text that fits a low frame."""
TABS = {
    "html": "Paparan",
    "text": "Teks",
    "links": "Pautan",
    "codes": "Kod",
    "attachments": "Lampiran",
    "headers": "Kepala",
    "source": "Sumber",
    "checks": "Semakan",
}
_AT_THE_TOP = 3
_BROKEN = ("broken", "changed")
_SPACES = re.compile(r"[^\S\n]+\n")


def message_page(opened: Opened, codes: CodeReader, tab: str, *, remote: bool) -> Json:
    """Everything the template needs; an unknown or empty tab is the first that has something to show."""
    mail = opened.mail
    chosen = tab if tab in TABS else ("html" if mail.html else "text")
    links = links_in(mail.document, mail.text)
    found = codes_in(mail, codes)
    scan = opened.scan or {}
    verdicts = {row["href"]: row["verdict"] for row in scan.get("links", [])}
    return {
        "kept": opened.kept,
        "mail": mail,
        "tab": chosen,
        "codes": found,
        "links": links,
        "first_links": links[:_AT_THE_TOP],
        "counts": {"links": len(links), "codes": len(found), "attachments": len(mail.files)},
        "scan": scan,
        "verdicts": verdicts,
        "broken": [href for href, verdict in verdicts.items() if verdict in _BROKEN],
        "remote": remote,
        "short": len(mail.text) < SHORT and len(mail.document.pictures) <= _AT_THE_TOP,
        "remote_addresses": remote_addresses(mail) if chosen == "html" else 0,
        **_TAB.get(chosen, _nothing)(opened),
    }


def _nothing(_opened: Opened) -> Json:
    return {}


def _text(opened: Opened) -> Json:
    text = _SPACES.sub("\n", opened.mail.text)
    return {"text": text[:TEXT_SHOWN], "cut": len(text) > TEXT_SHOWN}


def _files(opened: Opened) -> Json:
    return {"files": opened.mail.files[:FILES_SHOWN], "cut": len(opened.mail.files) > FILES_SHOWN}


def _headers(opened: Opened) -> Json:
    return {"headers": headers(opened.mail)}


def _source(opened: Opened) -> Json:
    source = opened.raw[:SOURCE_SHOWN].decode("utf-8", "replace").replace("\x00", "\ufffd")
    return {"source": source, "cut": len(opened.raw) > SOURCE_SHOWN}


def _checks(opened: Opened) -> Json:
    return {"html_check": _checked(opened.mail), "spam_check": check_spam(opened.mail)}


def _checked(mail: Mail) -> Json | None:
    return check_html(mail.document) if mail.html else None


_TAB = {"text": _text, "attachments": _files, "headers": _headers, "source": _source, "checks": _checks}
