"""PyPI `localstripe` with stock settings: create and confirm a payment intent, in windows of three seconds."""

from __future__ import annotations

import base64
import http.client
import json
import shutil
import socket
import subprocess
import tempfile
import threading
import time

from loadtests.benchmarks.peers import NotInstalled, answering

WINDOW_SECONDS, WINDOWS, CLIENTS = 3.0, 3, 4
_KEY = base64.b64encode(b"sk_test_sandbox:").decode()
_HEADERS = {"Authorization": f"Basic {_KEY}", "Content-Type": "application/x-www-form-urlencoded"}


def best_window() -> float:
    """Payment intents created and confirmed a second, in its best window.

    Raises:
        NotInstalled: there is no `localstripe` command.
    """
    program = shutil.which("localstripe")
    if program is None:
        raise NotInstalled("this benchmark compares with localstripe; install it with: pip install localstripe")
    with tempfile.TemporaryDirectory(prefix="caruman-localstripe-") as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
        free.close()
        command = [program, "--port", str(port), "--from-scratch"]
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603
            try:
                return _measure(port)
            finally:
                process.terminate()


def _measure(port: int) -> float:
    answering(port)
    done, over = [0], threading.Event()
    clients = [threading.Thread(target=_work, args=(port, done, over), daemon=True) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    rates = []
    for _ in range(WINDOWS):
        before = done[0]
        time.sleep(WINDOW_SECONDS)
        rates.append((done[0] - before) / WINDOW_SECONDS)
    over.set()
    for client in clients:
        client.join()
    return max(rates)


def _work(port: int, done: list[int], over: threading.Event) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    while not over.is_set():
        made = _post(connection, "/v1/payment_intents", "amount=15720&currency=myr&payment_method=pm_card_visa")
        _post(connection, f"/v1/payment_intents/{made}/confirm", "")
        done[0] += 1


def _post(connection: http.client.HTTPConnection, path: str, body: str) -> str:
    connection.request("POST", path, body, _HEADERS)
    return str(json.loads(connection.getresponse().read())["id"])
