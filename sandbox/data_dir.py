"""The folder a sandbox keeps its data in: claimed while somebody works on it, gone afterwards if it was temporary."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sandbox.errors import DataDirInUse, SandboxError


@contextmanager
def claimed(data_dir: Path | None, rooms: Sequence[str]) -> Iterator[Path]:
    """The folder, made if missing and held for `rooms`; without one, a temporary folder that vanishes at the end.

    The claim is a lock of the operating system, so that a killed sandbox leaves nothing to clean up.

    Raises:
        DataDirInUse: another process holds one of the rooms.
        SandboxError: the folder cannot be made or written.
    """
    if data_dir is None:
        with tempfile.TemporaryDirectory(prefix="caruman-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)
        return
    claims: list[int] = []
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        claims.extend(_claim(data_dir, room) for room in rooms)
    except OSError as error:
        _give_up(claims)
        raise SandboxError(
            f"cannot keep data in {data_dir}: {error.strerror}; choose another with --data-dir"
        ) from error
    except DataDirInUse:
        _give_up(claims)
        raise
    try:
        yield data_dir
    finally:
        _give_up(claims)


def _claim(data_dir: Path, room: str) -> int:
    claim = os.open(data_dir / f"{room}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(claim, 20, 0).decode().strip() or "unknown"
        os.close(claim)
        raise DataDirInUse(
            f"a sandbox already works on {data_dir}/ (its {room} is process {holder});"
            " stop it, or choose another folder with --data-dir"
        ) from None
    os.ftruncate(claim, 0)
    os.pwrite(claim, f"{os.getpid()}\n".encode(), 0)
    return claim


def _give_up(claims: list[int]) -> None:
    for claim in claims:
        os.close(claim)
    claims.clear()
