"""What the seller's developer sees of a refused AR."""

from __future__ import annotations

from flask import Flask, Response, jsonify, render_template, request

from emulators.foundation.error_pages import register_error_pages
from emulators.fpx.errors import PostExpected, Refused
from emulators.fpx.explain import as_json
from emulators.fpx.messages.wire import PREFIX


def register_fpx_error_pages(app: Flask) -> None:
    """The foundation's answers, and a page of our own for a refused AR."""
    register_error_pages(app)

    @app.errorhandler(Refused)
    def refused(refusal: Refused) -> tuple[Response | str, int]:
        # A browser brings AR, so the page is for whoever does not mind; programs ask for JSON.
        if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
            return jsonify(as_json(refusal, {})), refusal.status
        fields = {name: value for name, value in request.form.items() if name.startswith(PREFIX)}
        return render_template("refused.html", refusal=refusal, fields=fields), refusal.status

    @app.errorhandler(PostExpected)
    def say_what_to_post(error: PostExpected) -> tuple[Response | str, int, dict[str, str]]:
        fields = {PREFIX + name: "" for name in (*error.order, "checkSum")} | {f"{PREFIX}msgType": error.message}
        allow = {"Allow": "POST"}
        if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
            return jsonify(error=error.sentence, post=fields), error.status, allow
        return render_template("post_here.html", message=error.message, fields=fields), error.status, allow
