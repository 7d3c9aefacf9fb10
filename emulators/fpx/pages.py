"""The bank's pages, drawn once for each kind of visit and filled in for each: drawing costs twenty times as much.

Theory of operation. What a page says of one payment only (its numbers, amount, token, the values of its AC) is drawn as
a mark, by the template as it is. The drawing is remembered under everything else the page depends on, and each visit's
own words are put in the places of the marks, escaped as the template escapes them. A test holds that both ways give the
same page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any
from uuid import uuid4

from flask import Flask, has_request_context, render_template, request
from markupsafe import escape

from emulators.fpx.cashier import Step
from emulators.fpx.console_words import moment
from emulators.fpx.teller import WayBack
from emulators.fpx.transaction import WITH_BUYER, State, Transaction
from emulators.fpx.visits import Visit

MOST = 500
"""Drawings remembered; each has ten kilobytes."""
_OWN = {"session", "fpx_txn_id", "seller_order_no", "product_desc", "amount_sen"}
_UNSEEN = {
    *("received_at", "expires_at", "session_ends_at", "seller_ex_order_no", "seller_txn_time", "fpx_txn_time"),
    *("debit_auth_no", "credit_auth_no", "buyer_email", "buyer_id", "enquiries", "number_use"),
}
"""What no page of the bank tells."""
_KIND = attrgetter(*(each.name for each in fields(Transaction) if each.name not in _OWN | _UNSEEN))
_SECRET = uuid4().hex
_MARK = re.compile(rf"{_SECRET}([a-z0-9_]+)Z")


class Pages:
    """Draws, remembers and fills in."""

    def __init__(self, app: Flask) -> None:
        """`app` has the templates."""
        self._app = app
        self._drawn: dict[Any, bytes] = {}

    def of(self, visit: Visit, way_back: WayBack | None = None) -> bytes:
        """The page, in UTF-8, that fits where the payment stands; `way_back` belongs to a visit that has ended."""
        txn = visit.transaction
        root = request.script_root if has_request_context() else ""
        kind: list[Any] = [root, _KIND(txn), visit.seller_name, visit.tries_left, bool(visit.token)]
        kind += [account.gives(txn.amount_sen) for account in visit.accounts]
        own = {
            b"session": txn.session.encode(),
            b"fpx_txn_id": _escaped(txn.fpx_txn_id),
            b"seller_order_no": _escaped(txn.seller_order_no or "–"),
            b"product_desc": _escaped(txn.product_desc.strip() or "–"),
            b"amount": txn.amount.encode(),
            b"token": visit.token.encode(),
        }
        if way_back is not None:
            kind += [way_back.url, way_back.lost, way_back.first, *way_back.fields]
            own[b"when"] = moment(txn.received_at).encode()
            own |= {b"value%d" % place: _escaped(value) for place, value in enumerate(way_back.fields.values())}
        drawn = self._drawn.get(key := tuple(kind))
        if drawn is None:
            if len(self._drawn) >= MOST:
                self._drawn = {}
            drawn = self._drawn[key] = self._draw(visit, way_back)
        return drawn % own

    def _draw(self, visit: Visit, way_back: WayBack | None) -> bytes:
        marked = replace(visit, transaction=_marked(visit.transaction), token=_mark("token") if visit.token else "")
        with nullcontext() if has_request_context() else self._app.test_request_context():
            page = draw(marked, _marked_way(way_back) if way_back else None, _mark("when"))
        return _MARK.sub(r"%(\1)b", page.replace("%", "%%")).encode()


def draw(visit: Visit, way_back: WayBack | None, when: str) -> str:
    """The page by its template, inside a request; `when`: the instant of the payment in words."""
    if visit.transaction.state is State.AT_BANK:
        return render_template("bank/sign_in.html", visit=visit, card="", incomplete=False)
    if visit.transaction.state in WITH_BUYER:
        return render_template("bank/pay.html", visit=visit, step=Step.DONE)
    return render_template("bank/result.html", visit=visit, way_back=way_back, when=when)


class _Marked(Transaction):
    """A payment whose amount shows as a mark, and does to an account what the real one does."""

    @property
    def amount(self) -> str:
        """The mark."""
        return _mark("amount")


def _marked(txn: Transaction) -> Transaction:
    values: Mapping[str, Any] = {each.name: getattr(txn, each.name) for each in fields(txn)}
    return _Marked(**{**values, **{name: _mark(name) for name in _OWN - {"amount_sen"}}})


def _marked_way(way_back: WayBack) -> WayBack:
    return replace(way_back, fields={name: _mark(f"value{place}") for place, name in enumerate(way_back.fields)})


def _escaped(text: str) -> bytes:
    return escape(text).encode()


def _mark(name: str) -> str:
    return f"{_SECRET}{name}Z"
