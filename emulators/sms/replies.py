"""Twilio's answer to a message, written out as Flask would write it; what messages of a moment share, only once.

To write JSON costs several times what it costs to fill in three values.
"""

from __future__ import annotations

import json
import re

from emulators.sms.messages import Message, twilio_reply

_MARK = re.compile(r'(?<=["/])\\u0000(sid|to)')
"""One at the beginning of a value or of a path's part; a text that spells it out has one more backslash there."""
_json = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


class Replies:
    """Remembers the last answer but for sid, recipient and text."""

    def __init__(self) -> None:
        self._last: tuple[object, str] = (None, "")

    def written(self, message: Message) -> bytes:
        """The answer's body."""
        alike = message._replace(id=0, sid="\0sid", to="\0to", body="\0body")  # no text that is kept holds a NUL
        last = self._last
        if last[0] != alike:
            self._last = last = alike, _around(alike)
        filled = last[1] % {"sid": message.sid, "to": message.to, "body": _json(message.body)}
        return f"{filled}\n".encode()


def _around(message: Message) -> str:
    text = _json(twilio_reply(message)).replace("%", "%%").replace('"\\u0000body"', "%(body)s")
    return _MARK.sub(r"%(\1)s", text)
