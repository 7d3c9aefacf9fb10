"""When a message is to be sent and where its statuses are to be told, as Twilio reads them (confidence high); pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from emulators.sms.messages import Wish
from emulators.sms.refusals import BadCallback, ScheduleNeedsService, SendAtMissing, SendAtOutOfRange

SOONEST = timedelta(seconds=300)
FARTHEST = timedelta(days=35)
LONGEST_URL = 4000


def check_schedule(wish: Wish, now: Callable[[], datetime]) -> datetime | None:
    """The instant a message is to be sent at; None when it is to be sent at once.

    Raises:
        SendAtMissing: scheduled, and no instant given.
        ScheduleNeedsService: scheduled without a messaging service.
        SendAtOutOfRange: no instant, or not 5 minutes to 35 days ahead.
    """
    if not wish.schedule_type and not wish.send_at:
        return None
    if not wish.send_at:
        raise SendAtMissing("SendAt timestamp is missing")
    if not wish.messaging_service_sid:
        raise ScheduleNeedsService("MessagingServiceSid is required to schedule a message")
    try:
        instant = datetime.fromisoformat(wish.send_at)
    except ValueError as error:
        raise SendAtOutOfRange(f"SendAt {wish.send_at!r} is not a timestamp in ISO 8601") from error
    instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    if wish.schedule_type != "fixed" or not SOONEST <= instant - now() <= FARTHEST:
        raise SendAtOutOfRange("SendAt time must be between 300 seconds and 35 days (3024000 seconds) in the future")
    return instant


def check_callback(url: str) -> str | None:
    """The address statuses are told to; None when none was given.

    Raises:
        BadCallback: it is no http or https address with a host.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known or len(url) > LONGEST_URL or any(c.isspace() or not c.isprintable() for c in url):
        raise BadCallback(f"The 'StatusCallback' URL {url} is not a valid URL.")
    return url
