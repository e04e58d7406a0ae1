"""What the four partners deliver: the suppliers' layouts, and the same bytes from the same seed."""

import hashlib
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pipelines import authority
from pipelines.settings import Settings
from pipelines.synthetic import generation, layouts
from schemas.profile import Profile
from schemas.staging import SOURCES
from tests.support.borough import AS_OF, DELIMITERS, ENCODINGS, a_borough, the_borough


def profile(source: str) -> Profile:
    return authority.find(generation.AUTHORITY, Settings()).profiles.of(source)


def digests(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_same_seed_gives_the_same_bytes_and_another_gives_others(tmp_path: Path):
    first, second, other = (a_borough(tmp_path / name, people=400, seed=seed) for name, seed in (("a", 3), ("b", 3), ("c", 4)))
    assert digests(first.folder) == digests(second.folder)
    assert not set(digests(first.folder).values()) & set(digests(other.folder).values())


def test_chunks_do_not_share_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(generation, "CHUNK", 400)
    borough = a_borough(tmp_path, people=1000)
    people = borough.truth("person")
    households = borough.truth("household")
    assert len([p for p in people if p["household_id"]]) == 1000
    assert len({p["person_id"] for p in people}) == len(people)
    assert len({h["household_id"] for h in households}) == len(households) == borough.counts["households"]
    rows = [(a["source"], a["source_row"], a["role"], a["name_delivered"]) for a in borough.truth("appearance") if a["source"] == "dwp_benefit"]
    assert len({(row[1], row[2]) for row in rows}) == len(rows)
    upns = {row["UPN"] for row in borough.delivered("school_attendance")}
    assert len(upns) > 100


@pytest.mark.parametrize("source", SOURCES)
def test_the_file_is_named_as_the_profile_expects(source: str):
    match = re.fullmatch(profile(source).file_pattern, the_borough().file(source).name)
    assert match
    assert re.sub(r"\D", "", match["date"]) == f"{AS_OF - timedelta(days=3):%Y%m%d}"


@pytest.mark.parametrize("source", sorted(ENCODINGS))
def test_the_header_is_the_suppliers(source: str):
    with the_borough().file(source).open(encoding=ENCODINGS[source], newline="") as file:
        header = file.readline().strip().split(DELIMITERS[source])
    assert header == [names[0] for names in profile(source).columns.values()]


def test_the_workbook_has_a_title_above_and_a_total_below():
    rows = CalamineWorkbook.from_path(str(the_borough().file("housing_arrears"))).get_sheet_by_index(0).to_python()
    assert rows[0][0].startswith("Calderbrook Homes")
    assert rows[1] == [names[0] for names in profile("housing_arrears").columns.values()]
    assert rows[-1][:2] == ["Total", len(rows) - 3]
    balances = [row[rows[1].index("CurrentBalance")] for row in rows[2:-1]]
    assert min(balances) < -500 < 0 < max(balances)
    assert {type(row[rows[1].index("BalanceDate")]) for row in rows[2:-1]} == {date}


def test_schools_send_utf_8_with_a_mark_and_police_a_code_page():
    assert the_borough().file("school_attendance").read_bytes().startswith(b"\xef\xbb\xbf")
    names = {row["NOMINAL_NAME"] for row in the_borough().delivered("police_asb")}
    assert any("É" in name or "é" in name or "Ö" in name or "Ç" in name for name in names)
    assert not any("Ł" in name or "ł" in name for name in names)


@pytest.mark.parametrize("source", sorted(ENCODINGS))
def test_codes_are_the_suppliers_but_for_the_few_that_must_be_refused(source: str):
    rules, rows = profile(source), the_borough().delivered(source)
    for column, codes in rules.codes.items():
        header = rules.columns[column][0]
        strange = [row["#"] for row in rows if row[header] and row[header] not in codes]
        assert len(strange) <= len(rows) * 0.01


def test_a_county_of_rent_accounts_that_excel_cannot_hold_comes_as_csv():
    assert layouts.layouts(AS_OF, 20_000)["housing_arrears"].is_workbook
    assert not layouts.layouts(AS_OF, 5_000_000)["housing_arrears"].is_workbook


def test_the_next_week_sees_the_same_people(tmp_path: Path):
    week = timedelta(days=7)
    now, later = a_borough(tmp_path / "now", people=800), a_borough(tmp_path / "later", people=800, as_of=AS_OF + week)
    described = [{(p["person_id"], p["forename"], p["surname"], p["birth_date"]) for p in b.truth("person")} for b in (now, later)]
    assert described[0] == described[1]
    incidents = [{row["OCCURRENCE_NO"] for row in b.delivered("police_asb") if row["OCCURRENCE_NO"][:1] in "IC"} for b in (now, later)]
    assert len(incidents[0] & incidents[1]) > 0.9 * len(incidents[0])
    assert incidents[1] - incidents[0]
    pupils = [{(row["Pupil ID"], row["Contact 1 Name"]) for row in b.delivered("school_attendance")} for b in (now, later)]
    assert len(pupils[0] & pupils[1]) > 0.95 * len(pupils[0])
