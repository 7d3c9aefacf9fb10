"""Serving: the address is known before the first request, and the last one is answered."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from wsgiref.types import StartResponse, WSGIEnvironment

import httpx
import pytest
from flask import Flask

from emulators.foundation.serving import CannotListen, PortTaken, Server

Until = Callable[..., object]


def hello(_environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    """The smallest application."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello"]


def test_the_address_is_known_before_anything_is_served() -> None:
    """Binding to port 0 gives a real port at once, so that rooms can be told of each other before they start."""
    server = Server("127.0.0.1", 0)

    assert server.port > 0
    assert f"http://127.0.0.1:{server.port}" == server.url

    server.serve(hello)

    assert httpx.get(server.url).text == "hello"

    server.stop()


def test_an_address_on_every_interface_is_told_as_a_local_one() -> None:
    """Nobody can call 0.0.0.0: the URL names loopback."""
    server = Server("0.0.0.0", 0)
    server.serve(hello)

    assert f"http://127.0.0.1:{server.port}" == server.url
    assert httpx.get(server.url).text == "hello"

    server.stop()


def test_a_taken_port_is_named() -> None:
    """The error carries host and port, so that the front door can name the flag."""
    first = Server("127.0.0.1", 0)
    with pytest.raises(PortTaken) as caught:
        Server("127.0.0.1", first.port)
    first.serve(hello)
    first.stop()

    assert ("127.0.0.1", first.port) == (caught.value.host, caught.value.port)
    assert str(first.port) in str(caught.value)


def test_an_address_of_another_machine_is_refused_with_the_reason() -> None:
    """Not every failure to bind is a taken port: the reason is the system's own."""
    with pytest.raises(CannotListen, match="assign requested address") as caught:
        Server("192.0.2.1", 0)

    assert not isinstance(caught.value, PortTaken)


def test_a_stop_answers_the_request_in_flight_and_takes_no_new_one(until: Until) -> None:
    """The caller who was first is served to the end; the one who comes later finds the door shut."""
    entered, finish = threading.Event(), threading.Event()
    app = Flask("slow")

    @app.get("/")
    def slow() -> str:
        entered.set()
        finish.wait(5)
        return "done"

    server = Server("127.0.0.1", 0)
    server.serve(app)
    answers: list[str] = []
    caller = threading.Thread(target=lambda: answers.append(httpx.get(server.url).text))
    caller.start()
    assert entered.wait(5)
    stopper = threading.Thread(target=server.stop)
    stopper.start()

    until(lambda: refuses(server.port), "new connections are refused")
    finish.set()
    caller.join(5)
    stopper.join(5)

    assert answers == ["done"]


def test_a_server_that_never_served_can_be_stopped() -> None:
    """A start-up that fails half-way gives its ports back."""
    server = Server("127.0.0.1", 0)
    server.stop()

    again = Server("127.0.0.1", server.port)
    again.stop()

    assert server.port == again.port


def refuses(port: int) -> bool:
    """Whether nobody listens on the port."""
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) != 0
