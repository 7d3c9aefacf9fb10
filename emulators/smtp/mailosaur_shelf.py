"""The stored mail as Mailosaur shows it (type Email; read from its Python client 8.1, confidence high)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from emulators.foundation.codes import CodeReader
from emulators.foundation.mailosaur import Criteria
from emulators.foundation.waiting import ANYONE, Lend
from emulators.smtp.errors import NoSuchMessage
from emulators.smtp.kept import Kept
from emulators.smtp.links import Link, links_in
from emulators.smtp.mailosaur_criteria import meets
from emulators.smtp.shapes import rfc3339
from emulators.smtp.shelf import Opened, Shelf

Json = dict[str, Any]


class MailShelf:
    """What Mailosaur's doors ask of this room."""

    def __init__(self, mine: Callable[[], Shelf], codes: CodeReader) -> None:
        self._mine = mine
        self._codes = codes

    def search(self, criteria: Criteria, skip: int, limit: int) -> list[Json]:
        """Summaries, newest first."""
        return [summary(kept) for kept in self._mine().meeting(meets(criteria), skip, limit)]

    def fetch(self, message_id: str) -> Json | None:
        """A whole message."""
        try:
            return self._whole(self._mine().open(message_id, mark=True))
        except NoSuchMessage:
            return None

    def wait(self, criteria: Criteria, seconds: float, lend: Lend) -> Json | None:
        """The newest whole message, as soon as there is one."""
        shelf, wanted = self._mine(), meets(criteria)

        def look() -> Opened | None:
            found = shelf.meeting(wanted, 0, 1)
            return shelf.open(found[0].uid) if found else None

        opened = shelf.arrivals.wait(ANYONE, look, seconds, lend)
        return None if opened is None else self._whole(opened)

    def remove(self, message_id: str) -> bool:
        """Delete a message; whether it was there."""
        return self._mine().delete([message_id]) > 0

    def clear(self) -> None:
        """Delete all of them."""
        self._mine().delete([])

    def count(self) -> int:
        """How many there are."""
        return self._mine().state().messages

    def _whole(self, opened: Opened) -> Json:
        mail = opened.mail
        shown = mail.document
        images = [{"src": picture.src, "alt": picture.alt} for picture in shown.pictures]
        html_codes = self._codes.read(mail.readable, mail.from_.address)
        text_codes = self._codes.read([mail.text], mail.from_.address)
        return {
            **_common(opened.kept),
            "html": _content(mail.html, links_in(mail.document, ""), html_codes if mail.html else [], images),
            "text": _content(mail.text if mail.text_part else "", links_in(None, mail.text), text_codes, None),
            "attachments": [
                {
                    "id": f"{opened.kept.uid}.{file.part_id}",
                    "contentType": file.content_type,
                    "fileName": file.name,
                    "contentId": file.content_id or None,
                    "length": len(file.data),
                    "url": f"/api/files/attachments/{opened.kept.uid}.{file.part_id}",
                }
                for file in mail.files
            ],
            "metadata": {
                "headers": [{"field": name, "value": value} for name, value in mail.headers],
                "ehlo": None,
                "mailFrom": mail.return_path,
                "rcptTo": [_person(person) for person in _everybody(opened.kept)],
            },
        }


def summary(kept: Kept) -> Json:
    """A message in a list."""
    return {**_common(kept), "summary": kept.snippet, "attachments": kept.attachments}


def _common(kept: Kept) -> Json:
    people = kept.people
    return {
        "id": kept.uid,
        "type": "Email",
        "from": [_person(people["From"])],
        "to": [_person(person) for person in people["To"]],
        "cc": [_person(person) for person in people["Cc"]],
        "bcc": [_person(person) for person in people["Bcc"]],
        "received": rfc3339(kept.arrived or kept.created),
        "subject": kept.subject,
    }


def _content(body: str, links: list[Link], codes: Any, images: list[Json] | None) -> Json:
    told = {
        "body": body or None,
        "links": [{"href": link.href, "text": link.text} for link in links],
        "codes": [{"value": code.value} for code in codes],
    }
    return told if images is None else {**told, "images": images}


def _person(person: Json) -> Json:
    return {"name": person["Name"], "email": person["Address"], "phone": None}


def _everybody(kept: Kept) -> list[Json]:
    return [*kept.people["To"], *kept.people["Cc"], *kept.people["Bcc"]]
