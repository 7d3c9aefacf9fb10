"""A room's plain requests under granian: taken from granian's threads, answered by one thread of ours.

Theory of operation. granian gives each request to a thread, with an object that takes the answer, and calls a function
of its own that asks the WSGI application. The answer may be given later and by any thread for as long as that object
is kept (granian 2.8; tried, not promised). So that function is replaced: a plain request's thread reads the form, hands
both on and is free at once, where it would wait for a commit and be woken by itself afterwards, which costs twice what
the message does. All else goes to granian's own function untouched.

Another version of granian may have no such place: then every request goes the long way, slower and answered alike.
"""

from __future__ import annotations

import importlib
import io
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any, NamedTuple

from emulators.foundation.answering import Answering
from emulators.foundation.plain import LONGEST_BODY, Express, Plain
from emulators.foundation.serving import MOST_THREADS

Environ = dict[str, Any]
Ask = Callable[[Any, Environ], Any]
"""Asks the application and gives its answer to the object that takes it."""
_WHERE = "_wsgi_call_wrap"
_log = logging.getLogger(__name__)


class Taken(NamedTuple):
    """A request that may be plain."""

    answer: Any
    environ: Environ
    body: bytes


class ShortWay:
    """Stands where granian asks the application."""

    def __init__(self, express: Express, long_way: Ask) -> None:
        """`long_way`: granian's own."""
        self._express = express
        self._long_way = long_way
        self._status = int(express.status.partition(" ")[0])
        self._likely = lru_cache(maxsize=256)(self._may_be_plain)
        self._others = ThreadPoolExecutor(MOST_THREADS, "long way")
        self._taken: Answering[Taken] = Answering(self._bodies, self._send, "express")

    def __call__(self, answer: Any, environ: Environ) -> Any:
        """Take the request, or have it answered the long way; whether it is plain indeed is found out later.

        Here several threads wait for the interpreter at the same moment, each of them twice.
        """
        length, kind = environ.get("CONTENT_LENGTH", ""), environ.get("CONTENT_TYPE", "")
        if environ["QUERY_STRING"] or not self._likely(environ["REQUEST_METHOD"], environ["PATH_INFO"], kind, length):
            return self._long_way(answer, environ)
        return self._taken.take((Taken(answer, environ, environ["wsgi.input"].read(int(length))),))

    def _may_be_plain(self, method: str, path: str, kind: str, length: str) -> bool:
        whole = length.isdecimal() and int(length) <= LONGEST_BODY
        return whole and self._express.expects(method, path, {"content-type": kind})

    def _bodies(self, gathered: Sequence[Taken]) -> Sequence[bytes | None]:
        requests = [self._plain(*each[1:]) for each in gathered]
        bodies = iter(self._express.answers([request for request in requests if request is not None]))
        return [None if request is None else next(bodies) for request in requests]

    def _plain(self, environ: Environ, body: bytes) -> Plain | None:
        """The whole request, if it is expected."""
        target, fields = environ["PATH_INFO"], _fields(environ)
        if "transfer-encoding" in fields or len(body) < int(environ["CONTENT_LENGTH"]):
            return None
        return Plain(target, fields, body) if self._express.expects(environ["REQUEST_METHOD"], target, fields) else None

    def _send(self, gathered: Sequence[Taken], bodies: Sequence[bytes | None]) -> None:
        for each, body in zip(gathered, bodies, strict=True):
            if body is not None:
                length = ("Content-Length", str(len(body)))
                fields = [*self._express.fields[:1], length, *self._express.fields[1:]]
                each.answer.response_bytes(self._status, fields, body)
        for each, body in zip(gathered, bodies, strict=True):
            if body is None:  # others wait for this thread, and the long way may be long
                self._others.submit(self._go_long_way, each)

    def _go_long_way(self, taken: Taken) -> None:
        try:
            self._long_way(taken.answer, {**taken.environ, "wsgi.input": io.BytesIO(taken.body)})
        except Exception:  # noqa: BLE001  nobody else would say it; granian answers 500 when its object is gone
            _log.exception("the application failed")


def offer(express: Express) -> None:
    """Have the plain requests of the room that granian is about to serve in this process answered by `express`."""
    server: Any = importlib.import_module("granian.server.mp")
    asking = getattr(server, _WHERE, None)
    if asking is not None:
        setattr(server, _WHERE, lambda *given: ShortWay(express, asking(*given)))


def _fields(environ: Environ) -> dict[str, str]:
    fields = {_name(key): value for key, value in environ.items() if key.startswith("HTTP_")}
    return {**fields, "content-type": environ.get("CONTENT_TYPE", "")}


@lru_cache(maxsize=256)
def _name(key: str) -> str:
    return key[5:].replace("_", "-").lower()
