"""Worked cases of what optional sources and files of marks tell: a case says who delivers, and ingest's own statements sum up what it marks."""

from datetime import timedelta

import pytest

from pipelines import authority, cases, criteria
from pipelines.errors import BadConfiguration
from schemas.measure import MEASURES
from tests.support.families import a_borough

NEEDY = """
  - case: told by the test
    frameworks: [tf-2015]
    people: {mother: 34, son: 8}
    delivered: [social_care]
    events:
      - {who: son, event: need, code: child_in_need, days_ago: 40}
    expect: {child_in_need: met}
"""


@pytest.fixture
def borough(tmp_path):
    return a_borough(tmp_path)


@pytest.fixture(scope="module")
def library():
    return criteria.shipped()


def add_case(borough, text=NEEDY):
    path = borough.home / "authorities/calderbrook/cases.yml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def load(borough):
    return criteria.load_checked(authority.find("calderbrook", borough.settings))


def refusal(borough):
    with pytest.raises(BadConfiguration) as refused:
        load(borough)
    return str(refused.value)


def test_every_criterion_on_an_optional_source_is_shown_met_and_not_met(library):
    worked = criteria.shipped_cases(library)
    optional = [(f, c) for f in library.frameworks for c in f.criteria if MEASURES[c.measure].undelivered()]
    assert len(optional) > 30
    for framework, criterion in optional:
        assert cases.kinds_shown(worked, framework, criterion) == {"met", "not_met", "not_assessed", "boundary"}, (framework.id, criterion.id)


def test_a_need_counts_in_a_case_whose_partner_delivers_and_not_once_its_extract_is_missing(borough):
    add_case(borough)
    load(borough)
    borough.edit("cases.yml", "delivered: [social_care]", "delivered: [social_care]\n    missing: [social_care]")
    assert "'child_help.child_in_need': expected met, got not_assessed" in refusal(borough)


def test_a_need_of_another_kind_or_one_that_has_ended_is_not_met(borough):
    add_case(borough, NEEDY.replace("code: child_in_need", "code: edge_of_care").replace("expect: {child_in_need: met}", "expect: {child_in_need: not_met}"))
    load(borough)
    borough.edit("cases.yml", "code: edge_of_care, days_ago: 40", "code: child_in_need, days_ago: 40, until_days_ago: 1")
    load(borough)
    borough.edit("cases.yml", "until_days_ago: 1", "until_days_ago: 0")
    assert "expected not_met, got met" in refusal(borough)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("code: child_in_need,", "code: child_in_neeed,", "there is no need 'child_in_neeed'; did you mean 'child_in_need'?"),
        ("event: need, code: child_in_need,", "event: need,", "a need names it in 'code', and there is no need ''"),
        ("delivered: [social_care]", "delivered: [health]", "social_care tells of it, which the case does not have; write delivered: [social_care]"),
        ("delivered: [social_care]", "delivered: [social_caer]", "'social_caer' is no optional source; did you mean 'social_care'?"),
        ("delivered: [social_care]", "delivered: [social_care, police_asb]", "'police_asb' is delivered in every case"),
        ("delivered: [social_care]", "delivered: [social_care]\n    missing: [health]", "'health' is optional, and without an entry under 'delivered'"),
        (
            "event: need, code: child_in_need,",
            "event: proven_offence, source: health,",
            "'health' does not tell of proven_offence; known: police_asb, youth_justice",
        ),
    ],
)
def test_a_mistake_about_who_tells_what_is_told_with_its_line(borough, old, new, told):
    add_case(borough)
    borough.edit("cases.yml", old, new)
    message = refusal(borough)
    assert told in message
    assert "cases.yml, line " in message


def test_a_council_that_changes_such_a_criterion_shows_it_met_and_not_met_too(borough):
    borough.edit("criteria.yml", "  - framework: tf-2015\n", "  - framework: tf-2015\n    set:\n      child_help.child_in_need.threshold: 2\n")
    assert "criterion 'child_help.child_in_need' of tf-2015 has no worked case that is met, not_met, not_assessed or boundary;" in refusal(borough)


@pytest.mark.parametrize("framework_id", ["wirral", "supporting-families-2022", "early-help-2025"])
def test_a_day_decides_each_case_about_the_edge_of_what_optional_sources_tell(library, framework_id):
    (case,) = [
        one
        for one in criteria.shipped_cases(library)
        if framework_id in one.case.frameworks and one.case.case == "what optional sources tell, on the last day on which it counts"
    ]
    ended = [(event, event.until - timedelta(days=1)) for event in case.case.events]
    earlier = tuple(event.model_copy(update={"on": min(event.on, until), "until": until}) for event, until in ended)
    moved = cases.Worked(case.case.model_copy(update={"events": earlier}), case.as_of, case.path, case.position, is_shipped=True)
    told = [message for _, message in cases.failures([moved], library)]
    assert sum(f"{framework_id}, criterion" in message and "expected met, got not_met" in message for message in told) == len(case.case.expect)


MARKED = """
  - case: told by the test
    frameworks: [tf-2012]
    people: {mother: 34, son: 13}
    events:
      - {who: son, event: session_mark, on: 2026-01-09, code: /, count: 17}
      - {who: son, event: session_mark, on: 2026-02-06, code: O, count: 3}
      - {who: son, event: exclusion, on: 2026-02-11, code: permanent}
    expect: {unauthorised_absence: met, permanent_exclusion: met}
"""


def test_marks_and_exclusions_of_a_case_are_summed_up_as_at_ingest(borough):
    """17 sessions from a Friday on: a weekend holds none, so that 3 of 20 were missed; each code and the reinstatement then decides."""
    add_case(borough, MARKED)
    load(borough)
    borough.edit("cases.yml", "code: permanent}", "code: permanent, reinstated: true}")
    assert "'education.permanent_exclusion': expected met, got not_met" in refusal(borough)
    borough.edit("cases.yml", "code: O, count: 3", "code: I, count: 3")
    assert "'education.unauthorised_absence': expected met, got not_met" in refusal(borough)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("code: O, count: 3", "code: Ω, count: 3", "there is no code 'Ω' of session_mark; known: "),
        ("code: permanent}", "code: permanently}", "there is no code 'permanently' of exclusion; known: suspension, permanent, lunchtime"),
        ("on: 2026-02-06, code: O", "term: 2025/26 spring, code: O", "a session_mark has a day, under on or days_ago, and no term"),
    ],
)
def test_a_mark_that_is_none_is_told_with_its_line(borough, old, new, told):
    add_case(borough, MARKED)
    borough.edit("cases.yml", old, new)
    message = refusal(borough)
    assert told in message
    assert "cases.yml, line " in message
