"""The stage that scores: three-valued findings for every assessed household, and the source rows behind each that is met."""

import pytest

from pipelines import score
from pipelines.errors import BadConfiguration
from tests.support.families import a_borough, a_family, a_member, a_troubled_family, an_event, asb, in_arrears, out_of_work, suspended


@pytest.fixture
def borough(tmp_path):
    return a_borough(tmp_path)


def rows(run, query, **values):
    with run.open(read_only=True) as con:
        return con.execute(query, values or None).fetchall()


def findings(run, household="home", framework="tf-2012"):
    query = "select criterion_id, assessment from cohort.household_criterion where household_id = $household and framework_id = $framework"
    return dict(rows(run, query, household=household, framework=framework))


def reason(run, criterion, household="home"):
    query = "select reason from cohort.household_criterion where household_id = $household and framework_id = 'tf-2012' and criterion_id = $criterion"
    return rows(run, query, household=household, criterion=criterion)[0][0]


def test_every_criterion_of_every_framework_gets_a_finding_and_a_reason(borough):
    run = borough.a_run(a_troubled_family("home"))
    counts = score.score(run)
    assert counts["assessed_household_count"] == 1
    assert rows(run, "select framework_id, count(*) from cohort.household_criterion group by all order by all") == [("tf-2012", 9), ("tf-2015", 16)]
    assert rows(run, "select count(*) from cohort.household_criterion where reason is null or reason = ''") == [(0,)]
    assert findings(run)["crime_asb.asb"] == "met"
    assert findings(run, framework="tf-2015")["child_help.child_in_need"] == "not_assessed"


def test_evidence_leads_back_to_the_source_row(borough):
    run = borough.a_run(a_family("home", asb("mother", occurrence_id="A1"), asb("son", occurrence_id="A2")))
    score.score(run)
    query = (
        "select person_id, event_id, source, extract_id, source_row, value, link_probability, is_confirmed from cohort.evidence where framework_id = 'tf-2012'"
    )
    assert rows(run, f"{query} order by all") == [
        ("home mother", "home 0", "police_asb", "police_asb-1", 2, 1.0, 1.0, False),
        ("home son", "home 1", "police_asb", "police_asb-1", 3, 1.0, 1.0, False),
    ]


def test_no_evidence_is_kept_for_a_criterion_that_is_not_met(borough):
    run = borough.a_run(a_family("home", suspended("son", count=2)))
    score.score(run)
    assert rows(run, "from cohort.evidence") == []
    assert reason(run, "education.suspensions") == "Below the threshold (2 suspensions; threshold: 3)."


@pytest.mark.parametrize("how", ["missing", "stale"])
def test_a_source_that_is_missing_or_stale_is_never_evidence(borough, how):
    run = borough.a_run(a_troubled_family("home"), **{how: ["police_asb"]})
    score.score(run)
    assert findings(run)["crime_asb.asb"] == findings(run)["crime_asb.proven_offence"] == "not_assessed"
    assert findings(run)["work.out_of_work_benefit"] == "met"
    assert rows(run, "select count(*) from cohort.evidence where source = 'police_asb'") == [(0,)]
    assert (
        reason(run, "crime_asb.asb")
        == {
            "missing": "Not assessed: there is no extract of police_asb.",
            "stale": "Not assessed: the extract of police_asb delivered on 2026-11-23 is too old.",
        }[how]
    )


def test_silence_of_a_register_is_not_met_and_silence_of_schools_is_not_assessed(borough):
    run = borough.a_run(a_family("home"))
    score.score(run)
    found = findings(run)
    assert found["crime_asb.asb"] == found["work.out_of_work_benefit"] == found["local.rent_arrears"] == "not_met"
    assert found["education.unauthorised_absence"] == found["education.not_on_roll"] == "not_assessed"
    assert reason(run, "crime_asb.asb") == "No such record in police_asb."
    assert reason(run, "education.unauthorised_absence") == "Not assessed: school_attendance has no record of 1 of 1 children of school age."


def test_only_private_homes_with_a_child_are_assessed(borough):
    grown_ups = a_family("couple", asb("mother"), members=[a_member("mother", 34), a_member("father", 40)])
    hostel = a_family("hostel", asb("mother"), kind="communal")
    run = borough.a_run(a_family("home"), grown_ups, hostel)
    assert score.score(run)["assessed_household_count"] == 1
    assert rows(run, "select distinct household_id from cohort.household_criterion") == [("home",)]


def test_a_child_in_two_homes_counts_in_both(borough):
    child = a_member("shared child", 13)
    homes = [
        a_family("hers", suspended("shared child"), members=[a_member("mother", 34), child]),
        a_family("his", members=[a_member("father", 36), child]),
    ]
    run = borough.a_run(*homes)
    score.score(run)
    assert findings(run, "hers")["education.suspensions"] == findings(run, "his")["education.suspensions"] == "met"


def test_strong_evidence_is_preferred_and_weak_evidence_shown_only_without_it(borough):
    both = a_family("both", asb("son", occurrence_id="A1"), asb("mother", occurrence_id="A2", link=0.8))
    weak = a_family("weak", asb("mother", occurrence_id="A3", link=0.8))
    run = borough.a_run(both, weak)
    score.score(run)
    shown = rows(run, "select household_id, person_id, link_probability from cohort.evidence where framework_id = 'tf-2012' order by all")
    assert shown == [("both", "both son", 1.0), ("weak", "weak mother", 0.8)]


def test_a_count_that_needs_a_weak_link_is_met_by_all_and_shown_in_full(borough):
    run = borough.a_run(
        a_family(
            "home",
            an_event("son", "suspension", term="2025/26 autumn", occurrence_count=2),
            an_event("son", "suspension", term="2025/26 spring", occurrence_count=1, link=0.9),
        )
    )
    score.score(run)
    assert findings(run)["education.suspensions"] == "met"
    assert rows(run, "select min(link_probability), count(*) from cohort.evidence where framework_id = 'tf-2012'") == [(0.9, 2)]


def test_a_confirmed_link_counts_as_certain(borough):
    run = borough.a_run(a_family("home", asb("mother", link=0.4, is_link_confirmed=True)))
    score.score(run)
    assert rows(run, "select distinct link_probability from cohort.evidence") == [(1.0,)]


def test_a_value_just_below_the_threshold_does_not_read_as_the_threshold(borough):
    run = borough.a_run(a_family("home", an_event("mother", "rent_account", days_ago=500, code="letter", weekly_rent_gbp=300, arrears_gbp=2399.99)))
    score.score(run)
    assert reason(run, "local.rent_arrears") == "Below the threshold (7.99 weeks; threshold: 8)."


def test_a_stage_of_recovery_meets_arrears_and_the_reason_says_so(borough):
    run = borough.a_run(a_family("home", in_arrears("mother")))
    score.score(run)
    assert reason(run, "local.rent_arrears") == "Rent arrears that put the home at risk, by the stage the account has reached."


def test_scoring_twice_gives_the_same_rows(borough):
    run = borough.a_run(*(a_troubled_family(f"home {n}") for n in range(5)), a_family("weak", asb("son", link=0.9), out_of_work("mother")))
    tables = "select * from cohort.household_criterion order by all", "select * from cohort.evidence order by all"
    score.score(run)
    first = [rows(run, query) for query in tables]
    score.score(run)
    assert [rows(run, query) for query in tables] == first


def test_an_unknown_framework_stops_the_run(borough):
    run = borough.a_run(a_troubled_family("home"), framework="tf-20012")
    with pytest.raises(BadConfiguration, match="has no framework 'tf-20012'; did you mean 'tf-2012'"):
        score.score(run)


def test_a_criterion_turning_on_an_unknown_age_is_not_assessed(borough):
    offence = an_event("other", "proven_offence", days_ago=30, person_role="offender", qualifier="conviction")
    run = borough.a_run(a_family("home", offence, members=[a_member("mother", 34), a_member("son", 13), a_member("other", None)]))
    score.score(run)
    assert findings(run)["crime_asb.proven_offence"] == "not_assessed"
    assert "date of birth is not known" in reason(run, "crime_asb.proven_offence")
