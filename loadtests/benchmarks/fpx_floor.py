"""What a payment cannot cost less than: the same six requests and one delivery, by the same framework, bare.

It verifies the request, signs the confirmation, commits as often as a payment must (taken, signed in, decided with the
letter owed, delivered) and renders nothing. Says its address and serves.
"""

from __future__ import annotations

import http.client
import queue
import sqlite3
import sys
import tempfile
import threading
from pathlib import Path
from urllib.parse import urlsplit

from cheroot import wsgi
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from flask import Flask, Response, redirect, request

from loadtests.benchmarks.fpx_bare_pages import PAY, RESULT

_ROW = "x" * 900
_SOURCE = b"|".join([b"value"] * 20)


class Store:
    """Commits as durable as the room's: WAL, synchronous=NORMAL, one writer at a time."""

    def __init__(self, folder: str) -> None:
        self._lock = threading.Lock()
        place = Path(folder) / "floor.sqlite3"
        self._database = sqlite3.connect(place, check_same_thread=False, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=NORMAL")
        self._database.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, row TEXT)")

    def commit(self) -> None:
        """One row, durable."""
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.execute("INSERT INTO kept (row) VALUES (?)", (_ROW,))
            self._database.execute("COMMIT")


def application(store: Store, seller: str) -> Flask:
    """The six answers."""
    app = Flask("floor")
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    signature = key.sign(_SOURCE, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303  FPX's own digest
    public = key.public_key()
    owed: queue.Queue[bytes] = queue.Queue()
    for _ in range(2):
        threading.Thread(target=_deliver, args=(owed, seller, store), daemon=True).start()

    @app.post("/FPXMain/seller2DReceiver.jsp")
    def take() -> Response:
        request.form.to_dict()
        public.verify(signature, _SOURCE, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303  FPX's own digest
        store.commit()
        return redirect("/bank/visit", 303)  # type: ignore[return-value]

    @app.get("/bank/visit")
    def page() -> str:
        return PAY + RESULT

    @app.post("/bank/visit/sign-in")
    def sign_in() -> Response:
        request.form.to_dict()
        store.commit()
        return redirect("/bank/visit", 303)  # type: ignore[return-value]

    @app.post("/bank/visit/confirm")
    def confirm() -> Response:
        request.form.to_dict()
        body = key.sign(_SOURCE, padding.PKCS1v15(), hashes.SHA1()).hex().encode() * 2  # noqa: S303
        store.commit()
        owed.put(body)
        return redirect("/bank/visit", 303)  # type: ignore[return-value]

    return app


def _deliver(owed: queue.Queue[bytes], seller: str, store: Store) -> None:
    place = urlsplit(seller)
    connection = http.client.HTTPConnection(str(place.hostname), place.port)
    while True:
        connection.request("POST", "/direct", owed.get(), {"Content-Type": "application/x-www-form-urlencoded"})
        connection.getresponse().read()
        store.commit()


def serve(seller: str) -> None:
    """Serve until the process is told to stop."""
    with tempfile.TemporaryDirectory(prefix="caruman-floor-") as folder:
        server = wsgi.Server(("127.0.0.1", 0), application(Store(folder), seller), numthreads=4)
        server.prepare()
        sys.stdout.write(f"http://127.0.0.1:{server.bind_addr[1]}\n")
        sys.stdout.flush()
        server.serve()


if __name__ == "__main__":
    serve(sys.argv[1])
