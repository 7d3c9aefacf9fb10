"""Whose messages a request is about, when each SMTP user has a mailbox apart.

A reader says who they are by a prefix of every address (`/users/<name>/api/v1/messages`, pages included) or by HTTP
Basic; without either the reader sees what was sent without signing in. The prefix asks for no password: it keeps
testers who share an inbox out of each other's way, not out of each other's secrets. A name and password of HTTP Basic
are checked as SMTP's are. (Mailpit has no such thing; its users asked for it often.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import request

from emulators.foundation.errors import NotAllowed
from emulators.smtp.credentials import may_enter

PREFIX = "/users/"
_OWNER = "caruman.mail_owner"

Owner = Callable[[], str | None]


def everybody() -> None:
    """The owner of a mailbox that all share."""


def owner_of_request(users: Mapping[str, str]) -> Owner:
    """Reads the owner of the present request; `users` as in the settings."""

    def owner() -> str:
        named = request.environ.get(_OWNER)
        if isinstance(named, str):
            return named
        shown = request.authorization
        if shown is None or shown.username is None:
            return ""
        if not may_enter(users, shown.username.encode(), (shown.password or "").encode()):
            raise NotAllowed("no user of this inbox has that name and password")
        return shown.username

    return owner


def prefixed(app: WSGIApplication) -> WSGIApplication:
    """`app` under `/users/<name>` as well; the addresses it writes keep the prefix."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path: str = environ.get("PATH_INFO", "")
        if path.startswith(PREFIX):
            raw, slash, rest = path.removeprefix(PREFIX).partition("/")
            name = raw.encode("latin-1", "replace").decode("utf-8", "replace")
            script = f"{environ.get('SCRIPT_NAME', '')}{PREFIX}{raw}"
            environ = {**environ, _OWNER: name, "SCRIPT_NAME": script, "PATH_INFO": f"/{rest}"}
            if not slash:
                start_response("308 Permanent Redirect", [("Location", f"{PREFIX}{quote(name)}/")])
                return [b""]
        return app(environ, start_response)

    return answer
