"""A short way for the request that comes by the thousand: a plain POST of a message that is taken.

Theory of operation. What Flask does around a view costs several times what the message costs, so a message that
nothing is wrong with is taken before it, together with all others of the same moment. Whatever is not plain (another
content type, a query, a fault asked for or planned, a rate, anything that would be refused or cannot be stored) is left
to Flask untouched, so that each refusal is said in one place; the ways answer alike to the letter, which tests hold.

Our own server asks for `answers` with what it read itself; other servers come through WSGI, a thread for each request,
and the first of the threads that wait does the work of all.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from emulators.foundation.faults import FAULT_HEADER, FAULT_KEY
from emulators.foundation.gathering import Gathering
from emulators.foundation.plain import FORM, LONGEST_BODY, Plain, form_fields
from emulators.foundation.webui import HEADERS
from emulators.sms.credentials import of_authorization
from emulators.sms.errors import Refusal
from emulators.sms.fault_catalogue import FAULT_PARAMETER
from emulators.sms.gateway import Gateway
from emulators.sms.messages import Message, Wish, twilio_reply
from emulators.sms.numbers import e164
from emulators.sms.together import MOST
from emulators.sms.troubles import Troubles
from emulators.sms.web import NOT_HONOURED, read_wish

_PATH = re.compile(r"/2010-04-01/Accounts/([A-Za-z0-9]+)/Messages\.json")
_LEFT_TO_FLASK = frozenset({FAULT_PARAMETER, *NOT_HONOURED})
_json = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
_credentials = lru_cache(maxsize=256)(of_authorization)


class Express:
    """Stands before the room's application."""

    status = "201 CREATED"
    fields = (("Content-Type", "application/json"), *HEADERS.items())

    def __init__(self, app: WSGIApplication, gateway: Gateway, troubles: Troubles, region: str) -> None:
        """`region` reads the local spelling of a number."""
        self._app = app
        self._gateway = gateway
        self._troubles = troubles
        self._region = region
        self._gathering = Gathering(self.answers, MOST)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, in one way or the other."""
        length = environ.get("CONTENT_LENGTH") or ""
        if not length.isdecimal() or int(length) > LONGEST_BODY or not self._plain(environ):
            return self._app(environ, start_response)
        form = environ["wsgi.input"].read(int(length))
        fields = {"authorization": environ.get("HTTP_AUTHORIZATION", "")}
        request = Plain(environ["PATH_INFO"], fields, form)
        body = None if len(form) < int(length) else self._gathering.do(request)
        if body is None:
            environ["wsgi.input"] = io.BytesIO(form)
            return self._app(environ, start_response)
        start_response(self.status, [*self.fields, ("Content-Length", str(len(body)))])
        return [body]

    def expects(self, method: str, target: str, fields: Mapping[str, str]) -> bool:
        """Whether nothing but the form decides what is answered."""
        return (
            method == "POST"
            and _PATH.fullmatch(target) is not None
            and fields.get("content-type", "").partition(";")[0] == FORM
            and FAULT_HEADER.lower() not in fields
        )

    def answers(self, requests: Sequence[Plain]) -> Sequence[bytes | None]:
        """What is answered to those whose messages are stored now; None to the others."""
        wishes = [self._wish(request) for request in requests] if self._troubles.calm() else [None] * len(requests)
        outcomes = iter(self._gateway.accept_all([wish for wish in wishes if wish is not None]))
        return [None if wish is None else _told(next(outcomes)) for wish in wishes]

    def _plain(self, environ: WSGIEnvironment) -> bool:
        fields = {"content-type": environ.get("CONTENT_TYPE", "")}
        return (
            not environ.get("QUERY_STRING")
            and FAULT_KEY not in environ
            and "HTTP_TRANSFER_ENCODING" not in environ
            and self.expects(environ["REQUEST_METHOD"], environ["PATH_INFO"], fields)
        )

    def _wish(self, request: Plain) -> Wish | None:
        """What is asked for; None when it is not asked for simply."""
        path = _PATH.fullmatch(request.target)
        assert path is not None  # noqa: S101  nothing else is expected
        try:
            form = form_fields(request.body)
        except ValueError:
            return None
        number = e164(form.get("To", ""), self._region) or ""
        if not _LEFT_TO_FLASK.isdisjoint(form) or self._troubles.asks(number):
            return None
        credentials = _credentials(request.fields.get("authorization", ""))
        try:
            self._gateway.admit(path[1], *credentials)
        except Refusal:
            return None
        return read_wish(path[1], form, credentials[1], ())


def _told(outcome: Message | Exception) -> bytes | None:
    return None if isinstance(outcome, Exception) else f"{_json(twilio_reply(outcome))}\n".encode()
