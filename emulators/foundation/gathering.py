"""Work that costs the same for one as for many, done for all threads that ask at the same moment.

Theory of operation. Whoever asks puts its item on the list. When nobody works, it does: for the whole list, and wakes
each of the others once, with its outcome. Who has worked goes its way; if more has come meanwhile, the first that waits
works next. Threads that were answered together mostly ask again together, so whoever works next waits half a
millisecond, at most, for as many as there were last: one by one, each would cost as much as all of them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

GATHER_SECONDS = 0.0005

In = TypeVar("In")
Out = TypeVar("Out")


class _Entry(Generic[In, Out]):
    """An item on the list, and what became of it."""

    def __init__(self, item: In) -> None:
        self.item = item
        self.outcomes: Sequence[Out] = ()
        self.error: BaseException | None = None
        self.news = threading.Lock()
        self.news.acquire()  # given back when it is done, or when it is this one's turn to work

    @property
    def done(self) -> bool:
        return bool(self.outcomes) or self.error is not None


class Gathering(Generic[In, Out]):
    """One kind of work; asked from any thread."""

    def __init__(self, work: Callable[[Sequence[In]], Sequence[Out]], most: int) -> None:
        """`work`: told `most` items at most, gives an outcome for each; what it raises is raised to all of them."""
        self._work = work
        self._most = most
        self._list: list[_Entry[In, Out]] = []
        self._working = False
        self._company = 1
        self._changing = threading.Condition(threading.Lock())

    def do(self, item: In) -> Out:
        """Have the work done for one item; its outcome."""
        mine = _Entry[In, Out](item)
        with self._changing:
            self._list.append(mine)
            first, self._working = not self._working, True
            if len(self._list) == self._company:
                self._changing.notify()
        if not first:
            mine.news.acquire()
        if not mine.done:
            try:
                self._do_next(mine)
            finally:
                self._hand_on()
        if mine.error is not None:
            raise mine.error
        return mine.outcomes[0]

    def _do_next(self, mine: _Entry[In, Out]) -> None:
        """Work for what is on the list, of which `mine` is the first."""
        with self._changing:
            self._changing.wait_for(lambda: len(self._list) >= self._company, GATHER_SECONDS)
            entries, self._list = self._list[: self._most], self._list[self._most :]
            self._company = len(entries)
        try:
            outcomes = self._work([entry.item for entry in entries])
            for entry, outcome in zip(entries, outcomes, strict=True):
                entry.outcomes = (outcome,)
        except BaseException as error:
            for entry in entries:
                entry.error = error
            raise
        finally:
            for entry in entries:
                if entry is not mine:
                    entry.news.release()

    def _hand_on(self) -> None:
        with self._changing:
            if self._list:
                self._list[0].news.release()
            else:
                self._working = False
