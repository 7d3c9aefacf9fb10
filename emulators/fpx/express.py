"""A short way for the requests of a payment in which nothing is wrong: AR, the bank's pages, sign in, confirm.

Theory of operation. What Flask does around a view costs as much as the view, so a plain request is answered before it,
by the same acts and the same pages. Whatever is not plain (another content type, a query, a fault asked for or planned)
and whatever an act refuses is left to Flask: an act that refuses has changed nothing, so that it refuses again there,
and each refusal is said in one place. The two ways answer alike to the letter, which a test holds.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.utils import redirect

from emulators.foundation.faults import FAULT_HEADER, Faults
from emulators.foundation.plain import FORM, form_fields
from emulators.foundation.webui import HEADERS
from emulators.fpx.cashier import Cashier, Step
from emulators.fpx.errors import REFUSED, Refused
from emulators.fpx.pages import Pages
from emulators.fpx.switch import Switch
from emulators.fpx.teller import SignIn, Teller

_AR = "/FPXMain/seller2DReceiver.jsp"
_VISIT = re.compile(r"/bank/([0-9a-f]{32})(/sign-in|/confirm)?")
_FAULT = f"HTTP_{FAULT_HEADER.upper().replace('-', '_')}"
_ELSEWHERE = "/bank/-"
_SEE_OTHER = redirect(_ELSEWHERE, 303)
_SAID = _SEE_OTHER.get_data(as_text=True)


class Express:
    """Stands before the room's application."""

    def __init__(
        self, app: WSGIApplication, switch: Switch, teller: Teller, cashier: Cashier, pages: Pages, faults: Faults
    ) -> None:
        """`faults`: with one planned every request goes the long way."""
        self._app = app
        self._switch = switch
        self._teller = teller
        self._cashier = cashier
        self._pages = pages
        self._faults = faults
        self._longest = switch.settings.max_request_bytes

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, in one way or the other."""
        path = environ["PATH_INFO"]
        visit = _VISIT.fullmatch(path)
        if (visit is None and path != _AR) or not self._plain(environ):
            return self._app(environ, start_response)
        session, act = (visit[1], visit[2]) if visit else ("", _AR)
        if environ["REQUEST_METHOD"] != ("POST" if act else "GET"):
            return self._app(environ, start_response)
        try:
            if not act:
                return _page(self._pages.of(*self._teller.shown(session)), start_response)
            form = self._form(environ)
            led = None if form is None else self._act(act, session, form)
        except Refused as refusal:
            led, environ[REFUSED] = None, refusal  # to find out why costs more than all the rest
        except Exception:  # noqa: BLE001  whatever it is, Flask meets it too and says it
            led = None
        return self._app(environ, start_response) if led is None else _see_other(led, start_response)

    def _plain(self, environ: WSGIEnvironment) -> bool:
        """Whether nothing but path and form decides what is answered."""
        return (
            not environ.get("QUERY_STRING")
            and not environ.get("SCRIPT_NAME")
            and _FAULT not in environ
            and "HTTP_TRANSFER_ENCODING" not in environ
            and not self._faults.any_planned()
        )

    def _form(self, environ: WSGIEnvironment) -> Mapping[str, str] | None:
        """The fields of a form, of two of a name the first; the application can read it again."""
        length = environ.get("CONTENT_LENGTH") or ""
        plain = environ.get("CONTENT_TYPE", "").partition(";")[0] == FORM
        if not plain or not length.isdecimal() or int(length) > self._longest:
            return None
        try:
            body = environ["wsgi.input"].read(int(length))
        except (OSError, ValueError):  # a client that went away
            body = b""
        environ["wsgi.input"] = io.BytesIO(body)
        if len(body) < int(length):
            return None
        return form_fields(body)

    def _act(self, act: str, session: str, form: Mapping[str, str]) -> str | None:
        """The visit to go on with, once what was asked is done; None when it is not simply done.

        Raises:
            RoomError: it was refused, and changed nothing.
        """
        if act == _AR:
            asked = self._switch.instructions.of_message("AR", form)
            return None if asked else self._switch.accept(form).session
        if act == "/sign-in":
            done = self._teller.sign_in(session, form.get("CardNum", ""), form.get("HPin", ""))
            return None if done is SignIn.INCOMPLETE else session
        step = self._cashier.proceed(session, form.get("account", ""), form.get("TAC", ""), confirm=True)
        return None if step in (Step.NO_ACCOUNT, Step.NO_TAC) else session


def _page(page: bytes, start_response: StartResponse) -> list[bytes]:
    told = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page))), *HEADERS.items()]
    start_response("200 OK", told)
    return [page]


def _see_other(session: str, start_response: StartResponse) -> list[bytes]:
    """What Flask's redirect says, to the page of a visit."""
    place = f"/bank/{session}"
    said = _SAID.replace(_ELSEWHERE, place).encode()
    told = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(said))), ("Location", place)]
    start_response("303 SEE OTHER", [*told, *HEADERS.items()])
    return [said]
