"""The cheap client counts what was answered, and notices what was not."""

from __future__ import annotations

import asyncio
import sys

import pytest

from loadtests.benchmarks.served import running
from loadtests.benchmarks.smpp_client import Unexpected, load, submits


def test_it_submits_everything_with_its_window_and_counts_the_answers() -> None:
    """Against the bare server in its own process."""
    with running([sys.executable, "-m", "loadtests.benchmarks.smpp_sink"]) as line:
        rate = asyncio.run(load("127.0.0.1", int(line), messages=400, binds=4, window=7))

    assert rate > 0


def test_a_server_that_hangs_up_is_not_counted() -> None:
    """Nothing is measured that was not answered."""

    async def against_a_server_that_hangs_up() -> None:
        server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
        async with server:
            await load("127.0.0.1", server.sockets[0].getsockname()[1], messages=10, binds=1, window=2)

    with pytest.raises(Unexpected, match="after 0 answers"):
        asyncio.run(against_a_server_that_hangs_up())


def test_every_submission_has_its_own_sequence_number_and_code() -> None:
    """So that an answer belongs to one of them."""
    pdus = submits(0, 50)

    assert len({pdu[12:16] for pdu in pdus}) == 50
    assert len(set(pdus)) == 50
