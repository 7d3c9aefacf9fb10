"""The one clock of a sandbox: every "now" in every room is asked here."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

MALAYSIA = timezone(timedelta(hours=8), "MYT")
"""Malaysia time: UTC+08:00 with no daylight saving."""

DEFAULT_DAY = datetime(2019, 5, 15, 9, 0, tzinfo=MALAYSIA)
"""The day a new sandbox wakes up on: inside the months the guide describes."""

EARLIEST = datetime(2000, 1, 1, tzinfo=MALAYSIA)
LATEST = datetime(2100, 1, 1, tzinfo=MALAYSIA)
"""Between these every room's arithmetic (months, years of cover, certificates) stays inside the calendar."""


def check_instant(instant: datetime) -> datetime:
    """The aware `instant` itself; ValueError when no sandbox lives then."""
    if not EARLIEST <= instant < LATEST:
        raise ValueError(f"a sandbox lives from {EARLIEST.year} to {LATEST.year - 1}, not in {instant.year}")
    return instant


@dataclass(frozen=True)
class _Setting:
    """World time `world` was true at real time `real`; it moves on from there only while `running`."""

    world: datetime
    real: float
    running: bool

    def now(self) -> datetime:
        if not self.running:
            return self.world
        return self.world + timedelta(seconds=time.time() - self.real)


class Clock:
    """A clock that can be held, set, advanced and let run; instants are aware, in Malaysia time.

    With a `path` the setting lives in that file, so that it survives a restart and is shared by every process
    that was given the same file. Without one it lives in memory.
    """

    def __init__(self, path: Path | None = None, start: datetime | None = None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._seen = (0, 0)
        self._setting = _Setting(start or DEFAULT_DAY, time.time(), running=True)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            if start is not None or not path.exists():
                self._keep(self._setting)

    def now(self) -> datetime:
        """The present instant of this sandbox."""
        return self._current().now()

    def running(self) -> bool:
        """Whether time is passing."""
        return self._current().running

    def set(self, instant: datetime) -> None:
        """Make it `instant` (aware); time goes on, or stays held, as before.

        Raises:
            ValueError: the instant is not within EARLIEST and LATEST; nothing has changed. So do the other moves.
        """
        self._change(lambda old: _Setting(instant.astimezone(MALAYSIA), time.time(), old.running))

    def advance(self, by: timedelta) -> None:
        """Move `by` from the present instant (a negative span goes back)."""
        self._change(lambda old: _Setting(old.now() + by, time.time(), old.running))

    def hold(self) -> None:
        """Stop time at the present instant."""
        self._change(lambda old: _Setting(old.now(), time.time(), running=False))

    def run(self) -> None:
        """Let time pass again from the present instant."""
        self._change(lambda old: _Setting(old.now(), time.time(), running=True))

    def _change(self, to: Callable[[_Setting], _Setting]) -> None:
        with self._lock:
            wished = to(self._read())
            check_instant(wished.world)
            self._keep(wished)

    def _current(self) -> _Setting:
        if self._path is None:
            return self._setting
        with self._lock:
            return self._read()

    def _read(self) -> _Setting:
        if self._path is not None:
            stamp = _stamp(self._path)
            if stamp != self._seen:
                kept = json.loads(self._path.read_text())
                self._setting = _Setting(datetime.fromisoformat(kept["world"]), kept["real"], kept["running"])
                self._seen = stamp
        return self._setting

    def _keep(self, setting: _Setting) -> None:
        self._setting = setting
        if self._path is None:
            return
        kept = {"world": setting.world.isoformat(), "real": setting.real, "running": setting.running}
        draft = self._path.with_suffix(f".{os.getpid()}.{threading.get_ident()}.new")
        with draft.open("w") as file:
            file.write(json.dumps(kept))
            file.flush()
            os.fsync(file.fileno())  # an empty clock after a power cut would keep the sandbox from starting
        draft.replace(self._path)
        self._seen = _stamp(self._path)


def _stamp(path: Path) -> tuple[int, int]:
    """Changes whenever the file is replaced: two replacements inside one tick of the file system differ by inode."""
    status = path.stat()
    return status.st_mtime_ns, status.st_ino
