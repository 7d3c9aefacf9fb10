"""What the gateway refuses, with Twilio's code for it; pure, so that the heart may import it.

Codes: Twilio's error dictionary (confidence high for the codes, medium for the exact sentences).
"""

from __future__ import annotations

from emulators.foundation.errors import CallersMistake, NotHere, RoomError


class Refusal(RoomError):
    """Something Twilio would refuse: an HTTP status, a code and a sentence."""

    status = 400
    code = 20001

    @property
    def more_info(self) -> str:
        """Where Twilio explains the code."""
        return f"https://www.twilio.com/docs/errors/{self.code}"


class NotAuthenticated(Refusal):
    """No credentials, or not those of the account."""

    status = 401
    code = 20003


class NotFound(Refusal):
    """Nothing is at that address, or the sandbox does not emulate it."""

    status = 404
    code = 20404


class NotEmulated(Refusal):
    """A parameter Twilio knows and this gateway cannot honour; refused, so that nobody believes it had an effect."""

    code = 20001


class BadPaging(Refusal):
    """A page size, page token or date the list does not understand."""

    code = 20001


class ToMissing(Refusal):
    """No recipient."""

    code = 21604


class FromMissing(Refusal):
    """No sender and no messaging service."""

    code = 21603


class BodyMissing(Refusal):
    """No text."""

    code = 21602


class BadTo(Refusal):
    """The recipient is no telephone number."""

    code = 21211


class BadFrom(Refusal):
    """The sender is no number, short code or sender name."""

    code = 21212


class BodyTooLong(Refusal):
    """More characters than one message may have."""

    code = 21617


class BadUpdate(Refusal):
    """An update that is neither a redaction nor a cancellation."""

    code = 20001


class NotFinished(Refusal):
    """A message still on its way can be neither redacted nor deleted."""

    status = 409
    code = 20009


class NotCancelable(Refusal):
    """The message is no longer waiting to be sent."""

    status = 409
    code = 30409


class HungUp(RoomError):
    """A fault asked for a connection without an answer; nobody sees this one."""

    status = 503


class InvalidParameter(Refusal):
    """Verify was asked with a parameter it does not understand."""

    code = 60200


class TooManyChecks(Refusal):
    """Too many wrong codes were typed for one verification."""

    status = 429
    code = 60202


class TooManySends(Refusal):
    """One code was sent too often."""

    status = 429
    code = 60203


class BadNumber(CallersMistake):
    """The reading doors were asked about something that is no telephone number."""


class BadSince(CallersMistake):
    """A wait was to begin after a message nobody knows."""


class NoSuchMessage(NotHere):
    """No message has that sid."""


class BadStep(CallersMistake):
    """The control door asked for a delivery step the message cannot take."""

    status = 409
