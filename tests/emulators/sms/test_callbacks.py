"""Status callbacks: posted over real HTTP, signed as the official validator wants them, retried, never lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import httpx
import pytest
from flask import Flask, Response, request
from twilio.request_validator import RequestValidator

from emulators.foundation.clock import Clock
from emulators.foundation.room import Room
from emulators.foundation.serving import Server

ACCOUNT = "AC" + "0" * 31 + "1"
TOKEN = "a secret of the sandbox"
COLLECTION = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
SERVICE = "MG" + "5" * 32
Until = Callable[..., object]


class Receiver:
    """A sender's own server: notes what is posted to it, and checks signatures as the official client does."""

    def __init__(self) -> None:
        self.forms: list[dict[str, str]] = []
        self.valid: list[bool] = []
        self.headers: list[dict[str, str]] = []
        self.answers: list[int] = []
        self.server = Server("127.0.0.1", 0)
        app = Flask("receiver")
        app.add_url_rule("/status", "status", self._told, methods=["POST"])
        self.server.serve(app)
        self.url = f"{self.server.url}/status?order=7&x=a%20b"

    def _told(self) -> Response:
        signature = request.headers.get("X-Twilio-Signature", "")
        self.valid.append(RequestValidator(TOKEN).validate(self.url, request.form, signature))
        self.headers.append(dict(request.headers))
        self.forms.append(request.form.to_dict())
        return Response(status=self.answers.pop(0) if self.answers else 204)

    @property
    def statuses(self) -> list[str]:
        """The statuses told, in order."""
        return [form["MessageStatus"] for form in self.forms]


@pytest.fixture(name="receiver", scope="module")
def _server_of_the_module() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.server.stop()


@pytest.fixture(autouse=True)
def _fresh(receiver: Receiver) -> None:
    """Nothing was posted before a test."""
    for kept in (receiver.forms, receiver.valid, receiver.headers, receiver.answers):
        kept.clear()


def created(http: httpx.Client, receiver: Receiver, **fields: str) -> dict[str, object]:
    """The reply to a message whose statuses are to be told."""
    form = {"To": "+60110000001", "From": "68833", "Body": "x", "StatusCallback": receiver.url, **fields}
    answer = http.post(COLLECTION, data={name: value for name, value in form.items() if value})
    assert answer.status_code == 201, answer.text
    reply: dict[str, object] = answer.json()
    return reply


def test_each_status_after_the_first_is_told_and_signed(
    http: httpx.Client, receiver: Receiver, clock: Clock, until: Until
) -> None:
    """sent, then delivered; the official validator accepts both; all fields are there."""
    sid = created(http, receiver)["sid"]
    until(lambda: receiver.statuses == ["sent"], "sent is told")
    clock.advance(timedelta(seconds=1))
    until(lambda: receiver.statuses == ["sent", "delivered"], "delivered is told")

    assert receiver.valid == [True, True]
    assert receiver.forms[1] == {
        "AccountSid": ACCOUNT,
        "ApiVersion": "2010-04-01",
        "From": "68833",
        "MessageSid": sid,
        "MessageStatus": "delivered",
        "RawDlrDoneDate": "1905150100",
        "SmsSid": sid,
        "SmsStatus": "delivered",
        "To": "+60110000001",
    }
    assert receiver.headers[0]["User-Agent"] == "TwilioProxy/1.1"
    assert receiver.headers[0]["I-Twilio-Idempotency-Token"] != receiver.headers[1]["I-Twilio-Idempotency-Token"]


def test_a_messaging_service_is_accepted_queued_sent_and_told_so(
    http: httpx.Client, receiver: Receiver, until: Until
) -> None:
    """The first status is accepted, and not told; the sender is chosen when it is queued."""
    reply = created(http, receiver, From="", MessagingServiceSid=SERVICE)
    until(lambda: receiver.statuses == ["queued", "sent"], "queued and sent are told")

    assert (reply["status"], reply["from"]) == ("accepted", None)
    assert {(form["From"], form["MessagingServiceSid"]) for form in receiver.forms} == {("68833", SERVICE)}
    assert http.get(f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{reply['sid']}.json").json()["from"] == "68833"


def test_a_loss_is_told_with_its_code(http: httpx.Client, receiver: Receiver, clock: Clock, until: Until) -> None:
    """undelivered carries ErrorCode, and so does the message."""
    sid = created(http, receiver, To="+601109999904")["sid"]
    until(lambda: receiver.statuses == ["sent"], "sent is told")
    clock.advance(timedelta(seconds=1))
    until(lambda: len(receiver.forms) == 2, "the loss is told")

    message = http.get(f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}.json").json()
    assert (receiver.statuses[1], receiver.forms[1]["ErrorCode"]) == ("undelivered", "30006")
    assert (message["status"], message["error_code"]) == ("undelivered", 30006)
    assert message["error_message"] == "Landline or unreachable carrier"
    assert http.get("/api/v1/messages").json()["total"] == 0


def test_a_refused_callback_is_tried_again_by_the_clock_and_journalled(
    http: httpx.Client, receiver: Receiver, clock: Clock, until: Until
) -> None:
    """500, a second later 204; the journal tells of both attempts."""
    receiver.answers.append(500)
    sid = created(http, receiver)["sid"]

    def attempts() -> list[tuple[int, bool]]:
        entries = http.get("/_control/journal").json()["entries"]
        told = [entry["facts"] for entry in entries if (entry["kind"], entry["ref"]) == ("callback", sid)]
        return [(facts["status"], facts["acknowledged"]) for facts in told if facts["acknowledged"] or facts["status"]]

    until(lambda: attempts() == [(500, False)], "the first attempt is noted")
    clock.advance(timedelta(seconds=1))
    until(lambda: (204, True) in attempts(), "another attempt is acknowledged")

    assert receiver.valid[:2] == [True, True]


def test_a_callback_owed_before_a_restart_is_delivered_after_it(
    make_room: Callable[..., Room], receiver: Receiver, clock: Clock, until: Until
) -> None:
    """The room that took the message delivers nothing; another one over its store does, signed as before."""
    first = make_room()
    form = {"To": "+60110000001", "From": "68833", "Body": "x", "StatusCallback": receiver.url}
    sid = first.app.test_client().post(COLLECTION, data=form, auth=(ACCOUNT, TOKEN)).get_json()["sid"]
    first.verbs["delivery"]({"sid": sid, "event": "hand_over"})
    assert receiver.forms == []

    second = make_room()
    for worker in second.workers:
        worker.start()

    until(lambda: receiver.statuses == ["sent"], "what the first room owed is told")
    assert (receiver.forms[0]["MessageSid"], receiver.valid) == (sid, [True])


def test_what_is_signed_is_the_accounts_own_token_when_the_room_knows_it(
    make_room: Callable[..., Room], receiver: Receiver, until: Until
) -> None:
    """An API key's secret asks; the account's token signs."""
    room = make_room(account_sid=ACCOUNT, auth_token=TOKEN)
    for worker in room.workers:
        worker.start()
    form = {"To": "+60110000001", "From": "68833", "Body": "x", "StatusCallback": receiver.url}
    answer = room.app.test_client().post(COLLECTION, data=form, auth=("SK" + "1" * 32, TOKEN))
    assert answer.status_code == 201
    until(lambda: receiver.statuses == ["sent"], "sent is told")

    assert receiver.valid == [True]


def test_a_scheduled_message_waits_for_its_instant_and_can_be_canceled(
    http: httpx.Client, receiver: Receiver, clock: Clock, until: Until
) -> None:
    """Nobody can read it before; then it is queued, sent and read. Another is canceled and never read."""
    at = (clock.now() + timedelta(hours=1)).isoformat()
    service = {"From": "", "MessagingServiceSid": SERVICE, "ScheduleType": "fixed", "SendAt": at}
    sid = created(http, receiver, **service)["sid"]
    canceled = created(http, receiver, **service, Body="tidak")["sid"]
    path = f"/2010-04-01/Accounts/{ACCOUNT}/Messages"
    assert http.get(f"{path}/{sid}.json").json()["status"] == "scheduled"
    assert http.post(f"{path}/{canceled}.json", data={"Status": "canceled"}).json()["status"] == "canceled"
    clock.advance(timedelta(minutes=59))
    assert http.get("/api/v1/messages").json()["total"] == 0

    clock.advance(timedelta(minutes=1))
    until(lambda: receiver.statuses[-1:] == ["sent"], "it is sent")

    assert receiver.statuses == ["canceled", "queued", "sent"]
    assert [message["sid"] for message in http.get("/api/v1/messages").json()["messages"]] == [sid]


@pytest.mark.parametrize("seconds", [299, 35 * 86_400 + 1])
def test_a_schedule_out_of_range_is_refused(http: httpx.Client, clock: Clock, seconds: int) -> None:
    """Five minutes to 35 days ahead, by the clock of the sandbox."""
    at = (clock.now() + timedelta(seconds=seconds)).isoformat()
    form = {"To": "+60110000001", "MessagingServiceSid": SERVICE, "Body": "x", "ScheduleType": "fixed", "SendAt": at}

    assert http.post(COLLECTION, data=form).json()["code"] == 35114
