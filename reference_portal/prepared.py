"""People who have finished their first registration and may renew, or have an account and no more: all invented.

They come into the store the way the guide leaves them (account; application, documents, a cover that has ended) but
without an order and a receipt, so that the books stay those of real payments. Load runs renew with the first kind,
scenarios that begin behind the log-in begin with the second.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from reference_portal import invented_people
from reference_portal.clock import MALAYSIA, Clock
from reference_portal.documents import Documents
from reference_portal.errors import CallersMistake
from reference_portal.passwords import Passwords
from reference_portal.rules import contact
from reference_portal.rules.cover import SCHEME_START, cover_for
from reference_portal.rules.document import Kind
from reference_portal.storage import accounts, applications, covers, documents
from reference_portal.storage.accounts import Account
from reference_portal.storage.applications import Application, HandedIn
from reference_portal.storage.covers import StoredCover
from reference_portal.storage.database import Database
from reference_portal.storage.documents import Document
from reference_portal.uploads import Upload, receive

MOST = 5000
"""People in one request; ask again for more."""

LAST_PAID = timedelta(days=60)
"""A monthly cover paid that long ago has ended."""

PAPERS_LAST = timedelta(days=730)


@dataclass(frozen=True)
class _Batch:
    """What the people made together share: hashing a password for each would take longer than the load run."""

    password: str
    password_hash: str
    files: dict[Kind, tuple[Upload, str]]
    now: datetime
    since: datetime
    """When their account was activated; when the first period was paid, if they have one."""


class PreparedContributors:
    """Makes them, many in one transaction."""

    def __init__(
        self, clock: Clock, source: random.Random, database: Database, files: Documents, passwords: Passwords
    ) -> None:
        self._clock = clock
        self._source = source
        self._database = database
        self._files = files
        self._passwords = passwords

    def make(self, wish: dict[str, Any]) -> list[dict[str, str]]:
        """`{"count": n}` of them: identity number, password, phrase, mobile, e-mail and name of each.

        With `"registered": false` they have an activated account (L07) and have not pressed **Daftar** yet.

        Raises:
            CallersMistake: the count is no number from 1 to 5000, `registered` is neither true nor false, or the
                clock stands before anybody can have paid.
        """
        count, registered = wish.get("count"), wish.get("registered", True)
        if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= MOST:
            raise CallersMistake(f'say {{"count": n}}, a whole number from 1 to {MOST}')
        if not isinstance(registered, bool):
            raise CallersMistake('say {"registered": true} or {"registered": false}, or leave it out')
        batch = self._batch(registered)
        with self._database.write() as connection:
            people = self._people(connection, batch, count)
            accounts.add(connection, *people)
            if registered:
                self._cover(connection, batch, people)
        return [_told(person, batch) for person in people]

    def _batch(self, registered: bool) -> _Batch:
        now = self._clock.now().astimezone(MALAYSIA)
        since = now - LAST_PAID if registered else now
        if registered and since < SCHEME_START:
            raise CallersMistake("before August 2017 nobody's cover can have ended: move the clock on")
        password = f"Sedia#{self._source.randrange(100_000, 1_000_000)}kereta"
        return _Batch(password, self._passwords.hash(password), self._papers() if registered else {}, now, since)

    def _papers(self) -> dict[Kind, tuple[Upload, str]]:
        upload = receive("dokumen-contoh.pdf", invented_people.sample_page())
        return {kind: (upload, self._files.store(upload)) for kind in invented_people.PAPERS}

    def _people(self, connection: Connection, batch: _Batch, count: int) -> list[Account]:
        people: dict[str, Account] = {}
        while len(people) < count:
            person = invented_people.person(self._source, batch.password_hash, batch.since)
            number = person.identity_number
            if number not in people and accounts.with_identity(connection, number) is None:
                people[number] = person
        return list(people.values())

    def _cover(self, connection: Connection, batch: _Batch, people: list[Account]) -> None:
        forms = [invented_people.application(self._source, person, batch.since) for person in people]
        papers = {form.id: [self._paper(form, kind, batch) for kind in batch.files] for form in forms}
        documents.keep(connection, *(paper for owned in papers.values() for paper in owned))
        applications.add(connection, *forms)
        applications.hand_in(
            connection,
            *(HandedIn(form, p.kind, p.id, p.number, p.expires) for form, owned in papers.items() for p in owned),
        )
        ended = [(form, cover_for(batch.since, form.period)) for form in forms]
        covers.add(
            connection,
            *(StoredCover(form.account_id, None, form.plan, form.period, had.start, had.end) for form, had in ended),
        )

    def _paper(self, form: Application, kind: Kind, batch: _Batch) -> Document:
        entry = self._files.entry(form.account_id, kind, *batch.files[kind])
        number = invented_people.document_number(self._source, kind)
        return replace(entry, number=number, expires=(batch.now + PAPERS_LAST).date())


def _told(person: Account, batch: _Batch) -> dict[str, str]:
    return {
        "identity_number": person.card.formatted,
        "password": batch.password,
        "secret_phrase": person.secret_phrase or "",
        "mobile": contact.spoken_mobile(person.mobile),
        "email": person.email,
        "full_name": person.full_name,
    }
