"""Beyond loopback the control doors ask for a token, and a person is told."""

from __future__ import annotations

import pytest

from sandbox.errors import SandboxError
from sandbox.exposure import Exposure


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost", "LOCALHOST", "::1"])
def test_on_loopback_no_token_is_made(host: str) -> None:
    """Nobody else can reach the doors; a token of one's own is kept all the same."""
    assert Exposure.of(host, None) == Exposure(None, None)
    assert Exposure.of(host, "mine") == Exposure("mine", None)


def test_beyond_loopback_a_token_is_made_and_told() -> None:
    """The warning carries the address, the header and the token."""
    exposure = Exposure.of("0.0.0.0", None)

    assert exposure.token is not None
    assert len(exposure.token) >= 32
    assert exposure.warning is not None
    for part in ("0.0.0.0", "X-Control-Token", exposure.token):
        assert part in exposure.warning
    assert exposure.token != Exposure.of("0.0.0.0", None).token


def test_a_token_of_ones_own_is_not_repeated() -> None:
    """Whoever gave it knows it; a log need not."""
    exposure = Exposure.of("192.0.2.1", "mine-and-secret")

    assert exposure.token == "mine-and-secret"
    assert "mine-and-secret" not in (exposure.warning or "")


def test_an_empty_host_is_nobodys_address() -> None:
    """It is refused before a server guesses what it means."""
    with pytest.raises(SandboxError, match="--host is empty"):
        Exposure.of("", None)
