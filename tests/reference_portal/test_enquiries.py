"""Asking FPX on a buyer's behalf."""

from __future__ import annotations

from tests.reference_portal.fakes import FakeFpx
from tests.reference_portal.visitor import Visitor


def test_a_question_without_an_answer_was_not_asked(visitor: Visitor, fpx: FakeFpx) -> None:
    """FPX was down: the next press asks at once, and nobody is told that FPX said anything."""
    visitor.be_signed_in()
    visitor.apply()
    visitor.send("/pay-by-fpx", bank="UJIAN001")
    number = visitor.order_number()
    fpx.down = True
    assert "FPX tidak dapat dihubungi" in visitor.send(f"/receipt/{number}/check").words
    assert visitor.orders()[0].asked_at is None

    fpx.down, fpx.answers = False, ["00"]
    assert visitor.send(f"/receipt/{number}/check").testid("payment-status") == "BERJAYA"
