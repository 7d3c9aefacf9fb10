"""The server the tests stand on is real, alone, and never silently absent."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.postgresql.cluster import Cluster, NoServer, binaries


def test_it_is_postgresql_that_answers(database_url: str) -> None:
    """The URL leads to a PostgreSQL server, through psycopg."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        version = connection.execute(text("SELECT version()")).scalar_one()
    engine.dispose()

    assert str(version).startswith("PostgreSQL ")


def test_each_test_gets_a_database_of_its_own(cluster: Cluster) -> None:
    """Two databases of one server see nothing of each other."""
    first, second = cluster.new_database(), cluster.new_database()
    engine = create_engine(first)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE only_here (id integer)"))
    engine.dispose()
    engine = create_engine(second)
    with engine.connect() as connection:
        there = connection.execute(text("SELECT to_regclass('only_here')")).scalar_one()
    engine.dispose()

    assert there is None


def test_a_missing_server_is_an_error_that_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody believes PostgreSQL was tested when it was not."""
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NoServer, match=r"apt-get install .*postgresql"):
        binaries((str(tmp_path),))
