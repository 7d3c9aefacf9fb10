"""The grammar of the search box, term by term."""

from __future__ import annotations

import pytest

from emulators.foundation.clock import MALAYSIA
from emulators.smtp.errors import BadQuery
from emulators.smtp.search import Field, Term, read_query

NINE = 1557882000000  # 2019-05-15T09:00+08:00


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("satu dua", [Term(Field.WORDS, "satu"), Term(Field.WORDS, "dua")]),
        ('"satu  DUA"', [Term(Field.WORDS, "satu dua")]),
        ('-"satu dua" !tiga', [Term(Field.WORDS, "satu dua", negated=True), Term(Field.WORDS, "tiga", negated=True)]),
        ("To:Ali@X", [Term(Field.TO, "ali@x")]),
        ('subject:"Kod anda"', [Term(Field.SUBJECT, "kod anda")]),
        (
            "reply-to:a cc:b bcc:c from:d",
            [Term(Field(k), v) for k, v in zip(("reply-to", "cc", "bcc", "from"), "abcd", strict=True)],
        ),
        (
            "addressed:a message-id:b tag:c",
            [Term(Field(k), v) for k, v in zip(("addressed", "message-id", "tag"), "abc", strict=True)],
        ),
        ("is:read -is:read is:unread", [Term(Field.READ), Term(Field.READ, negated=True), Term(Field.UNREAD)]),
        ("has:attachments has:inline is:tagged", [Term(Field.ATTACHMENT), Term(Field.INLINE), Term(Field.TAGGED)]),
        ("before:2019-05-15T09:00", [Term(Field.BEFORE, "2019-05-15t09:00", NINE)]),
        ("after:2019/05/15", [Term(Field.AFTER, "2019/05/15", NINE - 9 * 3_600_000)]),
        ("before:2019-05-15T01:00Z", [Term(Field.BEFORE, "2019-05-15t01:00z", NINE)]),
        ("larger:20kb smaller:1M", [Term(Field.LARGER, "20kb", 20480), Term(Field.SMALLER, "1m", 1048576)]),
        ("is:strange http://x", [Term(Field.WORDS, "is:strange"), Term(Field.WORDS, "http://x")]),
        ("x to:", [Term(Field.WORDS, "x")]),
        ("-", [Term(Field.WORDS, "-")]),
        ('"unfinished quote', [Term(Field.WORDS, "unfinished quote")]),
    ],
)
def test_a_query_is_read_as_mailpit_reads_it(query: str, terms: list[Term]) -> None:
    """Fields, quotes, negation, case, flags, dates and sizes."""
    assert read_query(query, MALAYSIA) == tuple(terms)


@pytest.mark.parametrize(
    "query",
    [
        "",
        '""',
        "to:",
        "before:yesterday",
        "after:2019-99-99",
        "larger:many",
        "smaller:-1",
    ],
)
def test_a_query_without_meaning_is_refused(query: str) -> None:
    """Never taken for "everything": a delete by search may be waiting for the answer."""
    with pytest.raises(BadQuery, match="Error: "):
        read_query(query, MALAYSIA)
