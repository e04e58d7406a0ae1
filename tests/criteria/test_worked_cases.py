"""The shipped criteria give what their worked cases say, and every criterion has cases of every kind."""

import pytest

from pipelines import authority, cases, criteria
from pipelines.errors import BadConfiguration
from pipelines.settings import Settings
from schemas.measure import MEASURES
from tests.support.families import a_borough


@pytest.fixture
def borough(tmp_path):
    return a_borough(tmp_path)


def council(borough):
    return authority.find("calderbrook", borough.settings)


def test_the_shipped_cases_give_what_they_say():
    found = criteria.check_authority(authority.find("calderbrook", Settings()))
    assert found["case_count"] > 60
    assert list(found["frameworks"]) == ["tf-2012", "tf-2015"]


def test_every_measure_that_is_delivered_is_used_by_some_criterion():
    known = criteria.load(authority.find("calderbrook", Settings()))
    assert {c.measure for f in known.frameworks for c in f.criteria} == set(MEASURES)


def test_a_case_that_fails_names_case_criterion_expected_and_found(borough):
    borough.edit("criteria.yml", "threshold: 3\n", "threshold: 4\n")
    with pytest.raises(BadConfiguration) as refusal:
        criteria.load_checked(council(borough))
    assert refusal.value.exit_code == 3
    message = str(refusal.value)
    assert "case 'three suspensions, one a term', tf-2012, criterion 'education.suspensions': expected met, got not_met" in message
    assert "cases.yml, line" in message


def test_a_case_whose_overall_outcome_differs_is_named(borough):
    borough.edit("criteria.yml", "[{count: 3, of: [crime_asb, education, work]}]", "[{count: 3, of: [crime_asb, education, local]}]")
    with pytest.raises(BadConfiguration, match="'all three national headline problems', tf-2012: expected all_national, got near_miss"):
        criteria.load_checked(council(borough))


def test_a_criterion_met_without_being_expected_fails_the_case(borough):
    borough.edit("cases.yml", "expect: {asb: met, proven_offence: met}", "expect: {asb: met}")
    with pytest.raises(BadConfiguration, match=r"criterion 'crime_asb\.proven_offence': expected anything but met, got met"):
        criteria.load_checked(council(borough))


def test_a_criterion_without_a_boundary_case_is_told(borough):
    text = (borough.home / "authorities/calderbrook/cases.yml").read_text(encoding="utf-8")
    (borough.home / "authorities/calderbrook/cases.yml").write_text(text.replace("    boundary: true\n", ""), encoding="utf-8")
    with pytest.raises(BadConfiguration, match=r"criterion 'crime_asb.asb' of tf-2012 has no worked case that is boundary; add one to cases.yml"):
        criteria.load_checked(council(borough))


def test_long_lists_of_mistakes_are_cut(borough):
    borough.edit("criteria.yml", "threshold: 1\n", "threshold: 2\n")
    (borough.home / "authorities/calderbrook/cases.yml").write_text("as_of: 2026-11-23\ncases: []\n", encoding="utf-8")
    with pytest.raises(BadConfiguration, match=r"\.\.\. and \d+ more\.$"):
        criteria.load_checked(council(borough))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "who: son, event: proven_offence, days_ago: 200",
            "who: sun, event: proven_offence, days_ago: 200",
            "'sun' is not among the case's people; did you mean 'son'?",
        ),
        ("event: asb_incident, days_ago: 40", "event: asb_incidnet, days_ago: 40", "there is no event 'asb_incidnet'; did you mean 'asb_incident'?"),
        ("event: asb_incident, days_ago: 40", "event: asb_incident", "an event needs exactly one of on, days_ago and term"),
        ("expect: {asb: met, proven_offence: not_met}", "expect: {abs: met}", "tf-2012 has no criterion 'abs'"),
        ("expect: {asb: met, proven_offence: not_met}", "expect: {asb: maybe}", "'asb': Input should be 'met', 'not_met' or 'not_assessed'"),
        ("overall: {tf-2012: all_national,", "overall: {tf-2012: all_nationals,", "there is no outcome 'all_nationals'; did you mean 'all_national'?"),
        ("frameworks: [tf-2012]\n", "frameworks: [tf-20012]\n", "there is no framework 'tf-20012'; did you mean 'tf-2012'?"),
        ("    people: {mother: 34, baby: 1}\n", "    poeple: {mother: 34, baby: 1}\n", "'poeple' is not a known key; did you mean 'people'?"),
    ],
)
def test_a_mistake_in_a_case_is_told_with_its_line(borough, old, new, told):
    borough.edit("cases.yml", old, new)
    with pytest.raises(BadConfiguration) as refusal:
        criteria.load_checked(council(borough))
    assert told in str(refusal.value)
    assert "cases.yml, line " in str(refusal.value)


def test_cases_may_have_a_date_of_their_own(borough):
    case = """
  - case: convicted the day after the year is out
    frameworks: [tf-2012]
    as_of: 2028-02-29
    people: {mother: 34, son: 15}
    events:
      - {who: son, event: proven_offence, on: 2027-02-28, role: offender, qualifier: conviction}
    expect: {proven_offence: not_met}
"""
    path = borough.home / "authorities/calderbrook/cases.yml"
    path.write_text(path.read_text(encoding="utf-8") + case, encoding="utf-8")
    criteria.load_checked(council(borough))
    path.write_text(path.read_text(encoding="utf-8").replace("on: 2027-02-28", "on: 2027-03-01"), encoding="utf-8")
    with pytest.raises(BadConfiguration, match="expected not_met, got met"):
        criteria.load_checked(council(borough))


def test_a_criterion_is_found_by_its_short_name_only_where_one_has_it():
    framework = criteria.load(authority.find("calderbrook", Settings())).frameworks[0]
    assert cases.find(framework, "asb") == cases.find(framework, "crime_asb.asb")
    assert cases.find(framework, "nothing") is None
