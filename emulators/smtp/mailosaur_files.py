"""Mailosaur's doors to files: a whole mail, and one attachment of it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from flask import Blueprint, Response, send_file

from emulators.foundation.errors import NotHere
from emulators.smtp.caged import CAGE
from emulators.smtp.shelf import Shelf


def mailosaur_files(mine: Callable[[], Shelf]) -> Blueprint:
    """`/api/files/email/<id>` and `/api/files/attachments/<id>.<part>`."""
    doors = Blueprint("mailosaur_files", __name__, url_prefix="/api/files")

    @doors.get("/email/<uid>")
    def email(uid: str) -> Response:
        return Response(mine().open(uid).raw, mimetype="message/rfc822")

    @doors.get("/attachments/<name>")
    def attachment(name: str) -> Response:
        uid, _, part_id = name.partition(".")
        file = mine().open(uid).mail.file(part_id)
        if file is None:
            raise NotHere(f"no attachment has the id {name[:60]}")
        answer = send_file(BytesIO(file.data), mimetype=file.content_type, download_name=file.name or part_id)
        answer.headers["Content-Security-Policy"] = CAGE
        return answer

    return doors
