"""`--against`, and the table of addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from features.addresses import Addresses
from sandbox.addresses import against, fpx_of, table
from sandbox.errors import SandboxError

RUNNING = Addresses(
    "http://127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:3", "http://127.0.0.1:4", "127.0.0.1:5", "127.0.0.1:6"
)


def test_the_line_up_printed_or_a_file_with_it_says_where_everything_is(tmp_path: Path) -> None:
    """Both ways to hand it over give the same five doors."""
    kept = tmp_path / "addresses.json"
    kept.write_text(f"{RUNNING.as_json()}\n")

    assert against(RUNNING.as_json()) == RUNNING
    assert against(str(kept)) == RUNNING


def test_nothing_means_the_default_ports_here_and_a_url_those_of_its_host() -> None:
    """The portal's own port is taken from the URL."""
    here = against("")

    assert here == Addresses(
        "http://127.0.0.1:8000",
        "http://127.0.0.1:8010",
        "http://127.0.0.1:8020",
        "http://127.0.0.1:8025",
        "127.0.0.1:1025",
        "127.0.0.1:2775",
    )
    assert against("http://sandbox.example:8000/") == Addresses(
        "http://sandbox.example:8000",
        "http://sandbox.example:8010",
        "http://sandbox.example:8020",
        "http://sandbox.example:8025",
        "sandbox.example:1025",
        "sandbox.example:2775",
    )
    assert against("http://[::1]:8000").fpx == "http://[::1]:8010"


def test_the_fpx_room_may_be_named_alone() -> None:
    """Its own URL, the portal's, the table, and nothing for the usual port."""
    assert fpx_of("http://127.0.0.1:9999/") == "http://127.0.0.1:9999"
    assert fpx_of("https://uat.mepsfpx.com.my") == "https://uat.mepsfpx.com.my"
    assert fpx_of("http://sandbox.example:8000") == "http://sandbox.example:8010"
    assert fpx_of(RUNNING.as_json()) == RUNNING.fpx
    assert fpx_of("") == "http://127.0.0.1:8010"


@pytest.mark.parametrize(
    "told",
    [
        "no/such/file",
        "{",
        '{"portal": "http://127.0.0.1:1"}',
        '{"portal": 5}',
        "http://127.0.0.1:9000",
        "https://portal",
    ],
)
def test_anything_else_is_refused_with_what_is_wanted(told: str) -> None:
    """One sentence, not a traceback."""
    with pytest.raises(SandboxError, match="caruman up --json"):
        against(told)


def test_the_table_has_every_door_in_a_line_of_its_own() -> None:
    """Aligned, so that a person finds the address first."""
    lines = table(RUNNING)

    assert [line.split()[0] for line in lines] == [
        "http://127.0.0.1:1",
        "http://127.0.0.1:2",
        "http://127.0.0.1:3",
        "127.0.0.1:6",
        "http://127.0.0.1:4",
        "127.0.0.1:5",
    ]
