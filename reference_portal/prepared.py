"""People who have finished their first registration and may renew: made for load runs, all of them invented.

They come into the store the way a registration leaves them (account, application, documents, a cover that has ended)
but without an order and a receipt, so that the books stay those of real payments.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import Connection

from reference_portal.account_state import AccountState
from reference_portal.clock import MALAYSIA, Clock
from reference_portal.documents import Documents
from reference_portal.errors import CallersMistake
from reference_portal.passwords import Passwords
from reference_portal.rules import contact
from reference_portal.rules.contribution import Period
from reference_portal.rules.cover import SCHEME_START, Cover, cover_for
from reference_portal.rules.document import Category, Kind, Region
from reference_portal.storage import accounts, applications, covers, documents
from reference_portal.storage.accounts import Account
from reference_portal.storage.applications import Application, HandedIn
from reference_portal.storage.covers import StoredCover
from reference_portal.storage.database import Database
from reference_portal.storage.documents import Document
from reference_portal.tokens import handle
from reference_portal.uploads import Upload, receive

MOST = 5000
"""People in one request; ask again for more."""

LAST_PAID = timedelta(days=60)
"""A monthly cover paid that long ago has ended."""

_GIVEN = ("Sedia", "Siap", "Lengkap", "Rela", "Tekun", "Cekap", "Rajin", "Setia")
_FAMILY = ("Contoh", "Ujian", "Sampel", "Demo", "Rekaan", "Cubaan")
_THINGS = ("perahu", "payung", "tikar", "lampu", "bangku", "cawan", "pelita", "gitar")
_COLOURS = ("biru", "hijau", "kuning", "merah", "ungu", "jingga")
_PLACES = ("17", "18", "19", "20", "69")


@dataclass(frozen=True)
class _Batch:
    """What the people made together share: hashing a password for each would take longer than the load run."""

    password: str
    password_hash: str
    papers: dict[Kind, tuple[Upload, str]]
    now: datetime
    cover: Cover


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

        Raises:
            CallersMistake: the count is no number from 1 to 5000, or the clock stands before anybody can have paid.
        """
        count = wish.get("count")
        if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= MOST:
            raise CallersMistake(f'say {{"count": n}}, a whole number from 1 to {MOST}')
        batch = self._batch()
        with self._database.write() as connection:
            people = self._people(connection, batch, count)
            accounts.add(connection, *people)
            self._papers(connection, batch, people)
        return [self._told(person, batch) for person in people]

    def _batch(self) -> _Batch:
        now = self._clock.now().astimezone(MALAYSIA)
        if now - LAST_PAID < SCHEME_START:
            raise CallersMistake("before August 2017 nobody's cover can have ended: move the clock on")
        password = f"Sedia#{self._source.randrange(100_000, 1_000_000)}kereta"
        upload = receive("dokumen-contoh.pdf", _sample_page())
        return _Batch(
            password=password,
            password_hash=self._passwords.hash(password),
            papers={kind: (upload, self._files.store(upload)) for kind in (Kind.LESEN_MEMANDU, Kind.KAD_PSV)},
            now=now,
            cover=cover_for(now - LAST_PAID, Period.BULANAN),
        )

    def _people(self, connection: Connection, batch: _Batch, count: int) -> list[Account]:
        people: dict[str, Account] = {}
        while len(people) < count:
            person = self._person(batch)
            if (
                person.identity_number not in people
                and accounts.with_identity(connection, person.identity_number) is None
            ):
                people[person.identity_number] = person
        return list(people.values())

    def _person(self, batch: _Batch) -> Account:
        pick = self._source
        male = pick.random() < 0.5
        born = date(1960, 1, 1) + timedelta(days=pick.randrange(35 * 365))
        serial = f"{pick.randrange(100, 500)}{2 * pick.randrange(5) + male}"
        return Account(
            id=handle(pick),
            identity_number=f"{born:%y%m%d}{pick.choice(_PLACES)}{serial}",
            birth_date=born,
            email=f"pencarum.{pick.getrandbits(64):016x}@example.invalid",
            mobile=f"+60110{pick.randrange(10**7):07d}",
            full_name=" ".join(
                (pick.choice(_GIVEN), pick.choice(_GIVEN), "bin" if male else "binti", pick.choice(_FAMILY))
            ),
            state=AccountState.ACTIVE,
            created_at=batch.now - LAST_PAID,
            secret_phrase=f"{pick.choice(_THINGS)} {pick.choice(_COLOURS)} {pick.randrange(10, 100)}",
            password_hash=batch.password_hash,
            activated_at=batch.now - LAST_PAID,
        )

    def _papers(self, connection: Connection, batch: _Batch, people: list[Account]) -> None:
        forms = [self._application(person, batch) for person in people]
        papers = [self._paper(form, kind, batch) for form in forms for kind in batch.papers]
        handed_in = [
            HandedIn(form.id, paper.kind, paper.id, paper.number, paper.expires)
            for form, pair in zip(forms, _pairs(papers, len(batch.papers)), strict=True)
            for paper in pair
        ]
        period = (Period.BULANAN, batch.cover.start, batch.cover.end)
        documents.keep(connection, *papers)
        applications.add(connection, *forms)
        applications.hand_in(connection, *handed_in)
        covers.add(connection, *(StoredCover(person.id, None, 1, *period) for person in people))

    def _application(self, person: Account, batch: _Batch) -> Application:
        return Application(
            id=handle(self._source),
            account_id=person.id,
            citizenship="warganegara",
            address_1="No. 1, Jalan Contoh",
            address_2="",
            address_3="",
            postcode="62000",
            town="Putrajaya",
            state="W.P. Putrajaya",
            category=Category.TEKSI,
            region=Region.SEMENANJUNG,
            vehicle_number="ZZX 1234",
            operator="",
            start_date=(batch.now - LAST_PAID).date(),
            plan=1,
            period=Period.BULANAN,
            submitted_at=batch.now - LAST_PAID,
        )

    def _paper(self, form: Application, kind: Kind, batch: _Batch) -> Document:
        series, digits = ("SBX", 7) if kind is Kind.LESEN_MEMANDU else ("SBX-PSV-", 6)
        upload, stored_name = batch.papers[kind]
        number = f"{series}{self._source.randrange(10**digits):0{digits}d}"
        entry = self._files.entry(form.account_id, kind, upload, stored_name)
        return replace(entry, number=number, expires=batch.now.date() + timedelta(days=730))

    def _told(self, person: Account, batch: _Batch) -> dict[str, str]:
        return {
            "identity_number": person.card.formatted,
            "password": batch.password,
            "secret_phrase": person.secret_phrase or "",
            "mobile": contact.spoken_mobile(person.mobile),
            "email": person.email,
            "full_name": person.full_name,
        }


def _pairs(papers: list[Document], size: int) -> list[list[Document]]:
    return [papers[at : at + size] for at in range(0, len(papers), size)]


def _sample_page() -> bytes:
    page = BytesIO()
    canvas = Canvas(page, pagesize=(420, 200), invariant=1)
    canvas.drawString(40, 100, "SANDBOX - DOKUMEN CONTOH")
    canvas.save()
    return page.getvalue()
