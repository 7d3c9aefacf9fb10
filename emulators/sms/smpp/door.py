"""Builds the SMPP door of the room from the room's own parts."""

from __future__ import annotations

from emulators.foundation.clock import Clock
from emulators.foundation.database import Database
from emulators.foundation.journal import Journal
from emulators.sms.intake import Intake
from emulators.sms.ladder import Ladder
from emulators.sms.settings import SmsSettings
from emulators.sms.smpp.addresses import AddressBook
from emulators.sms.smpp.centre import Centre
from emulators.sms.smpp.exchange import Exchange
from emulators.sms.smpp.inquiries import Inquiries
from emulators.sms.smpp.listener import Listener
from emulators.sms.smpp.notices import Notices
from emulators.sms.smpp.numbering import Numbering
from emulators.sms.smpp.orders import OrderRules
from emulators.sms.smpp.provenance import Provenance
from emulators.sms.troubles import Troubles


def smpp_listener(
    settings: SmsSettings,
    clock: Clock,
    database: Database,
    journal: Journal,
    intake: Intake,
    ladder: Ladder,
    troubles: Troubles,
) -> tuple[Listener, Provenance]:
    """The listener, ready to start, and what tells how a message came; the ladder tells of every message it moves."""
    numbering = Numbering(settings.smpp_message_ids)
    book = AddressBook(settings.region, settings.smpp_sender)
    notices = Notices(database, numbering)
    ladder.reporters.append(notices.report)
    exchange = Exchange(
        settings=settings,
        clock=clock,
        rules=OrderRules(book, settings.smpp_longest),
        centre=Centre(intake, database, journal, clock, settings, numbering),
        inquiries=Inquiries(ladder, database, clock, settings, book, numbering),
        notices=notices,
        troubles=troubles,
    )
    return Listener(settings, exchange), Provenance(database, settings, numbering)
