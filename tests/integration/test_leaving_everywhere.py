"""No output, whoever it is for, tells of a source that is kept from it: every command and page is looked through for its criteria and values."""

import json
import re
from collections.abc import Iterator

import openpyxl
import pytest
from typer.testing import CliRunner

from pipelines import authority, cohort, criteria, list_changes, places, warehouse
from pipelines import publications as published_runs
from pipelines.cli import app
from pipelines.web import create_app
from pipelines.web.guard import COOKIE
from schemas.measure import MEASURES
from tests.support import flow_runs
from tests.support.pages import Visitor

DWP = "dwp_benefit"
KEY = "k" * 43
ADDRESS = "http://127.0.0.1:8765"


@pytest.fixture(scope="module")
def settings():
    return flow_runs.published()


@pytest.fixture(scope="module")
def narrowed(settings, tmp_path_factory):
    """The same home under profiles by which benefit rows may be looked at in clerical review alone."""
    folder = tmp_path_factory.mktemp("authorities")
    council = folder / flow_runs.AUTHORITY
    council.mkdir()
    for path in authority.find(flow_runs.AUTHORITY, settings).folder.iterdir():
        text = path.read_text(encoding="utf-8")
        (council / path.name).write_text(text.replace("outputs: [list, evidence, review]", "outputs: [review]", 1), encoding="utf-8")
    return settings.model_copy(update={"authorities": folder})


@pytest.fixture(scope="module")
def telling(settings):
    """What nothing may hold: the source, its criteria, and the values and reasons that were found for them."""
    council = authority.find(flow_runs.AUTHORITY, settings)
    ids = {c.id for f in criteria.load(council).frameworks for c in f.criteria if DWP in MEASURES[c.measure].sources}
    with warehouse.database(settings, published_runs.current_path(settings)) as con:
        found = con.execute("select distinct reason from cohort.household_criterion where criterion_id = any($ids)", {"ids": sorted(ids)}).fetchall()
    assert ids
    return ids | {DWP, "benefit_unit", "they claim a benefit together"} | {reason for (reason,) in found}


@pytest.fixture(scope="module")
def asked(settings):
    """Households that benefits tell of, in each status, and one that they do not."""
    every = cohort.list_families(settings, status="all")
    known = {row["status"]: row["household_id"] for row in every if DWP in row["identifying_sources"] or "work." in row["reason"]}
    return sorted({*known.values(), next(row["household_id"] for row in every if DWP not in row["identifying_sources"])})


def call(settings, *words):
    env = {"FAMILIES_AUTHORITIES": str(settings.authorities)} if settings.authorities else {}
    done = CliRunner().invoke(app, [*words, "--home", str(settings.home)], env=env, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def written(settings, out, *words):
    told = call(settings, *words, "--out", str(out))
    if out.suffix != ".xlsx":
        return told + out.read_text(encoding="utf-8-sig")
    book = openpyxl.load_workbook(out)
    return told + "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def of_this_council(settings, asked, folder) -> Iterator[tuple[str, str]]:
    """Every output for the council's own people, by a name for it."""
    lists = [
        ("cohort", "list", "--status", "all"),
        ("cohort", "places"),
        ("cohort", "diff"),
        ("cohort", "diff", "--since", published_runs.current_run_id(settings)),
    ]
    for words in (*lists, *(("cohort", "explain", household, "--why-together") for household in asked)):
        yield " ".join(words), call(settings, *words) + call(settings, *words, "--json")
    what_if = ("cohort", "what-if", "--set", "education.unauthorised_absence.threshold=1")
    yield "what-if", call(settings, *what_if) + call(settings, *what_if, "--json")
    for framework in ("tf-2012", "tf-2015"):
        yield f"export {framework}", written(settings, folder / f"{framework}.csv", "cohort", "export", "--status", "all", "--framework", framework)
    yield "workbook", written(settings, folder / "list.xlsx", "cohort", "export")
    yield "diff file", written(settings, folder / "diff.csv", "cohort", "diff")
    yield "decisions", written(settings, folder / "decisions.xlsx", "decisions", "export", "--status", "all")
    pages = Visitor(create_app(settings, KEY, "C. Ordinator"), ADDRESS)
    pages.cookies.set(COOKIE, KEY)
    for path in ("/?status=all", *(f"/families/{household}" for household in asked)):
        yield path, pages.get(path).text


def for_another_agency(settings, folder) -> Iterator[tuple[str, str]]:
    for name, words in (("list.csv", ()), ("list.xlsx", ()), ("all.csv", ("--status", "all")), ("2015.csv", ("--status", "all", "--framework", "tf-2015"))):
        yield name, written(settings, folder / name, "cohort", "export", *words, "--for", "police")


def telltale(outputs, telling):
    """The outputs that hold something they may not, with what it is."""
    return {name: found for name, text in outputs if (found := sorted(word for word in telling if word in re.sub(r"\s+", " ", text)))}


def test_no_output_for_the_council_tells_of_a_source_that_is_kept_from_it(settings, narrowed, asked, telling, tmp_path):
    assert telltale(of_this_council(narrowed, asked, tmp_path), telling) == {}


def test_what_is_looked_for_is_in_those_outputs_where_nothing_is_kept_back(settings, asked, telling, tmp_path):
    found = telltale(of_this_council(settings, asked, tmp_path), telling)
    assert {
        "cohort list --status all",
        "what-if",
        "export tf-2012",
        "workbook",
        "decisions",
        *(f"/families/{household}" for household in asked),
    } <= found.keys()


def test_no_file_for_another_agency_tells_of_benefits_in_any_column(settings, telling, tmp_path):
    """The shipped configuration: benefits are barred from other agencies by contract."""
    assert telltale(for_another_agency(settings, tmp_path), telling) == {}


def test_how_many_are_kept_back_is_said_with_every_list(settings, narrowed, tmp_path):
    kept_back = len(cohort.list_families(settings)) - len(cohort.list_families(narrowed))
    assert kept_back > 0
    assert cohort.list_families(narrowed).kept_back_count == places.places(narrowed).kept_back_count == kept_back
    for words in (("list",), ("places",), ("export", "--out", str(tmp_path / "list.csv"))):
        assert f"{kept_back:,} more families are kept back" in call(narrowed, "cohort", *words)
    changes = list_changes.diff(narrowed)
    assert changes.kept_back_count == len(list_changes.diff(settings)) - len(changes) > 0
    assert f"{changes.kept_back_count:,} more changes are kept back" in call(narrowed, "cohort", "diff")


def test_a_reason_counts_the_criteria_not_assessed_that_the_row_tells(settings):
    told = cohort.list_families(settings, status="all", output="partner")
    assert {row["household_id"] for row in told} < {row["household_id"] for row in cohort.list_families(settings, status="all")}
    for row in told:
        count = len([c for c in row["criteria_not_assessed"].split(",") if c])
        said = re.search(r"(\d+) criteri", row["reason"])
        assert int(said[1] if said else 0) == count


def test_a_family_keeps_its_standing_where_the_reason_for_it_may_not_be_shown(settings, narrowed):
    family = next(row for row in cohort.list_families(settings) if DWP in row["identifying_sources"])
    whole, told = (cohort.explain(family["household_id"], home)["standing"][0] for home in (settings, narrowed))
    assert (told["status"], told["headline_count"]) == (whole["status"], len([h for h in told["headlines_met"].split(",") if h]))
    assert told["headline_count"] < whole["headline_count"]
    assert told["reason"].startswith("Kept back")
    assert json.loads(call(narrowed, "cohort", "explain", family["household_id"], "--json"))["standing"][0]["qualifying_rule"] is None
