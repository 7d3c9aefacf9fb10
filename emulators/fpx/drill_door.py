"""The merchant drill's pages: the boards, one board, what is handed in (HTML and JSON), and the button that resets."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, jsonify, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from emulators.foundation.doorkeeper import guard_forms
from emulators.fpx.drill.board import Board
from emulators.fpx.drill.seeing import State

STATES = {
    State.NOT_SEEN: ("Belum dilihat", "neutral"),
    State.UNDER_WAY: ("Sedang berjalan", "wait"),
    State.WRONG: ("Dilihat salah", "bad"),
    State.PASSED: ("Lulus", "good"),
}
"""How a state is shown: words and the badge's kind."""


def drill_door(board: Board, control_token: str | None) -> Blueprint:
    """The pages; anybody who sees the console may read a board, the reset is guarded like the control doors."""
    drill = Blueprint("drill", __name__, url_prefix="/drill")
    guard_forms(drill, control_token)

    @drill.get("/")
    def boards() -> str:
        reports = [board.report(exchange_id) for exchange_id, _ in board.exchanges()]
        return render_template("drill/boards.html", reports=reports, passed=State.PASSED)

    @drill.get("/<exchange_id>")
    def shown(exchange_id: str) -> str:
        return render_template("drill/board.html", report=board.report(exchange_id), states=STATES, passed=State.PASSED)

    @drill.post("/<exchange_id>/reset")
    def reset(exchange_id: str) -> Answer:
        board.reset(exchange_id)
        return redirect(url_for("drill.shown", exchange_id=exchange_id), 303)

    @drill.get("/<exchange_id>/report.json")
    def as_json(exchange_id: str) -> Response:
        return jsonify(board.report(exchange_id).told())

    @drill.get("/<exchange_id>/report.html")
    def as_html(exchange_id: str) -> Response:
        """One file that needs nothing beside it; its style is allowed by its own policy, and nothing else is."""
        style = Path(__file__).with_name("static").joinpath("report.css").read_text(encoding="utf-8")
        report = board.report(exchange_id)
        page = render_template("drill/report.html", report=report, states=STATES, passed=State.PASSED, style=style)
        answer = Response(page, mimetype="text/html")
        answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"
        answer.headers["Content-Disposition"] = f'inline; filename="fpx-drill-{report.exchange_id}.html"'
        return answer

    return drill
