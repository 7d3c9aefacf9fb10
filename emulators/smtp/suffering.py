"""Which fault a conversation meets at each of its stages, from whichever door it was asked for or planned."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from emulators.foundation.clock import Clock
from emulators.foundation.errors import CallersMistake
from emulators.foundation.faults import Asked, Drawn, Faults
from emulators.foundation.journal import Journal
from emulators.smtp import mishaps
from emulators.smtp.header_text import storable
from emulators.smtp.manners import Manners
from emulators.smtp.mishaps import Stage
from emulators.smtp.trace import Arrival

BROKEN = "(the line breaks)"
"""A reply that is not sent: the line is broken instead."""
_STAGES = {fault.name: fault.stage for fault in mishaps.CATALOGUE}


class Suffering:
    """The faults of one room as its listener meets them."""

    def __init__(self, faults: Faults, journal: Journal, clock: Clock) -> None:
        self._faults = faults
        self._journal = journal
        self.manners = Manners(clock)

    def asked(self, text: str) -> tuple[Asked, ...]:
        """What a header asks for; CallersMistake when there is no such fault."""
        return self._faults.asked(text)

    def asked_by(self, address: str) -> tuple[Asked, ...]:
        """What an address asks for; a value out of bounds asks for nothing."""
        wish = mishaps.asked_by(address)
        if wish:
            with contextlib.suppress(CallersMistake):
                return self._faults.asked(wish)
        return ()

    def calm(self, asked: Sequence[Asked] = ()) -> bool:
        """Whether no fault can strike, which is so mostly: nothing is asked for and nothing planned."""
        return not asked and not self._faults.any_planned()

    def drawn(self, stage: Stage, arrival: Arrival, asked: Sequence[Asked] = ()) -> Drawn | None:
        """The fault a message meets at a stage: the one asked for, else the first plan that strikes for a recipient."""
        for recipient in dict.fromkeys(arrival.recipients or ("",)):
            subject = {
                "sender": arrival.sender,
                "recipient": recipient,
                "peer": arrival.peer,
                "username": arrival.username,
            }
            drawn = self._faults.draw(stage, subject, asked)
            if drawn is not None:
                return drawn
        return None

    def refusal(self, stage: Stage, arrival: Arrival, asked: Sequence[Asked] = ()) -> str:
        """The reply of the fault that strikes a command; empty when it passes."""
        drawn = self.drawn(stage, arrival, asked)
        return "" if drawn is None else self._refused(drawn, arrival)

    def drawn_asked(self, stage: Stage, asked: Sequence[Asked]) -> Drawn | None:
        """The fault of a stage that the message itself asks for; plans are left alone."""
        wishes = [wish for wish in asked if _STAGES[wish.name] == stage]
        return self._faults.draw(stage, {}, wishes) if wishes else None

    def refusal_asked(self, arrival: Arrival, asked: Sequence[Asked]) -> str:
        """The reply of a fault of an earlier stage that the message's header asks for: it was not known before."""
        for stage in (Stage.SENDER, Stage.RECIPIENT):
            drawn = self.drawn_asked(stage, asked)
            if drawn is not None:
                return self._refused(drawn, arrival)
        return ""

    def reply(self, drawn: Drawn, arrival: Arrival) -> str:
        """What a fault that strikes says."""
        recipient = arrival.recipients[0] if arrival.recipients else ""
        return self.manners.reply(drawn, arrival.sender, recipient, arrival.peer)

    def note(self, drawn: Drawn, arrival: Arrival) -> None:
        """Write into the journal that a fault has struck."""
        recipients = [storable(recipient) for recipient in arrival.recipients]
        self._journal.note(f"fault {drawn.name}", sender=storable(arrival.sender), recipients=recipients, by=drawn.by)

    def _refused(self, drawn: Drawn, arrival: Arrival) -> str:
        reply = self.reply(drawn, arrival)
        if reply:
            self.note(drawn, arrival)
        return reply
