"""Mailpit's chaos triggers, as plans of the one fault catalogue (Mailpit 1.30.5 source, confidence high)."""

from __future__ import annotations

import contextlib
import json
import threading
from typing import Any

from emulators.foundation.errors import NotHere
from emulators.foundation.faults import Faults
from emulators.smtp.errors import BadBody

Json = dict[str, Any]
_TRIGGERS = {
    "Sender": ("sender_rejected", 451),
    "Recipient": ("rejected", 451),
    "Authentication": ("authentication_rejected", 535),
}


class Chaos:
    """The three triggers; what Mailpit's API sets is planned here, and forgotten with every other plan."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._lock = threading.Lock()
        self._plans: dict[str, str] = {}

    def told(self) -> Json:
        """The triggers as they stand; one that was never set has its usual code and the probability 0."""
        open_plans = {plan["id"]: plan for plan in self._faults.told()["planned"]}
        told = {}
        for name, (_, usual) in _TRIGGERS.items():
            plan = open_plans.get(self._plans.get(name, ""))
            code = plan["with"]["code"] if plan else usual
            told[name] = {"ErrorCode": code, "Probability": round(plan["probability"] * 100) if plan else 0}
        return told

    def set(self, body: bytes) -> Json:
        """Set the triggers of a JSON body; one that is absent is switched off, as in Mailpit.

        Raises:
            BadBody: it cannot be read; nothing was changed.
        """
        wishes = {name: _wish(body, name, usual) for name, (_, usual) in _TRIGGERS.items()}
        with self._lock:
            for name, (fault, _) in _TRIGGERS.items():
                code, percent = wishes[name]
                with contextlib.suppress(NotHere):  # a reset has forgotten it
                    if name in self._plans:
                        self._faults.lift(self._plans.pop(name))
                planned = {"name": fault, "probability": percent / 100, "with": {"code": code}}
                self._plans[name] = self._faults.plan(planned)["id"]
        return self.told()


def _wish(body: bytes, name: str, usual: int) -> tuple[int, int]:
    try:
        given: Any = json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        raise BadBody("Error: the body is not JSON; nothing was changed") from error
    trigger = (given.get(name) or {}) if isinstance(given, dict) else None
    if not isinstance(trigger, dict):
        raise BadBody('Error: send {"Sender": {"ErrorCode": 451, "Probability": 5}}; nothing was changed')
    code, percent = trigger.get("ErrorCode") or usual, trigger.get("Probability") or 0
    if not isinstance(code, int) or not 400 <= code <= 599:
        raise BadBody("error code must be between 400 and 599")
    if not isinstance(percent, int) or not 0 <= percent <= 100:
        raise BadBody("probability must be between 0 and 100")
    return code, percent
