"""A father and his son of one name: that the father's other record cannot be the son is heard, whether or not a rule proposes the pair that says so."""

from pathlib import Path

import pytest

from matching import blocking, thirds
from matching.tables import Connection
from pipelines.errors import BadInput
from tests.support.people_tables import MODEL, Row, found, linked, rows_of
from tests.support.records import population

HOME = {"house": "3", "street": "MILL LANE", "pcode": "ZC1 2AB"}
FATHER, SON = "father, undated", "son"


def _jackson(key: str, source: str, **values: str) -> Row:
    return {"id": key, "agency": source, "first": "Stuart", "last": "Jackson", "gender": "M"} | values


FAMILY = [
    _jackson(FATHER, "housing_arrears", **HOME),
    _jackson("father, dated", "dwp_benefit", dob="1985-03-09", **HOME),
    _jackson(SON, "police_asb", dob="2012-12-23"),
]


def _probability(folder: Path) -> float:
    """That the father's record without a date is the son's; 0 where it is too small to be told."""
    linked(folder, [*rows_of(population(600, seed=8)), *FAMILY], MODEL)
    told = {frozenset((pair["record_id_l"], pair["record_id_r"])): pair["match_probability"] for pair in found(folder, "pairs")}
    return float(told.get(frozenset((FATHER, SON)), 0.0))


@pytest.fixture
def unproposed(monkeypatch: pytest.MonkeyPatch) -> None:
    """No rule proposes the father's dated record and his son's."""
    propose = blocking.candidate_pairs

    def without(con: Connection, *options: object) -> list[blocking.RuleSummary]:
        told = propose(con, *options)  # type: ignore[arg-type]
        namesakes = "select n from link_record where surname = 'JACKSON' and forename = 'STUART' and birth_number is not null"
        assert con.execute(f"delete from candidate_pair where n_l in ({namesakes}) and n_r in ({namesakes}) returning n_l").fetchall()  # noqa: S608
        return told

    monkeypatch.setattr(blocking, "candidate_pairs", without)


def test_a_pair_that_no_rule_proposes_is_heard_like_one_that_a_rule_does(tmp_path: Path, unproposed: None, monkeypatch: pytest.MonkeyPatch):
    heard = _probability(tmp_path)
    monkeypatch.setattr(thirds, "_meet", lambda con, *_: con.execute("create or replace temp table third_met as from link_scored_pair where false"))
    unheard = _probability(tmp_path)
    monkeypatch.undo()
    proposed = _probability(tmp_path)
    assert heard == pytest.approx(proposed, abs=0.02)
    assert heard < unheard / 2


DECLARING = f"{MODEL}households:\n  relationships: {{parent: parents}}\n"


@pytest.mark.parametrize(
    ("named", "model", "is_declared"), [("", DECLARING, False), ("dad", DECLARING, True), ("dad", MODEL, False), ("mum; dad", DECLARING, True)]
)
def test_whom_a_record_names_as_its_parent_is_another_person_however_alike(tmp_path: Path, named: str, model: str, is_declared: bool):
    pupil = _jackson("pupil", "school_attendance", dob="2012-12-23", **HOME) | {"parents": named}
    rows = [*rows_of(population(600, seed=8)), _jackson("dad", "school_attendance", **HOME), pupil]
    linked(tmp_path, rows, model, columns=list(dict.fromkeys(name for row in rows for name in row)))
    (pair,) = [pair for pair in found(tmp_path, "pairs") if {pair["record_id_l"], pair["record_id_r"]} == {"dad", "pupil"}]
    assert pair["is_vetoed"] == is_declared
    assert (pair["match_probability"] == 0) == is_declared


def test_a_column_of_parents_that_a_file_lacks_is_named(tmp_path: Path):
    with pytest.raises(BadInput, match="parents"):
        linked(tmp_path, FAMILY, DECLARING)


def test_a_person_with_fifty_records_is_looked_at_by_the_nearest_few_and_found_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    # Each record with one slip of its own, so that no two say the same.
    slips = [("last", "Jacksn"), ("dob", "2012-12-28"), ("pcode", "ZC1 2AD"), ("house", "8"), ("first", "Stewart")]
    records = [
        {
            "agency": f"agency {i // 5}",
            "id": f"r{i}",
            "first": "Stuart",
            "last": "Jackson",
            "dob": "2012-12-23",
            "middle": f"{chr(65 + i // 5)}ay",
            "gender": "M",
            **HOME,
        }
        for i in range(50)
    ]
    for i, row in enumerate(records):
        row |= dict([slips[i % 5]])
    seen: list[int] = []
    meet = thirds._meet

    def counted(con: Connection, *options: object) -> None:
        seen.extend(count for (count,) in con.execute("select count(*) from third_tie group by n").fetchall())
        meet(con, *options)  # type: ignore[arg-type]

    monkeypatch.setattr(thirds, "_meet", counted)
    linked(tmp_path, [*rows_of(population(600, seed=8)), *records], MODEL)
    assert max(seen) == 12
    assert len({row["person_id"] for row in found(tmp_path) if row["record_id"].startswith("r") and row["source"].startswith("agency")}) == 1
