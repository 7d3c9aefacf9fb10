"""The applicant's mailbox: reads what the inbox received for one address, over Mailpit's API."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from features.errors import NoMessage
from features.page import Page, words
from features.patience import LIMIT_SECONDS, until
from features.transport import Response, Transport


@dataclass(frozen=True)
class Letter:
    """One mail: both of its bodies, as received."""

    id: str
    sender: str
    subject: str
    text: str
    html: str

    def behind(self, word: str) -> str:
        """The address behind the word `word` of the HTML body.

        Raises:
            NoMessage: no link reads so.
        """
        links = self._links()
        if word not in links:
            raise NoMessage(f"no link of the mail {self.subject!r} reads {word!r}; there are {', '.join(links)}")
        return links[word]

    def printed(self) -> str:
        """The address printed in the plain text, for those who cannot press a link.

        Raises:
            NoMessage: none is printed.
        """
        printed = [
            word.strip("<>()") for word in self.text.split() if word.strip("<>(").startswith(("http://", "https://"))
        ]
        if not printed:
            raise NoMessage(f"the mail {self.subject!r} prints no address")
        return printed[0]

    def _links(self) -> dict[str, str]:
        page = Page(Response(200, "about:mail", {"content-type": "text/html"}, self.html.encode()))
        return {words(link): link.get("href", "") for link in page.find("//a[@href]")}


class Inbox:
    """One address's mails; remembers which were seen."""

    def __init__(self, transport: Transport, inbox: str, address: str, limit: float = LIMIT_SECONDS) -> None:
        self._limit = limit
        self._transport = transport
        self._inbox = inbox
        self.address = address
        self._seen: set[str] = set()

    def ids(self) -> list[str]:
        """The mails to this address, newest first."""
        told = self._get(f"search?{urlencode({'query': f'to:{self.address}', 'limit': 20})}")
        return [message["ID"] for message in told["messages"]]

    def look_away(self) -> None:
        """Count everything there as seen."""
        self._seen |= set(self.ids())

    def new_letter(self) -> Letter:
        """The newest unseen mail, waited for.

        Raises:
            NoMessage: none came within the limit.
        """
        unseen = until(lambda: next((name for name in self.ids() if name not in self._seen), None), self._limit)
        if unseen is None:
            raise NoMessage(f"no new mail to {self.address} came")
        self._seen.add(unseen)
        told = self._get(f"message/{unseen}")
        return Letter(unseen, told["From"]["Address"], told["Subject"], told["Text"], told["HTML"])

    def _get(self, path: str) -> Any:
        answer = self._transport.request("GET", f"{self._inbox}/api/v1/{path}", data=None, headers={}, name="inbox")
        return json.loads(answer.body)
