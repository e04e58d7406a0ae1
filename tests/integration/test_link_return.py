"""People whose records leave the extracts and come back, as they were or under other record ids: the person's id waits for them."""

from datetime import timedelta
from pathlib import Path

import pytest

from pipelines import link, verdicts
from pipelines.provenance import Run
from tests.support.link_runs import a_run, publish, rows
from tests.support.records import AS_OF, Record, a_record, declare, population

HOME = {"postcode": "ZC1 2AB", "paon": "12"}
ANN = {"forename": "ANN", "surname": "FISHER", "birth_date": "1990-02-13", "source_person_id": "N1", **HOME}
BEN = {"forename": "BENEDICT", "surname": "HOLMES", "birth_date": "1981-10-02", "source_person_id": "N2", "postcode": "ZC2 5JJ", "paon": "3"}
CROWD = population(60, seed=8).records
HERE = a_record("a", **ANN)


class Council:
    """Weekly runs, each following on the one before."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.runs: list[Run] = []

    def week(self, *records: Record, parents: tuple[tuple[str, str], ...] = (), **options: int) -> Run:
        """The run of a week whose extracts hold these records and a crowd; `parents` are parent and child as a school declares them."""
        day = AS_OF + timedelta(weeks=len(self.runs))
        run = a_run(self.home, [*records, *CROWD], as_of=day, previous=self.runs[-1] if self.runs else None, **options)
        with run.open() as con:
            for parent, child in parents:
                declare(con, parent, child)
        link.link(run)
        self.runs.append(publish(run))
        return run


@pytest.fixture
def council(tmp_path: Path) -> Council:
    return Council(tmp_path)


def person_of(run: Run, record_id: str) -> str:
    return next(row[1] for row in rows(run, "select record_id, person_id from linked.person_record") if row[0] == record_id)


def told(run: Run) -> set[tuple[object, ...]]:
    """What the run's lineage tells of people."""
    return set(rows(run, "select identity_id, act, other_id from register.lineage where run_id = $run_id", run_id=run.run_id))


def people(run: Run) -> dict[str, str]:
    """The person of each record."""
    return dict(rows(run, "select record_id, person_id from linked.person_record"))


@pytest.mark.parametrize("absent_weeks", [1, 3])
def test_a_person_who_was_away_gets_the_id_back(council: Council, absent_weeks: int):
    first = council.week(HERE)
    ann = person_of(first, "a")
    away = [council.week() for _ in range(absent_weeks)]
    assert told(away[0]) == {(ann, "retired", "")}
    assert all(told(week) == set() for week in away[1:])
    back = council.week(HERE)
    assert people(back) == people(first)
    assert told(back) == {(ann, "returned", "")}


def test_a_record_that_is_gone_is_remembered_and_counts_as_nobodys(council: Council):
    first = council.week(HERE)
    second = council.week()
    assert rows(second, "select is_present, last_seen_run_id, person_id from register.person where record_id = 'a'") == [
        (False, first.run_id, person_of(first, "a"))
    ]
    assert rows(second, "select count(*) from register.person where is_present") == rows(second, "select count(*) from linked.person_record")
    assert rows(second, "select count(*) from linked.person where person_id = $ann", ann=person_of(first, "a")) == [(0,)]


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(ANN | {"paon": "99", "postcode": "ZC9 9ZZ", "surname": "HOLMES"}, id="another surname and address"),
        pytest.param(ANN | {"source_person_id": "N77"}, id="another reference"),
        pytest.param(ANN | {"forename": "ANNABEL", "birth_date": None}, id="another forename, and the date of birth lost"),
    ],
)
@pytest.mark.parametrize("weeks_away", [0, 1])
def test_a_person_whose_records_come_under_other_ids_is_recognised(council: Council, now: Record, weeks_away: int):
    first = council.week(HERE)
    for _ in range(weeks_away):
        council.week()
    assert person_of(council.week(a_record("0", **now)), "0") == person_of(first, "a")


def test_a_reference_that_goes_to_somebody_else_of_the_home_is_somebody_elses(council: Council):
    first = council.week(HERE)
    council.week()
    assert person_of(council.week(a_record("0", **ANN | {"forename": "BELLA", "birth_date": None})), "0") != person_of(first, "a")


def test_a_number_recognises_a_person_of_whom_all_else_has_changed(council: Council):
    first = council.week(a_record("a", **ANN, nino="AB123456"))
    council.week()
    assert person_of(council.week(a_record("0", **BEN, nino="AB123456")), "0") == person_of(first, "a")


def test_a_number_that_two_people_bear_recognises_neither(council: Council):
    first = council.week(a_record("a", **ANN, nino="AB123456"))
    council.week()
    third = council.week(
        a_record("0", **BEN, nino="AB123456"), a_record("1", forename="OMAR", surname="KHAN", birth_date="1975-08-30", nino="AB123456", source_person_id="N3")
    )
    assert person_of(first, "a") not in people(third).values()


def test_a_namesake_at_another_address_is_somebody_else(council: Council):
    first = council.week(HERE)
    council.week()
    namesake = ANN | {"birth_date": "1991-05-04", "source_person_id": "N5", "postcode": "ZC3 1AA", "paon": "1"}
    assert person_of(council.week(a_record("0", **namesake)), "0") != person_of(first, "a")


def test_a_person_who_comes_back_into_another_merges_and_leaves_no_second_id(council: Council):
    apart = ANN | {"forename": "BELLA", "surname": "HOLMES", "birth_date": "1980-04-01", "source_person_id": "N6"}
    first = council.week(HERE, a_record("c", **apart), a_record("d", **apart))
    council.week(HERE)
    third = council.week(HERE, a_record("c", **ANN))
    ann, bella = person_of(first, "a"), person_of(first, "c")
    assert person_of(third, "c") == ann
    assert told(third) == {(bella, "merged", ann)}
    # What is still away waits under the id that stands now.
    assert rows(third, "select person_id, is_present from register.person where record_id = 'd'") == [(ann, False)]
    fourth = council.week(HERE, a_record("c", **ANN), a_record("d", **apart))
    assert bella not in people(fourth).values()
    assert told(fourth) == {(person_of(fourth, "d"), "split", ann)}


def test_a_decision_on_two_records_holds_when_they_come_back(council: Council):
    settings = a_run(council.home, []).settings
    verdicts.decide_pair("a", "b", "different", "Two sisters.", "analyst", settings)
    through = verdicts.decide_pair("c", "d", "same", "Seen together.", "analyst", settings)
    pairs = [HERE, a_record("b", **ANN), a_record("c", **BEN), a_record("d", **BEN | {"forename": "OMAR", "birth_date": "1975-08-30"})]
    first = council.week(*pairs, decisions_through=through)
    council.week(decisions_through=through)
    back = council.week(*pairs, decisions_through=through)
    assert people(back) == people(first)
    assert person_of(back, "a") != person_of(back, "b")
    assert person_of(back, "c") == person_of(back, "d")


MOVED = {"postcode": "ZC9 9ZZ", "paon": "99"}


@pytest.mark.parametrize("weeks_away", [0, 2])
def test_a_decision_on_two_records_holds_for_those_that_take_their_place(council: Council, weeks_away: int):
    settings = a_run(council.home, []).settings
    sister = ANN | {"source_person_id": "N9"}
    council.week(HERE, a_record("b", **sister))
    through = verdicts.decide_pair("a", "b", "different", "Two sisters.", "analyst", settings)
    for _ in range(weeks_away):
        council.week(decisions_through=through)
    moved = council.week(a_record("a2", **ANN | MOVED), a_record("b2", **sister | MOVED), decisions_through=through)
    assert person_of(moved, "a2") != person_of(moved, "b2")
    assert rows(moved, "select decision from linked.scored_pair where record_id_l = 'a2' and record_id_r = 'b2'") == [("different",)]


PUPIL = {"forename": "TOM", "surname": "FISHER", "birth_date": "2014-05-01", "upn": "A123456789012", "source": "school_attendance", "role": "pupil", **HOME}
CONTACT = {"forename": "ANN", "surname": "FISHER", "source": "school_attendance", "role": "parent"}


def test_a_decision_on_a_parent_whom_only_a_school_names_holds_when_she_moves_or_changes_her_name(council: Council):
    settings = a_run(council.home, []).settings
    pupil, ann = a_record("p", **PUPIL), a_record("b", **ANN)
    first = council.week(pupil, ann, a_record("a", **CONTACT, **HOME), parents=(("a", "p"),))
    assert person_of(first, "a") == person_of(first, "b")
    through = verdicts.decide_pair("a", "b", "different", "An aunt of the same name.", "analyst", settings)
    parted = council.week(pupil, ann, a_record("a", **CONTACT, **HOME), parents=(("a", "p"),), decisions_through=through)
    assert person_of(parted, "a") != person_of(parted, "b")
    changed = CONTACT | {"surname": "FISHER-HOLMES", **HOME, "saon": "FLAT 1"}
    moved = council.week(pupil, ann, a_record("a2", **changed), parents=(("a2", "p"),), decisions_through=through)
    assert person_of(moved, "a2") != person_of(moved, "b")
    assert person_of(moved, "a2") == person_of(parted, "a")


def test_a_decision_on_the_records_themselves_goes_before_one_carried_over(council: Council):
    settings = a_run(council.home, []).settings
    council.week(HERE, a_record("b", **ANN, source="dwp_benefit"))
    verdicts.decide_pair("a", "b", "different", "Two sisters.", "analyst", settings)
    through = verdicts.decide_pair("a2", "b", "same", "Seen together.", "analyst", settings)
    second = council.week(a_record("a2", **ANN | MOVED), a_record("b", **ANN, source="dwp_benefit"), decisions_through=through)
    assert person_of(second, "a2") == person_of(second, "b")


def test_weeks_without_absences_keep_every_id_and_tell_of_nothing(council: Council):
    first, second = council.week(HERE), council.week(HERE)
    assert people(first) == people(second)
    assert told(second) == set()
    assert rows(second, "select distinct is_present, last_seen_run_id from register.person") == [(True, second.run_id)]
