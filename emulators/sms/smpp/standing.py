"""Where a submission stands, read from its row and that of its message."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from emulators.sms.delivery import Status
from emulators.sms.smpp.numbering import Numbering
from emulators.sms.smpp.receipts import ERRORS, MessageState, Notice
from emulators.sms.smpp.rows import source_of, target_of
from emulators.sms.storage import instant

_STATES = {
    Status.DELIVERED: MessageState.DELIVERED,
    Status.UNDELIVERED: MessageState.UNDELIVERABLE,
    Status.FAILED: MessageState.REJECTED,
    Status.CANCELED: MessageState.DELETED,
}


def state_of(row: Any) -> MessageState:
    """Its state; what was deleted from the room is unknown."""
    if row.ended is not None:
        return MessageState(row.ended)
    if row.status is not None:
        return _STATES.get(Status(row.status), MessageState.ENROUTE)
    return MessageState.ENROUTE if row.waits_for else MessageState.UNKNOWN


def moving(row: Any) -> bool:
    """Whether it can still be called back, replaced or expire."""
    return state_of(row) is MessageState.ENROUTE


def done_at(row: Any) -> datetime:
    """When it came to where it stands."""
    return instant(row.updated if row.updated is not None else row.accepted)


def error_of(row: Any) -> int:
    """The network's error, 0 to 255: the last digits of the room's delivery error, else one for the state."""
    state = state_of(row)
    if state in ERRORS and row.error_code is not None and row.ended is None:
        return int(row.error_code) % 1000 % 256
    return ERRORS.get(state, 0)


def notice_of(row: Any, numbering: Numbering) -> Notice:
    """The receipt a client is owed for it as it stands."""
    state = state_of(row)
    return Notice(
        key=row.key,
        system_id=row.system_id,
        bind=row.bind,
        message_id=numbering.receipted(row.number),
        source=source_of(row),
        destination=target_of(row),
        state=state,
        error=error_of(row),
        submitted=instant(row.accepted),
        done=done_at(row),
        text=row.body or "",
        user_reference=row.user_reference,
        intermediate=state is MessageState.ENROUTE,
    )
