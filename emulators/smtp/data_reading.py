"""The data of a message taken from the line in one piece.

aiosmtpd reads it line by line, which costs more than everything else about a message. Only CRLF "." CRLF ends the data
(RFC 5321, 4.1.1.4), so that a bare LF smuggles nothing in; one dot in front of a line is taken away (4.5.2).
"""

from __future__ import annotations

import asyncio

LINE_END = b"\r\n"
DOT_LINE = b".\r\n"
END = LINE_END + DOT_LINE


async def read_data(reader: asyncio.StreamReader, limit: int) -> bytes | None:
    """The message, dots taken away; None when it has more octets than `limit`: all of them have been read then."""
    # The end may stand in the very first line, behind the line end of DATA itself, which has been read: put it back.
    reader._buffer[:0] = LINE_END  # type: ignore[attr-defined]  # a StreamReader has no other way
    whole = True
    while True:
        try:
            data = await reader.readuntil(END)
            break
        except asyncio.LimitOverrunError as error:
            await reader.read(error.consumed)
            whole = False
    if not whole or len(data) - len(END) > limit:
        return None
    return data[: -len(DOT_LINE)].replace(b"\r\n.", LINE_END)[len(LINE_END) :]
