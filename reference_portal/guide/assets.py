"""Style sheet and scripts at addresses that change with their content: a browser asks for each of them once."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request

from reference_portal.guide.fonts import YEAR_SECONDS


def register_assets(app: Flask) -> None:
    """Give templates `asset(filename)`, and let answers to its addresses be kept for a year."""
    folder = Path(app.root_path, "static")

    @cache
    def content(filename: str) -> str:
        return hashlib.sha256((folder / filename).read_bytes()).hexdigest()[:12]

    @app.template_global()
    def asset(filename: str) -> str:
        return f"{request.script_root}{app.static_url_path}/{filename}?v={content(filename)}"

    @app.after_request
    def keep(answer: Response) -> Response:
        if request.endpoint == "static" and "v" in request.args and answer.status_code == 200:
            asked = (request.view_args or {}).get("filename", "")
            if request.args["v"] == content(asked):
                answer.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
        return answer
