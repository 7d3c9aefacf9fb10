"""What was typed into a long form and not sent, kept for its owner: a session that ends costs nobody their typing.

A draft counts until the account hands in an application: then what was declared is the newer. Files are kept by
`documents.py`, as soon as they are accepted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from reference_portal.clock import Clock
from reference_portal.storage import accounts, applications, drafts
from reference_portal.storage.database import Database
from reference_portal.storage.drafts import Draft

LONGEST = 254
"""Characters kept of one answer."""

LIFE = timedelta(days=30)
"""An older draft is not shown any more."""


class Drafts:
    """One for each form of an account."""

    def __init__(self, clock: Clock, database: Database) -> None:
        self._clock = clock
        self._database = database

    def keep(self, account_id: str, form: str, typed: Mapping[str, str]) -> None:
        """Keep what was typed, in place of what was kept before; a form without a word in it is no draft."""
        answers = {name: text[:LONGEST] for name, text in typed.items() if text.strip()}
        if not answers:
            return
        with self._database.write() as connection:
            if accounts.hold(connection, account_id) is not None:
                drafts.put(connection, Draft(account_id, form, answers, self._clock.now()))

    def of(self, account_id: str, form: str) -> Draft | None:
        """What was kept, as long as it counts."""
        with self._database.read() as connection:
            draft = drafts.of(connection, account_id, form)
            latest = applications.latest(connection, account_id) if draft else None
        if draft is None or (latest and draft.kept_at <= latest.submitted_at):
            return None
        return draft if self._clock.now() - draft.kept_at < LIFE else None
