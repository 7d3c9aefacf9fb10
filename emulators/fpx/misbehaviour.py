"""Acts out, at the seller's doors, what the switch was asked to get wrong: slow, 5xx, ERROR, no answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping

from flask import Response, request
from werkzeug.wrappers import Response as Answer

from emulators.foundation.serving import hang_up, lender
from emulators.fpx.instructions import Instructions
from emulators.fpx.outcomes.asked import Ask
from emulators.fpx.outcomes.stages import Stage


class Misbehaviour:
    """Around the switch's answers; as a worker it lets slow answers go when the room closes."""

    def __init__(self, instructions: Instructions, error_line: str) -> None:
        """`error_line`: what the switch says when it says nothing else."""
        self._instructions = instructions
        self._error_line = error_line
        self._closing = threading.Event()

    def start(self) -> None:
        """Nothing to begin: requests bring their own threads."""

    def stop(self) -> None:
        """Answer now what was to be answered slowly."""
        self._closing.set()

    def around(self, message: str, fields: Mapping[str, str], asks: Iterable[Ask], act: Callable[[], Answer]) -> Answer:
        """What `act` answers, unless a fault strikes; only `switch-slow` and `switch-answer-lost` let it act."""
        ask = self._instructions.strikes(Stage.SWITCH, asks, fields, message)
        match ask.name if ask else "":
            case "switch-slow" if ask:
                with lender(request.environ)():
                    self._closing.wait(float(ask.values["seconds"]))
            case "switch-5xx" if ask:
                return Response("", int(ask.values["status"]), content_type="text/html")
            case "switch-error":
                return Response(self._error_line, content_type="text/html")
            case "switch-hangs-up":
                hang_up(request.environ)
                return Response("", 503)
            case "switch-answer-lost":
                act()
                hang_up(request.environ)
                return Response("", 503)
        return act()
