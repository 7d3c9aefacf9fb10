"""Turns a room's errors into answers, in one place, so that views have no `try`."""

from __future__ import annotations

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from emulators.foundation.errors import RoomError


def register_error_pages(app: Flask) -> None:
    """Answer every error in one voice: JSON to programs, a page to people, never a stack trace."""

    @app.errorhandler(RoomError)
    def refused(error: RoomError) -> Response:
        answer = _answer(error.sentence, error.status)
        if error.retry_after is not None:
            answer.headers["Retry-After"] = str(error.retry_after)
        return answer

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        return _answer(error.description or error.name, error.code or 500)

    @app.errorhandler(Exception)
    def our_mistake(error: Exception) -> Response:
        app.logger.error("unexpected error at %s %s", request.method, request.path, exc_info=error)
        return _answer("The sandbox made a mistake; its log says more.", 500)


def _answer(sentence: str, status: int) -> Response:
    if request.accept_mimetypes.best_match(["application/json", "text/html", "text/plain"]) != "text/html":
        return make_response(jsonify(error=sentence), status)
    if "webui" in current_app.blueprints:
        return make_response(render_template("webui/error.html", sentence=sentence, status=status), status)
    return Response(f"SANDBOX\n\n{sentence}\n", status, mimetype="text/plain")
