"""Journal entries become messages between four parties; pure."""

from __future__ import annotations

import pytest

from emulators.fpx.ladder import ladder

AT = "2019-05-15T09:00:00+08:00"


def rungs(kind: str, **facts: object) -> list[tuple[str, str, str, str, str]]:
    """The messages one entry tells of: from, to, what, verdict, words."""
    told = [rung.as_json() for rung in ladder([{"id": 1, "at": AT, "kind": kind, "ref": "1", "facts": facts}])]
    return [(rung["from"], rung["to"], rung["message"], rung["verdict"], rung["said"]) for rung in told]


@pytest.mark.parametrize(
    ("facts", "verdict", "said"),
    [
        ({"status": 200, "acknowledged": True}, "good", "OK: diakui"),
        ({"status": 500, "acknowledged": False}, "bad", "tidak diakui; akan dicuba lagi"),
        ({"status": 500, "acknowledged": False, "gave_up": True}, "bad", "tidak diakui; berhenti mencuba"),
        ({"status": 0, "acknowledged": False}, "bad", "tiada jawapan"),
        ({"status": 400, "acknowledged": False, "fault": "direct-forged"}, "good", "tidak diakui, seperti sepatutnya"),
        ({"status": 200, "acknowledged": True, "fault": "direct-forged"}, "bad", "OK: AC yang dirosakkan dipercayai"),
        ({"status": 200, "acknowledged": True, "fault": "direct-twice"}, "good", "OK: diakui"),
    ],
)
def test_an_attempt_is_a_message_and_its_answer(facts, verdict, said):
    """What was sent, and what was made of the answer: to believe a spoiled AC is a mistake, to refuse it is not."""
    sent, answer = rungs("AC delivery", number=2, fields={"fpx_debitAuthCode": "00"}, **facts)

    assert sent[:3] == ("switch", "merchant", "AC direct #2")
    assert sent[4] == " · ".join(filter(None, ("00", facts.get("fault"))))
    assert answer[:2] == ("merchant", "switch")
    assert answer[3:] == (verdict, said)


def test_what_the_browser_carries_is_shown_though_it_is_not_seen():
    """The indirect AC goes from the bank to the browser to the merchant; without a way back there is one rung."""
    way = [rung[:2] for rung in rungs("AC indirect", url="http://m", fields={"fpx_debitAuthCode": "00"})]

    assert way == [("bank", "browser"), ("browser", "merchant")]
    assert rungs("AC indirect", url="", fields={}) == [("bank", "browser", "AC indirect", "none", "tiada jalan balik")]


def test_a_refusal_and_an_unknown_kind_are_messages_too():
    """Who asked is told; what nobody foresaw is shown as it is kept."""
    assert rungs("BE refused", sentence="why") == [
        ("merchant", "switch", "BE", "bad", "ditolak"),
        ("switch", "merchant", "ERROR", "bad", "why"),
    ]
    assert rungs("something new", colour="red") == [("switch", "switch", "something new", "none", "")]
