"""What the frameworks of the library ask of scoring beyond one source and one person: several agencies, needs, districts, tiers, individuals."""

import pytest

from pipelines import assessment, criteria, score, verify
from pipelines.authority import find
from schemas.staging import SOURCES
from tests.support.families import a_borough, a_family, a_member, an_event, asb, in_arrears, out_of_work, suspended

FOUR = (asb("son"), suspended("son"), out_of_work("mother"), in_arrears("mother"))


@pytest.fixture(autouse=True)
def _no_cases(monkeypatch):
    """Worked cases have tests of their own."""


@pytest.fixture
def borough(tmp_path):
    borough = a_borough(tmp_path)
    more = "".join(
        f"  - framework: {name}\n" for name in ("early-help-2025", "supporting-families-2022", "islington", "islington-parents", "greater-manchester")
    )
    borough.edit("criteria.yml", "  - framework: tf-2015\n", "  - framework: tf-2015\n" + more)
    return borough


def scored(borough, *families, **given):
    run = borough.a_run(*families, framework="early-help-2025", **given)
    score.score(run)
    verify.verify(run)
    return run


def rows(run, query):
    with run.open(read_only=True) as con:
        return con.execute(query).fetchall()


def agencies(run):
    query = "select household_id, assessment, value, reason from cohort.household_criterion where criterion_id = 'services.agency_count' order by 1"
    return {row[0]: row[1:] for row in rows(run, query)}


def test_four_agencies_are_counted_over_the_whole_household_with_a_row_of_evidence_from_each(borough):
    run = scored(borough, a_family("home", *FOUR))
    assert agencies(run)["home"][:2] == ("met", 4)
    query = "select source, person_id from cohort.evidence where criterion_id = 'services.agency_count' order by 1"
    assert rows(run, query) == [
        ("dwp_benefit", "home mother"),
        ("housing_arrears", "home mother"),
        ("police_asb", "home son"),
        ("school_attendance", "home son"),
    ]


def test_an_offence_that_youth_justice_tells_of_is_the_polices_and_no_agency_more(borough):
    told = {"days_ago": 30, "qualifier": "conviction", "person_role": "offender"}
    both = (an_event("son", "proven_offence", **told), an_event("son", "proven_offence", source="youth_justice", **told))
    other = an_event("son", "proven_offence", source="youth_justice", **told | {"days_ago": 40})
    found = agencies(scored(borough, a_family("both", *both, *FOUR[2:]), a_family("alone", other, *FOUR[2:])))
    assert {household: reason.partition(", and")[0] for household, (_, _, reason) in found.items()} == dict.fromkeys(
        ("both", "alone"), "Not assessed: 3 agencies so far"
    )


def test_a_count_of_agencies_that_rests_on_a_weak_link_is_no_sure_one(borough):
    weak = (asb("son", link=0.6), *FOUR[1:])
    run = scored(borough, a_family("home", *weak), a_family("sure", *FOUR))
    query = (
        "select household_id, min(link_probability) from cohort.evidence "
        "where criterion_id = 'services.agency_count' and framework_id = 'early-help-2025' group by 1 order by 1"
    )
    assert rows(run, query) == [("home", 0.6), ("sure", 1.0)]


def test_three_agencies_are_not_assessed_because_others_deliver_nothing(borough):
    assessed, value, reason = agencies(scored(borough, a_family("home", *FOUR[1:])))["home"]
    assert (assessed, value) == ("not_assessed", None)
    assert reason == "Not assessed: 3 agencies so far, and no partner delivers social_care, early_help, health."


def test_a_stale_source_is_no_agency_and_the_others_still_decide(borough):
    found = agencies(scored(borough, a_family("home", *FOUR), stale=["police_asb"]))
    assert found["home"][0] == "not_assessed"
    assert "too old" in found["home"][2]


def test_needs_are_counted_and_tiers_named(borough):
    run = scored(borough, a_family("home", *FOUR), a_family("light", asb("mother")))
    query = "select household_id, framework_id, qualifying_rule, tier from cohort.family order by 1, 2"
    found = {row[:2]: row[2:] for row in rows(run, query)}
    assert found["home", "supporting-families-2022"] == ("three_needs", None)
    assert found["home", "greater-manchester"] == ("at_risk", "intensive")
    assert found["light", "greater-manchester"] == ("at_risk", "light")
    assert found["home", "islington"] == ("many_disadvantages", "targeted")
    assert found["light", "islington"] == (None, "universal")


def test_workless_parents_are_listed_as_individuals(borough):
    both = a_family("home", out_of_work("mother"), out_of_work("father"), members=[a_member("mother", 34), a_member("father", 36), a_member("son", 3)])
    run = scored(borough, both, a_family("other"))
    with run.open() as con:
        assessment.place_households(con, run.authority)
        assessment.qualify(con, criteria.load(run.authority).frameworks)
        found = assessment.individuals(con, "islington-parents")
    assert found == [("home", "home father", "work.out_of_work_benefit", 1.0), ("home", "home mother", "work.out_of_work_benefit", 1.0)]


def test_readings_are_shared_by_criteria_that_differ_only_in_threshold_or_subject(borough):
    frameworks = criteria.load(find("calderbrook", borough.settings)).frameworks
    as_of = borough.a_run(a_family("home")).as_of
    readings = assessment._readings(frameworks, as_of, SOURCES)
    assert len(readings) <= 22
    assert len(readings) == len(set(readings.values()))
    assert sum(len(f.criteria) for f in frameworks) > 60


def test_scoring_every_framework_twice_gives_the_same_rows_in_the_same_order(borough):
    run = scored(borough, *(a_family(f"home {n}", *FOUR[n % 4 :]) for n in range(8)))
    first = [rows(run, f"from cohort.{table}") for table in ("household_criterion", "evidence")]
    score.score(run)
    assert [rows(run, f"from cohort.{table}") for table in ("household_criterion", "evidence")] == first
