"""The truth agrees with the files, and nothing but the truth counts: not victims, not credits, not work."""

from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from pipelines.synthetic import calendar
from schemas.staging import RECORD_ROLES, SOURCES
from tests.support.borough import AS_OF, the_borough

COMPLETE = {("2025/26", term) for term in ("aut", "spr", "sum")}


@cache
def seen(source: str) -> dict[tuple[int, str], list[dict[str, Any]]]:
    found = defaultdict(list)
    for row in the_borough().truth("appearance"):
        if row["source"] == source:
            found[row["source_row"], row["role"]].append(row)
    return found


@cache
def met(criterion: str, column: str, framework: str = "tf-2012") -> set[str]:
    rows = the_borough().truth("household_criterion")
    return {r["household_id"] for r in rows if (r["framework_id"], r["criterion_id"]) == (framework, criterion) and r[column]}


@cache
def homes() -> dict[str, list[str]]:
    return {p["person_id"]: [h for h in (p["household_id"], p["other_household_id"]) if h] for p in the_borough().truth("person")}


@pytest.mark.parametrize("source", SOURCES)
def test_someone_stands_in_every_row(source: str):
    count = the_borough().counts["rows"][source]
    first = 3 if source == "housing_arrears" else 2
    assert {row for row, _ in seen(source)} == set(range(first, first + count))
    assert {role for _, role in seen(source)} <= set(RECORD_ROLES)


def test_names_delivered_are_those_of_the_rows():
    rows = {int(row["#"]): row for row in the_borough().delivered("police_asb")}
    for (number, _), people in seen("police_asb").items():
        written = [p["name_delivered"].encode("cp1252", "unaccented").decode("cp1252") for p in people if p["person_id"]]
        assert written in ([], [rows[number]["NOMINAL_NAME"]])


def test_both_contacts_of_a_pupil_are_told_apart_by_name():
    rows = {int(row["#"]): row for row in the_borough().delivered("school_attendance")}
    for (number, role), people in seen("school_attendance").items():
        if role == "parent":
            names = {rows[number]["Contact 1 Name"], rows[number]["Contact 2 Name"]} - {""}
            assert {p["name_delivered"] for p in people} == names


@pytest.mark.parametrize("source", SOURCES)
def test_one_or_two_rows_in_a_hundred_must_be_refused(source: str):
    rows = {r["source_row"]: r["is_fatal"] for r in the_borough().truth("appearance") if r["source"] == source}
    assert 0.003 <= sum(rows.values()) / len(rows) <= 0.04


def test_a_row_delivered_twice_is_the_same_to_the_letter_and_the_later_is_the_duplicate():
    rows = {row.pop("#"): tuple(row.values()) for row in the_borough().delivered("dwp_benefit")}
    first: dict[tuple[str, ...], int] = {}
    repeated = set()
    for number, values in rows.items():
        if values in first:
            repeated.add(int(number))
        first.setdefault(values, int(number))
    assert repeated == {r["source_row"] for r in the_borough().truth("appearance") if r["source"] == "dwp_benefit" and r["is_duplicate"]}
    assert repeated


def test_unnamed_incidents_name_no_person():
    rows = {int(row["#"]): row for row in the_borough().delivered("police_asb")}
    nobody = [r for r in the_borough().truth("appearance") if r["person_id"] is None]
    assert nobody
    assert all(rows[r["source_row"]]["NOMINAL_NAME"] in ("", "UNKNOWN", "N/K") for r in nobody)
    assert len(nobody) < 0.03 * len(rows)


def test_unauthorised_absence_reckoned_from_the_file_is_what_the_records_can_show():
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    whole = {number: people[0] for (number, role), people in seen("school_attendance").items() if role == "pupil"}
    for row in the_borough().delivered("school_attendance"):
        person = whole[int(row["#"])]
        if person["is_fatal"] or person["is_duplicate"] or (row["Academic Year"], row["Term"][:3].lower()) not in COMPLETE:
            continue
        sums[person["person_id"]][0] += int(row["Possible Sessions"])
        sums[person["person_id"]][1] += int(row["Unauthorised Absences"])
    born = {p["person_id"]: p["birth_date"] for p in the_borough().truth("person")}
    absent = {p for p, (possible, missed) in sums.items() if possible and missed >= 0.15 * possible and born[p] > AS_OF.replace(year=AS_OF.year - 18)}
    private = {h["household_id"] for h in the_borough().truth("household") if h["kind"] == "private"}
    shown = {home for p in absent for home in homes()[p]} & private
    assert met("education.unauthorised_absence", "has_records") == shown & met("education.unauthorised_absence", "is_met")
    assert len(shown) > 20


def test_victims_witnesses_and_callers_never_count():
    whole = {number: people[0] for (number, _), people in seen("police_asb").items()}
    acted: set[str] = set()
    for row in the_borough().delivered("police_asb"):
        person = whole[int(row["#"])]
        if not person["is_fatal"] and row["ROLE"][:3] in ("SUS", "OFF", "PER") and row["RECORD_TYPE"] != "CRI":
            day = date(*map(int, reversed(row["INCIDENT_DT"][:10].split("/"))))
            if day > AS_OF - timedelta(days=365):
                acted.add(person["person_id"])
    households = {home for p in acted for home in homes()[p]}
    assert met("crime_asb.asb", "has_records") <= households
    others = {whole[int(r["#"])]["person_id"] for r in the_borough().delivered("police_asb") if r["ROLE"][:3] in ("VIC", "WIT", "CAL")}
    assert len(others) > 50


def test_work_pensions_and_closed_awards_are_no_out_of_work_benefit():
    whole = {(number, role): people[0]["person_id"] for (number, role), people in seen("dwp_benefit").items()}
    out: set[str] = set()
    for row in the_borough().delivered("dwp_benefit"):
        is_open = row["AWARD_END"] in ("", "99991231")
        counts = row["BEN_TYPE"][:2] in ("JS", "ES", "IS", "IB", "SD", "CA") or (row["BEN_TYPE"] == "UC" and row["COND_REGIME"] in ("NWR", "WFI", "WP", "IWS"))
        if is_open and counts:
            out |= {whole[int(row["#"]), role] for role in ("claimant", "partner") if (int(row["#"]), role) in whole}
    households = {home for p in out for home in homes()[p]}
    assert met("work.out_of_work_benefit", "has_records") <= households


def test_a_fact_the_records_show_is_a_fact_of_life():
    for table, life in (("household_criterion", "is_met"), ("household_framework", "qualifies")):
        assert all(row[life] for row in the_borough().truth(table) if row["has_records"])


def test_only_private_households_with_a_child_are_assessed():
    child = {
        h for p in the_borough().truth("person") if p["birth_date"] > AS_OF.replace(year=AS_OF.year - 18) for h in (p["household_id"], p["other_household_id"])
    }
    private = {h["household_id"] for h in the_borough().truth("household") if h["kind"] == "private"}
    assert {r["household_id"] for r in the_borough().truth("household_framework")} == child & private


def test_enough_families_qualify_and_troubles_gather():
    rows = the_borough().truth("household_framework")
    share = {f: sum(r["qualifies"] for r in rows if r["framework_id"] == f) / 6000 * 20_000 for f in ("tf-2012", "tf-2015")}
    assert 90 <= share["tf-2012"] <= 260
    assert 350 <= share["tf-2015"] <= 800
    assessed = {r["household_id"] for r in rows}
    asb, absence = met("crime_asb.asb", "is_met"), met("education.unauthorised_absence", "is_met")
    assert len(asb & absence) > 2 * len(asb) * len(absence) / len(assessed)


def test_the_last_three_complete_terms_and_the_current_one():
    found = calendar.terms(AS_OF, AS_OF - timedelta(days=3))
    assert [(t.academic_year, t.name, t.is_complete) for t in found] == [
        (2025, "autumn", True),
        (2025, "spring", True),
        (2025, "summer", True),
        (2026, "autumn", False),
    ]
    assert found[1].end == date(2026, 4, 5)  # Easter Sunday
    assert 60 < found[3].sessions < 142


def test_a_term_without_lessons_yet_is_not_delivered():
    found = calendar.terms(date(2027, 8, 2), date(2027, 7, 30))
    assert [(t.academic_year, t.name) for t in found] == [(2026, "autumn"), (2026, "spring"), (2026, "summer")]
