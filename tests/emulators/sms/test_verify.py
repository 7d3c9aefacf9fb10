"""Verify v2 by the official client, unchanged but for its address, and the code read as a test reads it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, timedelta

import httpx
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client
from twilio.rest.verify.v2.service import ServiceContext

from emulators.foundation.clock import Clock
from emulators.sms.verification import (
    VERIFICATION_MOVES,
    IllegalVerificationMove,
    VerificationEvent,
    VerificationStatus,
    verification_move,
)

ACCOUNT = "AC" + "0" * 31 + "1"
TO = "+601100000001"


@pytest.fixture(name="twilio")
def _twilio(url: str) -> Iterator[Client]:
    """The official client; its connections are closed at the end."""
    transport = TwilioHttpClient()
    client = Client(ACCOUNT, "a secret of the sandbox", http_client=transport)
    client.verify.base_url = url
    yield client
    if transport.session is not None:
        transport.session.close()


@pytest.fixture(name="service")
def _service(twilio: Client) -> ServiceContext:
    """A service of six digits."""
    sid = twilio.verify.v2.services.create(friendly_name="iPERKESO").sid
    assert sid is not None
    return twilio.verify.v2.services(sid)


@pytest.fixture(name="code")
def _code(url: str) -> Callable[[], str]:
    """The newest code that reached the number."""

    def code() -> str:
        answer = httpx.get(f"{url}/api/v1/wait", params={"to": TO, "timeout": 0}).json()
        return str(answer["message"]["codes"][0]["value"])

    return code


def wrong(code: str) -> str:
    """Another code of the same length."""
    return f"{(int(code) + 1) % 10 ** len(code):0{len(code)}d}"


def refusal(act: Callable[[], object]) -> tuple[int, int]:
    """Status and code of what the client raises."""
    with pytest.raises(TwilioRestException) as raised:
        act()
    return raised.value.status, raised.value.code


def test_a_number_is_verified_with_the_code_of_its_sms(
    twilio: Client, service: ServiceContext, code: Callable[[], str], clock: Clock
) -> None:
    """Service, verification, SMS, check: pending, then approved; a code counts once."""
    named = service.fetch()
    assert (named.friendly_name, named.code_length, named.account_sid) == ("iPERKESO", 6, ACCOUNT)

    started = service.verifications.create(to="011-0000 0001", channel="sms")
    assert (started.to, started.channel, started.status, started.valid) == (TO, "sms", "pending", False)
    assert started.date_created == clock.now().astimezone(UTC).replace(microsecond=0)
    assert len(code()) == 6

    checked = service.verification_checks.create(to=TO, code=code())

    assert (checked.status, checked.valid, checked.sid) == ("approved", True, started.sid)
    assert started.sid is not None
    assert service.verifications(started.sid).fetch().status == "approved"
    assert refusal(lambda: service.verification_checks.create(to=TO, code=code())) == (404, 20404)


def test_the_same_code_is_sent_again_five_times_and_no_more(
    service: ServiceContext, code: Callable[[], str], http: httpx.Client
) -> None:
    """One verification, one code, five SMS; the sixth send is 60203."""
    sids = {service.verifications.create(to=TO, channel="sms", locale="ms").sid for _ in range(5)}
    messages = http.get("/api/v1/messages", params={"to": TO}).json()["messages"]

    assert len(sids) == 1
    assert len({message["body"] for message in messages}) == 1
    assert messages[0]["body"] == f"SANDBOX: kod pengesahan iPERKESO anda ialah {code()}"
    assert refusal(lambda: service.verifications.create(to=TO, channel="sms")) == (429, 60203)
    assert http.get("/api/v1/messages").json()["total"] == 5


def test_five_wrong_codes_end_it_and_the_right_one_comes_too_late(
    service: ServiceContext, code: Callable[[], str]
) -> None:
    """Each wrong code leaves it pending; then 60202, also for the right one, until a new verification begins."""
    sid = service.verifications.create(to=TO, channel="sms").sid
    assert sid is not None
    for _ in range(5):
        assert service.verification_checks.create(verification_sid=sid, code=wrong(code())).status == "pending"

    assert refusal(lambda: service.verification_checks.create(to=TO, code=code())) == (429, 60202)
    assert refusal(lambda: service.verification_checks.create(to=TO, code=code())) == (429, 60202)
    assert service.verifications(sid).fetch().status == "max_attempts_reached"

    assert service.verifications.create(to=TO, channel="sms").sid != sid
    assert service.verification_checks.create(to=TO, code=code()).valid is True


def test_a_code_lives_ten_minutes_of_the_sandboxs_clock(
    service: ServiceContext, code: Callable[[], str], clock: Clock
) -> None:
    """A second before it is approved in another verification; at ten minutes it is expired and unknown."""
    sid = service.verifications.create(to=TO, channel="sms").sid
    assert sid is not None
    clock.advance(timedelta(seconds=599))
    assert service.verifications(sid).fetch().status == "pending"
    clock.advance(timedelta(seconds=1))

    assert refusal(lambda: service.verification_checks.create(to=TO, code=code())) == (404, 20404)
    assert service.verifications(sid).fetch().status == "expired"
    assert service.verifications.create(to=TO, channel="sms").sid != sid


@pytest.mark.parametrize("status", ["canceled", "approved"])
def test_its_owner_may_cancel_or_approve_once(service: ServiceContext, code: Callable[[], str], status: str) -> None:
    """Afterwards no code counts and no second decision is taken."""
    sid = service.verifications.create(to=TO, channel="sms").sid
    assert sid is not None

    assert service.verifications(sid).update(status=status).status == status

    assert refusal(lambda: service.verification_checks.create(to=TO, code=code())) == (404, 20404)
    assert refusal(lambda: service.verifications(sid).update(status="canceled")) == (404, 20404)


def test_a_verification_is_found_by_its_number_too(service: ServiceContext) -> None:
    """Those who kept no sid ask and decide by the number; the newest of it counts."""
    service.verifications.create(to=TO, channel="sms")

    service.verifications(TO).update(status="canceled")
    newest = service.verifications.create(to=TO, channel="sms")

    found = service.verifications(TO).fetch()
    assert (found.sid, found.status) == (newest.sid, "pending")
    with pytest.raises(TwilioRestException, match="not found"):
        service.verifications("+601100000002").fetch()


def test_a_code_of_ones_own_and_another_length(
    twilio: Client, service: ServiceContext, code: Callable[[], str]
) -> None:
    """CustomCode is what the SMS says; CodeLength is kept by the service."""
    for own in ("2019", "9876543210"):  # what looks like a year is known by the sentence around it
        service.verifications.create(to=TO, channel="sms", custom_code=own)
        assert code() == own
        assert service.verification_checks.create(to=TO, code=own).valid is True

    short = twilio.verify.v2.services.create(friendly_name="Empat", code_length=4).sid
    assert short is not None
    twilio.verify.v2.services(short).verifications.create(to=TO, channel="sms", custom_friendly_name="Lain")
    assert len(code()) == 4


def test_what_makes_no_sense_is_refused_with_60200(twilio: Client, service: ServiceContext) -> None:
    """Recipient, channel, codes, names and decisions; nothing is sent."""
    verifications, checks = service.verifications, service.verification_checks
    services = twilio.verify.v2.services
    for act in (
        lambda: verifications.create(to="abc", channel="sms"),
        lambda: verifications.create(to=TO, channel="pigeon"),
        lambda: verifications.create(to=TO, channel="sms", custom_code="12"),
        lambda: checks.create(to=TO),
        lambda: checks.create(code="123456"),
        lambda: services.create(friendly_name=""),
        lambda: services.create(friendly_name="x" * 31),
        lambda: services.create(friendly_name="x", code_length=11),
    ):
        assert refusal(act) == (400, 60200)


def test_a_channel_the_service_does_not_have_is_refused_as_verify_refuses_it(service: ServiceContext) -> None:
    """email needs a mailer (60217); call and the others are switched off (60223)."""
    create = service.verifications.create

    assert refusal(lambda: create(to="a@example.com", channel="email")) == (400, 60217)
    for channel in ("call", "whatsapp", "sna"):
        assert refusal(lambda: create(to=TO, channel=channel)) == (400, 60223)  # noqa: B023  called at once


def test_another_account_and_an_unknown_service_are_not_found(url: str, service: ServiceContext) -> None:
    """A service belongs to its account; nothing is told of others."""
    sid = service.fetch().sid
    stranger = ("AC" + "f" * 32, "x")

    assert httpx.get(f"{url}/v2/Services/{sid}", auth=stranger).json()["code"] == 20404
    form = {"To": TO, "Channel": "sms"}
    assert httpx.post(f"{url}/v2/Services/{sid}/Verifications", data=form, auth=stranger).status_code == 404
    assert httpx.get(f"{url}/v2/Services/{sid}").json()["code"] == 20003


def test_services_are_listed_renamed_and_deleted(twilio: Client, service: ServiceContext) -> None:
    """By the official client, page by page; what is deleted is gone with its verifications."""
    services = twilio.verify.v2.services
    names = ["iPERKESO", *(services.create(friendly_name=f"Lain {n}").friendly_name for n in range(3))]
    sid = service.verifications.create(to=TO, channel="sms").sid
    assert sid is not None

    assert sorted(str(each.friendly_name) for each in services.list(page_size=2)) == sorted(map(str, names))
    assert service.update(friendly_name="Baharu").friendly_name == "Baharu"
    assert (service.fetch().friendly_name, service.fetch().code_length) == ("Baharu", 6)
    assert refusal(lambda: service.update(code_length=3)) == (400, 60200)

    assert service.delete() is True
    assert refusal(service.fetch) == (404, 20404)
    assert refusal(lambda: service.verifications(sid).fetch()) == (404, 20404)
    assert len(services.list()) == 3


@pytest.mark.parametrize(("status", "event"), list(itertools.product(VerificationStatus, VerificationEvent)))
def test_only_the_moves_of_the_table_happen(status: VerificationStatus, event: VerificationEvent) -> None:
    """Pending is the only state with a way out."""
    if (status, event) in VERIFICATION_MOVES:
        assert verification_move(status, event) is VERIFICATION_MOVES[status, event]
    else:
        with pytest.raises(IllegalVerificationMove, match=f"{event} cannot happen"):
            verification_move(status, event)
