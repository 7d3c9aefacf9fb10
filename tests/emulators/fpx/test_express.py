"""The short way of a plain request answers as the long way does, to the letter, and takes nothing that is not plain."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest

from emulators.fpx.admission import Admission

LONG = "?long=1"
"""A query that means nothing is enough to take the long way."""
AR = "/FPXMain/seller2DReceiver.jsp"
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}


def told(answer):
    """Status, headers in their order, and body, without what no two payments share."""
    said = re.sub(r"[0-9a-f]{32}", "SESSION", answer.text)
    headers = [(name, re.sub(r"[0-9a-f]{32}", "SESSION", value)) for name, value in answer.headers.multi_items()]
    return answer.status_code, headers, said


def both(desk, method, path, body=b"", other=b""):
    """The short way's answer and the long way's, to `other` where the first changes what the second would meet."""
    http, fpx = desk.merchant.http, desk.merchant.fpx
    ask = {"headers": FORM} if method == "POST" else {}
    short = http.request(method, f"{fpx}{path}", content=body, **ask)
    return told(short), told(http.request(method, f"{fpx}{path}{LONG}", content=other or body, **ask))


def test_a_plain_payment_goes_the_short_way_all_along(open_desk):
    """Six requests, none of which Flask sees."""
    desk = open_desk()
    express, long_way = desk.room.app.wsgi_app, []
    flask = express._app
    express._app = lambda environ, start: (long_way.append(environ["PATH_INFO"]), flask(environ, start))[1]

    _, buyer = desk.arrive()
    ac = buyer.pay()

    assert (ac["fpx_debitAuthCode"], long_way) == ("00", [])


def test_a_payments_pages_and_redirects_are_alike(desk):
    """Each page of a payment, and each act on the way of two payments that differ in nothing but their numbers."""
    one, other = (urlencode(desk.ar(sellerExOrderNo=f"ALIKE-{n}", sellerOrderNo="SAME")) for n in "12")
    short, long = both(desk, "POST", AR, one.encode(), other.encode())
    assert short == long
    places = [
        desk.merchant.http.post(f"{desk.merchant.fpx}{AR}", content=order, headers=FORM).headers["location"]
        for order in (one, other)
    ]
    for act, typed in (("sign-in", "CardNum=1234&HPin=1234"), ("confirm", "account=1234-01&TAC={}")):
        pages = [both(desk, "GET", place) for place in places]
        assert all(short == long for short, long in pages)
        tacs = [re.search(r'bank-token">([0-9]+)<', page[0][2]) for page in pages]
        bodies = [typed.format(tac[1] if tac else "").encode() for tac in tacs]
        http, fpx = desk.merchant.http, desk.merchant.fpx
        short = http.post(f"{fpx}{places[0]}/{act}", content=bodies[0], headers=FORM)
        long = http.post(f"{fpx}{places[1]}/{act}{LONG}", content=bodies[1], headers=FORM)
        assert told(short) == told(long)
    short, long = both(desk, "GET", places[0])
    assert short == long
    assert "Continue with Transaction" in short[2]


@pytest.mark.parametrize(
    "body",
    ["", "fpx_msgType=AR", "fpx_msgType=XX&fpx_msgType=AR", b"fpx_msgType=\xff", "%ff=%f0%9f&&;=&fpx_msgType=AX"],
)
def test_a_refused_message_is_refused_alike_and_journalled_once(desk, body):
    """What is wrong is said by the long way alone."""

    def refused():
        return [entry for entry in desk.room.journal(0, 1000) if entry["kind"].endswith("refused")]

    before = len(refused())
    short, long = both(desk, "POST", AR, body if isinstance(body, bytes) else body.encode())

    assert short == long
    assert len(refused()) == before + 2


def test_why_a_message_is_refused_is_found_out_once(desk, monkeypatch):
    """To name the mistake behind a bad checksum is the dearest work of the room."""
    judged, payment = [], Admission.payment
    monkeypatch.setattr(Admission, "payment", lambda self, fields: (judged.append(1), payment(self, fields))[1])

    assert desk.merchant.post("seller2DReceiver.jsp", desk.ar() | {"fpx_checkSum": "00"}).status_code == 400
    assert judged == [1]


def test_the_same_message_twice_leads_to_its_payment_once_more(desk):
    """As on the long way: noted, and no second transaction."""
    ar = desk.ar()
    first, again = (desk.merchant.post("seller2DReceiver.jsp", ar).headers["location"] for _ in range(2))

    assert first == again
    assert [entry["kind"] for entry in desk.room.journal(0, 1000)][-2:] == ["AR", "AR repeated"]


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("sign-in", ""),
        ("sign-in", "CardNum=1234"),
        ("sign-in", "CardNum=sandbox%3Anothing-like-that&HPin=1234"),
        ("sign-in", "CardNum=1234&HPin=wrong"),
        ("confirm", "account=1234-01&TAC=1"),
        ("", ""),
    ],
)
def test_an_act_that_is_not_simply_done_is_answered_alike(desk, act, body):
    """Incomplete, wrong, too early, and a post where there is only a page."""
    places = [desk.arrive()[1].page.url.path for _ in range(2)]
    http, fpx, end = desk.merchant.http, desk.merchant.fpx, f"/{act}" if act else ""
    short = http.post(f"{fpx}{places[0]}{end}", content=body, headers=FORM)
    long = http.post(f"{fpx}{places[1]}{end}{LONG}", content=body, headers=FORM)

    assert re.sub(r"[0-9]{16}", "ID", str(told(short))) == re.sub(r"[0-9]{16}", "ID", str(told(long)))


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT"])
def test_a_visit_that_there_is_not_is_not_found_alike(desk, method):
    """Whatever is asked of it."""
    short, long = both(desk, method, f"/bank/{'0' * 32}")

    assert short == long


def test_a_planned_fault_takes_every_request_the_long_way(open_desk):
    """A fault strikes as if there were no short way."""
    desk = open_desk()
    desk.room.faults.plan({"name": "switch-5xx", "count": 1})

    assert desk.merchant.post("seller2DReceiver.jsp", desk.ar()).status_code >= 500
