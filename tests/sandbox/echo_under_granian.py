"""A program: granian serves an application that says `long`, whose plain requests are answered with `short`."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from granian.constants import HTTPModes, Interfaces
from granian.server.mp import MPServer

from emulators.foundation.plain import Plain
from sandbox.short_way import offer


class Echo:
    """Tells a text back; one text it leaves to the long way, at one it fails, for a file it waits."""

    status = "201 CREATED"
    fields = (("Content-Type", "text/plain"), ("X-Way", "short"))

    def expects(self, method: str, target: str, fields: Mapping[str, str]) -> bool:
        """Posts to /echo."""
        return (method, target) == ("POST", "/echo") and "x-odd" not in fields

    def answers(self, requests: Sequence[Plain]) -> Sequence[bytes | None]:
        """The texts."""
        for request in requests:
            if request.body == b"fail":
                raise RuntimeError("on purpose")
            if request.body.startswith(b"wait "):
                Path(request.body[5:].decode()).with_suffix(".begun").touch()
                while not Path(request.body[5:].decode()).exists():
                    time.sleep(0.01)
        return [None if request.body == b"leave" else request.body for request in requests]


def long_way(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    """The text, by WSGI."""
    start_response("201 CREATED", [("Content-Type", "text/plain"), ("X-Way", "long")])
    return [environ["wsgi.input"].read()]


def load() -> WSGIApplication:
    """The application, in the process that serves it."""
    offer(Echo())
    return long_way


if __name__ == "__main__":
    MPServer(
        "echo",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        blocking_threads=40,
        log_enabled=False,
    ).serve(target_loader=load, wrap_loader=False)
