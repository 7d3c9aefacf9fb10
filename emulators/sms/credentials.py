"""Who asks: the user name and secret of Basic authentication, as Twilio's clients send them."""

from __future__ import annotations

from flask import request
from werkzeug.datastructures import Authorization


def basic_credentials() -> tuple[str | None, str | None]:
    """Account SID (or API key) and secret of the present request; two Nones when it carries none that can be read."""
    return of_authorization(request.headers.get("Authorization", ""))


def of_authorization(header: str) -> tuple[str | None, str | None]:
    """The same, of that header."""
    if not header.isascii():
        return None, None  # base64 is ASCII; werkzeug's decoder would raise on anything else
    given = Authorization.from_header(header)
    return (given.username, given.password) if given and given.type == "basic" else (None, None)
