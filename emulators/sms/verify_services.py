"""Verify's services: named sets of verifications, each with the length of its codes."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

from emulators.foundation.clock import Clock
from emulators.foundation.database import Database
from emulators.foundation.randomness import hex_digits
from emulators.sms import verify_storage
from emulators.sms.errors import InvalidParameter
from emulators.sms.verification import LENGTHS, NAME_LENGTH, Service


class VerifyServices:
    """What may be done with services."""

    def __init__(self, database: Database, clock: Clock, source: random.Random) -> None:
        self._database = database
        self._clock = clock
        self._source = source

    def create(self, account_sid: str, form: Mapping[str, str]) -> Service:
        """A new service.

        Raises:
            InvalidParameter: it has no name, too long a name, or a code length Twilio does not know.
        """
        name, length, now = _name(form.get("FriendlyName", "")), _length(form.get("CodeLength", "")), self._clock.now()
        service = Service("VA" + hex_digits(self._source, 32), account_sid, name, length, now, now)
        with self._database.write() as connection:
            verify_storage.add_service(connection, service)
        return service

    def named(self, account_sid: str, name: str, code_length: str) -> Service:
        """The service of that name and code length; a new one when there is none.

        Raises:
            InvalidParameter: no name, too long a name, or a code length that is not known.
        """
        wanted = (_name(name), _length(code_length))
        for service in self.listed(account_sid):
            if (service.friendly_name, service.code_length) == wanted:
                return service
        return self.create(account_sid, {"FriendlyName": name, "CodeLength": code_length})

    def fetch(self, account_sid: str, sid: str) -> Service:
        """One service of an account.

        Raises:
            NotFound: the account has none with that sid.
        """
        with self._database.read() as connection:
            return verify_storage.known_service(connection, account_sid, sid)

    def listed(self, account_sid: str) -> list[Service]:
        """Every service of an account, newest first."""
        with self._database.read() as connection:
            return verify_storage.services_of(connection, account_sid)

    def update(self, account_sid: str, sid: str, form: Mapping[str, str]) -> Service:
        """Another name or code length; what is not given stays.

        Raises:
            NotFound: the account has none with that sid.
            InvalidParameter: a name or code length Twilio does not know.
        """
        service = self.fetch(account_sid, sid)
        changed = replace(
            service,
            friendly_name=_name(form.get("FriendlyName") or service.friendly_name),
            code_length=_length(form.get("CodeLength") or str(service.code_length)),
            updated=self._clock.now(),
        )
        with self._database.write() as connection:
            verify_storage.change_service(connection, changed)
        return changed

    def delete(self, account_sid: str, sid: str) -> None:
        """Forget a service and its verifications.

        Raises:
            NotFound: the account has none with that sid.
        """
        service = self.fetch(account_sid, sid)
        with self._database.write() as connection:
            verify_storage.remove_service(connection, service)


def _name(text: str) -> str:
    name = text.strip().replace("\x00", "\ufffd")
    if not 1 <= len(name) <= NAME_LENGTH:
        raise InvalidParameter(f"Invalid parameter `FriendlyName`: 1 to {NAME_LENGTH} characters")
    return name


def _length(text: str) -> int:
    length = text or "6"
    if not (length.isascii() and length.isdigit() and len(length) <= 2 and int(length) in LENGTHS):
        raise InvalidParameter(f"Invalid parameter `CodeLength`: {text}")
    return int(length)
