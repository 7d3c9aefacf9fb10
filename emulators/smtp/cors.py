"""Whether a browser lets the pages of another site call the API: only those of the origins the settings name.

Mailpit does the same with its own list; with none, a page of another site can read nobody's mail.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response, request

METHODS = "GET, POST, PUT, DELETE, OPTIONS"
HEADERS = "Content-Type, Authorization"
ANYBODY = "*"


def allow_origins(app: Flask, origins: Sequence[str]) -> None:
    """Say to browsers which origins may read what `/api/` answers, and which methods there are."""

    @app.after_request
    def tell(answer: Response) -> Response:
        if not request.path.startswith("/api/"):
            return answer
        origin = request.headers.get("Origin")
        if origin is not None and {origin, ANYBODY} & set(origins):
            answer.headers["Access-Control-Allow-Origin"] = origin
            answer.headers.add("Vary", "Origin")
        if request.method == "OPTIONS":
            answer.headers["Access-Control-Allow-Methods"] = METHODS
            answer.headers["Access-Control-Allow-Headers"] = HEADERS
        return answer
