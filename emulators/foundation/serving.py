"""HTTP serving inside the process: bind first, so that addresses are known, then serve, then drain."""

from __future__ import annotations

import errno
import logging
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager, nullcontext
from typing import Any
from weakref import WeakSet
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from cheroot import wsgi
from cheroot.server import HTTPConnection

from emulators.foundation.binding import BACKLOG, CannotListen, bracketed, reachable
from emulators.foundation.lane import Lane
from emulators.foundation.lines import Connection, Pieces
from emulators.foundation.plain import Express
from emulators.foundation.waiting import Lend

DRAIN_SECONDS = 1
LOOK_SECONDS = 0.1
"""How often the server looks whether it should stop; cheroot's own half second would be felt at every stop."""
THREADS = 4
MOST_THREADS = 128
"""Threads cost little while they wait for a slow client, and throughput when they all work: grow only when stuck."""
STUCK_SECONDS = 0.25
"""No request was taken up for so long although some wait: every thread is held by a slow client."""
KEPT = 100
"""Connections kept between two requests, at no thread's cost; of more than that, each ends with its answer."""
LENT_AT_ONCE = 8
"""Threads started together when requests wait; starting one by one would cost each waiter a moment."""
_LEND = "caruman.lend_thread"
_TAKE = "caruman.take_line"
_HANG_UP = "caruman.hang_up"
_log = logging.getLogger(__name__)


class Server:
    """One WSGI application on one address, on threads of its own."""

    def __init__(self, host: str, port: int, threads: int = THREADS) -> None:
        """Bind at once.

        Raises:
            PortTaken: the port is not free.
            CannotListen: the address cannot be had for another reason.
        """
        self._cheroot = _Cheroot((host, port), _not_yet, threads)
        self._cheroot.expiration_interval = LOOK_SECONDS
        try:
            self._cheroot.prepare()
        except OSError as error:  # another program was bound to it as well, and listened first
            self._cheroot.socket.close()
            raise CannotListen.because(error, host, port) from error
        self.host = host
        self.port: int = self._cheroot.bind_addr[1]
        self._thread = threading.Thread(target=self._cheroot.serve, name=f"http:{self.port}", daemon=True)
        self._stopped = threading.Event()
        self._growing = threading.Lock()
        self._watch = threading.Thread(
            target=self._cheroot.watch, args=(self._stopped, self._growing), name=f"watch:{self.port}", daemon=True
        )
        self._lent = 0
        self._grown = 0

    @property
    def url(self) -> str:
        """The address a client on this machine uses, without a trailing slash."""
        return f"http://{bracketed(self.reachable_host)}:{self.port}"

    @property
    def reachable_host(self) -> str:
        """The host a client on this machine uses: nobody can call "every interface"."""
        return reachable(self.host)

    def serve(self, app: WSGIApplication, express: Express | None = None) -> None:
        """Answer requests with `app` from now on, plain ones with `express`; returns at once."""

        def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
            environ[_LEND] = self._lend
            if environ.get("HTTP_X_FORWARDED_PROTO") == "https":  # said by the sandbox's own doors with TLS
                environ["wsgi.url_scheme"] = "https"
            said = app(environ, start_response)
            if hung_up(environ):
                raise ConnectionResetError(errno.ECONNRESET, "hung up on purpose")
            return said

        self._cheroot.wsgi_app = answer
        if express is not None:
            self._cheroot.offer(express)
        self._thread.start()
        self._watch.start()

    def stop(self) -> None:
        """Take no new request, answer those in flight, return."""
        with self._growing:  # a thread started while the others are told to end would be waited for in vain
            self._stopped.set()
        self._cheroot.stop()
        if self._thread.is_alive():
            self._thread.join(DRAIN_SECONDS)

    @contextmanager
    def _lend(self) -> Iterator[None]:
        """A thread more while a request sleeps on one, so that as many as ever answer the others."""
        with self._growing:
            self._lent += 1
            if self._lent > self._grown and not self._stopped.is_set():
                self._cheroot.requests.grow(LENT_AT_ONCE)
                self._grown += LENT_AT_ONCE
        try:
            yield
        finally:
            with self._growing:
                self._lent -= 1


def lender(environ: Mapping[str, Any]) -> Lend:
    """What a request enters before it sleeps, so that its server answers others meanwhile.

    Threads once lent are kept for the next waiters; a room bounds how many requests may sleep. Under another server
    than this one nothing is lent.
    """
    lend: Lend = environ.get(_LEND, nullcontext)
    return lend


def hang_up(environ: MutableMapping[str, Any]) -> None:
    """End the connection of this request without an answer, once the application has returned.

    Under another server than this one the application's answer goes out.
    """
    environ[_HANG_UP] = True


def hung_up(environ: Mapping[str, Any]) -> bool:
    """Whether a view has asked to hang up; another server than this one answers, and should say nothing."""
    return bool(environ.get(_HANG_UP))


def taken_line(environ: Mapping[str, Any]) -> socket.socket | None:
    """The connection of a request that changes to another protocol; whoever takes it writes the whole answer to it.

    The server closes it when the view returns. None under another server than this one.
    """
    take: Callable[[], socket.socket] | None = environ.get(_TAKE)
    return None if take is None else take()


class _Gateway(wsgi.Gateway_10):
    """cheroot's, which also hands over the line of a request."""

    _taken = False

    def get_environ(self) -> dict[str, Any]:  # type: ignore[override]  # the stubs tell the base class's "None"
        """The request's environment, with the way to take its line."""
        environ: dict[str, Any] = super().get_environ()  # type: ignore[no-untyped-call]  # cheroot's is
        environ[_TAKE] = self._take
        if not environ["wsgi.input_terminated"]:  # to werkzeug its presence is a yes; a body cut short would do
            del environ["wsgi.input_terminated"]
        else:
            self.req.rfile = environ["wsgi.input"] = Pieces(self.req.conn.rfile, self.req.server.max_request_body_size)
        return environ

    def start_response(self, status: str, headers: Any, exc_info: Any = None) -> Any:
        """Nothing for a line that was taken: its headers are sent."""
        if self._taken:
            return self.write
        return super().start_response(status, headers, exc_info)

    def write(self, chunk: bytes) -> None:
        """Send a piece of the answer, the first one together with the head."""
        with self.req.conn.wfile.together():
            super().write(chunk)

    def _take(self) -> socket.socket:
        self._taken = True
        self.req.sent_headers = True  # what cheroot would write now would stand in the middle of the other protocol
        self.req.close_connection = True
        line: socket.socket = self.req.conn.socket
        return line


class _Cheroot(wsgi.Server):
    """cheroot, except that a silent connection takes no thread, and an address it cannot have is named by its reason.

    Browsers open connections ahead of need. cheroot gives each new one to a thread, which then waits for its first
    byte: four of them would close the room. Here a new connection waits in the selector, like an idle one.
    """

    _connections: Any  # the stubs leave it out

    def __init__(self, address: tuple[str, int], app: WSGIApplication, threads: int) -> None:
        super().__init__(
            address,
            app,
            numthreads=threads,
            max=MOST_THREADS,
            request_queue_size=BACKLOG,
            shutdown_timeout=DRAIN_SECONDS,
        )
        self.gateway = _Gateway
        self.ConnectionClass = Connection
        self.keep_alive_conn_limit = KEPT
        self._known: WeakSet[HTTPConnection] = WeakSet()
        self._handed_on = 0

    def offer(self, express: Express) -> None:
        """Have plain requests answered by `express`; before anything is served."""
        self._connections._selector.close()
        self._connections = Lane(self, express, DRAIN_SECONDS)

    def process_conn(self, conn: HTTPConnection) -> None:
        """Hand on a connection that has something to say; let a new one wait until it has."""
        if conn in self._known:
            self._handed_on += 1
            super().process_conn(conn)
        else:
            self._known.add(conn)
            self.put_conn(conn)

    def watch(self, stopped: threading.Event, growing: threading.Lock) -> None:
        """Grow while requests wait and none is taken up: slow clients hold every thread. Never once `stopped`."""
        before = -1
        while not stopped.wait(STUCK_SECONDS):
            waiting = self.requests.qsize
            taken_up = self._handed_on - waiting
            if waiting and taken_up == before:
                with growing:
                    if not stopped.is_set():
                        self.requests.grow(THREADS)
            before = taken_up

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
        """Log; a client that went away or fell silent is no fault of ours and gets no stack trace."""
        theirs = isinstance(sys.exc_info()[1], OSError)
        _log.log(logging.DEBUG if theirs else level, msg.strip(), exc_info=traceback and not theirs)

    @staticmethod
    def bind_socket(socket_: socket.socket, bind_addr: tuple[str, int]) -> socket.socket:
        try:
            socket_.bind(bind_addr)
        except OSError as error:
            socket_.close()
            host, port = bind_addr[:2]
            raise CannotListen.because(error, host, port) from error
        return socket_


def _not_yet(_environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    start_response("503 Service Unavailable", [("Content-Type", "text/plain")])
    return [b"starting\n"]
