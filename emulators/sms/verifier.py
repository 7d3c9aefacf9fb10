"""The heart of Verify: starts verifications, sends their codes through the gateway, judges what is typed."""

from __future__ import annotations

import hmac
import random
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from emulators.foundation.clock import Clock
from emulators.foundation.database import Database
from emulators.foundation.randomness import decimal_digits, hex_digits
from emulators.sms import verify_storage
from emulators.sms.errors import InvalidParameter, NotFound, TooManyChecks, TooManySends
from emulators.sms.gateway import Gateway
from emulators.sms.messages import Wish
from emulators.sms.settings import SmsSettings
from emulators.sms.verification import (
    CHECKS,
    SENDS,
    IllegalVerificationMove,
    Verification,
    VerificationEvent,
    VerificationStatus,
    verification_move,
)
from emulators.sms.verify_wish import StartWish, recipient


class Verifier:
    """What Verify can do."""

    def __init__(
        self, database: Database, clock: Clock, source: random.Random, settings: SmsSettings, gateway: Gateway
    ) -> None:
        self._database = database
        self._clock = clock
        self._source = source
        self._settings = settings
        self._gateway = gateway

    @property
    def sender(self) -> str:
        """Who its messages come from."""
        return self._settings.verify_sender

    def start(self, account_sid: str, service_sid: str, wish: StartWish) -> Verification:
        """Send a code: a new one, or the same again while it is valid.

        Raises:
            NotFound: there is no such service.
            TooManySends: the code was sent five times.
            Refusal: the gateway does not take the message.
        """
        to = wish.to
        now = self._clock.now()
        with self._database.write() as connection:
            service = verify_storage.known_service(connection, account_sid, service_sid)
            found = self._pending(connection, verify_storage.latest(connection, service, to), now)
            if found is not None and len(found.attempts) >= SENDS:
                raise TooManySends("Max send attempts reached")
            if found is None:
                sid, fresh = "VE" + hex_digits(self._source, 32), decimal_digits(self._source, service.code_length)
                pending = VerificationStatus.PENDING
                found = Verification(0, sid, service.sid, account_sid, to, fresh, pending, 0, (), now, now)
            attempt = ("VL" + hex_digits(self._source, 32), now)
            found = replace(found, code=wish.code or found.code, attempts=(*found.attempts, attempt), updated=now)
            verify_storage.keep(connection, found)
        body = wish.text(service.friendly_name, found.code)
        self._gateway.accept(Wish(account_sid, to, self.sender, body, via=wish.via, asked=wish.asked))
        return found

    def check(self, account_sid: str, service_sid: str, form: dict[str, str]) -> Verification:
        """Judge a code; the verification afterwards.

        Raises:
            NotFound: nothing is pending (any more) for that number.
            InvalidParameter: no code, or nothing it could belong to.
            TooManyChecks: five wrong codes were typed.
        """
        code, sid, now = form.get("Code", ""), form.get("VerificationSid", ""), self._clock.now()
        if not code:
            raise InvalidParameter("Invalid parameter `Code`")
        to = "" if sid else recipient(form.get("To", ""), self._settings.region)
        with self._database.write() as connection:
            service = verify_storage.known_service(connection, account_sid, service_sid)
            asked = verify_storage.by_sid if sid else verify_storage.latest
            found = asked(connection, service, sid or to)
            exhausted = found is not None and found.status is VerificationStatus.MAX_ATTEMPTS_REACHED
            found = self._pending(connection, found, now)
            if found is not None and found.checks >= CHECKS:
                self._happen(connection, found, VerificationEvent.EXHAUST)
                exhausted = True
            elif found is not None and hmac.compare_digest(code.encode(), found.code.encode()):
                return self._happen(connection, found, VerificationEvent.APPROVE)
            elif found is not None:
                found = replace(found, checks=found.checks + 1, updated=now)
                verify_storage.keep(connection, found)
        if exhausted:
            raise TooManyChecks("Max check attempts reached")
        if found is None:
            raise NotFound(f"The requested resource /v2/Services/{service_sid}/VerificationCheck was not found")
        return found

    def find(self, account_sid: str, sid: str) -> Verification:
        """One verification, whatever its service.

        Raises:
            NotFound: the account has none with that sid.
        """
        with self._database.read() as connection:
            return verify_storage.anywhere(connection, account_sid, sid)

    def fetch(self, account_sid: str, service_sid: str, sid: str) -> Verification:
        """One verification, expired if its time is over.

        Raises:
            NotFound: there is none with that sid.
        """
        with self._database.write() as connection:
            found = verify_storage.known(connection, account_sid, service_sid, sid)
            self._pending(connection, found, self._clock.now())
            return verify_storage.known(connection, account_sid, service_sid, sid)

    def decide(self, account_sid: str, service_sid: str, sid: str, status: str) -> Verification:
        """Approve or cancel a verification on its owner's word.

        Raises:
            NotFound: there is none with that sid, or it is no longer pending.
            InvalidParameter: `status` is neither approved nor canceled.
        """
        events = {"approved": VerificationEvent.APPROVE, "canceled": VerificationEvent.CANCEL}
        if status not in events:
            raise InvalidParameter(f"Invalid parameter `Status`: {status}")
        with self._database.write() as connection:
            found = verify_storage.known(connection, account_sid, service_sid, sid)
            try:
                return self._happen(connection, found, events[status])
            except IllegalVerificationMove as error:
                raise NotFound(f"{sid}: {error}") from error

    def _pending(self, connection: Connection, found: Verification | None, now: datetime) -> Verification | None:
        """`found` if it is still pending; one whose time is over is expired."""
        if found is None or found.status is not VerificationStatus.PENDING:
            return None
        if now - found.created >= timedelta(seconds=self._settings.verify_seconds):
            self._happen(connection, found, VerificationEvent.EXPIRE)
            return None
        return found

    def _happen(self, connection: Connection, found: Verification, event: VerificationEvent) -> Verification:
        moved = replace(found, status=verification_move(found.status, event), updated=self._clock.now())
        verify_storage.keep(connection, moved)
        return moved
