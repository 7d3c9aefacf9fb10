"""New messages told by POST: Mailpit's summary JSON, signed, sent again until answered, and never lost.

What is owed is written in the transaction that stores the message, so that neither goes without the other, and the
courier brings it at least once: a receiver may hear of a message twice and knows it by its ID. (Mailpit's own webhook
sends one a second, drops the others and never tries again.)
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from sqlalchemy import Connection, select

from emulators.foundation.clock import Clock
from emulators.foundation.courier import Attempt, Courier
from emulators.foundation.database import Database
from emulators.foundation.errors import CallersMistake
from emulators.foundation.journal import Journal
from emulators.smtp.shapes import Json, summary_of
from emulators.smtp.sorting import Sorted
from emulators.smtp.tables import HOOKS, LETTERS

SIGNATURE = "X-Sandbox-Signature"
"""`sha256=` and the HMAC-SHA256 of the body in hexadecimal, made with the secret."""
AGENT = "Mailpit/v1.30.5-sandbox"
SCHEDULE = (1.0, 5.0, 30.0, 120.0, 600.0, 3600.0)
"""Seconds of the sandbox's clock before each further attempt."""
LOOK_SECONDS = 1.0
_INSERT = HOOKS.insert()


class Webhooks:
    """Owes each new message to every address, of the settings and of the control verb."""

    def __init__(
        self, database: Database, journal: Journal, clock: Clock, urls: Sequence[str], secret: str, label: str
    ) -> None:
        """`urls` and `secret` of the settings; `label`: what the inbox calls itself."""
        self._database = database
        self._journal = journal
        self._usual = dict.fromkeys(urls, secret)
        self._secret = secret
        self._label = label
        self._known: dict[str, str] = {}
        self._look_due = 0.0
        self.courier = Courier(
            LETTERS,
            database,
            clock,
            schedule=SCHEDULE,
            acknowledges=lambda status, _: 200 <= status < 300,
            on_attempt=self._note,
        )

    def owe(self, connection: Connection, messages: Sequence[tuple[int, Sorted]]) -> bool:
        """Write a letter for each message and address inside the caller's transaction; whether there was one."""
        hooks = self._hooks(connection)
        for _, message in messages if hooks else ():
            body = json.dumps(summary_of(message.entry.columns), ensure_ascii=False, separators=(",", ":"))
            for url, secret in hooks.items():
                headers = {
                    "Content-Type": "application/json",
                    "User-Agent": AGENT,
                    "Mailpit-Label": self._label,
                    SIGNATURE: signature(secret, body),
                }
                self.courier.owe(connection, message.uid, url, body, headers)
        return bool(hooks)

    def set(self, wish: Json) -> Json:
        """The control verb: {"urls": [...], "secret": "..."} replaces what an earlier call set; {} only tells.

        Raises:
            CallersMistake: it cannot be read; nothing was changed.
        """
        if wish:
            urls, secret = _read(wish, self._secret)
            with self._database.write() as connection:
                connection.execute(HOOKS.delete())
                if urls:
                    connection.execute(_INSERT, [{"url": url, "secret": secret} for url in urls])
        self.forget()
        with self._database.read() as connection:
            return {"urls": list(self._hooks(connection)), "signature": SIGNATURE}

    def forget(self) -> None:
        """Look into the store before the next message: the addresses may have changed."""
        self._look_due = 0.0

    def _hooks(self, connection: Connection) -> Mapping[str, str]:
        """Address and secret; those another process sets are known within `LOOK_SECONDS`."""
        now = time.monotonic()
        if now >= self._look_due:
            rows = connection.execute(select(HOOKS.c.url, HOOKS.c.secret).order_by(HOOKS.c.url))
            self._known = {**self._usual, **{row.url: row.secret for row in rows}}
            self._look_due = now + LOOK_SECONDS
        return self._known

    def _note(self, connection: Connection, attempt: Attempt) -> None:
        facts = {"url": attempt.url, "attempt": attempt.number, "status": attempt.status, "verdict": attempt.verdict}
        self._journal.write(connection, "webhook", attempt.ref, **facts, answer=attempt.answer[:200])


def signature(secret: str, body: str) -> str:
    """What a receiver compares with the header."""
    return f"sha256={hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()}"


def _read(wish: Json, usual: str) -> tuple[list[str], str]:
    if set(wish) - {"urls", "secret"}:
        raise CallersMistake('say {"urls": ["http://127.0.0.1:9000/mail"], "secret": "..."}')
    urls, secret = wish.get("urls", []), wish.get("secret", usual)
    if not isinstance(secret, str) or not isinstance(urls, list) or not all(isinstance(url, str) for url in urls):
        raise CallersMistake("urls must be a list of addresses and secret text")
    for url in urls:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise CallersMistake(f"{url[:200]!r} is no address of http or https")
    return list(dict.fromkeys(urls)), secret
