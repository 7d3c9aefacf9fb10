"""What every screen needs beside its own values: who is signed in, whom to ask, how money and time are spoken."""

from __future__ import annotations

from flask import Flask, request

from reference_portal.guide.visit import stay
from reference_portal.rules.contribution import ringgit
from reference_portal.settings import PortalSettings
from reference_portal.speech import printed, say, say_date, say_instant, word

STEP_NAMES = {
    "L01": "home",
    "L02": "first_time",
    "L03": "register",
    "L04": "confirm_mobile",
    "L05": "registered",
    "L06": "activate",
    "L07": "set_secrets",
    "L08": "sign_in",
    "L09": "sign_in_password",
    "L10": "choose_mode",
    "L11": "dashboard",
    "L12": "apply",
    "L13": "pay_by_fpx",
    "L14": "receipt",
    "L15": "covered",
    "L16": "renew",
}
"""The guide's sixteen steps by their ids."""


def register_screen(app: Flask, settings: PortalSettings) -> None:
    """Hand the templates what they share (C-5: the contact stands on every page)."""
    app.add_template_filter(ringgit)
    app.add_template_filter(say_date, "spoken_date")
    app.add_template_filter(say_instant, "spoken_instant")
    app.add_template_filter(word, "term")
    app.add_template_global(say, "sentence")
    app.add_template_global(printed)

    @app.context_processor
    def shared() -> dict[str, object]:
        present = stay() if request.endpoint else None
        return {
            "signed_in_name": present.account.full_name if present else None,
            "support": {"email": settings.support_contact},
            "step_names": STEP_NAMES,
        }
