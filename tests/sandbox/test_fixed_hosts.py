"""Somebody else's client, unchanged: only the environment tells it of the proxy and of the authority."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from twilio.rest import Client

from emulators.foundation.authority import FOLDER, Authority
from emulators.foundation.clock import Clock
from emulators.foundation.serving import Server
from emulators.sms.app import create_room
from emulators.sms.settings import SmsSettings
from sandbox.proxy import Proxy
from sandbox.proxy_rules import ProxySettings, Rules


@pytest.fixture(name="environment", autouse=True)
def _environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An SMS room behind the proxy, and the two variables."""
    room = create_room(SmsSettings(data_dir=tmp_path, port=0, smpp_port=0), Clock(), random.Random(1))
    server = Server("127.0.0.1", 0)
    server.serve(room.app)
    authority = Authority(tmp_path / FOLDER)
    proxy = Proxy("127.0.0.1", 0, Rules(ProxySettings(), dict.fromkeys(("fpx", "sms", "smtp"), server.url)), authority)
    proxy.start()
    for name in ("NO_PROXY", "no_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.certificate_file))
    yield
    proxy.stop()
    server.stop()
    room.close()


def test_twilios_client_sends_and_verifies_without_a_word_changed() -> None:
    """api.twilio.com and verify.twilio.com are this sandbox; addresses in answers keep the client there."""
    client = Client("AC" + "0" * 32, "token")
    sent = client.messages.create(to="+60110000001", from_="+15005550006", body="Kod anda 123456")
    assert client.messages(sent.sid).fetch().body == "Kod anda 123456"
    assert [message.sid for message in client.messages.list(limit=5)] == [sent.sid]

    service = client.verify.v2.services.create(friendly_name="iPERKESO")
    started = client.verify.v2.services(service.sid).verifications.create(to="+60110000002", channel="sms")
    assert (started.status, started.url.partition("/v2/")[0]) == ("pending", "https://verify.twilio.com")


def test_everything_else_it_might_call_is_refused_by_name() -> None:
    """Nothing leaves for the real world by mistake."""
    with pytest.raises(requests.exceptions.ProxyError, match=r"does not emulate lookups\.twilio\.com"):
        requests.get("https://lookups.twilio.com/v2/PhoneNumbers", timeout=10)
