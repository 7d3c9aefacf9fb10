"""The room's faults as a session meets them: which status a refusal is told with."""

from __future__ import annotations

from emulators.foundation.faults import Drawn
from emulators.sms.errors import Refusal
from emulators.sms.messages import Via
from emulators.sms.smpp.orders import Order
from emulators.sms.smpp.statuses import CommandStatus, Refused
from emulators.sms.troubles import Troubles

_STATUSES = {
    20429: CommandStatus.RTHROTTLED,
    21211: CommandStatus.RINVDSTADR,
    21212: CommandStatus.RINVSRCADR,
    21606: CommandStatus.RINVSRCADR,
    21611: CommandStatus.RMSGQFUL,
    21612: CommandStatus.RINVDSTADR,
    21614: CommandStatus.RINVDSTADR,
}
"""Twilio's code for a refusal, and the nearest SMPP has to it (guess); any other is RSUBMITFAIL."""


def hindered(troubles: Troubles, order: Order) -> Drawn | None:
    """What happens to the request of an order: `slow` or `dropped`, for the session to act out.

    Raises:
        Refused: throttled, the queue is full, or rejected.
    """
    subject = {
        "to": order.recipients[0].number,
        "from": order.sender,
        "account": order.system_id,
        "via": Via.SMPP.value,
    }
    try:
        return troubles.at_request(subject)
    except Refusal as refusal:
        raise Refused(_STATUSES.get(refusal.code, CommandStatus.RSUBMITFAIL), refusal.sentence) from refusal
