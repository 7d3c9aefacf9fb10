"""The portal's end of the SMS gateway."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from reference_portal.errors import GatewayDown, GatewayRefused
from reference_portal.gateways.sms import Sms
from reference_portal.settings import PortalSettings

if TYPE_CHECKING:
    from tests.reference_portal.gateways.conftest import Told

NUMBER = "+601101234567"


@pytest.fixture(name="sms")
def _sms(counterpart: Told) -> Iterator[Sms]:
    """The gateway under test."""
    sms = Sms(PortalSettings(sms_url=counterpart.url, sms_account_sid="AC123", sms_auth_token="rahsia"))
    yield sms
    sms.close()


def test_a_message_goes_out_as_twilio_takes_it(sms: Sms, counterpart: Told) -> None:
    """Path with the account, basic authentication, To, From and Body as form fields, the id back."""
    counterpart.status, counterpart.body = 201, json.dumps({"sid": "SM42"})

    assert sms.send(NUMBER, "SANDBOX: kod & lain-lain ✓") == "SM42"
    assert counterpart.asked == [
        (
            "/2010-04-01/Accounts/AC123/Messages.json",
            {"To": NUMBER, "From": "iPERKESO", "Body": "SANDBOX: kod & lain-lain ✓"},
            "Basic " + base64.b64encode(b"AC123:rahsia").decode(),
        )
    ]


@pytest.mark.parametrize(
    ("status", "body", "wire_code"),
    [
        (400, json.dumps({"code": 21211, "message": "Invalid 'To' Phone Number"}), "21211"),
        (401, json.dumps({"code": 20003, "message": "Authenticate"}), "20003"),
        (404, "not json", "404"),
        (400, "[]", "400"),
    ],
)
def test_a_refusal_is_told_with_the_gateways_code(
    sms: Sms, counterpart: Told, status: int, body: str, wire_code: str
) -> None:
    """Trying the same again would be refused again."""
    counterpart.status, counterpart.body = status, body

    with pytest.raises(GatewayRefused) as refused:
        sms.send(NUMBER, "SANDBOX")

    assert (refused.value.wire_code, refused.value.code) == (wire_code, "E-SMS")


@pytest.mark.parametrize(
    ("status", "body"), [(429, "{}"), (500, "oops"), (503, "{}"), (201, "not json"), (201, "{}"), (200, "{}")]
)
def test_trouble_at_the_gateway_is_worth_another_try(sms: Sms, counterpart: Told, status: int, body: str) -> None:
    """Too many requests, server errors and answers that promise nothing."""
    counterpart.status, counterpart.body = status, body

    with pytest.raises(GatewayDown) as down:
        sms.send(NUMBER, "SANDBOX")

    assert down.value.code == "E-SMS"


def test_an_unreachable_gateway_is_down(closed_url: str) -> None:
    """A refused connection names the address and never the secret."""
    sms = Sms(PortalSettings(sms_url=closed_url, sms_auth_token="rahsia"))

    with pytest.raises(GatewayDown, match=closed_url) as down:
        sms.send(NUMBER, "SANDBOX")

    assert "rahsia" not in str(down.value)
    sms.close()
