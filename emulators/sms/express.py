"""A short way for the request that comes by the thousand: a plain POST of a message that is taken.

Theory of operation. What Flask does around a view costs several times what the message costs, so a message that
nothing is wrong with is taken before it, together with all others of the same moment. Whatever is not plain (another
content type, a query, a fault asked for or planned, a rate, anything that would be refused or cannot be stored) is left
to Flask untouched, so that each refusal is said in one place; the ways answer alike to the letter, which tests hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from emulators.foundation.faults import FAULT_HEADER
from emulators.foundation.plain import FORM, Plain, form_fields
from emulators.foundation.webui import HEADERS
from emulators.sms.admission import Checked
from emulators.sms.credentials import of_authorization
from emulators.sms.errors import Refusal
from emulators.sms.fault_catalogue import FAULT_PARAMETER
from emulators.sms.gateway import Gateway
from emulators.sms.replies import Replies
from emulators.sms.together import Outcome
from emulators.sms.troubles import Troubles
from emulators.sms.web import NOT_HONOURED, read_wish

_PATH = re.compile(r"/2010-04-01/Accounts/([A-Za-z0-9]+)/Messages\.json")
_LEFT_TO_FLASK = frozenset({FAULT_PARAMETER, *NOT_HONOURED})
_credentials = lru_cache(maxsize=256)(of_authorization)


class Express:
    """What the room's servers ask first."""

    status = "201 CREATED"
    fields = (("Content-Type", "application/json"), *HEADERS.items())

    def __init__(self, gateway: Gateway, troubles: Troubles) -> None:
        self._gateway = gateway
        self._troubles = troubles
        self._replies = Replies()

    def expects(self, method: str, target: str, fields: Mapping[str, str]) -> bool:
        """Whether nothing but the form decides what is answered."""
        return (
            method == "POST"
            and _PATH.fullmatch(target) is not None
            and fields.get("content-type", "").partition(";")[0] == FORM
            and FAULT_HEADER.lower() not in fields
        )

    def answers(self, requests: Sequence[Plain]) -> Sequence[bytes | None]:
        """What is answered to those whose messages are stored now; None to the others."""
        wishes = [self._wish(request) for request in requests] if self._troubles.calm() else [None] * len(requests)
        outcomes = iter(self._gateway.store([wish for wish in wishes if wish is not None]))
        return [None if wish is None else self._told(next(outcomes)) for wish in wishes]

    def _told(self, outcome: Outcome) -> bytes | None:
        return None if isinstance(outcome, Exception) else self._replies.written(outcome)

    def _wish(self, request: Plain) -> Checked | None:
        """The message that is to be stored; None when it is not asked for simply."""
        path = _PATH.fullmatch(request.target)
        assert path is not None  # noqa: S101  nothing else is expected
        try:
            form = form_fields(request.body)
            if not _LEFT_TO_FLASK.isdisjoint(form):
                return None
            username, password = _credentials(request.fields.get("authorization", ""))
            self._gateway.admit(path[1], username, password)
            checked = self._gateway.check(read_wish(path[1], form, password, ()))
        except (ValueError, Refusal):
            return None
        return None if self._troubles.asks(checked.to) else checked
