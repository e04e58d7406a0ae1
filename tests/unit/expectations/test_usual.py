"""A delivery is held against its supplier's last ones: rows, gaps, mix, and the day it was due."""

from datetime import date

import duckdb
import pytest

from expectations import checkpoints, usual
from expectations.usual import Point
from schemas.extracts import CONTRACTS

SOURCE, NOW = "dwp_benefit", "now"
ROWS = 1000


def points(name, *, volume=ROWS, missing=0.02, mix=None):
    """A delivery's figures."""
    made = [Point("volume", "", "", name, volume), Point("missing", "conditionality", "", name, missing)]
    return made + [Point("mix", "benefit_type", part, name, share) for part, share in (mix or {"UC": 0.7, "ESA": 0.25, "IS": 0.05}).items()]


def broken(now, before=8, days_late=None):
    """What does not hold of a delivery after so many usual ones, with its offenders."""
    known = [point for n in range(before) for point in points(f"week {n}", volume=ROWS + n)] + now
    counted = usual.counts(SOURCE, known, NOW, ROWS, days_late)
    return {o.expectation: o.unexpected_count for o in checkpoints.judge(usual.suite(SOURCE), counted) if not o.is_success}


def test_a_delivery_like_the_others_is_usual():
    assert broken(points(NOW)) == {}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"volume": 700}, {"volume": 304}),
        ({"volume": 1300}, {"volume": 296}),
        ({"volume": 800}, {}),
        ({"missing": 0.3}, {"missing:conditionality": 280}),
        ({"missing": 0.11}, {}),
        ({"mix": {"UC": 0.5, "ESA": 0.45, "IS": 0.05}}, {"mix:benefit_type": 200}),
        ({"mix": {"UC": 0.75, "ESA": 0.25}}, {"there:benefit_type": 1}),
    ],
    ids=["fewer rows", "more rows", "somewhat fewer", "gaps", "few gaps", "another mix", "one benefit silent"],
)
def test_what_is_unusual_is_told_with_the_rows_it_is_about(changes, found):
    assert broken(points(NOW, **changes)) == found


def test_nothing_is_said_before_there_is_anything_to_compare_with():
    changed = points(NOW, volume=1, missing=1, mix={"PC": 1.0})
    assert broken(changed, before=usual.FEWEST - 1) == {}
    assert set(broken(changed, before=usual.FEWEST)) == {"volume", "missing:conditionality", "mix:benefit_type", "there:benefit_type"}


def test_a_delivery_is_late_when_the_calendar_and_its_grace_have_passed():
    late = [usual.days_late(date(2026, 11, day), date(2026, 10, 1), 28, 7) for day in (4, 5, 6)]
    assert late == [-1, 0, 1]
    assert [broken(points(NOW), days_late=days) for days in late] == [{}, {}, {"on_time": 1}]


def test_rare_parts_are_pooled_and_no_personal_column_is_watched():
    with duckdb.connect() as con:
        columns = ", ".join(f'"{c.name}" varchar' for c in CONTRACTS[SOURCE].delivered)
        con.execute(f"create table delivery ({columns})")
        con.execute("insert into delivery (nino, benefit_type) select i, if(i < 60, 'UC', if(i < 80, 'ESA', 'Zebedee Quillfeather')) from range(90) t(i)")
        found = usual.measured(con, SOURCE, "delivery", NOW)
    assert {p.part: round(p.value, 2) for p in found if p.kind == "mix"} == {"UC": 0.67, "ESA": 0.22, usual.POOLED: 0.11}
    assert {p.series: p.value for p in found if p.kind == "missing"}["surname"] == 1
    for source in CONTRACTS:
        assert usual.dimensions(source), source
        assert not any(CONTRACTS[source].table[name].personal for name in usual.dimensions(source))


SCHOOLS = [f"1{n:05}" for n in range(500)]


def a_county(rows_of, name=NOW):
    """A delivery of pupils at five hundred schools of 30 rows each, but where said otherwise: the table's points, and its rare parts."""
    with duckdb.connect() as con:
        con.execute("create table delivery (" + ", ".join(f'"{c.name}" varchar' for c in CONTRACTS["school_attendance"].delivered) + ")")
        told = [(urn, rows_of.get(urn, 30)) for urn in SCHOOLS]
        urns = [urn for urn, count in told for _ in range(count)]
        con.execute("insert into delivery (school_urn) select unnest(?)", [urns])
        return usual.measured(con, "school_attendance", "delivery", name), usual.rare(con, "school_attendance", "delivery")


@pytest.mark.parametrize(
    ("weeks", "now", "missing"),
    [
        ([{}] * 3, {SCHOOLS[7]: 0}, [SCHOOLS[7]]),
        ([{}] * 8, {SCHOOLS[7]: 0, SCHOOLS[9]: 0}, [SCHOOLS[7], SCHOOLS[9]]),
        ([{}] * 2, {SCHOOLS[7]: 0}, []),
        ([{}] * 3, {SCHOOLS[7]: 3}, []),
        ([{SCHOOLS[7]: 19}] * 3, {SCHOOLS[7]: 0}, []),
        ([{}, {}, {SCHOOLS[7]: 19}], {SCHOOLS[7]: 0}, []),
        ([{}, {}, {}, {SCHOOLS[7]: 0}], {SCHOOLS[7]: 0}, []),
    ],
    ids=["one of five hundred", "two of them", "too few deliveries before", "there with a few rows", "always tiny", "tiny once", "closed since the last"],
)
def test_one_school_of_five_hundred_that_is_missing_is_named_but_neither_a_tiny_one_nor_one_told_before(weeks, now, missing):
    known = [point for number, week in enumerate(weeks) for point in a_county(week, f"week {number}")[0]]
    found, rare = a_county(now)
    told = usual.missing_parts("school_attendance", known + found, NOW, rare)["there:school_urn"]
    assert told == missing
    assert usual.counts("school_attendance", known + found, NOW, 15000, None, rare)["there:school_urn"][1] == len(missing)
    sentence = usual.in_words("there:school_urn", "Each school is in this one.", told)
    assert all(urn in sentence for urn in missing)
    assert ("Missing" in sentence) == bool(missing)


@pytest.mark.parametrize(
    ("usually", "now", "shrunk"),
    [(45, 22, True), (45, 23, False), (45, 3, True), (45, 0, False), (30, 3, False), (39, 19, True), (300, 149, True), (300, 151, False)],
    ids=["under half", "half", "a few rows", "missing is told elsewhere", "too few to tell apart", "twenty fewer", "large", "large, half"],
)
def test_a_school_that_sent_less_than_half_of_its_usual_rows_is_named(usually, now, shrunk):
    urn, known = SCHOOLS[7], []
    for number in range(3):
        known += [*a_county({urn: usually}, f"week {number}")[0], Point("volume", "", "", f"week {number}", 499 * 30 + usually)]
    found, rare = a_county({urn: now})
    known += [*found, Point("volume", "", "", NOW, 499 * 30 + now)]
    told = usual.shrunk_parts("school_attendance", known, NOW, rare)["kept:school_urn"]
    assert told == ([urn] if shrunk else [])
    assert usual.counts("school_attendance", known, NOW, 499 * 30 + now, None, rare)["kept:school_urn"] == (500, int(shrunk))
    assert ("With far fewer: " + urn in usual.in_words("kept:school_urn", "Each school has half.", told)) == shrunk


def test_of_many_missing_parts_the_first_are_named_and_the_rest_counted():
    sentence = usual.in_words("there:school_urn", "Each is there.", [*SCHOOLS[:22], "x" * 100])
    assert SCHOOLS[19] in sentence
    assert SCHOOLS[20] not in sentence
    assert "and 3 more" in sentence


@pytest.mark.parametrize(
    ("source", "dimension"),
    [("school_attendance", "school_urn"), ("police_asb", "force_area"), ("dwp_benefit", "benefit_type"), ("housing_arrears", "landlord")],
)
def test_a_shift_between_schools_areas_benefits_and_landlords_is_told(source, dimension):
    with duckdb.connect() as con:
        con.execute("create table delivery (" + ", ".join(f'"{c.name}" varchar' for c in CONTRACTS[source].delivered) + ")")
        known = []
        for day, share in ((1, 50), (2, 50), (3, 50), (4, 90)):
            con.execute(f"delete from delivery; insert into delivery ({dimension}) select if(i < {share}, 'A', 'B') from range(100) t(i)")  # noqa: S608
            known += usual.measured(con, source, "delivery", str(day))
    told = usual.counts(source, known, "4", 100, None)
    assert told[f"mix:{dimension}"] == (100, 45)  # the ten of B are too few to be told apart
    assert usual.counts(source, [point for point in known if point.point_id != "4"], "3", 100, None)[f"mix:{dimension}"] == (0, 0)
