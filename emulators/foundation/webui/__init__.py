"""What every emulator page stands on: the base page, its components, its style, and the headers that guard it.

A room calls `register_webui(app, "FPX")` once; its templates extend `webui/base.html` and import the macros of
`webui/components.html`. The portal shares none of this, so that nobody takes a bank's page for the portal's.
"""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask, Response, request

from emulators.foundation.webui.compiled import COMPILED

PREFIX = "/webui"
"""Where the shared style, script and icon are served in every room."""

HEADERS = {
    # No form-action: a bank's result page posts to whatever merchant the room was introduced to.
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: that would turn the Origin of a form posted to the merchant into "null".
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cache-Control": "no-store",
}
"""Headers given to every answer that does not bring its own."""

_HERE = Path(__file__).resolve().parent


def register_webui(app: Flask, room_title: str) -> None:
    """Give `app` the shared templates and static files, the words every page shows, and the guarding headers."""
    shared = Blueprint(
        "webui",
        __name__,
        root_path=str(_HERE),
        template_folder="templates",
        static_folder="static",
        static_url_path=PREFIX,
    )
    app.register_blueprint(shared)
    app.jinja_options = {**app.jinja_options, "bytecode_cache": COMPILED}

    app.jinja_env.globals.update(room_title=room_title, shared=_shared)

    @app.after_request
    def guard(response: Response) -> Response:
        given = {name.lower() for name in response.headers.keys()}  # noqa: SIM118  a list of pairs, not a dictionary
        response.headers.extend([(name, value) for name, value in HEADERS.items() if name.lower() not in given])
        return response


def _shared(filename: str) -> str:
    """The address of a shared file: what `url_for` builds at ten times the cost, and every page asks for three."""
    return f"{request.script_root}{PREFIX}/{filename}"
