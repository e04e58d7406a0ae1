"""A home of its own for each test of the decision store, once with SQLite and once with a real PostgreSQL server."""

from datetime import UTC, datetime

import pytest

from pipelines.settings import Settings
from tests.support import postgresql


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request, tmp_path):
    url = postgresql.new_database() if request.param == "postgresql" else None
    return Settings(home=tmp_path, decisions_url=url, clock=datetime(2026, 11, 23, 9, tzinfo=UTC))
