"""The documents of an account: kept as soon as they are accepted, so that nobody has to upload one twice.

File and description are stored in one transaction, and for an application in the one that judges and orders: what
another tab hands in at the same time is neither judged nor paid for instead.
"""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from reference_portal.clock import Clock
from reference_portal.described import Described, as_described, is_news
from reference_portal.errors import NotHere
from reference_portal.rules.document import Kind
from reference_portal.storage import accounts, applications, documents
from reference_portal.storage.database import Database
from reference_portal.storage.documents import Document, slot_of
from reference_portal.tokens import handle
from reference_portal.uploads import Upload


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

    def show(self, account_id: str, kind: Kind) -> tuple[Document, bytes]:
        """The account's own document of that kind, with its file; NotHere when it has none."""
        document = self.kept(account_id).get(kind)
        if document is None:
            raise NotHere(f"account {account_id} keeps no {kind.value}")
        return document, (self._folder / document.stored_name).read_bytes()

    def keep(self, account_id: str, described: Mapping[Kind, Described]) -> None:
        """Store what was handed in, for a form that cannot be sent yet."""
        kept = self.kept(account_id)
        if all(said.upload is None and not is_news(kept.get(kind), said) for kind, said in described.items()):
            return
        with self.keeping(account_id, described):
            pass

    @contextmanager
    def keeping(
        self, account_id: str, described: Mapping[Kind, Described]
    ) -> Iterator[tuple[Connection, dict[Kind, Document]]]:
        """A write transaction in which what was handed in is stored, and every document that counts then.

        A newer document of a kind takes the older one's place. When the caller's block raises, nothing was stored.
        """
        files = {kind: self.store(said.upload) for kind, said in described.items() if said.upload}
        dropped: list[str] = []
        try:
            with self._database.write() as connection:
                accounts.hold(connection, account_id)
                kept = documents.in_use(connection, account_id)
                for kind, said in described.items():
                    if said.upload is not None:
                        dropped += self._make_room(connection, kept[kind]) if kind in kept else []
                        entry = self.entry(account_id, kind, said.upload, files[kind])
                        kept[kind] = as_described(entry, said)
                        documents.keep(connection, kept[kind])
                    elif kind in kept:
                        kept[kind] = as_described(kept[kind], said)
                        documents.describe(connection, account_id, kind, kept[kind].number, kept[kind].expires)
                yield connection, kept
        except BaseException:
            self._remove(files.values())
            raise
        self._remove(dropped)

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

    def _remove(self, names: Iterable[str]) -> None:
        for name in names:
            (self._folder / name).unlink(missing_ok=True)

    def _make_room(self, connection: Connection, old: Document) -> list[str]:
        if applications.used(connection, old.id):
            documents.retire(connection, old)
            return []
        documents.forget(connection, old)
        return [old.stored_name]
