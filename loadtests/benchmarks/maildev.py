"""npm `maildev`, a mail catcher on Node: the peer of `mail_store`."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from loadtests.benchmarks.peers import NotInstalled, answering, free_ports

INSTALL = "npm install --global maildev@2.2.1"


@contextmanager
def maildev() -> Iterator[tuple[int, int]]:
    """Its SMTP and HTTP ports, with nothing stored.

    Raises:
        NotInstalled: there is no `maildev` command.
    """
    program = shutil.which("maildev")
    if program is None:
        raise NotInstalled(f"this benchmark compares with maildev; install it with: {INSTALL}")
    smtp, web = free_ports(2)
    command = [program, "-s", str(smtp), "-w", str(web), "--ip", "127.0.0.1", "--silent"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603  found on PATH
        try:
            answering(smtp)
            answering(web)
            yield smtp, web
        finally:
            process.terminate()
