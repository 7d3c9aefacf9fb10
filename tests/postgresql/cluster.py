"""A PostgreSQL server of a test's own: made in a temporary directory, reached by a unix socket, gone afterwards."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

SERVER_USER = "postgres"
"""PostgreSQL refuses to run as root; Debian's package makes this user."""
START_SECONDS = 60


class NoServer(Exception):
    """There are no PostgreSQL binaries, or they do not start; the sentence says what to do."""


class Cluster:
    """A running server."""

    def __init__(self, socket_dir: Path, psql: Path) -> None:
        self._socket_dir = socket_dir
        self._psql = psql
        self._numbers = itertools.count(1)

    def new_database(self) -> str:
        """Make an empty database; returns its SQLAlchemy URL."""
        name = f"world_{next(self._numbers)}"
        _run([str(self._psql), *self._where(), "--dbname", "postgres", "--command", f"CREATE DATABASE {name}"])
        return f"postgresql+psycopg://caruman@/{name}?host={quote(str(self._socket_dir), safe='')}"

    def _where(self) -> list[str]:
        return ["--host", str(self._socket_dir), "--username", "caruman", "--no-psqlrc", "--quiet"]


def binaries(roots: tuple[str, ...] = ("/usr/lib/postgresql",)) -> Path:
    """The folder of the newest installed server.

    Raises:
        NoServer: none is installed.
    """
    found = [path.parent for root in roots for path in Path(root).glob("*/bin/pg_ctl")]
    on_path = shutil.which("pg_ctl")
    if found:
        return max(found, key=lambda path: int(re.sub(r"\D", "", path.parent.name) or 0))
    if on_path:
        return Path(on_path).resolve().parent
    raise NoServer(
        "PostgreSQL is not installed; install it with: sudo apt-get install --no-install-recommends postgresql"
    )


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Make, start, yield, stop and remove a server. Durability is off: nothing here outlives the test."""
    binary = binaries()
    with tempfile.TemporaryDirectory(prefix="caruman-pg-", dir="/tmp") as folder:  # a socket's path must be short
        home = Path(folder)
        if os.geteuid() == 0:
            shutil.chown(home, SERVER_USER)
        data, log = home / "data", home / "log"
        _as_server(str(binary / "initdb"), "-D", str(data), "-U", "caruman", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={home} -c fsync=off"
        start = ("-D", str(data), "-l", str(log), "-o", options, "-w", "-t", str(START_SECONDS), "start")
        try:
            _as_server(str(binary / "pg_ctl"), *start)
        except NoServer as error:
            said = log.read_text(errors="replace")[-2000:] if log.exists() else ""
            raise NoServer(f"{error}\n{said}") from error
        try:
            yield Cluster(home, binary / "psql")
        finally:
            _as_server(str(binary / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")


def _as_server(*command: str) -> None:
    _run(["runuser", "-u", SERVER_USER, "--", *command] if os.geteuid() == 0 else list(command))


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=START_SECONDS, cwd="/", check=False)
    if done.returncode != 0:
        raise NoServer(f"{' '.join(command)} ended with {done.returncode}: {(done.stderr or done.stdout).strip()}")
