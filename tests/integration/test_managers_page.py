"""The managers' page: everything a manager asks of the list, in counts, with no name and no small count."""

import json
import re
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from pipelines import cli, cohort, provenance, publications, warehouse
from pipelines.errors import WrongUsage
from pipelines.report import fairness, managers, stage_chart, upset
from pipelines.settings import Settings
from schemas import linked
from tests.support import flow_runs


@pytest.fixture(scope="module")
def settings():
    return flow_runs.published()


@pytest.fixture(scope="module")
def run(settings):
    return provenance.load(publications.current_run_id(settings), settings)


@pytest.fixture(scope="module")
def text(settings, tmp_path_factory):
    out = tmp_path_factory.mktemp("page") / "list.html"
    told = CliRunner().invoke(cli.app, ["cohort", "report", "--out", str(out), "--home", str(settings.home)])
    assert told.exit_code == 0
    assert out.stat().st_mode & 0o777 == 0o600
    return out.read_text(encoding="utf-8")


def test_the_page_tells_of_targets_stages_problems_and_fairness_without_a_script(text):
    for part in ("Targets", "By district", "By ward", "By week", "exact set of problems", "adults and children", "limb of the rule", "known to two sources"):
        assert part in text
    assert "<script" not in text
    assert "http" not in re.sub(r'xmlns="[^"]+"', "", text)
    for stage in ("indicative", "identified", "in review", "verified", "confirmed", "rejected", "in service", "near miss", "not assessed"):
        assert f'class="n">{stage}</th>' in text


def test_no_count_from_one_to_four_stands_in_a_table_of_families(text):
    tables = text[text.index('id="stages"') :]
    cells = re.findall(r'<td class="n">(\d+)</td>', tables)
    assert cells
    assert not {"1", "2", "3", "4"} & set(cells)


def test_no_household_id_stands_on_the_page(text, settings):
    assert not any(row["household_id"] in text for row in cohort.list_families(settings, status="all"))


def test_rates_are_by_sex_age_band_origin_of_name_and_district(run):
    found = fairness.fairness(run, "tf-2015")
    for part in ("linkage", "qualification"):
        assert {row["dimension"] for row in found[part]} == {"sex", "age band", "origin of name", "district"}
    assert "english" in {row["value"] for row in found["linkage"]}
    assert {row["criterion_id"] for row in found["differing_criteria"]} >= {"work_finance.out_of_work_benefit"}


def test_the_people_counted_are_those_of_the_run(run):
    by_dimension = {}
    with run.open(read_only=True) as con:
        people = warehouse.count(con, linked.PERSON)
    for row in fairness.fairness(run, "tf-2015")["linkage"]:
        by_dimension.setdefault(row["dimension"], []).append(row["people"])
    known = [counts for dimension, counts in by_dimension.items() if dimension != "district" and None not in counts]
    assert all(sum(counts) == people for counts in known)


def test_every_listed_family_is_counted_under_the_limb_that_qualified_it(run, settings):
    limbs = {row["limb"]: row["family_count"] for row in fairness.fairness(run, "tf-2015")["limbs"]}
    assert limbs == {"two_of_six": len(cohort.list_families(settings, framework="tf-2015"))}


def test_the_weekly_reckoning_begins_with_the_earliest_list_and_ends_with_the_current(settings):
    weeks = cohort.reconcile_weeks(settings)
    assert weeks[-1]["run_id"] == publications.current_run_id(settings)
    assert sum(row["verified"] for row in weeks if row["run_id"] == weeks[-1]["run_id"]) == len(cohort.list_families(settings))


def test_targets_are_told_as_json(settings):
    told = CliRunner().invoke(cli.app, ["cohort", "targets", "--home", str(settings.home), "--json"])
    rows = json.loads(told.stdout)
    assert [row["target_date"] for row in rows] == ["2027-03-31", "2028-03-31"]
    assert rows[0]["listed_count"] == len(cohort.list_families(settings))


def test_without_a_publication_or_with_another_ending_the_command_says_so(settings, tmp_path):
    with pytest.raises(WrongUsage, match="Nothing is published"):
        managers.write(Settings(home=tmp_path), tmp_path / "list.html")
    with pytest.raises(WrongUsage, match=r"must end in \.html"):
        managers.write(settings, tmp_path / "list.pdf")


def a_week(**verified):
    rows = [{"district": name, "indicative": 60, "identified": 40, "in_review": None, "verified": count} for name, count in verified.items()]
    return {"districts": rows}


def test_a_district_is_drawn_from_the_indicative_number_to_the_verified_one_with_its_weeks():
    weeks = [a_week(North=10, South=None), a_week(North=20, South=None), a_week(North=30, South=8)]
    drawn = ElementTree.fromstring(stage_chart.drawn(weeks, "Stages"))  # noqa: S314 - drawn here
    assert [mark.text for mark in drawn.findall("text")] == ["North", "60", "40", "30", "South", "60", "40", "8"]
    bars = [float(mark.get("width")) for mark in drawn.findall("rect") if not mark.get("stroke-dasharray")]
    assert bars == [300, 200, 150, 300, 200, 40]
    assert len([mark for mark in drawn.findall("rect") if mark.get("stroke-dasharray")]) == 2
    north, south = [mark.get("points").split() for mark in drawn.findall("polyline")]
    heights = [float(point.split(",")[1]) for point in north]
    assert heights == sorted(heights, reverse=True)
    assert (len(north), len(south)) == (3, 1)


def test_one_list_alone_has_no_line_of_weeks_and_none_no_chart():
    assert "<polyline" not in stage_chart.drawn([a_week(North=10)], "Stages")
    assert stage_chart.drawn([{"districts": []}], "Stages") == ""


def test_the_chart_of_districts_stands_beside_their_table(text):
    assert text.index("Chart of stages by district") < text.index("<caption>By district</caption>")


def test_an_overlap_is_drawn_with_a_dot_for_every_problem_and_no_number_where_it_is_held_back():
    problems = [{"headline": "work"}, {"headline": "crime"}]
    overlaps = [{"headlines": "crime,work", "family_count": 12}, {"headlines": "work", "family_count": None}]
    drawn = ElementTree.fromstring(upset.drawn(problems, overlaps, {"work": "Out of work & poor"}, "Overlap"))  # noqa: S314 - drawn here
    assert len(drawn.findall("circle")) == 4
    assert [mark.get("fill") for mark in drawn.findall("circle")].count("#1f4e79") == 3
    assert [mark.text for mark in drawn.findall("text")] == ["Out of work & poor", "crime", "12"]
    assert len([mark for mark in drawn.findall("rect") if mark.get("stroke-dasharray")]) == 1
