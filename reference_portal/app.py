"""The portal as a Flask application: `create_app` reads from top to bottom."""

from __future__ import annotations

import random
from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect  # type: ignore[import-untyped]  # Flask-WTF carries no types

from reference_portal import fpx_callbacks
from reference_portal.clock import Clock
from reference_portal.compiled_templates import COMPILED
from reference_portal.error_pages import register_error_pages
from reference_portal.guide import PAGES, language
from reference_portal.guide.language import register_languages
from reference_portal.guide.screen import register_screen
from reference_portal.portal import Portal, real_wires
from reference_portal.settings import PortalSettings
from reference_portal.wires import Wires

_FORMS = 6
"""Posts may be as large as five documents of the largest size and the form around them."""

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
    app.config.update(_config(settings), SECRET_KEY=portal.secrets.session_key)
    _protect_forms(app)
    register_languages(app)
    register_screen(app, settings)
    register_error_pages(app)
    for page in PAGES:
        app.register_blueprint(page)
    app.register_blueprint(fpx_callbacks.blueprint)
    _guard_answers(app, settings)
    return app


def _config(settings: PortalSettings) -> dict[str, object]:
    address = urlsplit(settings.public_url)
    return {
        # Cookies do not tell ports apart: several sandboxes on one machine must not sign each other out.
        "SESSION_COOKIE_NAME": f"iperkeso_sandbox_{address.port or address.scheme}",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": address.scheme == "https",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "MAX_CONTENT_LENGTH": _FORMS * settings.upload_bytes,
        "WTF_CSRF_CHECK_DEFAULT": False,
        "WTF_CSRF_TIME_LIMIT": None,  # a token lives as long as its session; a slow typist loses nothing
    }


def _protect_forms(app: Flask) -> None:
    csrf = CSRFProtect(app)

    @app.before_request
    def check_token() -> None:
        if request.endpoint is not None and request.blueprint not in _NO_FORMS:
            csrf.protect()


def _guard_answers(app: Flask, settings: PortalSettings) -> None:
    fpx = urlsplit(settings.fpx_browser_url)
    policy = (
        "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
        f"form-action 'self' {fpx.scheme}://{fpx.netloc}"
    )

    @app.after_request
    def add_headers(answer: Response) -> Response:
        answer.headers.setdefault("Content-Security-Policy", policy)
        answer.headers.setdefault("X-Content-Type-Options", "nosniff")
        answer.headers.setdefault("Referrer-Policy", "same-origin")
        answer.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        if request.endpoint != "static":
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer
