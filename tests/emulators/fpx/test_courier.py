"""The direct AC: delivered until OK, journalled, surviving a restart."""

from __future__ import annotations


def test_a_direct_ac_is_sent_again_until_the_answer_is_ok(world, merchant, arrive, until):
    """Errors and other words are no acknowledgement; blanks around OK do not matter; nothing follows an OK."""
    world.settings = {"callback_schedule": (0, 0, 0, 0, 0)}
    merchant.fpx = world.start()
    merchant.introduce()
    merchant.answers = [("broken", 500), ("FAILED", 200), ("OK", 503), (" OK\n", 200)]
    arrive(merchant.ar()).pay()
    until(lambda: len(world.journal("AC delivery")) == 4, "four attempts are journalled")

    told = [entry["facts"] for entry in world.journal("AC delivery")]
    assert [(facts["status"], facts["answer"], facts["acknowledged"]) for facts in told] == [
        (500, "broken", False),
        (200, "FAILED", False),
        (503, "OK", False),
        (200, " OK\n", True),
    ]
    assert len(set(merchant.bodies)) == 1
    assert [facts["number"] for facts in told] == [1, 2, 3, 4]


def test_a_direct_ac_is_given_up_when_the_schedule_ends(world, merchant, arrive, until):
    """The last attempt says so in the journal."""
    world.settings = {"callback_schedule": (0,)}
    merchant.fpx = world.start()
    merchant.introduce()
    merchant.answers = [("no", 200), ("no", 200), ("no", 200)]
    arrive(merchant.ar()).pay()
    until(lambda: len(world.journal("AC delivery")) == 2, "two attempts are journalled")

    assert [entry["facts"]["gave_up"] for entry in world.journal("AC delivery")] == [False, True]


def test_a_restart_keeps_transactions_sellers_key_and_what_is_owed(world, merchant, arrive, until):
    """A merchant that was down is told after the restart, with the same signature under the same certificate."""
    world.settings = {"callback_schedule": (60, 60)}
    merchant.fpx = world.start()
    merchant.introduce()
    merchant.answers = [("not yet", 503)]
    ar = merchant.ar()
    indirect = arrive(ar).pay()
    until(lambda: len(world.journal("AC delivery")) == 1, "the first attempt is journalled")
    world.stop()
    merchant.fpx = world.start()
    world.room.app.test_client().post("/_control/clock", json={"advance": 61})
    until(lambda: len(merchant.direct) == 2, "the direct AC is sent again")

    assert merchant.direct[1] == indirect == merchant.enquire(ar)
    assert merchant.believes(merchant.direct[1])
    assert merchant.post("seller2DReceiver.jsp", ar | {"fpx_eaccountNum": "1"}).status_code == 400


def test_a_visit_goes_on_after_a_restart(world, merchant, arrive, until):
    """The buyer who had signed in confirms at the room started again."""
    merchant.fpx = world.start()
    merchant.introduce()
    buyer = arrive(merchant.ar())
    buyer.sign_in()
    confirm, filled = buyer.form("Confirm")[0], buyer.filled()
    world.stop()
    merchant.fpx = world.start()
    buyer.fpx = merchant.fpx
    buyer.post(confirm, filled)
    until(lambda: merchant.direct, "the direct AC arrives")

    assert merchant.direct[0]["fpx_debitAuthCode"] == "00"
