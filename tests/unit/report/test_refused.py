"""A refusal on record says what the file was accepted as, where it was mended or is read otherwise by now."""

from datetime import date
from types import SimpleNamespace

import pytest

from pipelines import receipts, refusals
from pipelines.report import refused

DAY = date(2026, 11, 20)


def read(name, sha256, outcome="accepted", delivered=DAY):
    return {
        "source": "police_asb",
        "file_name": name,
        "file_sha256": sha256,
        "outcome": outcome,
        "extract_id": f"extract-{sha256}",
        "delivered_date": delivered,
        "received_count": 3,
        "rejected_count": 3,
    }


@pytest.fixture
def told(monkeypatch):
    """What the report tells of refused and accepted files, by the file's name."""

    def deliveries(refused_files, accepted, notes=()):
        monkeypatch.setattr(receipts, "receipts", lambda settings: accepted)
        monkeypatch.setattr(receipts, "refused", lambda settings, statement: refused_files if statement.endswith("receipts") else [])
        monkeypatch.setattr(refusals, "notes", lambda settings: list(notes))
        return {row["file_name"]: row["accepted_as"] for row in refused.deliveries(SimpleNamespace(settings=None, as_of=DAY))}

    return deliveries


def test_the_very_file_is_told_as_accepted_where_another_profile_reads_it(told):
    assert told([read("a.csv", "1", "refused")], [read("renamed.csv", "1")]) == {"a.csv": "extract-1"}


def test_a_mended_file_of_the_same_name_is_told(told):
    note = {"source": "police_asb", "file_name": "a.csv", "file_sha256": "1", "message": "it is empty", "delivered_date": "2026-11-20"}
    assert told([], [read("a.csv", "2")], [note]) == {"a.csv": "extract-2"}


def test_a_refusal_that_stands_is_told_as_such(told):
    others = [read("b.csv", "2"), read("a.csv", "3", delivered=date(2026, 11, 21)), read("a.csv", "1", "refused")]
    assert told([read("a.csv", "1", "refused")], others) == {"a.csv": None}
