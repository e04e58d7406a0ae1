"""`families link report`: one page on a linkage, drawn from its folder alone, that fetches nothing and holds no name."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.errors import BadInput
from pipelines.report import linkage
from tests.support.people_tables import FEW, MODEL, a_row, found, linked, read_json, rows_of
from tests.support.records import population

GROUPED = MODEL + "groups: {origin_of_name: origin}\n"
TABLE = [row | {"origin": "one" if i % 3 else "other"} for i, row in enumerate(rows_of(population(250, seed=8)))]


class Reading(HTMLParser):
    """Elements of a page, and whatever it would fetch."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.fetched += [value for name, value in attrs if name in ("src", "srcset", "action", "data") or (name == "href" and not value.startswith("#"))]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a population was linked, judged and drawn."""
    folder = tmp_path_factory.mktemp("report")
    linked(folder, TABLE, GROUPED, truth="person")
    linkage.write(folder / "out", folder / "out" / "report.html", [])
    return folder


def page(folder: Path) -> str:
    return (folder / "out" / "report.html").read_text(encoding="utf-8")


def chosen(text: str) -> list[dict]:
    """The pairs that can be looked at."""
    return json.loads(re.search(r'<script type="application/json" id="pairs">(.*?)</script>', text, re.DOTALL)[1])


def test_the_page_fetches_nothing_and_only_its_owner_reads_it(done: Path):
    reading = Reading(page(done))
    assert reading.fetched == []
    assert "url(" not in page(done) and "@import" not in page(done)
    assert (done / "out" / "report.html").stat().st_mode & 0o077 == 0


def test_with_a_truth_the_page_has_all_its_parts(done: Path):
    text = page(done)
    for part in ("weights", "fields", "pair", "blocking", "thresholds", "calibration", "unlinkable", "groups", "people"):
        assert f'<h2 id="{part}">' in text
    assert Reading(text).tags.count("svg") == 4


def test_no_name_or_date_of_a_record_is_on_the_page(done: Path):
    text = page(done)
    said = {str(row[column]) for row in TABLE for column in ("dob", "last") if row[column] and len(str(row[column])) > 4}
    assert not [value for value in said if re.search(rf"\b{re.escape(value)}\b", text)]


def test_the_steps_of_a_pair_add_up_to_its_weight(done: Path):
    pairs = chosen(page(done))
    assert len(pairs) == min(len(found(done, "pairs")), 1500)
    for pair in pairs:
        assert sum(step[2] for step in pair["steps"]) == pytest.approx(pair["weight"], abs=0.3)
        assert pair["steps"][0][0] == "prior"


def test_groups_are_told_by_source_sex_age_and_the_columns_asked_for(done: Path):
    groups = {group["name"]: group["values"] for group in read_json(done, "diagnostics")["groups"]}
    assert {"source", "sex", "age band", "origin of name"} <= set(groups)
    assert sum(row["record_count"] for row in groups["origin of name"]) == len(TABLE)
    assert all(0.8 < row["recall"] <= 1 for row in groups["origin of name"])


def test_records_that_cannot_link_grow_with_the_threshold(done: Path):
    shares = [row["share"] for row in read_json(done, "diagnostics")["unlinkable"]]
    assert shares == sorted(shares)


def test_without_a_truth_the_page_leaves_out_what_needs_one(tmp_path: Path):
    linked(tmp_path, TABLE[:150], FEW)
    linkage.write(tmp_path / "out", tmp_path / "out" / "report.html", [])
    assert '<h2 id="weights">' in page(tmp_path)
    assert '<h2 id="calibration">' not in page(tmp_path)


def test_an_empty_linkage_is_drawn_as_well(tmp_path: Path):
    linked(tmp_path, [], columns=["id", "first", "last", "dob", "pcode"])
    assert linkage.write(tmp_path / "out", tmp_path / "out" / "report.html", []) > 1000


def test_an_id_that_holds_mark_up_stays_text(tmp_path: Path):
    odd = "</script><img src=x>"
    linked(tmp_path, [a_row(odd, dob="1990-02-03", pcode="ZC1 1AA"), a_row("y", dob="1990-02-03", pcode="ZC1 1AA")])
    linkage.write(tmp_path / "out", tmp_path / "out" / "report.html", [])
    assert "img" not in Reading(page(tmp_path)).tags
    assert any(odd in side for pair in chosen(page(tmp_path)) for side in pair["sides"])


def test_a_pair_that_is_asked_for_is_the_first_on_the_page(done: Path, tmp_path: Path):
    last = found(done, "pairs")[-1]
    out = tmp_path / "page.html"
    result = CliRunner().invoke(app, ["link", "report", str(done / "out"), "--out", str(out), "--pair", f"{last['record_id_r']}, {last['record_id_l']}"])
    assert result.exit_code == 0, result.output
    assert [side.split(": ")[1] for side in chosen(out.read_text(encoding="utf-8"))[0]["sides"]] == [last["record_id_l"], last["record_id_r"]]


def test_a_pair_that_was_not_told_is_refused_with_the_remedy(done: Path, tmp_path: Path):
    with pytest.raises(BadInput, match=r"1 of the pairs asked for with --pair are not in pairs\.parquet.*lower thresholds\.review"):
        linkage.write(done / "out", tmp_path / "page.html", [("no", "such")])


def test_a_folder_without_results_is_refused(tmp_path: Path):
    with pytest.raises(BadInput, match=r"run\.json: there is no such file\. Name the folder"):
        linkage.write(tmp_path, tmp_path / "page.html", [])


def test_a_group_column_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(BadInput, match=r"lacks 1 of the columns that the model file names:\n  groups.shoe_size: shoe"):
        linked(tmp_path, TABLE[:20], MODEL + "groups: {shoe_size: shoe}\n")
