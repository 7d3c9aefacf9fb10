"""Counterparts on real sockets: a gateway that answers as it is told and remembers what it was sent."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

VECTORS = Path(__file__).parents[2] / "vectors"


@dataclass
class Told:
    """What the counterpart answers, and what it was asked: (path, form, Authorization)."""

    url: str = ""
    status: int = 200
    body: str = ""
    asked: list[tuple[str, dict[str, str], str | None]] = field(default_factory=list)


@pytest.fixture(name="counterpart")
def _counterpart() -> Iterator[Told]:
    """A gateway's HTTP side on a free port of loopback."""
    told = Told()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told.asked.append((self.path, dict(parse_qsl(sent, keep_blank_values=True)), self.headers["Authorization"]))
            answer = told.body.encode()
            self.send_response(told.status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(name="closed_url")
def _closed_url() -> str:
    """An address nobody listens on."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.server_close()
    return f"http://127.0.0.1:{server.server_port}"


@pytest.fixture(name="published", scope="session")
def _published() -> dict[str, str]:
    """The key published with the vectors: PEM texts `private_key`, `public_key` and `certificate`."""
    published: dict[str, str] = json.loads((VECTORS / "test_key.json").read_text())
    return published


@pytest.fixture(name="key", scope="session")
def _key(published: dict[str, str]) -> RSAPrivateKey:
    """The vectors' private key; here it signs for FPX as well as for the merchant."""
    key = load_pem_private_key(published["private_key"].encode(), password=None)
    assert isinstance(key, RSAPrivateKey)
    return key
