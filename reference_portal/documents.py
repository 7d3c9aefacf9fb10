"""The documents of an account: kept as soon as they are accepted, so that nobody has to upload one twice."""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from reference_portal.clock import Clock
from reference_portal.rules.document import Given, Kind
from reference_portal.storage import accounts, applications, documents
from reference_portal.storage.database import Database
from reference_portal.storage.documents import Document, slot_of
from reference_portal.tokens import handle
from reference_portal.uploads import Upload


@dataclass(frozen=True)
class Described:
    """What was typed beside a document; an empty number and no date mean: as it was."""

    number: str = ""
    expires: date | None = None


AS_IT_WAS = Described()


class Documents:
    """Files lie in a folder only the portal reads, under random names; what they are is in the store."""

    def __init__(self, clock: Clock, source: random.Random, database: Database, folder: Path) -> None:
        self._clock = clock
        self._source = source
        self._database = database
        self._folder = folder

    def kept(self, account_id: str) -> dict[Kind, Document]:
        """The document of each kind that counts now."""
        with self._database.read() as connection:
            return documents.in_use(connection, account_id)

    def keep(self, account_id: str, uploads: Mapping[Kind, Upload], described: Mapping[Kind, Described]) -> None:
        """Store what was uploaded and typed; a newer document of a kind takes the older one's place.

        File and description are stored together: another tab never sees a document without its number.
        """
        files = {kind: self.store(upload) for kind, upload in uploads.items()}
        kept = self.kept(account_id)
        if not files and not any(_is_news(kept[kind], said) for kind, said in described.items() if kind in kept):
            return
        dropped: list[str] = []
        with self._database.write() as connection:
            accounts.hold(connection, account_id)
            before = documents.in_use(connection, account_id)
            for kind, upload in uploads.items():
                if kind in before:
                    dropped += self._make_room(connection, before[kind])
                entry = self.entry(account_id, kind, upload, files[kind])
                documents.keep(connection, as_described(entry, described.get(kind, AS_IT_WAS)))
            for kind in before.keys() - uploads.keys():
                said = as_described(before[kind], described.get(kind, AS_IT_WAS))
                documents.describe(connection, account_id, kind, said.number, said.expires)
        for name in dropped:
            (self._folder / name).unlink(missing_ok=True)

    def store(self, upload: Upload) -> str:
        """Write the file for the portal's eyes only; its random name."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{handle(self._source)}.{upload.media_type.rpartition('/')[2]}"
        descriptor = os.open(self._folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(upload.content)
            file.flush()
            os.fsync(file.fileno())
        return name

    def entry(self, account_id: str, kind: Kind, upload: Upload, stored_name: str) -> Document:
        """The store's row for a file, not yet described."""
        return Document(
            id=handle(self._source),
            account_id=account_id,
            kind=kind,
            slot=slot_of(account_id, kind),
            clean_name=upload.name,
            media_type=upload.media_type.value,
            size=len(upload.content),
            sha256=hashlib.sha256(upload.content).hexdigest(),
            stored_name=stored_name,
            number="",
            expires=None,
            kept_at=self._clock.now(),
        )

    def forget_all(self) -> None:
        """Delete every file, after the store was wiped."""
        if self._folder.is_dir():
            for file in self._folder.iterdir():
                file.unlink(missing_ok=True)

    def _make_room(self, connection: Connection, old: Document) -> list[str]:
        if applications.used(connection, old.id):
            documents.retire(connection, old)
            return []
        documents.forget(connection, old)
        return [old.stored_name]


def as_described(document: Document, said: Described) -> Document:
    """The document with what was typed beside it."""
    return replace(document, number=said.number or document.number, expires=said.expires or document.expires)


def given(kept: Mapping[Kind, Document]) -> list[Given]:
    """The kept documents as the rules judge them."""
    return [Given(kind, document.number, document.expires) for kind, document in kept.items()]


def _is_news(kept: Document, said: Described) -> bool:
    return as_described(kept, said) != kept
