"""The worker that reminds contributors, by mail, that their protection will end (the dashboard says it as well).

It looks when the portal's clock reaches another day, so that a clock that is moved on a month sends what is due that
day. A letter is noted after the mail server took it: a portal that is killed in between sends it once more rather than
never.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError

from reference_portal.beside import Beside
from reference_portal.clock import Clock, today
from reference_portal.contributions import covers_of
from reference_portal.errors import GatewayDown, GatewayRefused
from reference_portal.rules import cover, reminder
from reference_portal.rules.contribution import Period
from reference_portal.settings import PortalSettings
from reference_portal.storage import accounts, reminders
from reference_portal.storage.database import Database
from reference_portal.storage.journal import Journal
from reference_portal.storage.reminders import Sent
from reference_portal.wires import MailWire

MESSAGE = "remind_cover"


class Reminders:
    """Runs beside the pages on a thread of its own."""

    def __init__(
        self, settings: PortalSettings, clock: Clock, database: Database, journal: Journal, mail: MailWire
    ) -> None:
        self._days = {Period.BULANAN: settings.reminder_days_monthly, Period.TAHUNAN: settings.reminder_days_yearly}
        self._horizon = timedelta(days=max((0, *self._days[Period.BULANAN], *self._days[Period.TAHUNAN])) + 1)
        self._renew_url = f"{settings.public_url}/renew"
        self._clock = clock
        self._database = database
        self._journal = journal
        self._mail = mail
        self._done: date | None = None
        self._beside = Beside("reminders", self._look)
        self.start, self.stop = self._beside.start, self._beside.stop

    def run_once(self) -> bool:
        """Send whatever is due now; False when the mail server did not answer, and some of it is still due."""
        now = self._clock.now()
        with self._database.read() as connection:
            ending = reminders.ending(connection, now, now + self._horizon)
        return all(self._remind(account_id, now) for account_id in ending if not self._beside.stopping.is_set())

    def _look(self) -> None:
        day = today(self._clock)
        if day != self._done and self.run_once():
            self._done = day

    def _remind(self, account_id: str, now: datetime) -> bool:
        with self._database.read() as connection:
            account, known = accounts.of(connection, account_id), covers_of(connection, account_id)
            active, days = cover.current(known, now), reminder.due(known, now, self._days)
            if account is None or active is None or days is None:
                return True
            if reminders.was_sent(connection, account_id, active.end, days):
                return True
        told = {"full_name": account.full_name, "ends": active.end, "days_left": active.days_left(now)}
        try:
            self._mail.send(account.email, MESSAGE, renew_url=self._renew_url, **told)
        except GatewayDown as trouble:
            self._journal.note("reminder.failed", account_id, reason=str(trouble))
            return False
        except GatewayRefused as refused:  # for good: asking again tomorrow would change nothing
            self._journal.note("reminder.refused", account_id, reason=str(refused))
        self._note(Sent(account_id, active.end, days, now))
        return True

    def _note(self, sent: Sent) -> None:
        try:
            with self._database.write() as connection:
                reminders.add(connection, sent)
                self._journal.write(connection, "reminder.sent", sent.account_id, days=sent.days)
        except IntegrityError:  # another process of the same portal was first
            return
