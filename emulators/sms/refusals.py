"""More of what Twilio refuses: numbers, rates, callbacks, schedules, channels. Codes: its error dictionary (high)."""

from __future__ import annotations

from emulators.sms.errors import Refusal


class NotOwned(Refusal):
    """The sender is not a number of the account."""

    code = 21606


class BadCallback(Refusal):
    """The address for status callbacks is none."""

    code = 21609


class OptedOut(Refusal):
    """The recipient has unsubscribed."""

    code = 21610


class QueueFull(Refusal):
    """The sender has too many messages queued."""

    status = 429
    code = 21611


class NoRoute(Refusal):
    """The recipient cannot be reached from that sender."""

    code = 21612


class RegionNotPermitted(Refusal):
    """The account may not send to that country."""

    code = 21408


class NotMobile(Refusal):
    """The recipient takes no SMS."""

    code = 21614


class TooManyRequests(Refusal):
    """More requests than the account's rate allows."""

    status = 429
    code = 20429


class SendAtMissing(Refusal):
    """A schedule without an instant."""

    code = 35111


class SendAtOutOfRange(Refusal):
    """Too soon, too far ahead, or no instant."""

    code = 35114


class ScheduleNeedsService(Refusal):
    """Only a messaging service can schedule."""

    code = 35118


class NoMailer(Refusal):
    """Verify cannot send mail for this service."""

    code = 60217


class ChannelDisabled(Refusal):
    """Verify knows the channel, and this service has it switched off."""

    code = 60223


class Rejected(Refusal):
    """A fault asked for this refusal; its code is the fault's."""

    def __init__(self, sentence: str, code: int) -> None:
        super().__init__(sentence)
        self.code = code
