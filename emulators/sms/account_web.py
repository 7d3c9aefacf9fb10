"""The rest of Twilio's 2010 API that a client of Messages may touch: its account, and a message's (empty) media."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify

from emulators.sms.credentials import basic_credentials
from emulators.sms.gateway import Gateway
from emulators.sms.messages import API_VERSION, message_uri

SINCE = "Wed, 15 May 2019 01:00:00 +0000"


def account_doors(gateway: Gateway) -> Blueprint:
    """`Accounts/{sid}.json` and `Messages/{sid}/Media.json`."""
    doors = Blueprint("account", __name__, url_prefix=f"/{API_VERSION}/Accounts")

    @doors.get("/<sid>.json")
    def account(sid: str) -> Response:
        gateway.admit(sid, *basic_credentials())
        return jsonify(_account(sid))

    @doors.get("/<sid>/Messages/<message_sid>/Media.json")
    def media(sid: str, message_sid: str) -> Response:
        gateway.admit(sid, *basic_credentials())
        message = gateway.fetch(sid, message_sid)
        return jsonify(_no_media(f"{message_uri(sid, message.sid)}/Media.json"))

    return doors


def _account(sid: str) -> dict[str, Any]:
    uri = f"/{API_VERSION}/Accounts/{sid}"
    return {
        "auth_token": None,
        "date_created": SINCE,
        "date_updated": SINCE,
        "friendly_name": "SANDBOX",
        "owner_account_sid": sid,
        "sid": sid,
        "status": "active",
        "subresource_uris": {"messages": f"{uri}/Messages.json"},
        "type": "Full",
        "uri": f"{uri}.json",
    }


def _no_media(uri: str) -> dict[str, Any]:
    first = f"{uri}?PageSize=50&Page=0"
    return {
        "end": 0,
        "first_page_uri": first,
        "media_list": [],
        "next_page_uri": None,
        "page": 0,
        "page_size": 50,
        "previous_page_uri": None,
        "start": 0,
        "uri": first,
    }
