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
from reference_portal.personas.persona import Persona, drawn, generator
from reference_portal.rules.contribution import Period
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
        return [_told(persona, batch) for persona in people.values()]

    def _batch(self, registered: bool) -> _Batch:
        now = self._clock.now().astimezone(MALAYSIA)
        since = now - LAST_PAID if registered else now
        if registered and since < SCHEME_START:
            raise CallersMistake("before August 2017 nobody's cover can have ended: move the clock on")
        password = f"Sedia#{self._source.randrange(100_000, 1_000_000)}kereta"
        return _Batch(password, self._passwords.hash(password), self._papers() if registered else {}, now, since)

    def _papers(self) -> dict[Kind, tuple[Upload, str]]:
        uploads = {kind: receive(f"{kind}.pdf", invented_people.sample_page(kind)) for kind in invented_people.PAPERS}
        return {kind: (upload, self._files.store(upload)) for kind, upload in uploads.items()}

    def _people(self, connection: Connection, batch: _Batch, count: int) -> dict[Account, Persona]:
        people: dict[str, tuple[Account, Persona]] = {}
        faker = generator(self._source)
        while len(people) < count:
            persona = drawn(faker, "", batch.now.year)
            account = invented_people.account_of(persona, self._source, batch.password_hash, batch.since)
            number = account.identity_number
            if number not in people and accounts.with_identity(connection, number) is None:
                people[number] = (account, persona)
        return dict(people.values())

    def _cover(self, connection: Connection, batch: _Batch, people: dict[Account, Persona]) -> None:
        forms = {_application(self._source, person, persona, batch): persona for person, persona in people.items()}
        papers = {
            form: [self._paper(form, persona, kind, batch) for kind in batch.files] for form, persona in forms.items()
        }
        documents.keep(connection, *(paper for owned in papers.values() for paper in owned))
        applications.add(connection, *forms)
        applications.hand_in(
            connection,
            *(HandedIn(form.id, p.kind, p.id, p.number, p.expires) for form, owned in papers.items() for p in owned),
        )
        ended = [(form, cover_for(batch.since, form.period)) for form in forms]
        covers.add(
            connection,
            *(StoredCover(form.account_id, None, form.plan, form.period, had.start, had.end) for form, had in ended),
        )

    def _paper(self, form: Application, persona: Persona, kind: Kind, batch: _Batch) -> Document:
        entry = self._files.entry(form.account_id, kind, *batch.files[kind])
        return replace(entry, number=persona.valid[kind].number, expires=persona.valid[kind].expires)


def _application(source: random.Random, account: Account, persona: Persona, batch: _Batch) -> Application:
    """By the month, so that a cover paid sixty days ago has ended."""
    return invented_people.application_of(replace(persona, period=Period.BULANAN), source, account, batch.since)


def _told(persona: Persona, batch: _Batch) -> dict[str, str]:
    return {
        "identity_number": persona.identity_number,
        "password": batch.password,
        "secret_phrase": persona.secret_phrase,
        "mobile": persona.mobile,
        "email": persona.email,
        "full_name": persona.full_name,
    }
