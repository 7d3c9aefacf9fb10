"""Where services and verifications are kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from emulators.sms.errors import NotFound
from emulators.sms.storage import instant, millis
from emulators.sms.tables import SERVICES, VERIFICATIONS
from emulators.sms.verification import Service, Verification, VerificationStatus

_S = SERVICES.c
_V = VERIFICATIONS.c


def add_service(connection: Connection, service: Service) -> None:
    """Keep a service."""
    row = {
        "sid": service.sid,
        "account_sid": service.account_sid,
        "friendly_name": service.friendly_name,
        "code_length": service.code_length,
        "created": millis(service.created),
        "updated": millis(service.updated),
    }
    connection.execute(SERVICES.insert(), row)


def change_service(connection: Connection, service: Service) -> None:
    """Keep what a service has become."""
    change = SERVICES.update().where(_S.sid == service.sid)
    values = {"friendly_name": service.friendly_name, "code_length": service.code_length}
    connection.execute(change.values(**values, updated=millis(service.updated)))


def remove_service(connection: Connection, service: Service) -> None:
    """Forget a service and its verifications."""
    connection.execute(VERIFICATIONS.delete().where(_V.service_sid == service.sid))
    connection.execute(SERVICES.delete().where(_S.sid == service.sid))


def known_service(connection: Connection, account_sid: str, sid: str) -> Service:
    """The service of that sid and account.

    Raises:
        NotFound: the account has none with that sid.
    """
    row = connection.execute(select(SERVICES).where(_S.sid == sid, _S.account_sid == account_sid)).first()
    if row is None:
        raise NotFound(f"The requested resource /v2/Services/{sid} was not found")
    return _service(row)


def services_of(connection: Connection, account_sid: str) -> list[Service]:
    """The services of an account, newest first."""
    query = select(SERVICES).where(_S.account_sid == account_sid).order_by(_S.created.desc(), _S.sid)
    return [_service(row) for row in connection.execute(query)]


def keep(connection: Connection, verification: Verification) -> None:
    """Keep a verification: a new one (id 0), or the new state of an old one."""
    row: dict[str, Any] = {
        "sid": verification.sid,
        "service_sid": verification.service_sid,
        "to_number": verification.to,
        "code": verification.code,
        "status": str(verification.status),
        "checks": verification.checks,
        "attempts": [[sid, millis(at)] for sid, at in verification.attempts],
        "created": millis(verification.created),
        "updated": millis(verification.updated),
    }
    if verification.id:
        connection.execute(VERIFICATIONS.update().where(_V.id == verification.id).values(**row))
    else:
        connection.execute(VERIFICATIONS.insert(), row)


def by_sid(connection: Connection, service: Service, sid: str) -> Verification | None:
    """The verification of that sid in a service."""
    row = connection.execute(select(VERIFICATIONS).where(_V.service_sid == service.sid, _V.sid == sid)).first()
    return None if row is None else _verification(row, service)


def known(connection: Connection, account_sid: str, service_sid: str, sid: str) -> Verification:
    """The verification of that sid in a service of an account; the newest of a number where the sid is one.

    Raises:
        NotFound: there is none.
    """
    service = known_service(connection, account_sid, service_sid)
    found = latest(connection, service, sid) if sid.startswith("+") else by_sid(connection, service, sid)
    if found is None:
        raise NotFound(f"The requested resource /v2/Services/{service_sid}/Verifications/{sid} was not found")
    return found


def anywhere(connection: Connection, account_sid: str, sid: str) -> Verification:
    """The verification of that sid, in whatever service of an account.

    Raises:
        NotFound: there is none.
    """
    row = connection.execute(select(VERIFICATIONS).where(_V.sid == sid)).first()
    if row is None:
        raise NotFound(f"The requested resource {sid} was not found")
    return _verification(row, known_service(connection, account_sid, row.service_sid))


def latest(connection: Connection, service: Service, number: str) -> Verification | None:
    """The newest verification of a number in a service."""
    mine = select(VERIFICATIONS).where(_V.service_sid == service.sid, _V.to_number == number)
    row = connection.execute(mine.order_by(_V.id.desc()).limit(1)).first()
    return None if row is None else _verification(row, service)


def _verification(row: Row[Any], service: Service) -> Verification:
    return Verification(
        id=row.id,
        sid=row.sid,
        service_sid=row.service_sid,
        account_sid=service.account_sid,
        to=row.to_number,
        code=row.code,
        status=VerificationStatus(row.status),
        checks=row.checks,
        attempts=tuple((sid, instant(at)) for sid, at in row.attempts),
        created=instant(row.created),
        updated=instant(row.updated),
    )


def _service(row: Row[Any]) -> Service:
    dates = instant(row.created), instant(row.updated)
    return Service(row.sid, row.account_sid, row.friendly_name, row.code_length, *dates)
