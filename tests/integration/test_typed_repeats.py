"""Rows of one key are found by what they say, not by how they are written: repeats count once, contradictions not at all."""

import pytest

from pipelines import authority, ingest, receipts, warehouse
from pipelines.settings import Settings, prepare_home
from tests.support import attendance_sets as sets
from tests.support import changes
from tests.support.deliveries import AS_OF, NOW, put, rows

SCHOOL, POLICE, HOUSING = "school_attendance", "police_asb", "housing_arrears"
PUPILS = f"attendance_{sets.DAY}.csv"


def told_twice(folder, part, name, again):
    """Possible sessions and rules broken where one pupil's rows of a part stand in the file once more, each as `again` writes it."""
    settings = Settings(home=folder / "home", clock=NOW, authorities=sets.an_authority(folder / "authorities", part))
    profiles = settings.authorities / sets.AUTHORITY / "extracts.yml"
    profiles.write_text(profiles.read_text().replace("refuse_when_rejected_share_over: 0.2", "refuse_when_rejected_share_over: 1.0"))
    prepare_home(settings)
    pupil = rows(SCHOOL, 1)
    put(settings, SCHOOL, sets.text(sets.pupils(pupil)), PUPILS)
    once = (sets.marks if part == "session_mark" else sets.counts)(pupil)
    put(settings, SCHOOL, sets.text([*once, *(row | again(row) for row in once)]), name)
    (found,) = ingest.ingest(authority.find(sets.AUTHORITY, settings), SCHOOL, AS_OF, settings)
    assert found.outcome == "ingested", found.message
    with warehouse.database(settings, settings.extracts_dir / SCHOOL / f"{found.extract_id}.duckdb") as con:
        possible = con.execute("select sessions_possible from extract.school_attendance").fetchall()[0][0]
    broken = [row["rule"] for row in receipts.rejection_rows(found.extract_id, settings)]
    assert found.accepted_count + found.rejected_count == found.received_count
    return possible, len(once), broken


@pytest.mark.parametrize(
    ("part", "again"),
    [
        ("session_mark", lambda row: {"School URN": f"{row['School URN']}.0"}),
        ("session_mark", lambda row: {"Date": row["Date"].replace("/", "-")}),
        ("session_mark", lambda row: {"Session": row["Session"].lower(), "Mark": f" {row['Mark']} "}),
        ("code_count", lambda row: {"Term": row["Term"].upper(), "Sessions": f"{row['Sessions']}.0"}),
    ],
    ids=["school with a decimal tail", "another date format", "another case and blanks", "a term in capitals, a count with a point"],
)
def test_a_pupils_sessions_told_again_in_another_spelling_count_once(tmp_path, monkeypatch, part, again):
    of_part = sets.PARTS[part] | {"date_formats": ["%d/%m/%Y", "%d-%m-%Y"]}
    monkeypatch.setitem(sets.PARTS, part, of_part)
    possible, count, broken = told_twice(tmp_path, part, sets.MARKS if part == "session_mark" else sets.COUNTS, again)
    assert (possible, broken) == (120, ["duplicate_row"] * count)


def test_rows_of_one_key_in_two_spellings_that_say_different_things_are_all_rejected(tmp_path):
    possible, count, broken = told_twice(tmp_path, "code_count", sets.COUNTS, lambda row: {"School URN": "100001.0", "Sessions": "77"})
    assert (possible, broken) == (0, ["contradiction"] * 2 * count)


def in_changes(folder, source, stated, **profile):
    settings = changes.a_home(folder / "home", changes.authorities(folder / "authorities", source, **profile))
    changes.full(settings, source, "2026-11-19", rows(source, 4))
    name = changes.changes(settings, source, "2026-11-20", stated=stated)
    found = changes.take_in(settings, source)[name]
    assert found.outcome == "ingested", found.message
    return settings, [(row["source_row"], row["rule"]) for row in receipts.rejection_rows(found.extract_id, settings) if row["file_name"] == name]


def test_a_key_stated_twice_with_different_values_in_one_file_of_changes_is_rejected_both_times(tmp_path):
    first, second = rows(HOUSING, 2)
    stated = [first | {"Weekly Rent": "90.00"}, first | {"Weekly Rent": "95.00"}, second | {"Weekly Rent": "80.00"}]
    settings, broken = in_changes(tmp_path, HOUSING, stated, refuse_when_rejected_share_over=1.0)
    assert broken == [(2, "contradiction"), (3, "contradiction")]
    told = changes.told(settings, HOUSING, "select source_person_id, weekly_rent_gbp::varchar from extract.housing_arrears order by 1")
    assert told == [("R00001", "110.50"), ("R00002", "80.00"), ("R00003", "110.50"), ("R00004", "110.50")]


def test_a_key_stated_twice_alike_in_two_spellings_stands_once(tmp_path):
    (first,) = rows(HOUSING, 1)
    settings, broken = in_changes(tmp_path, HOUSING, [first | {"Weekly Rent": "90.00"}, first | {"Weekly Rent": "£90.00"}])
    assert broken == [(3, "duplicate_row")]
    assert changes.told(settings, HOUSING, "select count(*), min(weekly_rent_gbp)::varchar from extract.housing_arrears") == [(4, "90.00")]


def test_a_suspect_corrected_to_a_victim_by_a_file_of_changes_is_no_suspect_any_more(tmp_path):
    settings, broken = in_changes(tmp_path, POLICE, [rows(POLICE, 1)[0] | {"ROLE": "VIC"}])
    roles = changes.told(settings, POLICE, "select person_role from extract.police_asb where occurrence_id = 'R00001'")
    assert (broken, roles) == ([], [("victim",)])


def test_an_account_given_whole_by_its_number_may_have_several_tenants(tmp_path):
    first, second = rows(HOUSING, 2)
    _, broken = in_changes(tmp_path, HOUSING, [first | {"Weekly Rent": "90.00"}, second | {"Weekly Rent": "95.00"}], key=["account_id"])
    assert broken == []
