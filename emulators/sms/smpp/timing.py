"""The timers of a session (SMPP 3.4 section 7.2, confidence high): in seconds of the machine, not of the sandbox."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from emulators.sms.settings import SmsSettings


class Due(Enum):
    """What it is time for."""

    ENQUIRE = auto()
    """Ask whether the client is there."""
    UNBIND = auto()
    """Send an idle client away."""
    DROP = auto()
    """Hang up: it never bound, or does not answer."""


@dataclass
class Timing:
    """When a client was last heard, and what follows from its silence."""

    opened: float
    heard: float
    active: float
    bind: float
    enquire: float
    response: float
    inactivity: float | None
    asked: float | None = None
    """Since when an enquire_link is unanswered."""

    @classmethod
    def begin(cls, now: float, settings: SmsSettings) -> Timing:
        """Of a connection made now."""
        return cls(
            now,
            now,
            now,
            settings.smpp_bind_seconds,
            settings.smpp_enquire_seconds,
            settings.smpp_response_seconds,
            settings.smpp_inactivity_seconds,
        )

    def hear(self, now: float, *, active: bool) -> None:
        """Something came; `active`: a request other than enquire_link."""
        self.heard, self.asked = now, None
        if active:
            self.active = now

    def sent_away(self, now: float) -> None:
        """The client was told to go: from now on it has as long as for an answer."""
        self.opened, self.bind = now, self.response

    def due(self, now: float, *, bound: bool) -> Due | None:
        """What it is time for, if anything."""
        if not bound:
            return Due.DROP if now - self.opened >= self.bind else None
        if self.asked is not None:
            return Due.DROP if now - self.asked >= self.response else None
        if self.inactivity is not None and now - self.active >= self.inactivity:
            return Due.UNBIND
        return Due.ENQUIRE if now - self.heard >= self.enquire else None
