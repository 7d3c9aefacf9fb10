"""What every screen needs beside its own values: who is signed in, whom to ask, how money and time are spoken."""

from __future__ import annotations

from flask import Flask, request
from markupsafe import Markup

from reference_portal.guide.steps import guide_steps
from reference_portal.guide.visit import remembered, stay
from reference_portal.rules.contribution import ringgit
from reference_portal.settings import PortalSettings
from reference_portal.speech import gloss, printed, say, say_date, say_instant, word


def register_screen(app: Flask, settings: PortalSettings) -> None:
    """Hand the templates what they share (C-5: the contact stands on every page)."""
    app.add_template_filter(ringgit)
    app.add_template_filter(say_date, "spoken_date")
    app.add_template_filter(say_instant, "spoken_instant")
    app.add_template_filter(word, "term")
    app.add_template_global(say, "sentence")
    app.add_template_global(printed)
    app.add_template_global(gloss)
    app.add_template_global(_steps, "guide_steps")

    @app.context_processor
    def shared() -> dict[str, object]:
        present = stay() if request.endpoint else None
        return {
            "signed_in_name": present.account.full_name if present else None,
            "session_time": {"seconds": present.seconds_left, "warn": settings.warning_seconds} if present else None,
            "support": {"email": settings.support_contact},
            "samples_offered": settings.offers_samples,
        }


def _steps(current: str) -> Markup:
    """The indicator as this browser may be told it."""
    return guide_steps(current, registered=stay() is not None or remembered("registering") is not None)
