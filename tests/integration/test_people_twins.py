"""Twins whose forenames sound alike, are short forms of one name, or are each other's middle names: two people, never one."""

from pathlib import Path

import pytest

from tests.support.people_tables import MODEL, Row, found, linked, rows_of
from tests.support.records import population

# Forename and middle names of either twin.
TWINS = [
    (("Jayden", ""), ("Jaden", "")),
    (("Ellie", ""), ("Elle", "")),
    (("Katie", ""), ("Kate", "")),
    (("Sara", ""), ("Zara", "")),
    (("Jack", "Thomas"), ("Thomas", "Jack")),
    (("Rose", "Lily"), ("Lily", "")),
]
SCHOOL, POLICE = "school_attendance", "police_asb"


SURNAMES = ["Ashdown", "Birkett", "Copley", "Dewhirst", "Eastwood", "Farrar"]


def _of(pair: int, twin: int, source: str) -> Row:
    forename, middle = TWINS[pair][twin]
    return {
        **{"id": f"{pair}-{twin}-{source}", "agency": source, "first": forename, "middle": middle, "last": SURNAMES[pair], "dob": f"2012-05-{10 + pair}"},
        **{
            "gender": "M" if forename in ("Jayden", "Jaden", "Jack", "Thomas") else "F",
            "house": str(3 + pair),
            "street": "MILL LANE",
            "pcode": f"ZC1 {pair}AB",
        },
    }


@pytest.fixture(scope="module")
def person_of(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Person by record: twins whom two sources hold both, among 600 people."""
    folder: Path = tmp_path_factory.mktemp("twins")
    twins = [_of(pair, twin, source) for pair in range(len(TWINS)) for twin in (0, 1) for source in (SCHOOL, POLICE)]
    linked(folder, [*rows_of(population(600, seed=8)), *twins], MODEL)
    return {row["record_id"]: row["person_id"] for row in found(folder)}


@pytest.mark.parametrize("pair", range(len(TWINS)), ids=[f"{first[0]}-{second[0]}" for first, second in TWINS])
def test_twins_whom_a_source_holds_both_are_two_people(person_of: dict[str, str], pair: int):
    people = [{person_of[f"{pair}-{twin}-{source}"] for source in (SCHOOL, POLICE)} for twin in (0, 1)]
    assert [len(ids) for ids in people] == [1, 1]
    assert people[0] != people[1]
