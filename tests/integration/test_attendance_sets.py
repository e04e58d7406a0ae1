"""Attendance delivered as pupils and marks in files of their own: the same criteria as from a summary, and every row accounted for."""

import csv
import shutil
from collections.abc import Iterator

import pytest

from pipelines import authority, ingest, publications, receipts, warehouse
from pipelines.settings import Settings, prepare_home
from tests.support import attendance_sets as sets
from tests.support import flow_runs, other_sets
from tests.support.deliveries import AS_OF, NOW, put, rows

SOURCE = "school_attendance"
PUPILS = f"attendance_{sets.DAY}.csv"


@pytest.fixture(scope="module")
def summary_home(tmp_path_factory) -> Settings:
    """A borough whose schools send a summary of rows that can all be read."""
    settings = flow_runs.delivered(tmp_path_factory.mktemp("summary"))
    found = ingest.ingest(authority.find(sets.AUTHORITY, settings), SOURCE, AS_OF, settings)[0]
    with warehouse.database(settings, settings.extracts_dir / SOURCE / f"{found.extract_id}.duckdb") as con:
        kept = {row[0] for row in con.execute("select source_row from extract.school_attendance").fetchall()}
    path = settings.landing_dir / SOURCE / PUPILS
    with path.open(encoding="utf-8-sig", newline="") as file:
        summary = [row for number, row in enumerate(csv.DictReader(file), start=2) if number in kept]
    path.write_text(sets.text(summary), newline="")
    shutil.rmtree(settings.extracts_dir / SOURCE)
    settings.extracts_dir.joinpath(SOURCE).mkdir()
    return settings


def summary_rows(settings: Settings) -> list[sets.Row]:
    with (settings.landing_dir / SOURCE / PUPILS).open(newline="") as file:
        return list(csv.DictReader(file))


def facts(settings: Settings) -> Iterator[list[tuple[object, ...]]]:
    """What the publication says of every household, but how the files came."""
    path = publications.current_path(settings)
    assert path is not None
    with warehouse.database(settings, path) as con:
        for query in (
            "select household_id, framework_id, criterion_id, assessment, value, reason from cohort.household_criterion order by all",
            "select household_id, framework_id, status, tier, criteria_met from cohort.family order by all",
            # The rows of the other sources have other numbers in other files, and an account one first day where tenants' rows differ in it.
            "select household_id, criterion_id, person_id, source, if(source = 'school_attendance', source_row, null) as row_number, "
            "if(source = 'housing_arrears', null, from_date) as first_day, to_date, value from cohort.evidence order by all",
        ):
            yield con.execute(query).fetchall()


@pytest.fixture(scope="module")
def of_the_summary(summary_home):
    flow_runs.refresh(summary_home)
    return list(facts(summary_home))


@pytest.mark.parametrize("part", ["session_mark", "code_count"])
def test_pupils_and_marks_in_files_of_their_own_end_at_the_same_criteria_as_a_summary(summary_home, of_the_summary, tmp_path, part):
    shutil.copytree(summary_home.landing_dir, tmp_path / "home" / "landing")
    settings = Settings(home=tmp_path / "home", authorities=sets.an_authority(tmp_path / "authorities", part, "exclusion"))
    summary = summary_rows(summary_home)
    folder = settings.landing_dir / SOURCE
    (folder / PUPILS).write_text(sets.text(sets.pupils(summary)), newline="")
    told = sets.marks(summary) if part == "session_mark" else sets.counts(summary)
    (folder / (sets.MARKS if part == "session_mark" else sets.COUNTS)).write_text(sets.text(told), newline="")
    (folder / sets.EXCLUSIONS).write_text(sets.text(sets.exclusions(summary)), newline="")
    if part == "code_count":
        # Once with police records, benefits and rents as sets too.
        other_sets.use_sets(settings.authorities / sets.AUTHORITY / "extracts.yml")
        profiles = authority.find(sets.AUTHORITY, settings).profiles
        for source in other_sets.LAYOUTS:
            other_sets.deliver(settings, profiles, source, other_sets.accepted(summary_home, source))
    flow_runs.refresh(settings)
    for own, of_summary in zip(facts(settings), of_the_summary, strict=True):
        assert [row for row in own if row not in of_summary] == [row for row in of_summary if row not in own] == []
        assert len(own) == len(of_summary)
    assert any(row[3] == "met" and "absence" in row[2] for row in of_the_summary[0])


def deliver(folder, *parts: str, names_terms: bool = True, **files: str) -> tuple[Settings, list[ingest.Delivery]]:
    """A new home's delivery of attendance as a set; files by the name up to its date."""
    settings = Settings(home=folder / "home", clock=NOW, authorities=sets.an_authority(folder / "authorities", *parts, names_terms=names_terms))
    prepare_home(settings)
    for name, content in files.items():
        put(settings, SOURCE, content, f"{name}_{sets.DAY}.csv")
    return settings, ingest.ingest(authority.find(sets.AUTHORITY, settings), SOURCE, AS_OF, settings)


def summed_up(settings: Settings, delivery: ingest.Delivery) -> list[tuple[object, ...]]:
    assert delivery.outcome == "ingested", delivery.message
    query = (
        "select source_row, academic_year, term, sessions_possible, sessions_authorised, sessions_unauthorised, sessions_unresolved, "
        "suspension_count, permanent_exclusion_count from extract.school_attendance order by all"
    )
    return fetched(settings, delivery, query)


def fetched(settings: Settings, delivery: ingest.Delivery, query: str) -> list[tuple[object, ...]]:
    with warehouse.database(settings, settings.extracts_dir / SOURCE / f"{delivery.extract_id}.duckdb") as con:
        return con.execute(query).fetchall()


def a_mark(day: str, mark: str, session: str = "AM", pupil: str = "R00001", school: str = "100001") -> sets.Row:
    return {"Pupil ID": pupil, "School URN": school, "Date": day, "Session": session, "Mark": mark}


def a_pupil(**changes: str) -> list[sets.Row]:
    return sets.pupils(rows(SOURCE, 1, **changes))


def without_terms(table: list[sets.Row]) -> list[sets.Row]:
    return [{name: value for name, value in row.items() if name not in ("Academic Year", "Term")} for row in table]


def test_a_pupils_file_without_terms_gives_a_row_for_each_term_with_marks(tmp_path):
    marks = [a_mark("05/04/2026", "O"), a_mark("06/04/2026", "/"), a_mark("31/12/2025", "I"), a_mark("19/11/2026", "#")]
    files = {"attendance": sets.text(without_terms(a_pupil())), "attendance_marks": sets.text(marks)}
    settings, (delivery,) = deliver(tmp_path, "session_mark", names_terms=False, **files)
    # Easter Sunday of 2026 is 5 April: that day is the last of spring, the Monday the first of summer.
    assert summed_up(settings, delivery) == [
        (2, 2025, "autumn", 1, 1, 0, 0, None, None),
        (2, 2025, "spring", 1, 0, 1, 0, None, None),
        (2, 2025, "summer", 1, 0, 0, 0, None, None),
        (2, 2026, "autumn", 0, 0, 0, 0, None, None),
    ]


def test_a_pupil_without_a_mark_has_no_possible_session_in_the_term_of_the_delivery(tmp_path):
    pupils = without_terms(a_pupil() + a_pupil(**{"Pupil ID": "R00002"}))
    files = {"attendance": sets.text(pupils), "attendance_marks": sets.text([a_mark("19/11/2026", "/")])}
    settings, (delivery,) = deliver(tmp_path, "session_mark", names_terms=False, **files)
    assert summed_up(settings, delivery)[1] == (3, 2026, "autumn", 0, 0, 0, 0, None, None)


def test_a_pupil_registered_at_two_schools_has_each_session_once(tmp_path):
    main = a_pupil(**{"Academic Year": "2026/27", "Term": "Autumn"})
    other = a_pupil(**{"Academic Year": "2026/27", "Term": "Autumn", "School URN": "100002", "Enrolment Status": "S"})
    marks = [a_mark("18/11/2026", "D"), a_mark("19/11/2026", "O"), a_mark("18/11/2026", "/", school="100002"), a_mark("19/11/2026", "D", school="100002")]
    files = {"attendance": sets.text(main + other), "attendance_marks": sets.text(marks)}
    settings, (delivery,) = deliver(tmp_path, "session_mark", **files)
    assert [row[3:6] for row in summed_up(settings, delivery)] == [(1, 0, 1), (1, 0, 0)]


def test_sessions_without_a_reason_yet_are_told_apart_while_they_are_recent(tmp_path):
    days = ["09/11/2026", "13/11/2026", "16/11/2026", "17/11/2026", "18/11/2026", "19/11/2026"]
    pupil = a_pupil(**{"Academic Year": "2026/27", "Term": "Autumn"})
    files = {"attendance": sets.text(pupil), "attendance_marks": sets.text([a_mark(day, "N") for day in days])}
    settings, (delivery,) = deliver(tmp_path, "session_mark", **files)
    assert summed_up(settings, delivery)[0][3:7] == (6, 0, 6, 5)


@pytest.mark.parametrize(
    ("day", "mark", "rule"),
    [
        ("18/08/2024", "Y", None),
        ("19/08/2024", "Y", "code_retired"),
        ("18/08/2024", "Y1", "code_not_yet"),
        ("19/08/2024", "Y1", None),
        ("19/08/2024", "J", "code_retired"),
        ("01/10/2023", "h", None),
        ("18/08/2024", "K", "code_not_yet"),
        ("19/08/2024", "F", "allowed"),
    ],
)
def test_a_code_is_accepted_by_the_day_of_its_session(tmp_path, day, mark, rule):
    good = [a_mark(f"{n:02}/11/2026", "/") for n in range(2, 12)]
    files = {"attendance": sets.text(a_pupil()), "attendance_marks": sets.text([*good, a_mark(day, mark)])}
    settings, (delivery,) = deliver(tmp_path, "session_mark", **files)
    found = [(row["file_name"], row["source_row"], row["rule"]) for row in receipts.rejection_rows(delivery.extract_id, settings)]
    assert found == ([(sets.MARKS, 12, rule)] if rule else [])


def test_every_row_of_every_file_of_a_set_is_accounted_for(tmp_path):
    pupils = a_pupil() + [row for n in range(2, 8) for row in a_pupil(**{"Pupil ID": f"R{n:05}"})] + a_pupil(**{"Pupil ID": "R00009", "DOB": "31/02/2014"})
    good = [a_mark(f"{n:02}/11/2026", "/", pupil=f"R{p:05}") for n in range(2, 7) for p in range(1, 8)]
    bad = [good[3], a_mark("02/11/2026", "O"), a_mark("03/11/2026", "/", pupil="R00009"), a_mark("03/11/2026", "/", pupil="R07777"), a_mark("1 May", "/")]
    exclusions = [{"Pupil ID": "R00001", "School URN": "100001", "Start": "02/11/2026", "Category": "SUSP", "Reinstated": ""}]
    files = {"attendance": sets.text(pupils), "attendance_marks": sets.text(good + bad), "attendance_exclusions": sets.text(exclusions)}
    settings, (delivery,) = deliver(tmp_path, "session_mark", "exclusion", **files)
    assert (delivery.received_count, delivery.accepted_count, delivery.rejected_count) == (8 + 40 + 1, 7 + 34 + 1, 1 + 6)
    rules = [(row["file_name"], row["source_row"], row["rule"]) for row in receipts.rejection_rows(delivery.extract_id, settings)]
    assert rules == [
        (PUPILS, 9, "date_format"),
        (sets.MARKS, 2, "contradiction"),
        (sets.MARKS, 37, "duplicate_row"),
        (sets.MARKS, 38, "contradiction"),
        (sets.MARKS, 39, "stranger"),
        (sets.MARKS, 40, "stranger"),
        (sets.MARKS, 41, "date_format"),
    ]
    noted = fetched(settings, delivery, "select part, file_name, received_count, accepted_count, rejected_count from extract.part order by all")
    assert noted == [("exclusion", sets.EXCLUSIONS, 1, 1, 0), ("session_mark", sets.MARKS, 40, 34, 6)]
    assert fetched(settings, delivery, "select count(*) from extract.session_mark") == [(34,)]


def test_a_session_told_by_two_files_counts_once_as_the_last_file_tells_it(tmp_path):
    pupil = a_pupil(**{"Academic Year": "2026/27", "Term": "Autumn"})
    first, second = sets.text([a_mark("18/11/2026", "N"), a_mark("19/11/2026", "/")]), sets.text([a_mark("18/11/2026", "I")])
    files = {"attendance": sets.text(pupil), "attendance_marks_1": first, "attendance_marks_2": second}
    settings, (delivery,) = deliver(tmp_path, "session_mark", **files)
    assert summed_up(settings, delivery)[0][3:6] == (2, 1, 0)


def a_count(code: str, sessions: int, pupil: str = "R00001", term: str = "Autumn") -> sets.Row:
    return {"Pupil ID": pupil, "School URN": "100001", "Academic Year": "2026/27", "Term": term, "Code": code, "Sessions": str(sessions)}


@pytest.fixture
def corrected(tmp_path):
    """Sums up two pupils' two files of a part, the later correcting the first: possible, authorised, unauthorised, suspensions, permanent exclusions."""

    def deliver_twice(part: str, first: list[sets.Row], second: list[sets.Row]) -> list[tuple[object, ...]]:
        settings = Settings(home=tmp_path / "home", clock=NOW, authorities=sets.an_authority(tmp_path / "authorities", part, changes_only=True))
        prepare_home(settings)
        pupils = [row for n in (1, 2) for row in a_pupil(**{"Pupil ID": f"R0000{n}", "Academic Year": "2026/27", "Term": "Autumn"})]
        put(settings, SOURCE, sets.text(pupils), PUPILS)
        name = sets.COUNTS if part == "code_count" else sets.EXCLUSIONS
        put(settings, SOURCE, sets.text(first), name.replace(sets.DAY, "2026-11-06"))
        put(settings, SOURCE, sets.text(second), name)
        (delivery,) = ingest.ingest(authority.find(sets.AUTHORITY, settings), SOURCE, AS_OF, settings)
        return [(*row[3:6], *row[7:]) for row in summed_up(settings, delivery)]

    return deliver_twice


def test_corrected_counts_of_a_pupil_replace_all_codes_of_the_term_and_no_other_pupils(corrected):
    first = [a_count("/", 50), a_count("O", 5), a_count("/", 40, "R00002"), a_count("O", 4, "R00002"), a_count("O", 9, term="Summer")]
    second = [a_count("/", 52), a_count("I", 3)]
    assert [row[:3] for row in corrected("code_count", first, second)] == [(55, 3, 0), (44, 0, 4)]


def test_an_exclusion_corrected_into_another_category_counts_once_as_the_last_file_tells_it(corrected):
    def an_exclusion(day: str, category: str, pupil: str = "R00001", reinstated: str = "") -> sets.Row:
        return {"Pupil ID": pupil, "School URN": "100001", "Start": day, "Category": category, "Reinstated": reinstated}

    first = [an_exclusion("02/11/2026", "PERM"), an_exclusion("04/11/2026", "SUSP"), an_exclusion("02/11/2026", "PERM", "R00002")]
    second = [an_exclusion("02/11/2026", "SUSP"), an_exclusion("02/11/2026", "PERM", "R00002", "09/11/2026")]
    assert [row[3:] for row in corrected("exclusion", first, second)] == [(2, 0), (0, 0)]


def test_a_set_waits_for_its_files(tmp_path):
    pupils, marks = sets.text(a_pupil()), sets.text([a_mark("19/11/2026", "/")])
    settings, (delivery,) = deliver(tmp_path, "session_mark", attendance=pupils)
    assert delivery.outcome == "refused" and "the session_mark file of its set" in delivery.message
    put(settings, SOURCE, marks, sets.MARKS)
    again = ingest.ingest(authority.find(sets.AUTHORITY, settings), SOURCE, AS_OF, settings)
    assert [found.outcome for found in again] == ["ingested"]
    (settings.landing_dir / SOURCE / PUPILS).unlink()
    left = ingest.ingest(authority.find(sets.AUTHORITY, settings), SOURCE, AS_OF, settings)
    assert [found.outcome for found in left] == ["missing", "refused"] and "main file" in left[1].message


def test_every_file_of_a_set_is_told_with_its_hash_and_counts(tmp_path):
    marks = sets.text([a_mark("19/11/2026", "/"), a_mark("18/11/2026", "I")])
    settings, (delivery,) = deliver(tmp_path, "session_mark", attendance=sets.text(a_pupil()), attendance_marks=marks)
    told = receipts.files(delivery.extract_id, settings)
    assert [(row["part"], row["file_name"], row["received_count"], row["accepted_count"]) for row in told] == [
        ("main", PUPILS, 1, 1),
        ("session_mark", sets.MARKS, 2, 2),
    ]
    assert len({row["file_sha256"] for row in told}) == 2


def test_a_changed_file_of_a_set_is_another_extract(tmp_path):
    pupils, marks = sets.text(a_pupil()), [a_mark("19/11/2026", "/")]
    settings, (first,) = deliver(tmp_path, "session_mark", attendance=pupils, attendance_marks=sets.text(marks))
    council = authority.find(sets.AUTHORITY, settings)
    assert ingest.ingest(council, SOURCE, AS_OF, settings)[0].outcome == "already_ingested"
    put(settings, SOURCE, sets.text([*marks, a_mark("19/11/2026", "O", "PM")]), sets.MARKS)
    second = ingest.ingest(council, SOURCE, AS_OF, settings)[0]
    assert second.outcome == "ingested" and second.extract_id != first.extract_id


def test_a_set_with_a_bad_file_is_refused_and_the_message_names_it(tmp_path):
    marks = sets.text([a_mark("19/11/2026", "/"), a_mark("tomorrow", "?")])
    settings, (delivery,) = deliver(tmp_path, "session_mark", attendance=sets.text(a_pupil()), attendance_marks=marks)
    assert delivery.outcome == "refused" and f"in {sets.MARKS}, which belongs to it, 1 of 2 rows" in delivery.message
    assert receipts.extract_files(SOURCE, settings) == []
    assert [row["rule"] for row in receipts.rejections(settings)] == ["allowed", "date_format"]


def test_marks_that_come_as_changes_are_placed_by_their_day_however_late(tmp_path):
    settings = Settings(home=tmp_path / "home", clock=NOW, authorities=sets.an_authority(tmp_path / "authorities", "session_mark", changes_only=True))
    prepare_home(settings)
    council = authority.find(sets.AUTHORITY, settings)
    put(settings, SOURCE, sets.text(a_pupil(**{"Academic Year": "2026/27", "Term": "Autumn"})), PUPILS)
    put(settings, SOURCE, sets.text([a_mark("05/11/2026", "N"), a_mark("06/11/2026", "/")]), "attendance_marks_2026-11-06.csv")
    put(settings, SOURCE, sets.text([a_mark("19/11/2026", "/"), a_mark("05/11/2026", "I")]), sets.MARKS)
    (first,) = ingest.ingest(council, SOURCE, AS_OF, settings)
    assert summed_up(settings, first)[0][3:6] == (3, 1, 0)
    # Late: it says less than the file of the 20th does of the 5th, and more than anybody else of the 12th.
    put(settings, SOURCE, sets.text([a_mark("05/11/2026", "O"), a_mark("12/11/2026", "U")]), "attendance_marks_2026-11-13.csv")
    (second,) = ingest.ingest(council, SOURCE, AS_OF, settings)
    assert summed_up(settings, second)[0][3:6] == (4, 1, 1)
    files = [row[0] for row in fetched(settings, second, "select file_name from extract.part order by file_number")]
    assert files == ["attendance_marks_2026-11-06.csv", "attendance_marks_2026-11-13.csv", sets.MARKS]
    assert [row["replaced_by"] for row in receipts.receipts(settings)] == [second.extract_id, None]
    assert ingest.ingest(council, SOURCE, AS_OF, settings)[0].outcome == "already_ingested"
