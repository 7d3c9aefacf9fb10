"""An answer that was filled in is the answer that would have been written."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from emulators.foundation.clock import DEFAULT_DAY
from emulators.sms.delivery import Status
from emulators.sms.messages import Message, Via, twilio_reply
from emulators.sms.replies import Replies

MESSAGE = Message(
    id=1,
    sid="SM1",
    account_sid="AC1",
    to="+60110000001",
    sender="68833",
    messaging_service_sid=None,
    status_callback=None,
    callback_secret=None,
    body="Kod anda 482913",
    encoding="GSM-7",
    units=15,
    segments=1,
    status=Status.QUEUED,
    via=Via.TWILIO,
    error_code=None,
    fault=None,
    created=DEFAULT_DAY,
    updated=DEFAULT_DAY,
    sent=None,
    received=None,
    arrived=None,
    copy_of=None,
)


def test_whatever_differs_between_two_messages_each_has_its_own_answer() -> None:
    """Texts that mean something to JSON or to the pattern; fields one after the other; and each again."""
    later = DEFAULT_DAY + timedelta(seconds=61)
    changes: list[dict[str, Any]] = [
        {"sid": "SM2", "to": "+60110000002", "body": 'a "b" \\ %s %(sid)s %% \n \u4e00 \U0001f600 sid to body'},
        {"messaging_service_sid": '%(body)s "to"', "sender": None},
        *(
            {"messaging_service_sid": f"{before}\\u0000{name}"}
            for before in ("", "/", '"')
            for name in ("sid", "to", "body")
        ),
        {"account_sid": "AC2"},
        {"segments": 3, "body": ""},
        {"status": Status.ACCEPTED},
        {"created": later, "updated": later},
        {"sent": later, "status": Status.UNDELIVERED, "error_code": 30003},
    ]
    messages = [MESSAGE, *(MESSAGE._replace(**change) for change in changes)]
    replies = Replies()

    for message in [*messages, *reversed(messages)]:
        expected = json.dumps(twilio_reply(message), sort_keys=True, separators=(",", ":"))
        assert replies.written(message).decode() == f"{expected}\n"
