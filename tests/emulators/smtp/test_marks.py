"""The index answers exactly what reading every message would answer."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, create_engine, event

from emulators.foundation.room import Room
from emulators.smtp.delivery import Consignment, Delivery
from emulators.smtp.listener import Listener
from emulators.smtp.marks import Mark, mark_of_address, mark_of_term, marks_of
from emulators.smtp.trace import Arrival

LOCALS = ["ali", "bali", "al", "ali+tag", "li", "a.li"]
DOMAINS = ["x.my", "x.my.org", "xx.my", "ax.my", "x"]


@pytest.mark.parametrize(
    ("term", "mark"),
    [
        ("ali@x.my", Mark("ila", "x.my")),
        ("ali@", Mark("ila", "")),
        ("@x.my", None),
        ("ali", None),
        ("a@b@c", None),
        ("a" * 201 + "@x", None),
    ],
)
def test_only_a_term_with_one_at_sign_and_something_before_it_uses_the_index(term: str, mark: Mark | None) -> None:
    """Everything else is answered by reading."""
    assert mark_of_term(term) == mark


def test_every_at_sign_of_a_text_makes_a_mark() -> None:
    """A name may hold an address too."""
    assert marks_of(["Ali@home <x>", "plain"]) == {Mark("ila", "home <x>")}
    assert marks_of(["a@b@c"]) == {Mark("a", "b@c"), Mark("b@a", "c")}
    assert mark_of_address("Postmaster") == Mark("retsamtsop", "")


@pytest.mark.parametrize("field", ["to", "from", "cc", "bcc", "reply-to", "addressed"])
def test_a_search_by_address_finds_what_reading_everything_would_find(
    make_room: Callable[..., Room], field: str
) -> None:
    """Sixty letters, every pair of local part and domain as a term: the index and plain substrings agree."""
    source = random.Random(field)
    delivery = next(worker for worker in make_room().workers if isinstance(worker, Delivery))
    header = {"addressed": "Cc", "reply-to": "Reply-To"}.get(field, field.capitalize())
    letters: list[tuple[str, str]] = []
    arrivals: list[Arrival] = []
    for n in range(60):
        who = [
            f"{source.choice(LOCALS)}@{source.choice(DOMAINS)}"
            for _ in range(1 if field == "from" else source.randrange(1, 4))
        ]
        name = source.choice(['"Ali@X.my via list" ', "Ali ", ""])
        value = ", ".join([f"{name}<{who[0]}>", *who[1:]])
        letters.append((f"no-{n}", value.replace('"', "").lower()))
        raw = f"Subject: no-{n}\r\n{header}: {value}\r\n\r\nx\r\n".encode()
        arrivals.append(Arrival("s@sender.invalid", ("r@recipient.invalid",), raw))
    delivery.take_all([Consignment(arrival) for arrival in arrivals])
    shelf = delivery._mailbox.shelf(None)  # reached as the doors reach it

    for term in [f"{local}@{domain}" for local in LOCALS for domain in DOMAINS] + ["li@", "I@X"]:
        page = shelf.search(f"{field}:{term}", 0, 100)
        expected = [subject for subject, value in letters if term.lower() in value][::-1]
        assert [kept.subject for kept in page.messages] == expected, term
        assert page.matches == len(expected)
        negated = shelf.search(f"-{field}:{term}", 0, 100)
        assert negated.matches == 60 - len(expected)


def test_the_newest_mail_for_an_address_is_a_look_up_and_not_a_reading(make_room: Callable[..., Room]) -> None:
    """The store's own plan names the index and scans nothing, for the exact look-up and for `to:`."""
    room = make_room()
    statements: list[tuple[str, object]] = []

    def note(_c: object, _k: object, statement: str, parameters: object, *_rest: object) -> None:
        statements.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        client = room.app.test_client()
        client.get("/api/v1/message/latest?to=ali@x.my")
        client.get("/api/v1/search?query=to:ali@x.my&limit=1")
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    asked = [(text, values) for text, values in statements if "marks" in text]
    assert len(asked) >= 3

    engine = create_engine(_url(room))
    with engine.connect() as connection:
        for text, values in asked:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).fetchall()  # type: ignore[arg-type]
            marks = [row[3] for row in plan if "marks" in row[3]]
            assert marks
            assert all(step.startswith("SEARCH marks USING PRIMARY KEY") for step in marks), plan
    engine.dispose()


def _url(room: Room) -> str:
    listener, *_ = room.workers
    assert isinstance(listener, Listener)
    return listener._settings.store_url("smtp")
