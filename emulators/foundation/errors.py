"""Errors every room can raise; pure, so that hearts may import them. `error_pages` turns them into answers."""

from __future__ import annotations


class RoomError(Exception):
    """Something a room refuses, with the HTTP status that says whose mistake it was."""

    status = 500

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
