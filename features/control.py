"""The tester's hand on a sandbox: reset, clock and totals, over the control doors of every room."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from features.addresses import Addresses
from features.errors import JourneyStopped, NobodyAnswers
from features.transport import HttpTransport, Response, Transport, Unreachable

START = datetime.fromisoformat("2019-05-15T09:00:00+08:00")
"""The day and time a sandbox wakes up on."""


class DoorShut(JourneyStopped):
    """A control door answered otherwise than with 200."""

    def __init__(self, method: str, url: str, answer: Response) -> None:
        said = answer.body[:300].decode(errors="replace")
        super().__init__(f"{method} {url} answered {answer.status}: {said}")
        self.status = answer.status


class Control:
    """Moves every room together, so that no two of them live in different times."""

    def __init__(
        self,
        addresses: Addresses,
        token: str | None = None,
        transport: Transport | None = None,
        clocks: Sequence[str] | None = None,
    ) -> None:
        """`clocks`: the rooms whose clock is moved; one is enough where all share one, every room when absent."""
        self._addresses = addresses
        self._clocks = tuple(clocks or addresses.rooms())
        self._headers = {"Content-Type": "application/json"} | ({"X-Control-Token": token} if token else {})
        self._transport = transport or HttpTransport()

    def now(self) -> datetime:
        """What the portal's clock says; aware."""
        return datetime.fromisoformat(self._ask("portal", "GET", "clock")["now"])

    def set_clock(self, instant: datetime, running: bool = True) -> None:
        """Make it `instant` everywhere; with `running=False` time stands still there."""
        for room in self._clocks:
            self._ask(room, "POST", "clock", {"set": instant.isoformat(), "running": running})

    def advance(self, by: timedelta) -> datetime:
        """Let `by` pass everywhere at once; whether time runs stays as it is."""
        told = self._ask("portal", "GET", "clock")
        instant = datetime.fromisoformat(told["now"]) + by
        self.set_clock(instant, running=told["running"])
        return instant

    def reset(self, *rooms: str) -> None:
        """Have the rooms named, or every room, forget everything but keys and registrations."""
        for room in rooms or self._addresses.rooms():
            self._ask(room, "POST", "reset", {})

    def totals(self, room: str) -> Mapping[str, Any]:
        """What a room's books say."""
        return self._ask(room, "GET", "totals")

    def journal(self, room: str, since: int = 0) -> list[dict[str, Any]]:
        """What a room has seen and done after entry `since`, oldest first, at most a thousand."""
        return list(self._ask(room, "GET", f"journal?since={since}&limit=1000")["entries"])

    def contributors(self, count: int) -> list[Mapping[str, Any]]:
        """Have the portal prepare accounts whose cover has ended, for renewals."""
        prepared = self._ask("portal", "POST", "contributors", {"count": count})
        return list(prepared["contributors"])

    def account(self) -> Mapping[str, Any] | None:
        """Have the portal prepare somebody with an account and no more; None from a portal that prepares nobody."""
        try:
            prepared = self._ask("portal", "POST", "contributors", {"count": 1, "registered": False})
        except DoorShut as shut:
            if shut.status in (404, 405):
                return None
            raise
        (told,) = prepared["contributors"]
        person: Mapping[str, Any] = told
        return person

    def do(self, room: str, verb: str, wish: Mapping[str, Any]) -> dict[str, Any]:
        """A control verb of a room's own."""
        return self._ask(room, "POST", verb, wish)

    def _ask(self, room: str, method: str, door: str, wish: Mapping[str, Any] | None = None) -> dict[str, Any]:
        url = f"{self._addresses.rooms()[room]}/_control/{door}"
        body = None if wish is None else json.dumps(wish).encode()
        try:
            answer = self._transport.request(method, url, data=body, headers=self._headers, name="control")
        except Unreachable as error:
            raise NobodyAnswers("control", method, url, error) from error
        if answer.status != 200:
            raise DoorShut(method, url, answer)
        told: dict[str, Any] = json.loads(answer.body)
        return told
