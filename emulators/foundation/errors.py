"""Errors every room can raise; pure, so that hearts may import them. `error_pages` turns them into answers."""

from __future__ import annotations


class RoomError(Exception):
    """Something a room refuses, with the HTTP status that says whose mistake it was."""

    status = 500
    retry_after: int | None = None
    """Seconds after which asking again makes sense; said in `Retry-After`."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class CallersMistake(RoomError):
    """The request is wrong; the sentence says what and how to mend it."""

    status = 400


class NotAllowed(RoomError):
    """The caller did not show the secret this door asks for."""

    status = 401


class NotHere(RoomError):
    """Nothing is known under that name."""

    status = 404


class TooManyWaiting(RoomError):
    """As many requests wait as the room lets wait at once; nobody else is slowed by them."""

    status = 429
    retry_after = 1


class Closing(RoomError):
    """The room is shutting its doors, and answers whoever waits."""

    status = 503
    retry_after = 1
