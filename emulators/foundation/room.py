"""What the front door needs to know of a room, whichever room it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from flask import Flask

from emulators.foundation.clock import Clock
from emulators.foundation.faults import Faults
from emulators.foundation.plain import Express

Json = dict[str, Any]


class Worker(Protocol):
    """Something that works beside the HTTP doors: a courier, a listener, a reconciler."""

    def start(self) -> None:
        """Return once it is at work."""

    def stop(self) -> None:
        """Finish what is in hand, within two seconds, and return."""


@dataclass(frozen=True)
class Room:
    """One service of the sandbox, built and ready to be served."""

    name: str
    app: Flask
    clock: Clock
    ready: Callable[[], None]
    """Raises when the store does not answer."""
    reset: Callable[[], None]
    """Forgets everything but keys and registrations."""
    journal: Callable[[int, int], list[Json]]
    """`journal(since, limit)`: entries oldest first."""
    totals: Callable[[], Json]
    """What the books say: `{"debits": {"count": 3, "sen": 47160}}`."""
    close: Callable[[], None]
    """Gives back connections after the doors are shut."""
    verbs: Mapping[str, Callable[[Json], Json]] = field(default_factory=dict)
    """The room's own control verbs, each `POST /_control/<verb>` with a JSON object in and out."""
    workers: tuple[Worker, ...] = ()
    express: Express | None = None
    """What it answers without the way through WSGI, if its server can."""
    faults: Faults | None = None
    """What can be made to go wrong; gives the room its `/_control/faults` doors and is forgotten by a reset."""
