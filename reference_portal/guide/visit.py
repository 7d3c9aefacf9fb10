"""The visitor of a page: what this browser has begun, and whether somebody is signed in.

The cookie is signed, not secret: it holds random ids and a token, never an identity number.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, cast

from flask import current_app, flash, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from reference_portal.notices import Notice, Tone
from reference_portal.portal import Portal
from reference_portal.rate_limits import address_of
from reference_portal.speech import tell_notice
from reference_portal.stays import Stay
from reference_portal.storage.accounts import Account

Answer = Response | str | tuple[str, int]
Given = ParamSpec("Given")

_STAY, _SLEPT, _RETURN_TO = "stay", "slept", "return_to"
SAMPLE_TO_APPLY = "sample_to_apply"
"""The sample applicant whose contribution form is still to be filled in: it outlives the log-in."""


def portal() -> Portal:
    """The portal behind this request."""
    return cast(Portal, current_app.extensions["portal"])


def address() -> str:
    """Where this request comes from, as attempts are counted."""
    return address_of(request.remote_addr)


def show(template: str, status: int = 200, **values: object) -> tuple[str, int]:
    """The guide's page of that name."""
    return render_template(f"guide/{template}.html", **values), status


def go(endpoint: str, **values: Any) -> Response:
    """Leave for another page of ours with a GET (303)."""
    return redirect(url_for(endpoint, **values), 303)


def tell(notice: Notice | None) -> None:
    """Say something at the top of the next page."""
    if notice is not None:
        flash(tell_notice(notice), notice.tone.value)


def remember(what: str, value: str) -> None:
    """Keep a random id for the pages that follow: `registering`, `activating`, `typed`."""
    session[what] = value


def remembered(what: str) -> str | None:
    """What `remember` kept in this browser."""
    kept = session.get(what)
    return kept if isinstance(kept, str) else None


def forget(*what: str) -> None:
    """It is not needed any more."""
    for name in what:
        session.pop(name, None)


def stay() -> Stay | None:
    """Who is signed in; asked once for each request."""
    if "stay" not in g:
        secret = remembered(_STAY)
        g.stay = portal().stays.recognise(secret) if secret else None
    return cast(Stay | None, g.stay)


def slept() -> str | None:
    """The account that was signed in here until its session slept in, until somebody logs in again or out."""
    secret = remembered(_STAY) or remembered(_SLEPT)
    return portal().stays.slept(secret) if secret and stay() is None else None


def stay_token() -> str | None:
    """What the cookie holds, whatever it is worth."""
    return remembered(_STAY)


def me() -> Account:
    """The account that is signed in, behind `sign_in_required`."""
    present = stay()
    if present is None:
        raise RuntimeError("a page asked who is signed in without requiring it")
    return present.account


def begin_stay(account: Account) -> str | None:
    """Sign in: everything the browser held before is replaced; where it wanted to go is handed back."""
    wanted, sample = remembered(_RETURN_TO), remembered(SAMPLE_TO_APPLY)
    session.clear()
    session[_STAY] = portal().stays.start(account)
    if sample is not None:
        session[SAMPLE_TO_APPLY] = sample
    return wanted


def end_stay() -> None:
    """Sign out."""
    present, secret = stay(), remembered(_STAY)
    if present is not None and secret is not None:
        portal().stays.end(secret, present.account)
    leave()


def leave() -> None:
    """The stay was ended elsewhere: this browser holds nothing any more."""
    session.clear()
    g.stay = None


def choose_mode(mode: str) -> None:
    """The person said in what capacity they are here."""
    portal().stays.choose_mode(session[_STAY], mode)


def wanted_page() -> str | None:
    """The page that was asked for before signing in, once."""
    kept = session.pop(_RETURN_TO, None)
    return kept if isinstance(kept, str) else None


def want_again(path: str | None) -> None:
    """Keep the wish for after the next page."""
    if path is not None:
        session[_RETURN_TO] = path


def sign_in_required(view: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Let the signed-in in; send others to log in, and back to this page afterwards."""

    @wraps(view)
    def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        if stay() is not None:
            return view(*args, **kwargs)
        session[_RETURN_TO] = url_for(f"{request.blueprint}.page", **(request.view_args or {}))
        if remembered(_STAY) is not None:
            session[_SLEPT] = session.pop(_STAY)
            tell(Notice(Tone.WARNING, "E-SES"))
        return go("sign_in.page")

    return guarded


def mode_required(view: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """`sign_in_required`, and the mode has to be chosen (L10)."""

    @wraps(view)
    def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        present = stay()
        if present is not None and present.mode is None:
            session[_RETURN_TO] = url_for(f"{request.blueprint}.page", **(request.view_args or {}))
            return go("choose_mode.page")
        return view(*args, **kwargs)

    return sign_in_required(guarded)
