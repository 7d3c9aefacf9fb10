"""Turns a room's errors into answers, in one place, so that views have no `try`."""

from __future__ import annotations

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from emulators.foundation.errors import RoomError


def register_error_pages(app: Flask) -> None:
    """Answer every error in one voice: JSON to programs, plain text to others, never a stack trace."""

    @app.errorhandler(RoomError)
    def refused(error: RoomError) -> tuple[Response, int]:
        return _answer(error.sentence), error.status

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> tuple[Response, int]:
        return _answer(error.description or error.name), error.code or 500

    @app.errorhandler(Exception)
    def our_mistake(error: Exception) -> tuple[Response, int]:
        app.logger.error("unexpected error at %s %s", request.method, request.path, exc_info=error)
        return _answer("The sandbox made a mistake; its log says more."), 500


def _answer(sentence: str) -> Response:
    if request.accept_mimetypes.best_match(["application/json", "text/html", "text/plain"]) == "text/html":
        return Response(f"SANDBOX\n\n{sentence}\n", mimetype="text/plain")
    return jsonify(error=sentence)
