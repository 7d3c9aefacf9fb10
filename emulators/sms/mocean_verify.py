"""The door of Mocean's Verify: a code by SMS, sent again, and checked, over the same heart as Twilio's Verify.

Paths, parameters and the codes of missing or wrong parameters: its SDK and status table (confidence high). The codes
of a wrong, an expired and an exhausted code are guesses. A resend is the same code.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from emulators.sms.errors import InvalidParameter, NotFound, Refusal, TooManyChecks, TooManySends
from emulators.sms.messages import Via
from emulators.sms.mocean import Unauthorized, account_of, answered
from emulators.sms.refusals import TooManyRequests
from emulators.sms.settings import SmsSettings
from emulators.sms.suffering import asked_by_request, suffering
from emulators.sms.troubles import Troubles
from emulators.sms.verification import LENGTHS, NAME_LENGTH, Verification, VerificationStatus
from emulators.sms.verifier import Verifier
from emulators.sms.verify_services import VerifyServices
from emulators.sms.verify_wish import StartWish, recipient

UNAUTHORIZED, SYSTEM, NO_BRAND, NO_RECEIVER, BAD_RECEIVER, NO_REQUEST, NO_CODE = 2, 3, 4, 5, 6, 7, 8
THROTTLED, WRONG_CODE, NOT_PENDING, TOO_MANY = 1, 16, 15, 17
ERRORS = {
    THROTTLED: "Throttled error.",
    UNAUTHORIZED: "Authorization failed. Invalid mocean-api-key or mocean-api-secret.",
    SYSTEM: "System error, please try again.",
    NO_BRAND: "Missing mandatory parameter: brand.",
    NO_RECEIVER: "Missing mandatory parameter: receiver.",
    BAD_RECEIVER: "Invalid destination number.",
    NO_REQUEST: "Missing mandatory parameter: request id.",
    NO_CODE: "Missing mandatory parameter: pin code.",
    NOT_PENDING: "The request was not found, or has ended.",
    WRONG_CODE: "The code is wrong.",
    TOO_MANY: "Too many codes were sent or typed.",
}
_BY_KIND: tuple[tuple[type[Refusal], int], ...] = (
    (Unauthorized, UNAUTHORIZED),
    (InvalidParameter, BAD_RECEIVER),
    (TooManySends, TOO_MANY),
    (TooManyChecks, TOO_MANY),
    (TooManyRequests, THROTTLED),
    (NotFound, NOT_PENDING),
)


class Missing(Refusal):
    """A parameter that must be there; its code is Mocean's."""

    def __init__(self, code: int) -> None:
        super().__init__(ERRORS[code])
        self.code = code


def mocean_verify_doors(
    verifier: Verifier, services: VerifyServices, troubles: Troubles, settings: SmsSettings
) -> Blueprint:
    """`/rest/2/verify/req`, `/verify/resend` and `/verify/check`."""
    doors = Blueprint("mocean_verify", __name__, url_prefix="/rest/2/verify")

    @doors.errorhandler(Refusal)
    def refused(refusal: Refusal) -> Response:
        kinds = (code for kind, code in _BY_KIND if isinstance(refusal, kind))
        code = refusal.code if isinstance(refusal, Missing) else next(kinds, SYSTEM)
        return answered({"status": code, "err_msg": ERRORS[code]}, 200)

    def sent(account: str, service_sid: str, wish: StartWish) -> Verification:
        with suffering(troubles, wish.asked, wish.to, verifier.sender, account, Via.MOCEAN, settings.region):
            return verifier.start(account, service_sid, wish)

    @doors.post("/req")
    @doors.post("/req/sms")
    def start() -> Response:
        account, brand = account_of(settings), _given("mocean-brand", NO_BRAND)
        to = recipient("+" + _given("mocean-to", NO_RECEIVER).lstrip("+"), settings.region)
        service = services.named(account, brand[:NAME_LENGTH], _length())
        wish = StartWish(to, via=Via.MOCEAN, asked=asked_by_request(troubles))
        return answered({"status": 0, "reqid": sent(account, service.sid, wish).sid}, 200)

    @doors.post("/resend/sms")
    def resend() -> Response:
        account = account_of(settings)
        found = verifier.find(account, _given("mocean-reqid", NO_REQUEST))
        wish = StartWish(found.to, via=Via.MOCEAN, asked=asked_by_request(troubles))
        again = sent(account, found.service_sid, wish)
        told = {"to": again.to.removeprefix("+"), "resend_number": len(again.attempts) - 1}
        return answered({"status": 0, "reqid": again.sid, **told}, 200)

    @doors.post("/check")
    def check() -> Response:
        account = account_of(settings)
        found = verifier.find(account, _given("mocean-reqid", NO_REQUEST))
        code = _given("mocean-code", NO_CODE)
        judged = verifier.check(account, found.service_sid, {"VerificationSid": found.sid, "Code": code})
        return answered(_judged(judged), 200)

    return doors


def _judged(verification: Verification) -> dict[str, Any]:
    if verification.status is not VerificationStatus.APPROVED:
        return {"status": WRONG_CODE, "err_msg": ERRORS[WRONG_CODE], "reqid": verification.sid}
    last = verification.attempts[-1][0]
    return {"status": 0, "reqid": verification.sid, "msgid": last, "price": "0", "account_currency": "MYR"}


def _length() -> str:
    length: str = request.values.get("mocean-code-length", "4")
    if length not in {str(known) for known in LENGTHS}:
        raise Missing(SYSTEM)
    return length


def _given(name: str, missing: int) -> str:
    value: str = request.values.get(name, "").strip()
    if not value:
        raise Missing(missing)
    return value
