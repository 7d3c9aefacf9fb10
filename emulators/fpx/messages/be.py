"""BE, bank list enquiry, and its reply BC."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from emulators.fpx.messages.wire import Given, Message

CHECKSUM_ORDER = ("msgToken", "msgType", "sellerExId", "version")
"""BE's signed values, without a trailing bar (more than ten merchants agree)."""

REPLY_CHECKSUM_ORDER = ("bankList", "msgToken", "msgType", "sellerExId")
"""BC's signed values (proved by a genuine message)."""


class BE(Message):
    """The enquiry."""

    msg_token: Annotated[str, Given]
    seller_ex_id: Annotated[str, Given]
    version: Annotated[str, Given]


class BC(Message):
    """The reply, in wire order (a genuine message; one merchant kit relies on msgToken being first)."""

    msg_token: str
    seller_ex_id: str
    bank_list: str
    check_sum: str = ""
    msg_type: Literal["BC"] = "BC"


def bank_list(statuses: Iterable[tuple[str, bool]]) -> str:
    """`BANKID~A` for a bank in service, `BANKID~B` for a blocked one, joined by commas."""
    return ",".join(f"{bank_id}~{'A' if online else 'B'}" for bank_id, online in statuses)
