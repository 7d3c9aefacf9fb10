"""Fields of a body: fixed integers and strings that end in NUL (SMPP 3.4 section 3.1, confidence high)."""

from __future__ import annotations

from emulators.sms.smpp.statuses import CommandStatus, Refused


def c_string(text: str) -> bytes:
    """A C-octet string: ASCII and its NUL; what is not ASCII becomes a question mark."""
    return text.encode("ascii", "replace") + b"\0"


class Fields:
    """Reads the fields of a body in their order.

    Each method raises Refused: RINVCMDLEN when the body ends too soon, the given status when a string is too long.
    """

    __slots__ = ("_at", "_body")

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0

    def text(self, limit: int, too_long: CommandStatus) -> str:
        """A C-octet string of at most `limit` octets with its NUL; octets beyond ASCII are read as Latin-1."""
        end = self._body.find(b"\0", self._at)
        if end < 0:
            raise Refused(CommandStatus.RINVCMDLEN, "the body ends within a string")
        found = self._body[self._at : end]
        if len(found) >= limit:
            raise Refused(too_long, f"a string of {len(found)} octets where {limit - 1} fit")
        self._at = end + 1
        return found.decode("latin-1")

    def octets(self, count: int) -> bytes:
        """So many octets as they are; a short body is told as a wrong message length."""
        found = self._body[self._at : self._at + count]
        if len(found) < count:
            raise Refused(CommandStatus.RINVMSGLEN, f"{len(found)} octets of text follow where {count} were announced")
        self._at += count
        return found

    def numbers(self, count: int) -> bytes:
        """So many integers of one octet each."""
        found = self._body[self._at : self._at + count]
        if len(found) < count:
            raise Refused(CommandStatus.RINVCMDLEN, "the body ends before its mandatory fields do")
        self._at += count
        return found

    def rest(self) -> bytes:
        """What follows the mandatory fields."""
        return self._body[self._at :]
