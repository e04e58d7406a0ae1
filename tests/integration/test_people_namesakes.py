"""A father and his son of one name: that the father's other record cannot be the son is heard, whether or not a rule proposes the pair that says so."""

from pathlib import Path

import pytest

from matching import blocking, thirds
from matching.tables import Connection
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
