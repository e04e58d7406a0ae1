"""An independent reckoning: every criterion of every framework for hundreds of families, in plain Python from files and truth, agrees with scoring.

The borough does not hold everything: no offence there is told by police and youth justice on one day, each agency tells of one need a person, and every proven
disposal is one that all criteria ask for. `tests/unit/score` looks at those.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

import pytest

from pipelines import criteria, score
from schemas.measure import MEASURES
from schemas.staging import SOURCES
from tests.support.borough import AS_OF
from tests.support.reckoned_needs import expects
from tests.support.reckoning import Reckoner, assess, years
from tests.support.told import NEEDS, Known, everything_known, term_days
from tests.support.truth_links import a_linked_borough, shared_records

AUTHORITY = "example-all"
# So that neither list can grow unnoticed: criteria that no family of the borough meets, and measures that no framework of the library uses.
MET_BY_NOBODY: set[tuple[str, str]] = set()
USED_BY_NO_FRAMEWORK = {"early_help_assessment"}


@dataclass
class Reckoned:
    """A borough's criteria, what scoring found and what is reckoned, by household, framework and criterion."""

    criteria: dict[tuple[str, str], Any]
    scored: dict = field(default_factory=dict)
    expected: dict = field(default_factory=dict)
    without_child: set = field(default_factory=set)
    told_by_youth_justice: int = 0


@pytest.fixture(scope="module")
def reckoned(tmp_path_factory):
    """Of a borough where every source that a criterion reads is delivered."""
    return reckon(tmp_path_factory.mktemp("reckoning"), 6000, tuple(NEEDS))


@pytest.fixture(scope="module")
def of_four_sources(tmp_path_factory):
    """Of a smaller borough, of which only the four partners deliver."""
    return reckon(tmp_path_factory.mktemp("four"), 1000, ())


def reckon(home, people, optional):
    """Both assessments of every household all of whose people can be told apart."""
    borough, run = a_linked_borough(home, people, 23, AUTHORITY, "supporting-families-2022", optional)
    score.score(run)
    frameworks = criteria.load(run.authority).at(AS_OF)
    reckoned = Reckoned({(f.id, c.id): c for f in frameworks for c in f.criteria})
    known = everything_known(borough)
    members, homes = households(borough, shared_records(run, borough.truth_folder))
    newest = max(start for person in known.values() for _, start, _ in person.school if start <= AS_OF)
    assert newest == term_days(2026, "Autumn")[0]
    reckoner = Reckoner(AS_OF, newest)
    districts = {sector: name for name, sectors in run.authority.publication.geography.districts.items() for sector in sectors}
    for household, (people_of, has_child) in members.items():
        told = [(birth, known.get(person) or Known()) for person, birth in people_of]
        is_expecting = any(expects(person, AS_OF) for _, person in told)
        for framework in frameworks:
            if has_child or (is_expecting and framework.household.expectant_parent):
                reckoned.expected |= of_framework(reckoner, framework, household, told, districts.get(homes[household][:-2]), {*SOURCES, *optional})
        if is_expecting and not has_child:
            reckoned.without_child.add(household)
    with run.open(read_only=True) as con:
        rows = con.execute("select household_id, framework_id, criterion_id, assessment from cohort.household_criterion").fetchall()
    reckoned.scored = {tuple(row[:3]): row[3] for row in rows if row[0] in members}
    reckoned.told_by_youth_justice = hidden_offences(reckoned, reckoner, members, known)
    return reckoned


def of_framework(reckoner, framework, household, told, district, delivered):
    """Assessments of one household by the criteria that exist in its district."""
    return {
        (household, framework.id, criterion.id): assess(reckoner, criterion, told, delivered)
        for criterion in framework.criteria
        if not criterion.districts or district in criterion.districts
    }


def households(borough, doubtful):
    """Private households: (person, birth) of each one any partner knows, a child of two homes in both, and whether there is a child; the postcode of each."""
    homes = {row["household_id"]: row["postcode"] for row in borough.truth("household") if row["kind"] == "private"}
    members = defaultdict(list)
    for person in borough.truth("person"):
        for household in {person["household_id"], person["other_household_id"]} & set(homes):
            members[household].append((person["person_id"], person["birth_date"]))
    seen = {
        row["person_id"] for row in borough.truth("appearance") if row["role"] != "parent" and not row["is_fatal"]
    }  # nobody can count whom no partner knows of
    certain = {h: people for h, people in members.items() if not doubtful & {person for person, _ in people if person in seen}}
    return {h: ([one for one in people if one[0] in seen], any(years(birth, AS_OF) < 18 for _, birth in people)) for h, people in certain.items()}, homes


def hidden_offences(reckoned, reckoner, members, known):
    """How many criteria are met of offences that youth justice alone tells of."""
    count = 0
    for (household, *names), assessment in reckoned.expected.items():
        criterion = reckoned.criteria[tuple(names)]
        if criterion.measure == "proven_offence" and assessment == "met":
            without = [(birth, Known(police=known[person].police)) for person, birth in members[household][0] if person in known]
            count += assess(reckoner, criterion, without, set(SOURCES)) != "met"
    return count


def differences(reckoned):
    """Cases in which the two disagree, with their number: scored, reckoned."""
    keys = reckoned.scored.keys() | reckoned.expected.keys()
    pairs = ((key, reckoned.scored.get(key), reckoned.expected.get(key)) for key in keys)
    return Counter((*key[1:], scored, expected) for key, scored, expected in pairs if scored != expected)


def by_criterion(reckoned):
    """Number of families by framework and criterion, and by assessment."""
    kinds = defaultdict(Counter)
    for (_, framework, criterion), assessment in reckoned.expected.items():
        kinds[framework, criterion][assessment] += 1
    return kinds


def test_scoring_agrees_with_the_reckoning_on_every_criterion_of_every_family(reckoned):
    assert differences(reckoned) == Counter()


def test_scoring_agrees_with_the_reckoning_where_only_four_partners_deliver(of_four_sources):
    assert differences(of_four_sources) == Counter()
    kinds = by_criterion(of_four_sources)
    for key, criterion in of_four_sources.criteria.items():
        if not set(criterion.sources) & set(SOURCES):
            assert set(kinds[key]) <= {"not_assessed"}, key
        if criterion.measure == "agency_count":  # whose count is a lower bound there, never "not met"
            assert set(kinds[key]) <= {"met", "not_assessed"}, key


def test_hundreds_of_families_and_every_framework_are_reckoned(reckoned):
    assert len({household for household, _, _ in reckoned.expected}) >= 500
    assert len({framework for _, framework, _ in reckoned.expected}) >= 10


def test_every_criterion_is_reckoned_where_its_source_is_delivered(reckoned):
    """Whatever partners can tell is met by some families and not by others, but for the criteria named above."""
    kinds = by_criterion(reckoned)
    assert set(kinds) == set(reckoned.criteria)
    assert {key for key, counts in kinds.items() if not counts["met"]} == MET_BY_NOBODY
    assert all(counts["not_met"] for counts in kinds.values())
    assert set(MEASURES) - {criterion.measure for criterion in reckoned.criteria.values()} == USED_BY_NO_FRAMEWORK


def test_every_measure_is_met_by_several_families_and_not_met_by_several(reckoned):
    kinds = defaultdict(Counter)
    for key, counts in by_criterion(reckoned).items():
        kinds[reckoned.criteria[key].measure] += counts
    for measure, counts in kinds.items():
        assert counts["met"] > (2 if measure == "new_arrival" else 5), measure  # which is asked in one district only
        assert counts["not_met"] > 5, measure
    assert kinds["out_of_work_benefit"]["not_assessed"] > 0


def test_offences_that_youth_justice_alone_tells_of_are_among_those_reckoned(reckoned):
    assert reckoned.told_by_youth_justice > 5


def test_families_without_a_child_that_expect_one_are_among_those_reckoned(reckoned):
    assert reckoned.without_child
