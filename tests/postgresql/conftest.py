from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgresql.cluster import Cluster, running_cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One server for a test process."""
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def database_url(cluster: Cluster) -> str:
    """An empty database, as a SQLAlchemy URL."""
    return cluster.new_database()
