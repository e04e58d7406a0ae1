"""Deliveries again: repeated, corrected, interrupted; and which extract a run stands on."""

import os
import signal
import subprocess
import sys
from datetime import date

import pytest

from pipelines import authority, ingest, receipts, refusals
from pipelines.errors import WrongUsage
from tests.support.deliveries import AS_OF, accepted, csv_text, deliver, home, put, rows


@pytest.fixture
def settings(tmp_path):
    return home(tmp_path)


def test_the_same_file_again_changes_nothing(settings):
    first = deliver(settings, "police_asb", csv_text(rows("police_asb")))
    path = settings.extracts_dir / "police_asb" / f"{first.extract_id}.duckdb"
    before = path.stat()
    again = deliver(settings, "police_asb")
    assert (again.outcome, again.extract_id) == ("already_ingested", first.extract_id)
    assert "was ingested before" in again.message
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert len(receipts.receipts(settings)) == 1


def test_the_same_content_under_another_name_of_the_same_day_is_recognised(settings):
    name = "asb_extract_20261120.txt"
    first = deliver(settings, "police_asb", csv_text(rows("police_asb")))
    again = deliver(settings, "police_asb", csv_text(rows("police_asb")), name)
    assert (again.outcome, again.extract_id) == ("already_ingested", first.extract_id)
    assert f"{name} has the same content as asb_extract_20261120.csv" in again.message


def test_two_files_of_the_same_content_and_day_at_once_are_ingested_once(settings):
    put(settings, "police_asb", csv_text(rows("police_asb")), "asb_extract_20261120.csv")
    put(settings, "police_asb", csv_text(rows("police_asb")), "asb_extract_20261120.txt")
    found = ingest.ingest(authority.find("calderbrook", settings), "police_asb", AS_OF, settings)
    assert [d.outcome for d in found] == ["ingested", "already_ingested"]


def changed(settings, **changes):
    council = authority.find("calderbrook", settings)
    profile = council.profiles.police_asb.model_copy(update=changes)
    council.__dict__["profiles"] = council.profiles.model_copy(update={"police_asb": profile})
    return council


def test_a_changed_profile_reads_the_file_anew_and_the_new_extract_is_used(settings):
    first = deliver(settings, "police_asb", csv_text(rows("police_asb")))
    council = changed(settings, null_values=("SUS",), refuse_when_rejected_share_over=1.0)
    [second] = ingest.ingest(council, "police_asb", AS_OF, settings)
    assert (second.outcome, second.accepted_count) == ("ingested", 0)
    used = {u.source: u for u in ingest.used_extracts(council, AS_OF, settings)}
    assert used["police_asb"].extract_id == second.extract_id != first.extract_id


def test_a_changed_staleness_limit_reads_nothing_anew(settings):
    deliver(settings, "police_asb", csv_text(rows("police_asb")))
    [again] = ingest.ingest(changed(settings, stale_after_days=7), "police_asb", AS_OF, settings)
    assert again.outcome == "already_ingested"


def test_a_correction_of_the_same_day_replaces_the_first_delivery(settings):
    deliver(settings, "police_asb", csv_text(rows("police_asb")))
    second = deliver(settings, "police_asb", csv_text(rows("police_asb", 4)))
    third = deliver(settings, "police_asb", csv_text(rows("police_asb", 5)))
    used = {u.source: u for u in ingest.used_extracts(authority.find("calderbrook", settings), AS_OF, settings)}
    assert used["police_asb"].extract_id == third.extract_id != second.extract_id
    assert [r["delivery_number"] for r in receipts.receipts(settings)] == [1, 2, 3]


def test_a_run_stands_on_the_newest_extract_by_its_date(settings):
    old = deliver(settings, "police_asb", csv_text(rows("police_asb", 3)), "asb_extract_20261030.csv")
    new = deliver(settings, "police_asb", csv_text(rows("police_asb", 4)), "asb_extract_20261120.csv")
    council = authority.find("calderbrook", settings)

    def police(as_of):
        used = {u.source: u for u in ingest.used_extracts(council, as_of, settings)}["police_asb"]
        return used.extract_id, used.delivered_date, used.is_stale

    assert police(AS_OF) == (new.extract_id, date(2026, 11, 20), False)
    assert police(date(2026, 11, 19)) == (old.extract_id, date(2026, 10, 30), False)
    assert police(date(2026, 10, 29)) == (None, None, True)
    assert police(date(2026, 12, 25)) == (new.extract_id, date(2026, 11, 20), False)
    assert police(date(2026, 12, 26)) == (new.extract_id, date(2026, 11, 20), True)


def test_a_file_refused_once_and_then_accepted_is_refused_no_longer(settings):
    text = csv_text(rows("police_asb", 3, ROLE="?"))
    assert deliver(settings, "police_asb", text).outcome == "refused"
    assert [r["outcome"] for r in receipts.receipts(settings)] == ["refused"]
    [delivery] = ingest.ingest(changed(settings, refuse_when_rejected_share_over=1.0), "police_asb", AS_OF, settings)
    assert (delivery.outcome, delivery.rejected_count) == ("ingested", 3)
    assert [r["outcome"] for r in receipts.receipts(settings)] == ["accepted"]


def test_a_file_refused_unread_is_listed_with_the_reason_until_that_very_file_is_in_use(settings):
    renamed = csv_text(rows("police_asb")).replace("NSIR_QUALIFIER", "NSIR", 1)
    told = [deliver(settings, "police_asb", renamed).message for _ in range(2)]
    [note] = refusals.notes(settings)
    assert (note["source"], note["file_name"], note["outcome"], note["message"]) == ("police_asb", "asb_extract_20261120.csv", "refused", told[1])
    assert "OKAFOR" not in str(note)
    [path] = (settings.extracts_dir / "police_asb" / "refused").glob("*.json")
    assert path.stat().st_mode & 0o077 == 0
    assert deliver(settings, "police_asb", csv_text(rows("police_asb"))).outcome == "ingested"
    assert [n["file_sha256"] for n in refusals.notes(settings)] == [note["file_sha256"]]
    columns = {**authority.find("calderbrook", settings).profiles.police_asb.columns, "qualifier": ("NSIR",)}
    put(settings, "police_asb", renamed)
    [delivery] = ingest.ingest(changed(settings, columns=columns), "police_asb", AS_OF, settings)
    assert delivery.outcome == "ingested", delivery.message
    assert refusals.notes(settings) == []


def test_extract_files_are_closed_to_others_and_encrypted(settings):
    delivery = deliver(settings, "police_asb", csv_text(rows("police_asb")))
    deliver(settings, "police_asb", csv_text(rows("police_asb", ROLE="?")), "asb_extract_20261121.csv")
    files = [path for path in (settings.extracts_dir / "police_asb").rglob("*") if path.is_file()]
    assert len(files) == 2
    for path in files:
        assert path.stat().st_mode & 0o077 == 0
        assert b"OKAFOR" not in path.read_bytes()
    assert not (settings.extracts_dir / "police_asb" / f"{delivery.extract_id}.duckdb.wal").exists()


def test_an_unknown_extract_is_told(settings):
    for name in ("police_asb-2026-11-20-000000000000", "../key", ""):
        with pytest.raises(WrongUsage, match="families extracts"):
            receipts.rejection_rows(name, settings)


def test_an_ingest_killed_before_its_extract_is_in_place_leaves_a_draft_that_the_next_removes(settings):
    put(settings, "police_asb", csv_text(rows("police_asb")))
    code = """
import os, signal, sys
from pathlib import Path
from tests.support.deliveries import NOW, Settings, deliver
from pipelines.reading import extract
extract.os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
deliver(Settings(home=Path(sys.argv[1]), clock=NOW), "police_asb")
"""
    killed = subprocess.run([sys.executable, "-c", code, str(settings.home)], env=os.environ | {"PYTHONPATH": "."}, check=False)
    assert killed.returncode == -signal.SIGKILL
    folder = settings.extracts_dir / "police_asb"
    assert [path.name.startswith(".draft-") for path in folder.glob(".*")] == [True]
    assert receipts.receipts(settings) == []
    delivery = deliver(settings, "police_asb")
    assert delivery.outcome == "ingested"
    assert list(folder.glob(".*")) == []
    assert [r["extract_id"] for r in receipts.receipts(settings)] == [delivery.extract_id]


def test_the_same_file_gives_the_same_rows_in_two_homes(tmp_path):
    found = []
    for name in ("one", "two"):
        settings = home(tmp_path / name)
        found.append(accepted(settings, deliver(settings, "police_asb", csv_text(rows("police_asb", 50)))))
    assert found[0] == found[1]
