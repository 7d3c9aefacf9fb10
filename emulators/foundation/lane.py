"""Answers plain requests before they are given to a thread, all that come at the same moment together.

Theory of operation. The thread that waits for connections to speak also reads what they say. What is plain, whole and
expected by the room goes to one other thread (`answering`), which has the room answer all that have gathered.
Everything else (another page, a head that is odd, a second request behind the first, a client that takes long) is
given to a thread of the server, with what was read, and goes on as if it had never been looked at. Meanwhile, as
between two requests, a connection costs no thread.

A connection whose request is being answered stays in the selector, because mostly it says nothing before it is
answered; if it does, it is put aside until then.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Sequence
from email.utils import formatdate
from functools import lru_cache
from typing import Any, NamedTuple

from cheroot.connections import ConnectionManager

from emulators.foundation.answering import Answering
from emulators.foundation.lines import Connection
from emulators.foundation.plain import LONGEST_HEAD, Express, Head, Plain, read_head

PATIENCE_SECONDS = 0.1
"""How long the rest of a request is waited for; clients that send head and body by themselves need a millisecond."""
_PIECE = 65_536
_BLANK = b"\r\n\r\n"
_log = logging.getLogger(__name__)


class Taken(NamedTuple):
    """A request that is to be answered."""

    descriptor: int
    connection: Connection
    request: Plain


class Lane(ConnectionManager):
    """cheroot's manager of connections, which also reads them."""

    # the stubs leave these out
    _selector: Any
    _num_connections: int
    _stop_requested: bool
    _expire: Callable[..., None]
    _remove_invalid_sockets: Callable[[], None]
    _from_server_socket: Callable[[socket.socket], Connection | None]

    def __init__(self, server: Any, express: Express, drain_seconds: float) -> None:
        super().__init__(server)
        self._express = express
        self._drain_seconds = drain_seconds
        self._head = lru_cache(maxsize=256)(self._read_head)
        self._slow: dict[int, tuple[Connection, float]] = {}
        self._answering = threading.RLock()
        self._start = f"HTTP/1.1 {express.status}\r\n{_lines(express.fields[:1])}Content-Length: ".encode()
        self._rest = f"\r\n{_lines(express.fields[1:])}".encode()
        self._server_line = f"Server: {server.server_name}\r\n\r\n".encode()
        self._taken: Answering[Taken] = Answering(self._bodies, self._send, f"express:{server.bind_addr[1]}")

    def _run(self, expiration_interval: float) -> None:
        """cheroot's loop, over what the connections say."""
        checked = time.time()
        while not self._stop_requested:
            try:
                active = list(self._selector.select(timeout=expiration_interval))
            except OSError:
                self._remove_invalid_sockets()
                continue
            taken = [request for descriptor, connection in active if (request := self._look(descriptor, connection))]
            if taken:
                self._taken.take(taken)
            now = time.time()
            self._hand_over_slow(now)
            if now - checked > expiration_interval:
                self._expire(threshold=now - self.server.timeout)
                checked = now

    def put(self, conn: Connection) -> None:
        """Wait for the next request of a connection, if it has not come already."""
        with self._answering:  # an old event of it is looked at before this or after, not while half of it is done
            super().put(conn)
            conn.aside = conn.rfile.has_data()

    def close(self) -> None:
        """Answer what was taken; close the connections."""
        self._taken.end(self._drain_seconds)
        for _, connection in self._selector.connections:
            if connection is not self.server and not connection.taken:
                connection.close()
        self._selector.close()

    def _look(self, descriptor: int, connection: Any) -> Taken | None:
        """The same as `_looked`; a connection that cannot be looked at costs no neighbour its answer."""
        try:
            return self._looked(descriptor, connection)
        except Exception:  # noqa: BLE001  whatever it is, it is one connection's
            _log.exception("a connection could not be read")
            if connection is not self.server:
                self._slow.pop(descriptor, None)
                self._put_aside(descriptor, connection)
                connection.close()
            return None

    def _looked(self, descriptor: int, connection: Any) -> Taken | None:
        """Accept a connection, or read what one says: a request that is now whole, if it is for here."""
        if connection is self.server:
            new = self._from_server_socket(self.server.socket)
            if new is not None:
                self.server.process_conn(new)
            return None
        with self._answering:
            if connection.taken:
                self._put_aside(descriptor, connection)
            if connection.aside:  # whoever put it aside has it; its descriptor may be another's by now
                return None
        try:
            said = os.read(descriptor, _PIECE)  # the descriptor of a socket with a time-out does not block
        except BlockingIOError:
            return None
        except OSError:
            said = b""  # a thread of the server meets the same error, and knows what to do
        held = connection.rfile.give(said)
        end = held.find(_BLANK, 0, LONGEST_HEAD)
        head = self._head(held[:end]) if said and end >= 0 else None
        whole = 0 if head is None else end + len(_BLANK) + head.length
        if head is None or len(held) > whole:
            self._hand_over(descriptor, connection)
        elif len(held) < whole:
            self._slow.setdefault(descriptor, (connection, time.time()))
        else:
            self._slow.pop(descriptor, None)
            connection.taken = True
            connection.last_used = float("inf")  # it is not idle, however long the store takes
            return Taken(descriptor, connection, Plain(head.target, head.fields, held[end + len(_BLANK) :]))
        return None

    def _read_head(self, octets: bytes) -> Head | None:
        head = read_head(octets)
        return head if head and self._express.expects(head.method, head.target, head.fields) else None

    def _hand_over(self, descriptor: int, connection: Connection) -> None:
        """Give a connection to the threads, and what it has said with it."""
        self._slow.pop(descriptor, None)
        self._put_aside(descriptor, connection)
        self.server.process_conn(connection)

    def _put_aside(self, descriptor: int, connection: Connection) -> None:
        if not connection.aside:
            connection.aside = True
            with contextlib.suppress(KeyError):  # it never was in the list, or the server has stopped
                self._selector.unregister(descriptor)

    def _hand_over_slow(self, now: float) -> None:
        for descriptor, (connection, since) in list(self._slow.items()):
            if not since <= now < since + PATIENCE_SECONDS:
                self._hand_over(descriptor, connection)

    def _bodies(self, gathered: Sequence[Taken]) -> Sequence[bytes | None]:
        return self._express.answers([each.request for each in gathered])

    def _send(self, gathered: Sequence[Taken], bodies: Sequence[bytes | None]) -> None:
        keep = self.server.ready and self._num_connections - len(gathered) < self.server.keep_alive_conn_limit
        closing = b"" if keep else b"Connection: close\r\n"
        end = b"%sDate: %s\r\n%s" % (closing, formatdate(usegmt=True).encode(), self._server_line)
        for each, body in zip(gathered, bodies, strict=True):
            try:
                with self._answering:
                    each.connection.taken = False
                    if body is None:
                        self._hand_over(each.descriptor, each.connection)
                        continue
                    each.connection.rfile.forget()
                    answer = b"%s%d%s%s%s" % (self._start, len(body), self._rest, end, body)
                    self._send_one(each.descriptor, each.connection, answer, keep)
            except Exception:  # noqa: BLE001  its neighbours, and whoever comes later, are answered all the same
                _log.exception("a connection could not be answered")

    def _send_one(self, descriptor: int, connection: Connection, answer: bytes, keep: bool) -> None:
        connection.last_used = time.time()
        try:
            left = answer[os.write(descriptor, answer) :]
        except BlockingIOError:
            left = answer
        except OSError:  # the client has gone
            left, keep = b"", False
        if left:  # it takes its answers slowly, which is a thread's work
            connection.wfile.owe(left, keep=keep)
            self._hand_over(descriptor, connection)
        elif not keep:
            self._put_aside(descriptor, connection)
            connection.close()
        elif connection.aside:
            self.server.put_conn(connection)


def _lines(fields: Sequence[tuple[str, str]]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in fields)
