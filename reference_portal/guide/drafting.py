"""Keeping what was typed into a form that could not be sent: refused, too late, or not finished."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import request
from wtforms import BooleanField, FileField

from reference_portal.guide.form import PageForm
from reference_portal.guide.visit import Answer, me, portal, slept, tell
from reference_portal.notices import Notice, Tone

Given = ParamSpec("Given")


def typed(form: PageForm) -> dict[str, str]:
    """The words of a form by field: no file, and no tick, which has to be made anew by whoever sends it."""
    words = (field for field in form if not isinstance(field, (FileField, BooleanField)))
    return {field.name: str(field.raw_data[0]) for field in words if field.raw_data}


def kept_answers(form: str) -> dict[str, str]:
    """The draft of this form, and the notice that says so; nothing when there is none."""
    draft = portal().drafts.of(me().id, form)
    if draft is None:
        return {}
    tell(Notice(Tone.INFO, "I-DRAFT-02", {"masa": draft.kept_at}))
    return draft.answers


def drafted(form: type[PageForm]) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """A form sent after the session slept in is kept for whoever was signed in, before they are asked to log in."""

    def guard(view: Callable[Given, Answer]) -> Callable[Given, Answer]:
        @wraps(view)
        def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
            owner = slept()
            if owner is not None:
                portal().drafts.keep(owner, str(request.blueprint), typed(form()))
                tell(Notice(Tone.INFO, "I-DRAFT"))
            return view(*args, **kwargs)

        return guarded

    return guard
