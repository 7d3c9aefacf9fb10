"""HTTP serving inside the process: bind first, so that addresses are known, then serve, then drain."""

from __future__ import annotations

import threading
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from cheroot import wsgi

DRAIN_SECONDS = 1
THREADS = 4


class PortTaken(Exception):
    """Another program already listens on the address."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"{host}:{port} is already in use")
        self.host = host
        self.port = port


class Server:
    """One WSGI application on one address, on threads of its own."""

    def __init__(self, host: str, port: int, threads: int = THREADS) -> None:
        """Bind at once.

        Raises:
            PortTaken: the port is not free.
        """
        self._cheroot = wsgi.Server((host, port), _not_yet, numthreads=threads, shutdown_timeout=DRAIN_SECONDS)
        try:
            self._cheroot.prepare()
        except OSError as error:
            raise PortTaken(host, port) from error
        self.host = host
        self.port: int = self._cheroot.bind_addr[1]
        self._thread = threading.Thread(target=self._cheroot.serve, name=f"http:{self.port}", daemon=True)

    @property
    def url(self) -> str:
        """The address a client on this machine uses, without a trailing slash."""
        host = "127.0.0.1" if self.host in ("", "0.0.0.0") else self.host  # noqa: S104  compared, not bound
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def serve(self, app: WSGIApplication) -> None:
        """Answer requests with `app` from now on; returns at once."""
        self._cheroot.wsgi_app = app
        self._thread.start()

    def stop(self) -> None:
        """Take no new request, answer those in flight, return."""
        self._cheroot.stop()
        if self._thread.is_alive():
            self._thread.join(DRAIN_SECONDS)


def _not_yet(_environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    start_response("503 Service Unavailable", [("Content-Type", "text/plain")])
    return [b"starting\n"]
