"""The guide's sixteen steps as the indicator tells them: five stages, and which step the page belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from flask import render_template
from markupsafe import Markup

from reference_portal.speech import Later, _, gloss, language, printed


@dataclass(frozen=True)
class Step:
    """One step: `words` may hold `%(label)s`, the words to press, which stay as the guide prints them."""

    id: str
    words: Later
    label: str = ""
    english: str = ""

    @property
    def told(self) -> Markup:
        """The step in the language of this request."""
        meant = gloss(self.english)
        marked = Markup("<b{}>{}</b>{}{}").format(printed(self.english), self.label, " " if meant else "", meant)
        return Markup("{}").format(str(self.words)) % {"label": marked} if self.label else Markup.escape(self.words)


@dataclass(frozen=True)
class Stage:
    """Steps that belong together."""

    name: Later
    steps: tuple[Step, ...]


STAGES = (
    Stage(
        _("Akaun"),
        (
            Step("L01", _("Buka portal dan tekan %(label)s."), "Log masuk", "Log in"),
            Step(
                "L02",
                _("Tekan %(label)s"),
                "Kali pertama? Daftar akaun iPERKESO?",
                "First time? Register an iPERKESO account?",
            ),
            Step("L03", _("Isi borang akaun dan tekan %(label)s."), "Seterusnya", "Next"),
            Step("L04", _("Taip nombor OTP yang diterima pada telefon dan tekan %(label)s."), "Seterusnya", "Next"),
            Step("L05", _("Baca mesej bahawa akaun berjaya didaftarkan.")),
        ),
    ),
    Stage(
        _("Pengaktifan"),
        (
            Step("L06", _("Buka emel dan tekan %(label)s."), "disini", "here"),
            Step("L07", _("Tetapkan ungkapan rahsia dan kata laluan, dan tekan %(label)s."), "Seterusnya", "Next"),
        ),
    ),
    Stage(
        _("Masuk"),
        (
            Step("L08", _("Taip nombor kad pengenalan dan tekan %(label)s."), "Seterusnya", "Next"),
            Step("L09", _("Semak ungkapan rahsia, taip kata laluan dan tekan %(label)s."), "Log Masuk", "Log in"),
            Step("L10", _("Pilih mod %(label)s."), "Saya bekerja sendiri", "I am self-employed"),
        ),
    ),
    Stage(
        _("Borang dan bayaran"),
        (
            Step("L11", _("Pada panel pendaftaran dan caruman, tekan %(label)s."), "Daftar", "Register"),
            Step("L12", _("Isi borang, muat naik dokumen dan tekan %(label)s."), "Hantar & bayar", "Send and pay"),
            Step("L13", _("Pilih bank dan bayar dengan FPX.")),
        ),
    ),
    Stage(
        _("Resit"),
        (
            Step("L14", _("Muat turun resit caruman.")),
            Step("L15", _("Pendaftaran dan bayaran pertama selesai: lihat perlindungan, resit dan sejarah.")),
            Step("L16", _("Untuk membaharui, log masuk semula dan tekan %(label)s."), "Memperbaharui", "Renew"),
        ),
    ),
)
"""The guide's lines in the guide's order."""


def every_step() -> Iterator[Step]:
    """L01 to L16."""
    for stage in STAGES:
        yield from stage.steps


REGISTERING = frozenset(("L02", "L03", "L04", "L05", "L06", "L07"))
"""What whoever has an account does not do again."""


def guide_steps(current: str, registered: bool = True) -> Markup:
    """The indicator for a page of that step; nothing for a page that belongs to none.

    `registered`: whether the visitor is known to have an account, as far as this browser tells; if not, the steps that
    make one are not marked as done after them.
    """
    if all(step.id != current for step in every_step()):
        return Markup()
    return _indicator(language(), current, registered or current <= max(REGISTERING))


@cache
def _indicator(_language: str, current: str, registered: bool) -> Markup:
    """Put together once for each step and language: it is on every page and always the same."""
    steps = tuple(every_step())
    here = next(step for step in steps if step.id == current)
    past = {step.id for step in steps if step.id < current} - (frozenset() if registered else REGISTERING)
    return Markup(render_template("components/steps.html", stages=STAGES, steps=steps, here=here, past=past))  # noqa: S704  our own page
