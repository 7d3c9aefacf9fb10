"""The answers of a session in the order of its requests.

Every request gets a place at once; an answer that is not ready holds back those behind it.
"""

from __future__ import annotations

from collections import deque


class Place:
    """The place of one answer; its data once it is ready."""

    __slots__ = ("data",)

    def __init__(self) -> None:
        self.data: bytes | None = None


class Answers:
    """What is to be sent: answers that wait for their turn, and what may go."""

    def __init__(self) -> None:
        self._places: deque[Place] = deque()
        self._out: list[bytes] = []

    def __len__(self) -> int:
        """How many answers wait."""
        return len(self._places)

    def place(self) -> Place:
        """Take the next place."""
        place = Place()
        self._places.append(place)
        return place

    def add(self, data: bytes) -> None:
        """An answer that is ready: it goes when its turn has come."""
        if self._places:
            self.place().data = data
        else:
            self._out.append(data)

    def interject(self, data: bytes) -> None:
        """Something that has no turn."""
        self._out.append(data)

    def take(self) -> bytes:
        """What may go now, as one string."""
        places, out = self._places, self._out
        while places and (data := places[0].data) is not None:
            out.append(data)
            places.popleft()
        taken = b"".join(out)
        out.clear()
        return taken

    def clear(self) -> None:
        """Nobody is there any more."""
        self._places.clear()
        self._out.clear()
