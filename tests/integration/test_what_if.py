"""What-if says what a run with other values would have found, and leaves everything as it is."""

import csv
import hashlib
import json
import re
import shutil
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from pipelines import cli, provenance, publications, score, verify, what_if
from pipelines.errors import WrongUsage
from pipelines.settings import Settings
from tests.support import flow_runs
from tests.support.families import SHIPPED

ABSENCE = "education.unauthorised_absence.threshold"


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    return flow_runs.refreshed(tmp_path_factory.mktemp("what-if"))


@pytest.fixture
def found_by_a_run(settings, tmp_path, monkeypatch):
    """The statuses that scoring and verifying give the published run's people under values of criteria.yml."""
    # The library's cases stay silent about changed values, and the authority's own have tests of their own.
    shutil.copytree(SHIPPED, tmp_path / "authorities")
    shutil.copytree(settings.home, tmp_path / "home", symlinks=True)
    edited = Settings(home=tmp_path / "home", authorities=tmp_path / "authorities")

    def statuses(framework_id, **values):
        lines = "".join(f"      {key}: {json.dumps(value)}\n" for key, value in values.items())
        (tmp_path / "authorities" / "calderbrook" / "criteria.yml").write_text(f"use:\n  - framework: {framework_id}\n    set:\n{lines}", encoding="utf-8")
        run = provenance.load(publications.current_run_id(edited), edited)
        score.score(run)
        verify.verify(run)
        with run.open(read_only=True) as con:
            return dict(con.execute("select status, count(*) from cohort.family where framework_id = $f group by 1", {"f": framework_id}).fetchall())

    return statuses


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (ABSENCE, 10),
        (ABSENCE, 22),
        ("crime_asb.asb.window.count", 2),
        ("work.out_of_work_benefit.ages.from", 30),
        ("crime_asb.asb.subject", "child"),
        ("education.suspensions.operator", ">"),
        ("qualification.all_national.count", 2),
        ("qualification.all_national.require", [{"count": 2, "of": ["crime_asb", "work"]}]),
        ("qualification.all_national.require", [{"count": 1, "of": ["education"]}]),
        ("qualification.all_national.require", [{"count": 1, "of": ["crime_asb.proven_offence"]}, {"count": 1, "of": ["work", "education"]}]),
        ("local.rent_arrears.threshold", 1),
    ],
)
def test_a_what_if_finds_what_a_run_with_the_value_finds(settings, found_by_a_run, key, value):
    found = what_if.what_if(settings, [f"{key}={value}"])
    after = {row["status"]: row["after_count"] for row in found["by_status"] if row["after_count"]}
    assert after == found_by_a_run("tf-2012", **{key: value})
    assert found["listed_after_count"] == found["listed_before_count"] + found["would_join_count"] - found["would_leave_count"]
    moved = [row for row in found["by_criterion"] if row["met_before_count"] != row["met_after_count"]]
    assert found["changes"] or moved, "a value that moves nobody would show nothing"


def test_the_value_as_it_is_moves_nobody(settings):
    found = what_if.what_if(settings, [f"{ABSENCE}=15"])
    assert (found["changes"], found["would_join_count"]) == ([], 0)
    assert [row for row in found["by_status"] if row["before_count"] != row["after_count"]] == []
    assert [row for row in found["by_criterion"] if row["met_before_count"] != row["met_after_count"]] == []


def test_districts_and_criteria_add_up_to_the_families_that_move(settings):
    found = what_if.what_if(settings, [f"{ABSENCE}=5"])
    assert sum(row["would_join_count"] for row in found["by_district"]) == found["would_join_count"] == len(found["changes"]) > 0
    assert {row["criterion_id"]: row["would_join_by_it_count"] for row in found["by_criterion"]}["education.unauthorised_absence"] == found["would_join_count"]
    assert {row["gained"] for row in found["changes"]} == {"education.unauthorised_absence"}


def test_an_edit_of_criteria_yml_is_told_without_a_value(settings, found_by_a_run, tmp_path):
    expected = found_by_a_run("tf-2012", **{ABSENCE: 5})
    found = what_if.what_if(Settings(home=settings.home, authorities=tmp_path / "authorities"), [])
    assert found["is_criteria_edited"]
    assert {row["status"]: row["after_count"] for row in found["by_status"] if row["after_count"]} == expected


def test_an_edit_of_who_is_assessed_at_all_is_left_to_a_run(settings, tmp_path):
    shutil.copytree(SHIPPED, tmp_path / "authorities")
    path = tmp_path / "authorities" / "calderbrook" / "criteria.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("    set:\n", "    set:\n      household.expectant_parent: true\n", 1), encoding="utf-8")
    with pytest.raises(WrongUsage, match=r"another 'household' than the list was made with\. It decides who is assessed at all"):
        what_if.what_if(Settings(home=settings.home, authorities=tmp_path / "authorities"), [f"{ABSENCE}=10"])


def test_a_threshold_in_percent_may_be_written_as_a_share_and_says_so(settings):
    share, percent, sign = (what_if.what_if(settings, [f"{ABSENCE}={text}"]) for text in ("0.10", "10", "10%"))
    assert [found["changed"][0]["after"] for found in (share, percent, sign)] == [10, 10, 10]
    assert [found["changed"][0]["is_share"] for found in (share, percent, sign)] == [True, False, False]
    assert share["changes"] == percent["changes"] == sign["changes"]


def test_a_framework_that_is_not_the_lists_can_be_asked(settings):
    found = what_if.what_if(settings, ["qualification.two_of_six.count=3"], "tf-2015")
    assert (found["framework_id"], found["would_join_count"]) == ("tf-2015", 0)
    assert found["would_leave_count"] > 0


def test_a_sweep_agrees_with_what_if_at_each_value(settings):
    curve = what_if.what_if_swept(settings, f"{ABSENCE}=0.05:0.25:0.05")["curve"]
    assert [row["value"] for row in curve] == [5, 10, 15, 20, 25]
    for row in curve:
        found = what_if.what_if(settings, [f"{ABSENCE}={row['value']}"])
        assert [row[name] for name in ("listed_count", "would_join_count", "would_leave_count")] == [
            found[name] for name in ("listed_after_count", "would_join_count", "would_leave_count")
        ]
    assert [row["listed_count"] for row in curve] == sorted((row["listed_count"] for row in curve), reverse=True)


def test_a_sweep_may_stand_on_other_values(settings):
    alone = what_if.what_if_swept(settings, f"{ABSENCE}=10:10:1")["curve"]
    with_more = what_if.what_if_swept(settings, f"{ABSENCE}=10:10:1", ["qualification.all_national.count=2"])["curve"]
    assert with_more[0]["listed_count"] > alone[0]["listed_count"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("education.unauthorized_absence.threshold=10", "did you mean 'education.unauthorised_absence.threshold'?"),
        ("education.unauthorised_absence.treshold=10", "did you mean 'threshold'?"),
        ("qualification.all_nationals.count=2", "did you mean 'all_national'?"),
        ("education.unauthorised_absence.threshold=ten", "is no number"),
        ("education.unauthorised_absence.threshold=400", "100"),
        ("crime_asb.asb.subject=grandmother", "there is no 'grandmother'"),
        ("household.expectant_parent=true", "decides who is assessed at all, which only a run finds out"),
        ("crime_asb.asb.id=x.y", "'crime_asb.asb.id' is no value to try"),
        ("crime_asb.asb.label=Incidents", "'crime_asb.asb.label' is no value to try"),
        ("qualification.all_national.name=other", "is no value to try"),
        ("crime_asb.asb.window.kind=months", "would leave a window of 365 months, which was one of 365 days; give crime_asb.asb.window.count too"),
        ("education.unauthorised_absence.threshold=0.4%", "threshold 0.4 is in percent"),
        ("qualification.all_national.districts=[Calder Est]", "names district 'Calder Est', which publication.yml does not have; did you mean 'Calder East'?"),
        ("qualification.all_national.wards=[Nowhere]", "names ward 'Nowhere', which wards.csv does not have"),
        ("tf-2015:crime_asb.asb.threshold=2", "Name the one to look at with --framework."),
        ("education.unauthorised_absence.threshold", "--set needs a name and a value"),
    ],
)
def test_a_wrong_name_or_value_is_refused_with_what_to_write(settings, given, told):
    with pytest.raises(WrongUsage, match=re.escape(told)):
        what_if.what_if(settings, [given])


@pytest.mark.parametrize("text", [f"{ABSENCE}=5", f"{ABSENCE}=25:5:1", f"{ABSENCE}=5:25:0", f"{ABSENCE}=1:90:0.01", f"{ABSENCE}=a:b:c"])
def test_a_sweep_that_cannot_be_read_or_never_ends_is_refused(settings, text):
    with pytest.raises(WrongUsage, match=re.escape(f"--sweep {ABSENCE}")):
        what_if.what_if_swept(settings, text)


def test_a_window_may_change_its_kind_with_its_length(settings):
    both = what_if.what_if(settings, ["crime_asb.asb.window.kind=months", "crime_asb.asb.window.count=12"])
    whole = what_if.what_if(settings, ["crime_asb.asb.window={kind: months, count: 12}"])
    assert both["by_criterion"] == whole["by_criterion"]
    assert len(what_if.what_if_swept(settings, "crime_asb.asb.window.count=6:12:6", ["crime_asb.asb.window.kind=months"])["curve"]) == 2


def test_nothing_asked_is_refused(settings):
    with pytest.raises(WrongUsage, match="Nothing differs"):
        what_if.what_if(settings, [])


def test_without_the_runs_file_the_answer_says_what_to_do(settings, tmp_path):
    shutil.copytree(settings.home, tmp_path / "home", symlinks=True)
    for file in (tmp_path / "home" / "runs").glob("*.duckdb"):
        file.unlink()
    with pytest.raises(WrongUsage, match="families refresh --as-of 2026-11-23"):
        what_if.what_if(Settings(home=tmp_path / "home"), [f"{ABSENCE}=10"])


def test_a_run_of_an_earlier_version_says_what_to_do(settings, tmp_path):
    shutil.copytree(settings.home, tmp_path / "home", symlinks=True)
    older = Settings(home=tmp_path / "home")
    with provenance.load(publications.current_run_id(older), older).open() as con:
        con.execute("drop table linked.scored_pair")
    with pytest.raises(WrongUsage, match="made by an earlier version"):
        what_if.what_if(older, [f"{ABSENCE}=10"])


def test_nothing_is_published_or_changed(settings):
    def files():
        return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(settings.home.rglob("*")) if path.is_file()}

    before = files()
    what_if.what_if(settings, [f"{ABSENCE}=10"])
    what_if.what_if_swept(settings, f"{ABSENCE}=10:12:1")
    assert files() == before


def test_the_command_prints_exports_and_speaks_json(settings, tmp_path):
    home = ["--home", str(settings.home)]
    told = CliRunner().invoke(cli.app, ["cohort", "what-if", "--set", f"{ABSENCE}=0.10", "--out", str(tmp_path / "moves.csv"), *home])
    assert told.exit_code == 0
    assert "15 -> 10 (a share, read as percent)" in told.stdout
    asked = CliRunner().invoke(cli.app, ["cohort", "what-if", "--set", f"{ABSENCE}=0.10", "--json", *home])
    with (tmp_path / "moves.csv").open(encoding="utf-8-sig") as file:
        assert [row["household_id"] for row in csv.DictReader(file)] == [row["household_id"] for row in json.loads(asked.stdout)["changes"]]
    assert (tmp_path / "moves.csv").stat().st_mode & 0o777 == 0o600


def test_the_curve_is_written_as_a_table_and_as_a_chart(settings, tmp_path):
    for ending in ("csv", "svg"):
        command = ["cohort", "what-if", "--sweep", f"{ABSENCE}=5:25:5", "--out", str(tmp_path / f"curve.{ending}"), "--home", str(settings.home)]
        assert CliRunner().invoke(cli.app, command).exit_code == 0
    with (tmp_path / "curve.csv").open(encoding="utf-8-sig") as file:
        assert [row["value"] for row in csv.DictReader(file)] == ["5", "10", "15", "20", "25"]
    svg = ElementTree.parse(tmp_path / "curve.svg").getroot()  # noqa: S314 - a file of our own
    lines = svg.findall("{http://www.w3.org/2000/svg}polyline")
    assert [len(line.get("points").split()) for line in lines] == [5, 5, 5]


def test_a_chart_is_only_drawn_of_a_sweep(settings, tmp_path):
    command = ["cohort", "what-if", "--set", f"{ABSENCE}=10", "--out", str(tmp_path / "x.svg"), "--home", str(settings.home)]
    assert isinstance(CliRunner().invoke(cli.app, command).exception, WrongUsage)
    assert list(tmp_path.iterdir()) == []
