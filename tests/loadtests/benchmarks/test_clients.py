"""The cheap clients of HTTP and SMTP count what was taken, and notice what was not."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from loadtests.benchmarks import http_client, mail_client, sms_post
from loadtests.benchmarks.http_client import Unexpected
from loadtests.benchmarks.served import running


def against(answer: bytes, act: Callable[[int], Coroutine[Any, Any, float]], greeting: bytes = b"") -> float:
    """What a client measures against a server that says the same to everything."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(greeting)
            while await reader.read(65_536):
                writer.write(answer)
        finally:
            writer.close()

    async def measure() -> float:
        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            try:
                return await act(server.sockets[0].getsockname()[1])
            finally:
                await asyncio.sleep(0)  # hanging up takes a round of the loop

    return asyncio.run(measure())


REQUESTS = sms_post.requests(sms_post.PATH, 20)


def test_posts_that_are_taken_are_counted() -> None:
    """Over several lines, whatever the pieces of an answer."""
    taken = b"HTTP/1.1 201 CREATED\r\nContent-Length: 2\r\n\r\nok"
    assert against(taken, lambda port: asyncio.to_thread(http_client.load, port, REQUESTS, 3)) > 0


@pytest.mark.parametrize("answer", [b"HTTP/1.1 500 NO\r\nContent-Length: 0\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_post_that_is_not_taken_is_no_figure(answer: bytes) -> None:
    """Refused, or answered without a length."""
    with pytest.raises(Unexpected, match="answered"):
        against(answer, lambda port: asyncio.to_thread(http_client.load, port, REQUESTS, 3))


def test_mail_goes_to_a_bare_server_and_is_of_the_size_it_says() -> None:
    """aiosmtpd takes all of it."""
    mails = [mail_client.mail(number, 5) for number in range(20)]
    with running([sys.executable, "-m", "loadtests.benchmarks.smtp_sink"]) as line:
        assert asyncio.run(mail_client.load(int(line), mails, 4)) > 0

    assert {len(mail[3]) for mail in mails} == {mail_client.SIZE + len(b".\r\n")}


def test_mail_that_is_refused_is_no_figure() -> None:
    """Whatever the step."""
    with pytest.raises(Unexpected, match="554 no"):
        against(b"554 no\r\n", lambda port: mail_client.load(port, [mail_client.mail(1, 1)], 1), greeting=b"220 x\r\n")
