"""The door of iSMS, a Malaysian gateway: `isms_send.php` and its siblings, plain text in and out.

Parameters and codes: its API pages (confidence high). What is answered for several numbers is a guess: their ids,
joined by commas, and the first error when none was taken.
"""

from __future__ import annotations

import hmac
from typing import Any

from flask import Blueprint, Response, request

from emulators.sms.errors import Refusal
from emulators.sms.gateway import Gateway
from emulators.sms.messages import Via, Wish
from emulators.sms.segments import Encoding, segments_of
from emulators.sms.settings import SmsSettings
from emulators.sms.suffering import asked_by_request, suffering
from emulators.sms.troubles import Troubles

AUTHENTICATION = "-1001 = AUTHENTICATION FAILED"
BAD_TYPE = "-1005 = INVALID SMS TYPE"
BAD_LENGTH = "-1006 = INVALID BODY LENGTH (1-700)"
MISSING = "-1008 = MISSING PARAMETER"
BAD_NUMBER = "-1009 = INVALID DESTINATION NUMBER"
NOT_ASCII = "-1012 = INVALID MESSAGE TYPE"
NOT_AGREED = "-1013 = INVALID TERM AND AGREEMENT"
UNKNOWN = "-1000 = UNKNOWN ERROR"
LONGEST = 700
PATHS = ("/isms_send.php", "/isms_send_all.php", "/isms_send_all_id.php", "/RESTAPI.php")
_BY_TWILIO = {21211: BAD_NUMBER, 21614: BAD_NUMBER, 21617: BAD_LENGTH, 21602: MISSING, 21604: MISSING}


def isms_doors(gateway: Gateway, troubles: Troubles, settings: SmsSettings) -> Blueprint:
    """The routes of iSMS; every answer is HTTP 200 with a line of text."""
    doors = Blueprint("isms", __name__)

    def send() -> Response:
        form = _form()
        wrong = _wrong(form, settings)
        return _line(wrong or _sent(gateway, troubles, settings, form))

    for path in PATHS:
        doors.add_url_rule(path, path.strip("/").replace(".php", ""), send, methods=["GET", "POST"])

    @doors.route("/isms_balance.php", methods=["GET", "POST"])
    def balance() -> Response:
        return _line(AUTHENTICATION if not _known(_form(), settings) else "1000.00")

    return doors


def _form() -> dict[str, str]:
    """The parameters: of the query and form, else of JSON with Basic credentials (RESTAPI.php)."""
    given: Any = request.get_json(silent=True) if request.is_json else None
    if not isinstance(given, dict):
        return request.values.to_dict()
    basic = request.authorization
    many = given.get("recipient")
    one = many[0] if isinstance(many, list) and many and isinstance(many[0], dict) else given
    numbers = [str(each.get("dstno", "")) for each in many if isinstance(each, dict)] if isinstance(many, list) else []
    form = {name: str(one.get(name, "")) for name in ("msg", "type", "dstno")}
    form |= {name: str(given.get(name, "")) for name in ("sendid", "agreedterm")}
    if numbers:
        form["dstno"] = ";".join(numbers)
    return form | {"un": (basic and basic.username) or "", "pwd": (basic and basic.password) or ""}


def _wrong(form: dict[str, str], settings: SmsSettings) -> str:
    """The line that refuses a request, or nothing."""
    if not _known(form, settings):
        return AUTHENTICATION
    if not all(form.get(name, "").strip() for name in ("dstno", "msg")):
        return MISSING
    if form.get("type", "1") not in ("1", "2"):
        return BAD_TYPE
    if form.get("agreedterm", "").upper() != "YES":
        return NOT_AGREED
    if len(form["msg"]) > LONGEST:
        return BAD_LENGTH
    unicode_in_ascii = form.get("type", "1") == "1" and segments_of(form["msg"]).encoding is not Encoding.GSM_7
    return NOT_ASCII if unicode_in_ascii else ""


def _sent(gateway: Gateway, troubles: Troubles, settings: SmsSettings, form: dict[str, str]) -> str:
    """The line that tells what became of each number."""
    asked, account = asked_by_request(troubles), f"isms:{form['un']}"
    taken, refused = [], ""
    for number in (number.strip() for number in form["dstno"].split(";") if number.strip()):
        # a number is international, with 00 before it outside Malaysia
        sender = form.get("sendid", "").strip() or settings.carrier_sender
        wish = Wish(account, number, sender, form["msg"], via=Via.ISMS, asked=asked)
        try:
            with suffering(troubles, asked, number, sender, account, Via.ISMS, settings.region):
                taken.append(gateway.accept(wish).sid)
        except Refusal as refusal:
            refused = refused or _BY_TWILIO.get(refusal.code, UNKNOWN)
    return f"2000 = SUCCESS:{','.join(taken)}" if taken else refused or BAD_NUMBER


def _known(form: dict[str, str], settings: SmsSettings) -> bool:
    user, password = form.get("un", ""), form.get("pwd", "")
    mine = settings.isms_user is None or user == settings.isms_user
    same = settings.isms_password is None or hmac.compare_digest(password.encode(), settings.isms_password.encode())
    return bool(user and password) and mine and same


def _line(text: str) -> Response:
    return Response(text, mimetype="text/plain")
