"""PyPI `mockpost`, whose SMS door is a Twilio Messages resource over FastAPI and SQLite: the peer of `sms_post`."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from loadtests.benchmarks.peers import NotInstalled, answering, free_ports

PATH = "/twilio/2010-04-01/Accounts/{}/Messages.json"
INSTALL = "uv tool install mockpost"
_PORTS = ("HTTP", "SMTP", "FTP", "FTPS", "FTPS_IMPLICIT", "SFTP")


@contextmanager
def mockpost() -> Iterator[int]:
    """Its HTTP port, with a fresh store.

    Raises:
        NotInstalled: there is no `mockpost` command.
    """
    program = shutil.which("mockpost")
    if program is None:
        raise NotInstalled(f"this benchmark compares with mockpost; install it with: {INSTALL}")
    with tempfile.TemporaryDirectory(prefix="caruman-mockpost-") as folder:
        ports = free_ports(len(_PORTS))
        surroundings = {**os.environ, "MOCKPOST_HOST": "127.0.0.1", "MOCKPOST_LOG_LEVEL": "warning"}
        surroundings |= {f"MOCKPOST_{name}_PORT": str(port) for name, port in zip(_PORTS, ports, strict=True)}
        command = [program, "serve"]  # any word starts the server
        with subprocess.Popen(command, cwd=folder, env=surroundings, stdout=subprocess.DEVNULL) as process:  # noqa: S603
            try:
                answering(ports[0])
                yield ports[0]
            finally:
                process.terminate()
