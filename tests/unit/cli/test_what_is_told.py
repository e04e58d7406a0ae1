"""What commands say to a person: each thing once, in words, counts of one in the singular."""

from datetime import date

import pytest
from typer.testing import CliRunner

from pipelines import cli
from pipelines.cli import common, link, purge, refresh
from pipelines.provenance import UsedExtract

RUNNER = CliRunner()
DELIVERED = date(2026, 11, 20)


def test_at_its_end_a_refresh_says_what_a_source_stands_on_and_not_again_why_files_were_refused():
    steps = [{"step": "ingest", "source": "police_asb", "outcome": "refused", "message": "its reason"}, {"step": "link"}]
    used = [
        UsedExtract("police_asb", "police_asb-1", DELIVERED, is_stale=False),
        UsedExtract("school_attendance", None, DELIVERED, is_stale=True),
        UsedExtract("dwp_benefit", "dwp_benefit-1", DELIVERED, is_stale=False),
        UsedExtract("housing_arrears", None, None, is_stale=True),
    ]
    assert refresh.what_sources_stand_on(steps, used) == [
        "police_asb: 1 file refused, as told above; the extract delivered on 2026-11-20 is in use.",
        "school_attendance: the extract delivered on 2026-11-20 is past its retention (keep_days in extracts.yml) and is not used; "
        "its criteria are not assessed.",
    ]


def test_figures_that_say_nothing_to_who_reads_along_are_not_shown():
    told = refresh.Progress._words("check_landing", {"expectation_count": 9, "known_judgement_count": 392, "uncompared_volume_count": 4})
    assert told == "expectation count 9, deliveries without an earlier one to compare 4"


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, "1 row was refused and nothing of it recorded. Mend it and import again"),
        (2, "2 rows were refused and nothing of them recorded. Mend them and import again"),
    ],
)
def test_refused_rows_of_a_spreadsheet_are_counted_in_words(count, told):
    assert common.refused_in_words(count) == told


def test_one_extract_in_use_is_told_in_the_singular():
    assert purge._kept(1).startswith(" 1 extract in use stays: the current list stands on it. A refresh uses it no longer")
    assert purge._kept(0) == ""


def test_scores_against_the_truth_are_a_table():
    scores = {"precision": 0.99, "recall": 0.9, "f1": 0.94291}
    rows = link.judged({"default": scores, "best": None, "clusters": {"pairs": scores, "b_cubed": scores}, "blocking_recall": 1.0})
    assert [row["judged"] for row in rows] == ["pairs at the link threshold", "people, by pairs", "people, B-cubed"]
    assert rows[0] == {"judged": "pairs at the link threshold", "precision": "0.9900", "recall": "0.9000", "f1": "0.9429"}


def test_no_empty_folder_is_left_among_the_results_of_a_linkage(monkeypatch, tmp_path):
    from pipelines import people

    def run(request, settings, progress):
        (settings.home / "spill").mkdir()
        return {}

    monkeypatch.setattr(people, "link", run)
    RUNNER.invoke(cli.app, ["link", str(tmp_path / "r.csv"), "--model", str(tmp_path / "m.yml"), "--out", str(tmp_path), "--json"], catch_exceptions=False)
    assert list(tmp_path.iterdir()) == []


def test_quality_may_be_shown_with_every_column():
    assert "--wide" in RUNNER.invoke(cli.app, ["quality", "--help"], env={"COLUMNS": "200", "TERM": "dumb"}).stdout


@pytest.mark.parametrize("command", [["refresh"], ["ingest"], ["purge"], ["authority", "check"], ["stage", "start"]], ids=" ".join)
def test_the_authority_of_the_setting_is_used_unless_a_command_names_one(command, tmp_path):
    def said(*options):
        done = RUNNER.invoke(cli.app, [*command, "--home", str(tmp_path), *options], env={"FAMILIES_AUTHORITY": "riverside"})
        return str(done.exception)

    assert "There is no authority 'riverside'" in said()
    assert "There is no authority 'lakeside'" in said("--authority", "lakeside")
