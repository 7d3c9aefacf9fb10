"""The approver's door (B2B1): one page under the name UAT's simulator gives it, where a payment is decided.

One form signs in and decides. A decision that is no longer awaited (a second click, two approvers, too late) changes
nothing and shows how the payment stands.
"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from emulators.fpx.authoriser import Authoriser, Verdict
from emulators.fpx.errors import IllegalMove

SAID = {
    Verdict.UNKNOWN: ("fpxTxnId", "Tiada bayaran syarikat (B2B1) dengan ID ini."),
    Verdict.INCOMPLETE: ("CardNum", "Isi ID pengguna dan kata laluan."),
    Verdict.WRONG: ("CardNum", "ID pengguna atau kata laluan salah. Tiada apa-apa berubah."),
}


def approvers_door(authoriser: Authoriser) -> Blueprint:
    """The page and its one act."""
    approval = Blueprint("approval", __name__, url_prefix="/bank")

    def form(fpx_txn_id: str, verdict: Verdict | None = None, card: str = "") -> str:
        visit = authoriser.find(fpx_txn_id)
        said = SAID.get(verdict) if verdict else None
        if visit is None and fpx_txn_id and said is None:
            said = SAID[Verdict.UNKNOWN]
        waiting = [] if visit else authoriser.waiting()
        return render_template(
            "bank/approve.html", visit=visit, asked=fpx_txn_id, said=said, card=card, waiting=waiting
        )

    @approval.get("/B2BAuth.jsp")
    def page() -> str:
        return form(request.args.get("fpxTxnId", "").strip()[:40])

    @approval.post("/B2BAuth.jsp")
    def decide() -> Answer | tuple[str, int]:
        given = request.form
        fpx_txn_id, card = given.get("fpxTxnId", "").strip()[:40], given.get("CardNum", "")[:20]
        approve = given.get("decision") == "approve"
        verdict = authoriser.decide(fpx_txn_id, card, given.get("HPin", ""), approve=approve)
        if verdict is not Verdict.DONE:
            return form(fpx_txn_id, verdict, card), 422
        return redirect(url_for("approval.page", fpxTxnId=fpx_txn_id), 303)

    @approval.errorhandler(IllegalMove)
    def too_late(_error: IllegalMove) -> Answer:
        return redirect(url_for("approval.page", fpxTxnId=request.form.get("fpxTxnId", "").strip()[:40]), 303)

    return approval
