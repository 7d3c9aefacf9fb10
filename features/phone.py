"""The applicant's mobile: reads what the SMS gateway delivered to one number."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from urllib.parse import urlencode

from features.errors import NoMessage
from features.patience import LIMIT_SECONDS, until
from features.transport import Transport


@dataclass(frozen=True)
class TextMessage:
    """One message on the screen of the phone."""

    sid: str
    body: str
    received_at: str


class Phone:
    """One number's messages; remembers which were seen, so that an old code is never taken for a new one."""

    def __init__(self, transport: Transport, sms: str, number: str, limit: float = LIMIT_SECONDS) -> None:
        self._limit = limit
        self._transport = transport
        self._sms = sms
        self.number = number
        self._seen: set[str] = set()

    def messages(self) -> list[TextMessage]:
        """All messages to this number, newest first."""
        url = f"{self._sms}/api/v1/messages?{urlencode({'to': self.number, 'limit': 20})}"
        answer = self._transport.request("GET", url, data=None, headers={}, name="sms")
        told = json.loads(answer.body)["messages"]
        return [TextMessage(message["sid"], message["body"], message["received_at"]) for message in told]

    def look_away(self) -> None:
        """Count everything there as seen: the next message read will be newer than this."""
        self._seen |= {message.sid for message in self.messages()}

    def new_message(self) -> TextMessage:
        """The newest unseen message, waited for.

        Raises:
            NoMessage: none came within the limit.
        """
        unseen = until(
            lambda: next((message for message in self.messages() if message.sid not in self._seen), None), self._limit
        )
        if unseen is None:
            raise NoMessage(f"no new text message to {self.number} came")
        self._seen.add(unseen.sid)
        return unseen

    def one_time_password(self) -> str:
        """The six digits of the newest unseen message.

        Raises:
            NoMessage: none came, or it holds no code.
        """
        message = self.new_message()
        code = re.search(r"(?<!\d)\d{6}(?!\d)", message.body)
        if code is None:
            raise NoMessage(f"the text message to {self.number} holds no code of six digits: {message.body!r}")
        return code.group()
