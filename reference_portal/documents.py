"""The documents of an account: kept as soon as they are accepted, so that nobody has to upload one twice."""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from reference_portal.clock import Clock
from reference_portal.rules.document import Given, Kind
from reference_portal.storage import applications, documents
from reference_portal.storage.database import Database
from reference_portal.storage.documents import Document, slot_of
from reference_portal.tokens import handle
from reference_portal.uploads import Upload


@dataclass(frozen=True)
class Described:
    """What was typed beside a document; an empty number and no date mean: as it was."""

    number: str = ""
    expires: date | None = None


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

    def keep(self, account_id: str, uploads: Mapping[Kind, Upload]) -> None:
        """Store what was uploaded; a newer document of a kind takes the older one's place."""
        files = {kind: self.store(upload) for kind, upload in uploads.items()}
        dropped: list[str] = []
        with self._database.write() as connection:
            before = documents.in_use(connection, account_id)
            for kind, upload in uploads.items():
                if kind in before:
                    dropped += self._make_room(connection, before[kind])
                documents.keep(connection, self.entry(account_id, kind, upload, files[kind]))
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

    def describe(self, account_id: str, described: Mapping[Kind, Described]) -> None:
        """Remember what was typed beside the documents that are kept."""
        kept = self.kept(account_id)
        news = {kind: said for kind, said in described.items() if kind in kept and _is_news(kept[kind], said)}
        if not news:
            return
        with self._database.write() as connection:
            for kind, said in news.items():
                documents.describe(
                    connection, account_id, kind, said.number or kept[kind].number, said.expires or kept[kind].expires
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


def given(kept: Mapping[Kind, Document]) -> list[Given]:
    """The kept documents as the rules judge them."""
    return [Given(kind, document.number, document.expires) for kind, document in kept.items()]


def _is_news(kept: Document, said: Described) -> bool:
    return bool(said.number and said.number != kept.number) or bool(said.expires and said.expires != kept.expires)
