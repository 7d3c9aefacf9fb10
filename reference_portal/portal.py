"""The portal put together: the one place where every part is given what it needs."""

from __future__ import annotations

import random
from typing import Any

from reference_portal.account_side import AccountSide
from reference_portal.clock import Clock
from reference_portal.contributions import Contributions
from reference_portal.documents import Documents
from reference_portal.enquiries import Enquiries
from reference_portal.first_start import own_secrets
from reference_portal.gateways.fpx import Fpx
from reference_portal.gateways.mail import Mail
from reference_portal.gateways.sms import Sms
from reference_portal.judging import Judging
from reference_portal.keys import merchant_key
from reference_portal.ordering import Ordering
from reference_portal.overview import Overviews
from reference_portal.passwords import Passwords
from reference_portal.payments import Payments
from reference_portal.prepared import PreparedContributors
from reference_portal.receipt_checks import ReceiptChecks
from reference_portal.receipt_seal import ReceiptSeal
from reference_portal.receipts import Receipts
from reference_portal.reconciler import Reconciler
from reference_portal.reminders import Reminders
from reference_portal.renewals import Renewals
from reference_portal.retrying import Retrying
from reference_portal.reviewing import Reviews
from reference_portal.sample_applicants import SampleApplicants
from reference_portal.settings import PortalSettings
from reference_portal.settlement import Settlement
from reference_portal.storage import orders, receipts
from reference_portal.storage.columns import metadata
from reference_portal.storage.database import Database
from reference_portal.storage.journal import Journal
from reference_portal.wires import Wires

FPX_CERTIFICATE = "fpx_current.cer"
"""FPX's certificate in the portal's folder; whoever introduces the portal to FPX puts it there."""


def real_wires(settings: PortalSettings, clock: Clock, source: random.Random) -> Wires:
    """The three gateways over the network, with the merchant's key made at the first start."""
    key = merchant_key(settings.keys_dir, settings.exchange_id)
    return Wires(
        fpx=Fpx(settings, key.private, settings.keys_dir / FPX_CERTIFICATE),
        sms=Sms(settings),
        mail=Mail(settings, clock, source),
    )


class Portal(AccountSide):
    """Every use case, and what runs beside the pages; a page reaches it as `app.extensions["portal"]`."""

    def __init__(self, settings: PortalSettings, clock: Clock, source: random.Random, wires: Wires) -> None:
        self.settings = settings
        self.clock = clock
        self.secrets = own_secrets(settings.keys_dir)
        self._wires = wires
        self.database = database = Database(settings.store_url(), metadata)
        database.create()
        self._journal = journal = Journal(database, clock)
        passwords = Passwords(settings.password_hashing)

        super().__init__(settings, clock, source, database, journal, wires, self.secrets, passwords)

        self.documents = Documents(clock, source, database, settings.keys_dir / "uploads")
        ordering = Ordering(clock, source, journal)
        self.judging = judging = Judging(clock, database)
        self.contributions = Contributions(clock, source, database, self.documents, judging, ordering)
        self.renewals = Renewals(settings, clock, self.contributions)
        self.retrying = Retrying(database, judging, self.renewals, ordering)
        self.seal = ReceiptSeal(self.secrets.seal_key, settings.public_url)
        self.receipt_checks = ReceiptChecks(database, self.seal, self.limits)
        self.receipts = Receipts(settings, clock, database, journal, self.seal)
        self.reviews = Reviews(settings, clock, database, journal)
        self.payments = Payments(settings, clock, database, journal, wires.fpx)
        self.settlement = Settlement(settings, clock, database, journal, wires.fpx, self.receipts)
        self.enquiries = Enquiries(settings, clock, database, journal, wires.fpx, self.settlement)
        self.overviews = Overviews(clock, database, self.renewals)

        self.reconciler = Reconciler(settings, clock, database, journal, self.settlement, self.enquiries)
        self.reminders = Reminders(settings, clock, database, journal, wires.mail)
        self._prepared = PreparedContributors(clock, source, database, self.documents, passwords)
        self.sample_applicants = SampleApplicants(settings, clock, source)

    def ready(self) -> None:
        """Raises when the store does not answer."""
        self.database.ping()

    def reset(self) -> None:
        """Forget everything but the keys: people, orders, receipts, the journal and every uploaded file."""
        self.database.wipe()
        self.documents.forget_all()
        self.limits.forget()

    def journal(self, since: int = 0, limit: int = 100) -> list[dict[str, Any]]:
        """What happened: entries with an id above `since`, oldest first, at most `limit`."""
        return self._journal.read(since, limit)

    def totals(self) -> dict[str, Any]:
        """What the books say: paid orders and receipts, each with count and sum in sen."""
        with self.database.read() as connection:
            paid, receipted = orders.paid_totals(connection), receipts.totals(connection)
        return {
            "paid_orders": {"count": paid[0], "sen": paid[1]},
            "receipts": {"count": receipted[0], "sen": receipted[1]},
        }

    def prepare_contributors(self, wish: dict[str, Any]) -> dict[str, Any]:
        """`{"count": n}`: that many synthetic people whose cover has ended, ready to renew; who they are."""
        return {"contributors": self._prepared.make(wish)}

    def close(self) -> None:
        """Give back connections after the doors are shut."""
        self._wires.fpx.close()
        self._wires.sms.close()
        self.database.close()
