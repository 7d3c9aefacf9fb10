"""What the seller's developer sees of a refused AR, and what a lost buyer sees."""

from __future__ import annotations

from flask import Flask, Response, jsonify, render_template, request

from emulators.foundation.error_pages import register_error_pages
from emulators.foundation.errors import RoomError
from emulators.fpx.errors import Refused
from emulators.fpx.messages.wire import PREFIX
from emulators.fpx.response_codes import meaning


def register_fpx_error_pages(app: Flask) -> None:
    """The foundation's answers, and pages of our own where a browser asks."""
    register_error_pages(app)
    plain = app.error_handler_spec[None][None][RoomError]

    @app.errorhandler(Refused)
    def refused(refusal: Refused) -> tuple[Response | str, int]:
        if not _browser_asks():
            return _as_json(refusal), refusal.status
        fields = {name: value for name, value in request.form.items() if name.startswith(PREFIX)}
        return render_template("refused.html", refusal=refusal, fields=fields), refusal.status

    @app.errorhandler(RoomError)
    def sorry(error: RoomError) -> tuple[Response | str, int]:
        if not _browser_asks():
            answer: tuple[Response, int] = plain(error)  # type: ignore[assignment]  # the handler registered above
            return answer
        return render_template("sorry.html", sentence=error.sentence), error.status


def _browser_asks() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "text/html"


def _as_json(refusal: Refused) -> Response:
    return jsonify(
        verdict="refused",
        check=refusal.check,
        code=refusal.code,
        meaning=meaning(refusal.code).english,
        field=refusal.field,
        sentence=refusal.sentence,
        source_expected=refusal.source_expected,
    )
