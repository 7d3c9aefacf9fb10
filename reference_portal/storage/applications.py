"""What an applicant declared and handed in: one row for each **Hantar & bayar**, never changed afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Column, Connection, Date, ForeignKey, Integer, String, Table, bindparam, select

from reference_portal.rules.contribution import Period
from reference_portal.rules.document import Category, Kind, Region
from reference_portal.storage.accounts import accounts
from reference_portal.storage.columns import Instant, OneOf, many, metadata, one
from reference_portal.storage.documents import documents

applications = Table(
    "applications",
    metadata,
    Column("serial", Integer, primary_key=True, comment="the order of writing: a clock may stand still"),
    Column("id", String(32), nullable=False, unique=True),
    Column("account_id", ForeignKey(accounts.c.id), nullable=False, index=True),
    Column("citizenship", String(20), nullable=False),
    Column("address_1", String(80), nullable=False),
    Column("address_2", String(80), nullable=False),
    Column("address_3", String(80), nullable=False),
    Column("postcode", String(5), nullable=False),
    Column("town", String(60), nullable=False),
    Column("state", String(30), nullable=False),
    Column("category", OneOf(Category), nullable=False),
    Column("region", OneOf(Region), nullable=False),
    Column("vehicle_number", String(20), nullable=False),
    Column("operator", String(80), nullable=False),
    Column("start_date", Date, nullable=False),
    Column("plan", Integer, nullable=False),
    Column("period", OneOf(Period), nullable=False),
    Column("submitted_at", Instant, nullable=False),
)

handed_in = Table(
    "handed_in",
    metadata,
    Column("application_id", ForeignKey(applications.c.id), primary_key=True),
    Column("kind", OneOf(Kind), primary_key=True),
    Column("document_id", ForeignKey(documents.c.id), nullable=False),
    Column("number", String(60), nullable=False),
    Column("expires", Date),
)


@dataclass(frozen=True)
class Application:
    """The answers of the form; `plan` is 1 to 4."""

    id: str
    account_id: str
    citizenship: str
    address_1: str
    address_2: str
    address_3: str
    postcode: str
    town: str
    state: str
    category: Category
    region: Region
    vehicle_number: str
    operator: str
    start_date: date
    plan: int
    period: Period
    submitted_at: datetime


@dataclass(frozen=True)
class HandedIn:
    """One document as it was described on the day of the application."""

    application_id: str
    kind: Kind
    document_id: str
    number: str
    expires: date | None


_columns = [column for column in applications.c if column.name != "serial"]
_of = select(*_columns).where(applications.c.id == bindparam("application_id"))
_latest = (
    select(*_columns)
    .where(applications.c.account_id == bindparam("account_id"))
    .order_by(applications.c.serial.desc())
    .limit(1)
)
_handed_in = (
    select(handed_in).where(handed_in.c.application_id == bindparam("application_id")).order_by(handed_in.c.kind)
)

_used = select(handed_in.c.document_id).where(handed_in.c.document_id == bindparam("document_id")).limit(1)


def add(connection: Connection, *new: Application) -> None:
    """Store applications."""
    connection.execute(applications.insert(), [vars(application) for application in new])


def hand_in(connection: Connection, *papers: HandedIn) -> None:
    """Store with which documents an application was made."""
    if papers:
        connection.execute(handed_in.insert(), [vars(paper) for paper in papers])


def of(connection: Connection, application_id: str) -> Application | None:
    """The application with this id."""
    return one(connection, _of, Application, application_id=application_id)


def latest(connection: Connection, account_id: str) -> Application | None:
    """What the person declared last."""
    return one(connection, _latest, Application, account_id=account_id)


def papers_of(connection: Connection, application_id: str) -> list[HandedIn]:
    """The documents the application was made with."""
    return many(connection, _handed_in, HandedIn, application_id=application_id)


def used(connection: Connection, document_id: str) -> bool:
    """Whether an application was made with this document."""
    return connection.execute(_used, {"document_id": document_id}).first() is not None
