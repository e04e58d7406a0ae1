"""The real DAG of a source whose supplier delivers changes between full files."""

from pathlib import Path
from typing import Any

import pytest

from tests.dags.test_running import events_of
from tests.support import changes
from tests.support.airflow_runs import run_dag
from tests.support.changes import POLICE
from tests.support.deliveries import rows

FORM = {"authority": changes.AUTHORITY, "as_of": "2026-11-23"}


def test_the_dag_takes_in_a_full_file_and_the_changes_to_it_and_tells_of_changes_to_nothing(bag: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = changes.a_home(tmp_path / "home", changes.authorities(tmp_path / "authorities", POLICE))
    monkeypatch.setenv("FAMILIES_HOME", str(settings.home))
    monkeypatch.setenv("FAMILIES_AUTHORITIES", str(settings.authorities))
    dag, table = bag.dags[f"ingest_{POLICE}"], rows(POLICE, 3)
    changes.changes(settings, POLICE, "2026-11-09", deleted=table[:1])
    assert run_dag(dag, FORM) == {"ingest": "success", "announce": "skipped", "refused": "failed", "run": "failed"}
    changes.full(settings, POLICE, "2026-11-02", table)
    assert run_dag(dag, FORM) == {"ingest": "success", "announce": "success", "refused": "success", "run": "success"}
    in_use = changes.in_use(settings, POLICE)
    assert in_use.startswith(f"{POLICE}-2026-11-09-")
    told = {"extract_id": in_use, "received_count": 1, "accepted_count": 1, "rejected_count": 0}
    assert events_of(f"families://extract/{POLICE}")[-1] == told
    assert len(changes.standing(settings, POLICE)) == 2
