"""A short way for the request that comes by the thousand: a plain POST of a message that is taken.

Theory of operation. What Flask does around a view costs several times what the message costs, so a message that
nothing is wrong with is taken before it. Whatever is not plain (another content type, a query, a fault asked for or
planned, a rate, anything that would be refused) is left to Flask untouched, so that each refusal is said in one place;
the two ways answer alike to the letter, which a test holds.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from emulators.foundation.faults import FAULT_HEADER
from emulators.foundation.webui import HEADERS
from emulators.sms.credentials import of_authorization
from emulators.sms.errors import Refusal
from emulators.sms.fault_catalogue import FAULT_PARAMETER
from emulators.sms.gateway import Gateway
from emulators.sms.messages import Message, twilio_reply
from emulators.sms.numbers import e164
from emulators.sms.troubles import Troubles
from emulators.sms.web import NOT_HONOURED, read_wish

FORM = "application/x-www-form-urlencoded"
LONGEST = 65_536
"""Octets of a form; a longer one takes the long way."""
_PATH = re.compile(r"/2010-04-01/Accounts/([A-Za-z0-9]+)/Messages\.json")
_FAULT = f"HTTP_{FAULT_HEADER.upper().replace('-', '_')}"
_LEFT_TO_FLASK = frozenset({FAULT_PARAMETER, *NOT_HONOURED})


class Express:
    """Stands before the room's application."""

    def __init__(self, app: WSGIApplication, gateway: Gateway, troubles: Troubles, region: str) -> None:
        """`region` reads the local spelling of a number."""
        self._app = app
        self._gateway = gateway
        self._troubles = troubles
        self._region = region

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, in one way or the other."""
        path = _PATH.fullmatch(environ["PATH_INFO"])
        length = environ.get("CONTENT_LENGTH") or ""
        if path is None or not length.isdecimal() or int(length) > LONGEST or not self._plain(environ):
            return self._app(environ, start_response)
        form = environ["wsgi.input"].read(int(length))
        message = None if len(form) < int(length) else self._taken(path[1], environ, form)
        if message is None:
            environ["wsgi.input"] = io.BytesIO(form)
            return self._app(environ, start_response)
        body = f"{json.dumps(twilio_reply(message), sort_keys=True, separators=(',', ':'))}\n".encode()
        told = [("Content-Type", "application/json"), ("Content-Length", str(len(body))), *HEADERS.items()]
        start_response("201 CREATED", told)
        return [body]

    def _plain(self, environ: WSGIEnvironment) -> bool:
        """Whether nothing but the form decides what is answered."""
        return (
            environ["REQUEST_METHOD"] == "POST"
            and environ.get("CONTENT_TYPE", "").partition(";")[0] == FORM
            and not environ.get("QUERY_STRING")
            and _FAULT not in environ
            and "HTTP_TRANSFER_ENCODING" not in environ
            and self._troubles.calm()
        )

    def _taken(self, account_sid: str, environ: WSGIEnvironment, body: bytes) -> Message | None:
        """The message, stored; None when it is not one that is simply taken."""
        try:
            fields = parse_qsl(body.decode(), keep_blank_values=True, errors="werkzeug.url_quote")
        except ValueError:
            return None
        form = dict(reversed(fields))  # of two of a name the first counts
        number = e164(form.get("To", ""), self._region) or ""
        credentials = of_authorization(environ.get("HTTP_AUTHORIZATION", ""))
        if not _LEFT_TO_FLASK.isdisjoint(form) or self._troubles.asks(number):
            return None
        try:
            self._gateway.admit(account_sid, *credentials)
            return self._gateway.accept(read_wish(account_sid, form, credentials[1], ()))
        except Refusal:
            return None
