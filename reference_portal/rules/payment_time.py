"""When a contribution counts as paid: the moment clause C-2 starts the cover at and C-3 has the receipt certify.

fpxTxnTime is the time at which FPX took the request (AR), before the buyer signed in at the bank and confirmed; the
wire carries no later one (high confidence). So the first word of success is the better witness while it comes promptly.
A word that comes late (a lost AC, a portal that was down) says nothing of the moment: FPX's time stands, and nobody
loses hours of cover. How prompt is prompt is a choice (PORTAL-29).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from reference_portal.clock import MALAYSIA


def paid_at(fpx_time: datetime | None, heard_at: datetime, prompt: timedelta) -> datetime:
    """The instant of payment, Malaysia time, whole seconds.

    Args:
        fpx_time: fpxTxnTime (aware); None when FPX sent none.
        heard_at: our own clock at the first word of success (aware).
        prompt: how long after `fpx_time` a word still tells the moment of payment.
    """
    heard = _second(heard_at)
    if fpx_time is None or heard <= fpx_time + prompt:  # money cannot be taken after it was told of
        return heard
    return _second(fpx_time)


def seconds_to_next_check(asked_at: datetime | None, now: datetime, pause: timedelta) -> int:
    """How long a buyer's next enquiry has to wait for the last one; 0 when FPX may be asked now.

    A clock that stands still, or was set back, cannot tell how long ago that was: FPX is asked.
    """
    if asked_at is None or not timedelta() < now - asked_at < pause:
        return 0
    return ceil((asked_at + pause - now).total_seconds())


def _second(instant: datetime) -> datetime:
    return instant.astimezone(MALAYSIA).replace(microsecond=0)
