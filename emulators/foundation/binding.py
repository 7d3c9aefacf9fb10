"""Addresses to listen on: a socket, or in a sentence why there is none; and how a client writes them."""

from __future__ import annotations

import errno
import os
import socket

BACKLOG = 1024
"""Connections that may wait to be taken: with five, some of a few dozen at once are late by seconds."""


class CannotListen(Exception):
    """The address cannot be listened on: not this machine's, not allowed, unknown."""

    def __init__(self, host: str, port: int, reason: str, *, port_at_fault: bool) -> None:
        """`port_at_fault`: another port would do; else another host might."""
        super().__init__(f"cannot listen on {host}:{port}: {reason}")
        self.host = host
        self.port = port
        self.port_at_fault = port_at_fault

    @classmethod
    def because(cls, error: OSError, host: str, port: int) -> CannotListen:
        """What the operating system says, as what it means."""
        if error.errno == errno.EADDRINUSE:
            return PortTaken(host, port)
        number = error.errno or 0
        reason = os.strerror(number) if number > 0 else error.strerror or str(error)  # a host's name has other numbers
        return CannotListen(host, port, reason, port_at_fault=number == errno.EACCES)


class PortTaken(CannotListen):
    """Another program already listens on the address."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port, "it is already in use", port_at_fault=True)


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one.

    Raises:
        PortTaken: the port is not free.
        CannotListen: the address cannot be had for another reason.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise CannotListen.because(error, host, port) from error


def reachable(host: str) -> str:
    """The host a client on this machine uses: nobody can call "every interface"."""
    return {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  not bound


def bracketed(host: str) -> str:
    """A host as it stands in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host
