"""Who cannot listen is told why, and whether host or port is to blame."""

from __future__ import annotations

import errno
import socket

import pytest

from emulators.foundation.binding import CannotListen, PortTaken, listening


def test_a_free_port_is_taken_once() -> None:
    """The second who wants it is told that it is in use."""
    with listening("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(PortTaken, match=f"cannot listen on 127.0.0.1:{port}: it is already in use") as raised:
            listening("127.0.0.1", port)

    assert raised.value.port_at_fault


@pytest.mark.parametrize(
    ("error", "told", "port_at_fault"),
    [
        (OSError(errno.EACCES, "x (while attempting to bind)"), "Permission denied", True),
        (OSError(errno.EADDRNOTAVAIL, "x (while attempting to bind)"), "Cannot assign requested address", False),
        (socket.gaierror(-2, "Name or service not known"), "Name or service not known", False),
    ],
)
def test_other_reasons_are_said_as_they_are(error: OSError, told: str, port_at_fault: bool) -> None:
    """Without what Python adds to them."""
    refused = CannotListen.because(error, "h", 25)

    assert (str(refused), refused.port_at_fault) == (f"cannot listen on h:25: {told}", port_at_fault)
    assert not isinstance(refused, PortTaken)
