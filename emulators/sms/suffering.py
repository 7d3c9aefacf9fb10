"""How a door acts out the faults of the stage `request`: slow, dropped; and how a request asks for faults itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import request

from emulators.foundation.fault_wishes import Asked
from emulators.foundation.faults import FAULT_HEADER
from emulators.foundation.serving import hang_up, lender
from emulators.sms.errors import HungUp
from emulators.sms.fault_catalogue import FAULT_PARAMETER, Trouble
from emulators.sms.messages import Via
from emulators.sms.numbers import e164
from emulators.sms.troubles import Troubles


def asked_by_request(troubles: Troubles) -> tuple[Asked, ...]:
    """Faults the present request asks for in its header, else in its form or query.

    Raises:
        CallersMistake: no fault of that name, or no such parameter.
    """
    by_parameter = request.form.get(FAULT_PARAMETER) or request.args.get(FAULT_PARAMETER)
    return troubles.asked(request.headers.get(FAULT_HEADER) or by_parameter)


@contextmanager
def suffering(
    troubles: Troubles, asked: tuple[Asked, ...], to: str, sender: str, account: str, via: Via, region: str
) -> Iterator[None]:
    """Around what takes a message: the faults of the call that hands it in.

    Raises:
        Refusal: rejected, throttled, or the queue is full.
        HungUp: the connection was ended before the message was taken.
    """
    subject = {"to": e164(to, region) or to, "from": sender, "account": account, "via": via}
    drawn = troubles.at_request(subject, asked)
    dropped = drawn is not None and drawn.name == Trouble.DROPPED
    if drawn is not None and drawn.name == Trouble.SLOW:
        with lender(request.environ)():
            time.sleep(float(drawn.values["seconds"]))
    if dropped:
        hang_up(request.environ)
        assert drawn is not None  # noqa: S101  it was dropped
        if not drawn.values["taken"]:
            raise HungUp("the sandbox was asked to end this connection without an answer")
    yield
