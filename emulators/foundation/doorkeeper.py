"""Who may change something in a room: its own pages, programs of this machine, and whoever shows the control token.

The control doors and the pages' own forms are guarded alike. A page of another site is never answered: browsers say
where a post comes from, by `Sec-Fetch-Site` or by `Origin`.
"""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from flask import Blueprint, Response, request

from emulators.foundation.errors import NotAllowed
from emulators.foundation.settings import is_loopback

TOKEN_HEADER = "X-Control-Token"  # noqa: S105  a header's name, not a secret
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def admit(token: str | None) -> None:
    """Let the present request pass.

    A browser cannot put a header on a form, so that it may show the token as the password of HTTP Basic as well.

    Raises:
        NotAllowed: it comes from another site, or did not show the `token`.
    """
    if _from_another_site():
        raise NotAllowed("this door does not answer a page of another site")
    if token is None:
        # a name that somebody made point to this machine must not open the doors (DNS rebinding)
        if not is_loopback(_host_name(request.host)):
            raise NotAllowed("without a token this door answers to localhost, 127.0.0.1 and other loopback only")
    elif not hmac.compare_digest(token.encode(), _shown().encode(errors="replace")):
        raise NotAllowed(f"this room is open to the network: send its control token in {TOKEN_HEADER}")


def guard_forms(pages: Blueprint, token: str | None) -> None:
    """Let everybody read the blueprint's pages, and ask `admit` before a form of theirs changes something."""

    @pages.before_request
    def check() -> None:
        if request.method not in _READING:
            admit(token)

    @pages.after_request
    def ask_for_token(response: Response) -> Response:
        if response.status_code == NotAllowed.status and token is not None:
            response.headers["WWW-Authenticate"] = 'Basic realm="Caruman Sandbox: control token as password"'
        return response


def _shown() -> str:
    basic = request.authorization.password if request.authorization else None
    return request.headers.get(TOKEN_HEADER) or basic or ""


def _from_another_site() -> bool:
    """Whether a browser says, in one way or the other, that a page of another site asks."""
    if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        return True
    origin = request.headers.get("Origin")
    return origin is not None and site_of(origin) != request.host


def site_of(origin: str) -> str | None:
    """Host and port of a page's origin; None where there are none to read."""
    try:
        return urlsplit(origin).netloc
    except ValueError:  # a bracket that does not close, or with no address in it
        return None


def _host_name(host: str) -> str:
    return urlsplit(f"//{host}").hostname or ""
