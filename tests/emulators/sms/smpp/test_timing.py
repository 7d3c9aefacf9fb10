"""What follows from a client's silence."""

from __future__ import annotations

import pytest

from emulators.sms.smpp.timing import Due, Timing


def timing(**fields: float) -> Timing:
    """Begun at 0: bind within 10, enquire after 60, answer within 30."""
    return Timing(opened=0, heard=0, active=0, bind=10, enquire=60, response=30, inactivity=fields.get("inactivity"))


@pytest.mark.parametrize(
    ("now", "bound", "due"),
    [(9, False, None), (10, False, Due.DROP), (59, True, None), (60, True, Due.ENQUIRE)],
)
def test_silence_is_enquired_about_and_no_bind_is_not_waited_for(now: float, bound: bool, due: Due | None) -> None:
    """Each at its own time."""
    assert timing().due(now, bound=bound) is due


def test_who_does_not_answer_an_enquiry_is_dropped() -> None:
    """After the response timer, and not before."""
    told = timing()
    told.asked = 60

    assert told.due(89, bound=True) is None
    assert told.due(90, bound=True) is Due.DROP


def test_whatever_comes_answers_an_enquiry() -> None:
    """A client that talks is there."""
    told = timing()
    told.asked = 60
    told.hear(61, active=False)

    assert told.due(100, bound=True) is None
    assert told.due(121, bound=True) is Due.ENQUIRE


def test_a_client_that_only_enquires_is_idle() -> None:
    """It is sent away after the inactivity timer, and dropped when it does not go."""
    told = timing(inactivity=100)
    told.hear(99, active=False)

    assert told.due(100, bound=True) is Due.UNBIND

    told.sent_away(100)

    assert told.due(129, bound=False) is None
    assert told.due(130, bound=False) is Due.DROP
