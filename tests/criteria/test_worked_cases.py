"""The shipped frameworks give what their worked cases say, and every criterion has cases of every kind."""

from collections import Counter

import pytest

from pipelines import authority, case_mistakes, cases, criteria, frameworks
from pipelines.errors import BadConfiguration
from pipelines.settings import Settings
from schemas.measure import MEASURES
from tests.support.families import a_borough

OWN_CRITERION = """
    add:
      - id: local.twice_suspended
        label: A child suspended twice
        policy: A child suspended twice in three terms.
        citation: Told by the test
        owner: Education Welfare
        measure: suspensions
        subject: child
        threshold: 2
        window: {kind: terms, count: 3}
"""
OWN_CASES = """
  - case: twice
    criterion: twice_suspended
    boundary: true
    frameworks: [tf-2012]
    people: {mother: 34, son: 13}
    events:
      - {who: son, event: suspension, term: 2025/26 spring, count: 2}
    expect: {twice_suspended: met}
  - case: once
    frameworks: [tf-2012]
    people: {mother: 34, son: 13}
    events:
      - {who: son, event: suspension, term: 2025/26 spring, count: 1}
    expect: {twice_suspended: not_met}
  - case: nobody knows
    frameworks: [tf-2012]
    people: {mother: 34, son: 13}
    expect: {twice_suspended: not_assessed}
"""


OUTCOMES = """
  - case: what the rules make of it
    frameworks: [tf-2012]
    people: {{mother: 34, son: 13}}
    events:
      - {{who: mother, event: asb_incident, days_ago: 30, role: perpetrator}}
      - {more}
    expect: {{asb: met, {also}: met}}
    overall: {{tf-2012: {rule}}}
  - case: nothing is known of them
    frameworks: [tf-2012]
    people: {{mother: 34, son: 3}}
    overall: {{tf-2012: not_qualifying}}
"""
ARREARS = {"more": "{who: mother, event: rent_account, days_ago: 900, rent: 100, arrears: 2000}", "also": "rent_arrears"}
WORKLESS_CONVICT = {
    "more": "{who: mother, event: benefit, days_ago: 900, code: JSA}\n"
    "      - {who: son, event: proven_offence, days_ago: 9, role: offender, qualifier: caution}",
    "also": "out_of_work_benefit: met, proven_offence",
}


def line_of(borough, text):
    lines = (borough.home / "authorities/calderbrook/criteria.yml").read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, start=1) if text in line)


@pytest.fixture
def borough(tmp_path):
    return a_borough(tmp_path)


@pytest.fixture(scope="module")
def library():
    return criteria.shipped()


def council(borough):
    return authority.find("calderbrook", borough.settings)


def add_cases(borough, text):
    path = borough.home / "authorities/calderbrook/cases.yml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def refusal(borough):
    with pytest.raises(BadConfiguration) as refused:
        criteria.load_checked(council(borough))
    assert refused.value.exit_code == 3
    return str(refused.value)


@pytest.mark.parametrize(("name", "count"), [("calderbrook", 60), ("example-all", 130)])
def test_the_shipped_cases_give_what_they_say(name, count):
    assert criteria.check_authority(authority.find(name, Settings()))["case_count"] > count


def test_the_example_uses_every_framework_of_the_library():
    found = criteria.check_authority(authority.find("example-all", Settings()))
    assert sorted(found["frameworks"]) == frameworks.names()
    assert len(frameworks.names()) >= 10


def test_every_criterion_of_the_library_has_cases_of_every_kind_and_names_nothing_that_is_not_there(library):
    worked = criteria.shipped_cases(library)
    assert [message for _, message in case_mistakes.uncovered(worked, library)] == []
    for path in {one.path for one in worked}:
        _, read, found = criteria._parse_cases(path, path.read_bytes())
        assert found == []
        assert list(case_mistakes.of_cases(read, library)) == []


def test_national_frameworks_have_twelve_cases_or_more_and_local_ones_five(library):
    counts = Counter(name for one in criteria.shipped_cases(library) for name in one.case.frameworks)
    for framework in library.frameworks:
        assert counts[framework.id] >= {"national": 12, "local": 5}[framework.scope], framework.id


def test_every_measure_is_used_by_some_criterion(library):
    unused = set(MEASURES) - {c.measure for f in library.frameworks for c in f.criteria}
    assert unused == {"early_help_assessment"}


def test_every_criterion_says_where_it_comes_from_and_whose_it_is(library):
    for framework in library.frameworks:
        for criterion in framework.criteria:
            assert min(len(text) for text in (criterion.policy, criterion.citation, criterion.owner, criterion.label)) > 5


def test_a_case_that_fails_names_case_criterion_expected_and_found(borough):
    borough.edit("cases.yml", "suspensions: met, asb: met", "suspensions: not_met, asb: met")
    message = refusal(borough)
    assert "tf-2012, criterion 'education.suspensions': expected not_met, got met" in message
    assert "cases.yml, line 5: case 'three generations" in message


def test_a_case_whose_overall_outcome_differs_is_named(borough):
    borough.edit("cases.yml", "tf-2012: two_national_and_local", "tf-2012: near_miss")
    assert "tf-2012: expected near_miss, got two_national_and_local" in refusal(borough)


def test_a_criterion_met_without_being_expected_fails_the_case(borough):
    borough.edit("cases.yml", "suspensions: met, asb: met", "suspensions: met")
    assert "criterion 'crime_asb.asb': expected anything but met, got met" in refusal(borough)


def test_a_tier_or_a_list_of_people_that_differs_is_named(tmp_path):
    borough = a_borough(tmp_path)
    borough.edit("criteria.yml", "  - framework: tf-2015\n", "  - framework: tf-2015\n  - framework: islington\n  - framework: islington-parents\n")
    case = "  - case: told by the test\n    frameworks: [islington, islington-parents]\n    people: {mother: 34, son: 3}\n"
    add_cases(borough, case + "    tier: {islington: targeted}\n    individuals: {islington-parents: [mother]}\n")
    message = refusal(borough)
    assert "islington: expected tier targeted, got universal" in message
    assert "islington-parents: expected to list mother, got nobody" in message


def test_what_the_council_changes_needs_cases_of_its_own(borough):
    borough.edit("criteria.yml", "    set:\n", "    set:\n      education.permanent_exclusion.threshold: 2\n")
    told = (
        "criterion 'education.permanent_exclusion' of tf-2012 has no worked case that is met, not_met, not_assessed or boundary; add one of each to cases.yml"
    )
    assert refusal(borough).splitlines()[1:] == [f"criteria.yml, line {line_of(borough, 'permanent_exclusion.threshold')}: {told}"]


@pytest.mark.parametrize(
    ("change", "rule", "shown"),
    [
        ("qualification.two_national_and_local.count: 1", "two_national_and_local", ARREARS),
        ("count_unit: need", "all_national", WORKLESS_CONVICT),
    ],
)
def test_a_changed_rule_needs_cases_of_its_outcome_that_it_decides(borough, change, rule, shown):
    borough.edit("criteria.yml", "    set:\n", f"    set:\n      {change}\n")
    name, where = change.partition(": ")[0].removesuffix(".count"), f"criteria.yml, line {line_of(borough, change)}: "
    borough.edit("cases.yml", "{tf-2012: two_national_and_local, tf-2015: two_of_six}", "{tf-2015: two_of_six}")
    borough.edit("cases.yml", "{tf-2012: not_qualifying, tf-2015: not_qualifying}", "{tf-2015: not_qualifying}")
    told = f"{name} of tf-2012 is not the library's, so its cases tell no outcome; add to cases.yml"
    wanted = f"{told} one with overall: {{tf-2012: {rule}}} and one with overall: {{tf-2012: near_miss}}"
    assert refusal(borough).splitlines()[1:] == [where + wanted]
    add_cases(borough, OUTCOMES.format(rule=rule, **shown))
    criteria.load_checked(council(borough))


def test_a_changed_rule_that_decides_none_of_the_cases_is_told(borough):
    borough.edit("criteria.yml", "    set:\n", "    set:\n      qualification.two_national_and_local.count: 1\n")
    told = (
        "qualification.two_national_and_local of tf-2012 decides no case in cases.yml: each would end alike as the library has it; add one that ends otherwise"
    )
    assert refusal(borough).splitlines()[1:] == [f"criteria.yml, line {line_of(borough, 'count: 1')}: {told}"]


def test_a_criterion_of_the_councils_own_stands_beside_the_librarys(borough):
    borough.edit("criteria.yml", "  - framework: tf-2012\n", "  - framework: tf-2012" + OWN_CRITERION)
    assert "'local.twice_suspended' of tf-2012 has no worked case that is met" in refusal(borough)
    add_cases(borough, OWN_CASES)
    borough.edit("cases.yml", "expect: {suspensions: met, asb: met", "expect: {twice_suspended: met, suspensions: met, asb: met")
    borough.edit("cases.yml", "[tf-2012, tf-2015]", "[tf-2012]")
    borough.edit("cases.yml", "{tf-2012: two_national_and_local, tf-2015: two_of_six}", "{tf-2012: two_national_and_local}")
    framework = criteria.load_checked(council(borough)).frameworks[0]
    assert framework.criteria[-1].unit == "suspensions"
    assert framework.criteria[-1].headline == "local"


def test_the_librarys_cases_catch_a_measure_that_counts_wrongly(library):
    lowered = criteria.with_values(library, {"tf-2012:education.unauthorised_absence.threshold": 10})
    failed = cases.failures(criteria.shipped_cases(lowered), lowered)
    assert any("'education.unauthorised_absence': expected not_met, got met" in message for _, message in failed)


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("education.unauthorised_absence.treshold", 10, "has no 'treshold'; did you mean 'threshold'?"),
        ("tf-2021:education.suspensions.threshold", 2, "there is no framework 'tf-2021'"),
        ("education.unauthorised_absence.threshold", 1000, "threshold 1000 is out of range"),
        ("education.unauthorised_absence.threshold", "ten", "'threshold' is no number"),
        ("wirral:qualification.number_needed", 4, "name one value"),
        ("tiers.specialist.FIPP.places", 4, "there is no arm 'FIPP'; did you mean 'FIP'?"),
        ("nonsense", 4, "has no such value"),
    ],
)
def test_a_value_that_cannot_be_set_is_told(library, key, value, told):
    with pytest.raises(BadConfiguration) as refused:
        criteria.with_values(library, {key: value})
    assert told in str(refused.value)


def test_values_of_rules_tiers_and_ages_can_be_set(library):
    values = {
        "wirral:qualification.number_needed.count": 5,
        "islington:tiers.specialist.FIP.places": 40,
        "islington:tiers.targeted.headlines_at_least": 3,
        "supporting-families-2022:count_unit": "headline",
        "lbhf:crime_asb.asb.ages.from": 16,
    }
    changed = {f.id: f for f in criteria.with_values(library, values).frameworks}
    assert changed["wirral"].qualification[0].require[0].count == 5
    assert [tier.places for tier in changed["islington"].tiers] == [84, 1000, 0]
    assert changed["supporting-families-2022"].count_unit == "headline"
    assert next(c for c in changed["lbhf"].criteria if c.id == "crime_asb.asb").ages.lowest == 16


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("who: uncle, event: asb_incident", "who: unkle, event: asb_incident", "'unkle' is not among the case's people; did you mean 'uncle'?"),
        ("event: asb_incident, days_ago: 90", "event: asb_incidnet, days_ago: 90", "there is no event 'asb_incidnet'; did you mean 'asb_incident'?"),
        ("event: asb_incident, days_ago: 90", "event: asb_incident", "an event needs exactly one of on, days_ago and term"),
        ("suspensions: met, asb: met", "suspension: met, asb: met", "tf-2012 has no criterion 'suspension'; did you mean 'education.suspensions'?"),
        ("suspensions: met, asb: met", "suspensions: maybe, asb: met", "'suspensions': there is no 'maybe'; known: met, not_assessed, not_met"),
        ("tf-2012: two_national_and_local", "tf-2012: two_national", "there is no outcome 'two_national'"),
        ("frameworks: [tf-2012, tf-2015]", "frameworks: [tf-20012, tf-2015]", "there is no framework 'tf-20012'; did you mean 'tf-2012'?"),
        ("    people: {grandmother: 61", "    poeple: {grandmother: 61", "'poeple' is not a known key; did you mean 'people'?"),
        ("    expect: {suspensions: met", "    missing: [police]\n    expect: {suspensions: met", "there is no source 'police'; did you mean 'police_asb'?"),
        ("term: 2025/26 spring, count: 4", "term: spring, count: 4", "'term': 'spring' is not well-formed; write it as 2025/26 spring"),
    ],
)
def test_a_mistake_in_a_case_is_told_with_its_line(borough, old, new, told):
    borough.edit("cases.yml", old, new)
    message = refusal(borough)
    assert told in message
    assert "cases.yml, line " in message


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
    add_cases(borough, case)
    criteria.load_checked(council(borough))
    borough.edit("cases.yml", "on: 2027-02-28", "on: 2027-03-01")
    assert "expected not_met, got met" in refusal(borough)


def test_a_criterion_is_found_by_its_short_name_only_where_one_has_it(library):
    framework = next(f for f in library.frameworks if f.id == "tf-2012")
    assert cases.find(framework, "asb") == cases.find(framework, "crime_asb.asb")
    assert cases.find(framework, "nothing") is None


def test_the_hash_of_the_criteria_follows_the_library_files_they_use(borough, monkeypatch, tmp_path):
    before = criteria.sha256(council(borough))
    assert before == criteria.sha256(council(borough))
    borough.edit("criteria.yml", "  - framework: tf-2015\n", "")
    assert criteria.sha256(council(borough)) != before
    assert [path.name for path in criteria.files(council(borough))] == ["criteria.yml", "cases.yml", "tf-2012.yml", "troubled-families.yml"]
