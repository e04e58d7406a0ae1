"""An independent reckoning: every criterion of every framework for hundreds of families, in plain Python from files and truth, agrees with scoring."""

from collections import Counter, defaultdict

import pytest

from pipelines import criteria, score
from pipelines.authority import find
from pipelines.settings import Settings
from schemas.staging import SOURCES
from tests.support.borough import AS_OF
from tests.support.reckoning import Reckoner, assess, years
from tests.support.told import Known, everything_known, term_days
from tests.support.truth_links import a_linked_borough, shared_records


@pytest.fixture(scope="module")
def reckoned(tmp_path_factory):
    """The borough, its run, what scoring found and what is reckoned, by household, framework and criterion."""
    borough, run = a_linked_borough(tmp_path_factory.mktemp("reckoning"), 6000, 23, "example-all", "supporting-families-2022")
    score.score(run)
    with run.open(read_only=True) as con:
        rows = con.execute("select household_id, framework_id, criterion_id, assessment from cohort.household_criterion").fetchall()
    return {tuple(row[:3]): row[3] for row in rows}, reckon(borough, run)


def reckon(borough, run):
    """Assessments by household, framework and criterion, of households with a child all of whose people can be told apart."""
    known = everything_known(borough)
    members, homes = households(borough, shared_records(run, borough.truth_folder))
    newest = max(start for person in known.values() for _, start, _ in person.school if start <= AS_OF)
    assert newest == term_days(2026, "Autumn")[0]
    reckoner = Reckoner(AS_OF, newest)
    districts = {sector: name for name, sectors in find("example-all", run.settings).publication.geography.districts.items() for sector in sectors}
    found = {}
    for household, people in members.items():
        district = districts.get(homes[household][:-2])
        told = [(birth, known.get(person) or Known()) for person, birth in people]
        for framework in criteria.load(run.authority).at(AS_OF):
            for criterion in framework.criteria:
                if not criterion.districts or district in criterion.districts:
                    found[household, framework.id, criterion.id] = assess(reckoner, criterion, told, set(SOURCES))
    return found


def households(borough, doubtful):
    """Private households with a child: (person, birth) of each, a child of two homes in both; and the postcode of each."""
    homes = {row["household_id"]: row["postcode"] for row in borough.truth("household") if row["kind"] == "private"}
    members = defaultdict(list)
    for person in borough.truth("person"):
        for household in {person["household_id"], person["other_household_id"]} & set(homes):
            members[household].append((person["person_id"], person["birth_date"]))
    with_child = {h: people for h, people in members.items() if any(years(birth, AS_OF) < 18 for _, birth in people)}
    seen = {row["person_id"] for row in borough.truth("appearance") if row["role"] != "parent" and not row["is_fatal"]}
    with_child = {h: [one for one in people if one[0] in seen] for h, people in with_child.items()}  # nobody can count a child no partner knows of
    return {h: people for h, people in with_child.items() if not doubtful & {person for person, _ in people}}, homes


def test_scoring_agrees_with_the_reckoning_on_every_criterion_of_every_family(reckoned):
    found, expected = reckoned
    different = Counter((*key[1:], found.get(key), want) for key, want in expected.items() if found.get(key) != want)
    assert different == Counter()


def test_hundreds_of_families_and_every_framework_are_reckoned(reckoned):
    _, expected = reckoned
    assert len({household for household, _, _ in expected}) >= 500
    assert len({framework for _, framework, _ in expected}) >= 10


def test_the_reckoning_is_no_empty_one(reckoned):
    """Whatever the four partners' files can tell is met by some families and not by others."""
    _, expected = reckoned
    measures = {(f.id, c.id): c for f in criteria.load(find("example-all", Settings())).frameworks for c in f.criteria}
    kinds = defaultdict(Counter)
    for (_, framework, criterion), assessment in expected.items():
        kinds[measures[framework, criterion].measure][assessment] += 1
    delivered = {c.measure for c in measures.values() if set(c.sources) & set(SOURCES)}
    assert len(delivered) >= 12
    for measure in delivered:
        assert kinds[measure]["met"] > 5, measure
        assert kinds[measure]["not_met"] > 5 or measure == "agency_count", measure  # whose count is a lower bound, never "not met"
    assert kinds["out_of_work_benefit"]["not_assessed"] > 0
