"""IDs that look like Mailpit's and stay together in an index."""

from __future__ import annotations

import random

from emulators.smtp.uids import ALPHABET, COUNTING, Uids


def test_ids_are_22_letters_and_digits_that_do_not_repeat() -> None:
    """Two processes with sources of their own; all of Mailpit's alphabet."""
    ids = [uids.new() for uids in (Uids(random.Random(1)), Uids(random.Random(2))) for _ in range(500)]

    assert len(set(ids)) == 1000
    assert {len(uid) for uid in ids} == {22}
    assert set("".join(ids)) == set(ALPHABET)


def test_ids_of_a_process_come_in_the_order_in_which_a_store_sorts_them() -> None:
    """Also where the counting carries: each is put behind the last."""
    uids = Uids(random.Random(3))
    ids = [uids.new() for _ in range(len(ALPHABET) * 3)]

    assert ids == sorted(ids)
    assert sorted(ALPHABET) == list(ALPHABET)


def test_the_end_of_an_id_cannot_be_told_from_the_one_before() -> None:
    """The same number in another process, and the next one of this process, end otherwise."""
    first, second = Uids(random.Random(4)), Uids(random.Random(5))
    ends = {uids.new()[-COUNTING:] for uids in (first, first, second)}

    assert len(ends) == 3
