"""The portal as a Flask application: `create_app` reads from top to bottom."""

from __future__ import annotations

import hashlib
import random
from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import CSRFProtect  # type: ignore[import-untyped]  # Flask-WTF carries no types
from werkzeug.middleware.proxy_fix import ProxyFix

from reference_portal import fpx_callbacks
from reference_portal.clock import Clock
from reference_portal.compiled_templates import COMPILED
from reference_portal.error_pages import register_error_pages
from reference_portal.guide import PAGES, apply, document, draft, language, renew
from reference_portal.guide.assets import register_assets
from reference_portal.guide.language import register_languages
from reference_portal.guide.screen import register_screen
from reference_portal.guide.visit import slept, stay
from reference_portal.portal import Portal, real_wires
from reference_portal.settings import PortalSettings, is_loopback
from reference_portal.wires import Wires

_FORM_BYTES = 256 * 1024
"""A post without files."""
_DOCUMENTS = 6
"""Where there are files, as many of the largest size as anybody may send: the five documents and the form around."""
_OVERSIZED = 32
"""And as many from somebody who is known: a photograph that is too large is told of beside its field, in the form as it
was filled, and not by a page for which everything typed is gone."""
_WITH_FILES = frozenset({apply.blueprint.name, renew.blueprint.name, draft.blueprint.name, document.blueprint.name})

_POWERS = ("accelerometer", "camera", "display-capture", "geolocation", "microphone", "payment", "usb")
"""What no page of ours asks a browser for."""
_YEAR_SECONDS = 365 * 24 * 3600

_NO_FORMS = frozenset({fpx_callbacks.blueprint.name, language.blueprint.name, "control"})
"""Blueprints without a token: FPX signs its posts, a sandbox's control door has a guard of its own, and who makes
somebody read English has gained nothing."""


def create_app(settings: PortalSettings, clock: Clock, source: random.Random, wires: Wires | None = None) -> Flask:
    """The portal, ready to be served; `app.extensions["portal"]` is the `Portal` behind it.

    Args:
        settings: what the portal was told.
        clock: says now().
        source: every random id, code and token comes from it.
        wires: other gateways than those over the network.
    """
    app = Flask(__name__)
    app.jinja_options = {**app.jinja_options, "bytecode_cache": COMPILED}
    portal = Portal(settings, clock, source, wires or real_wires(settings, clock, source))
    app.extensions["portal"] = portal
    app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # as Flask says it is done
        app.wsgi_app, x_for=settings.proxies_in_front, x_proto=0, x_host=0, x_port=0, x_prefix=0
    )
    app.config.update(_config(settings), SECRET_KEY=portal.secrets.session_key)
    app.session_interface = _Sessions()
    _protect_forms(app, settings)
    register_languages(app)
    register_assets(app)
    register_screen(app, settings)
    register_error_pages(app)
    for page in PAGES:
        app.register_blueprint(page)
    app.register_blueprint(fpx_callbacks.blueprint)
    _guard_answers(app, settings)
    return app


def _config(settings: PortalSettings) -> dict[str, object]:
    address = urlsplit(settings.public_url)
    secure = address.scheme == "https"
    return {
        # Cookies do not tell ports apart: several sandboxes on one machine must not sign each other out.
        # Under HTTPS the prefix has the browser keep it for this very host and for HTTPS alone (RFC 6265bis, 4.1.3).
        "SESSION_COOKIE_NAME": f"{'__Host-' if secure else ''}iperkeso_sandbox_{address.port or address.scheme}",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "MAX_CONTENT_LENGTH": _FORM_BYTES,
        "WTF_CSRF_CHECK_DEFAULT": False,
        "WTF_CSRF_TIME_LIMIT": None,  # a token lives as long as its session; a slow typist loses nothing
    }


class _Sessions(SecureCookieSessionInterface):
    """Flask's cookie, signed with SHA-256 where Flask's own choice is SHA-1."""

    digest_method = staticmethod(hashlib.sha256)


def _protect_forms(app: Flask, settings: PortalSettings) -> None:
    csrf = CSRFProtect(app)

    @app.before_request
    def check_token() -> None:
        if request.method == "POST" and request.blueprint in _WITH_FILES:
            known = stay() is not None or slept() is not None
            request.max_content_length = (_OVERSIZED if known else _DOCUMENTS) * settings.upload_bytes
        if request.endpoint is not None and request.blueprint not in _NO_FORMS:
            csrf.protect()


def _guard_answers(app: Flask, settings: PortalSettings) -> None:
    guards = {
        "Content-Security-Policy": _policy(settings),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Robots-Tag": "noindex, nofollow",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{power}=()" for power in _POWERS),
    }
    address = urlsplit(settings.public_url)
    if address.scheme == "https" and not is_loopback(address.hostname or ""):
        guards["Strict-Transport-Security"] = f"max-age={_YEAR_SECONDS}; includeSubDomains"

    @app.after_request
    def add_headers(answer: Response) -> Response:
        for name, value in guards.items():
            answer.headers.setdefault(name, value)
        if request.endpoint != "static":
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer


def _policy(settings: PortalSettings) -> str:
    fpx = urlsplit(settings.fpx_browser_url)
    return (
        "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
        f"form-action 'self' {fpx.scheme}://{fpx.netloc}"
    )
