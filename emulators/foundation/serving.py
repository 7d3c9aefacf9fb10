"""HTTP serving inside the process: bind first, so that addresses are known, then serve, then drain."""

from __future__ import annotations

import errno
import socket
import threading
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from cheroot import wsgi

DRAIN_SECONDS = 1
LOOK_SECONDS = 0.1
"""How often the server looks whether it should stop; cheroot's own half second would be felt at every stop."""
THREADS = 4


class CannotListen(Exception):
    """The address cannot be listened on: not this machine's, not allowed, unknown."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"cannot listen on {host}:{port}: {reason}")
        self.host = host
        self.port = port


class PortTaken(CannotListen):
    """Another program already listens on the address."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port, "it is already in use")


class Server:
    """One WSGI application on one address, on threads of its own."""

    def __init__(self, host: str, port: int, threads: int = THREADS) -> None:
        """Bind at once.

        Raises:
            PortTaken: the port is not free.
            CannotListen: the address cannot be had for another reason.
        """
        self._cheroot = _Cheroot((host, port), _not_yet, numthreads=threads, shutdown_timeout=DRAIN_SECONDS)
        self._cheroot.expiration_interval = LOOK_SECONDS
        self._cheroot.prepare()
        self.host = host
        self.port: int = self._cheroot.bind_addr[1]
        self._thread = threading.Thread(target=self._cheroot.serve, name=f"http:{self.port}", daemon=True)

    @property
    def url(self) -> str:
        """The address a client on this machine uses, without a trailing slash."""
        return f"http://{bracketed(self.reachable_host)}:{self.port}"

    @property
    def reachable_host(self) -> str:
        """The host a client on this machine uses: nobody can call "every interface"."""
        return {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104  not bound

    def serve(self, app: WSGIApplication) -> None:
        """Answer requests with `app` from now on; returns at once."""
        self._cheroot.wsgi_app = app
        self._thread.start()

    def stop(self) -> None:
        """Take no new request, answer those in flight, return."""
        self._cheroot.stop()
        if self._thread.is_alive():
            self._thread.join(DRAIN_SECONDS)


def bracketed(host: str) -> str:
    """A host as it stands in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


class _Cheroot(wsgi.Server):
    """cheroot, except that an address it cannot have is named by its reason and leaves no socket open."""

    @staticmethod
    def bind_socket(socket_: socket.socket, bind_addr: tuple[str, int]) -> socket.socket:
        try:
            socket_.bind(bind_addr)
        except OSError as error:
            socket_.close()
            host, port = bind_addr[:2]
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(host, port) from error
            raise CannotListen(host, port, error.strerror or str(error)) from error
        return socket_


def _not_yet(_environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    start_response("503 Service Unavailable", [("Content-Type", "text/plain")])
    return [b"starting\n"]
