"""How fast codes may follow one another to the same place: a pause after each, a share in each quarter of an hour."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from sqlalchemy import Connection

from reference_portal.clock import Clock
from reference_portal.errors import RuleBroken
from reference_portal.settings import PortalSettings
from reference_portal.storage import codes


class CodePace:
    """Reads inside the caller's transaction; `paced_by` is whose sends are counted together."""

    def __init__(self, settings: PortalSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock

    def admit(self, connection: Connection, paced_by: str, again: bool) -> None:
        """Nothing, as long as another code may be sent.

        Raises:
            RuleBroken: E-OTP-03 when they had their share of codes, E-OTP-04 when it is too soon for `again`.
        """
        rest, share = self.waits(connection, paced_by)
        if share:
            raise RuleBroken("E-OTP-03", m=whole_minutes(share))
        if again and rest:
            raise RuleBroken("E-OTP-04", n=ceil(rest.total_seconds()))

    def resting(self, connection: Connection, paced_by: str) -> bool:
        """Whether the last code was sent so lately that no other is sent yet."""
        return bool(self.waits(connection, paced_by)[0])

    def waits(self, connection: Connection, paced_by: str) -> tuple[timedelta, timedelta]:
        """How long until the pause after the last code is over, and until they have not had their share."""
        now = self._clock.now()
        window = timedelta(minutes=self._settings.otp_sends_minutes)
        sends = codes.sends_between(connection, paced_by, now - window, now)
        rest = sends[-1] + timedelta(seconds=self._settings.otp_resend_seconds) if sends else now
        share = sends[-self._settings.otp_sends] + window if len(sends) >= self._settings.otp_sends else now
        return max(rest - now, timedelta()), max(share - now, timedelta())


def whole_minutes(span: timedelta) -> int:
    """As a sentence says it: never less than one."""
    return max(1, ceil(span.total_seconds() / 60))
