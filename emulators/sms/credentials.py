"""Who asks: the user name and secret of Basic authentication, as Twilio's clients send them."""

from __future__ import annotations

from flask import request


def basic_credentials() -> tuple[str | None, str | None]:
    """Account SID (or API key) and secret of the present request; two Nones when it carries none that can be read."""
    if not request.headers.get("Authorization", "").isascii():
        return None, None  # base64 is ASCII; the decoder under Flask would raise on anything else
    given = request.authorization
    return (given.username, given.password) if given and given.type == "basic" else (None, None)
