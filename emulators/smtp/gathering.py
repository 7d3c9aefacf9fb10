"""The event loop's side of the intake: messages are gathered and stored together, mostly without leaving the loop.

Two threads that both want the interpreter hand it to each other at a price of more than a whole small message, and a
commit of eight costs little more than one of two. So the loop itself stores what takes a moment; and it waits with that
while clients go on talking, for three milliseconds at most, because the next messages are on their way. A message that
comes alone finds silence and waits for nobody. What may take longer, a large message or a store that is busy (be it
with another program), goes to the intake's thread, and the loop goes on with the other clients.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence

from emulators.smtp.delivery import Consignment
from emulators.smtp.intake import BATCH, Intake, Outcome

LONGEST = 0.003
"""Seconds a message waits for others at most."""
SILENT_TURNS = 3
"""Turns of the loop without a word from any client after which none waits; what a client said takes two to be heard."""

_Answer = asyncio.Future[str]


class Gathering:
    """All methods belong to the loop's thread."""

    def __init__(self, intake: Intake, light: Callable[[Sequence[Consignment]], bool]) -> None:
        """`light`: whether to store some messages takes a moment only."""
        self._intake = intake
        self._light = light
        self._waiting: list[tuple[Consignment, _Answer]] = []
        self._heard = 0

    def heard(self) -> None:
        """Say that a client has said something."""
        self._heard += 1

    async def store(self, consignment: Consignment) -> str:
        """The ID of a message, once it is stored; it is stored also if the caller is gone meanwhile.

        Raises:
            NotStored: it could not be.
        """
        loop = asyncio.get_running_loop()
        answer: _Answer = loop.create_future()
        self._waiting.append((consignment, answer))
        if len(self._waiting) == 1:
            loop.call_soon(self._wait, loop, loop.time() + LONGEST, self._heard, 0)
        return await answer

    def flush(self) -> None:
        """Store what was gathered, or hand it over to be stored."""
        batch, self._waiting = self._waiting, []
        if not batch:
            return
        consignments, answers = [consignment for consignment, _ in batch], [answer for _, answer in batch]
        outcomes = self._intake.store_at_once(consignments) if self._light(consignments) else None
        if outcomes is not None:
            _tell(answers, outcomes)
            return
        loop = answers[0].get_loop()

        def told(outcomes: Sequence[Outcome]) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended, and with it everybody who asked
                loop.call_soon_threadsafe(_tell, answers, outcomes)

        self._intake.submit(consignments, told)

    def _wait(self, loop: asyncio.AbstractEventLoop, until: float, heard: int, silent: int) -> None:
        """Once in each turn of the loop, until there is nothing to wait for."""
        silent = silent + 1 if heard == self._heard else 0
        if silent < SILENT_TURNS and len(self._waiting) < BATCH and loop.time() < until:
            loop.call_soon(self._wait, loop, until, self._heard, silent)
        else:
            self.flush()


def _tell(answers: Sequence[_Answer], outcomes: Sequence[Outcome]) -> None:
    for answer, outcome in zip(answers, outcomes, strict=True):
        if answer.done():  # the client has hung up
            continue
        if isinstance(outcome, str):
            answer.set_result(outcome)
        else:
            answer.set_exception(outcome)
