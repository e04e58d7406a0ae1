"""Mistakes of several files are told together, each with its line and in words that say what to do."""

from datetime import timedelta

import pytest

from pipelines import authority, configuration
from pipelines.errors import BadConfiguration
from tests.support.families import AS_OF, a_borough


@pytest.fixture
def borough(tmp_path):
    return a_borough(tmp_path)


def refusal(borough, **given):
    with pytest.raises(BadConfiguration) as refused:
        configuration.check(authority.find("calderbrook", borough.settings), **given)
    return str(refused.value)


def line(borough, file, text):
    lines = (borough.home / "authorities/calderbrook" / file).read_text(encoding="utf-8").splitlines()
    return next(n for n, one in enumerate(lines, start=1) if text in one)


def test_a_mistake_in_the_criteria_hides_none_in_the_cases(borough):
    borough.edit("criteria.yml", "  - framework: tf-2015\n", "  - framework: tf-20155\n")
    borough.edit("cases.yml", "asb: met, rent_arrears", "asbb: met, rent_arrears")
    message = refusal(borough)
    assert message.count("the library has no framework 'tf-20155'") == 1
    assert f"cases.yml, line {line(borough, 'cases.yml', 'asbb: met')}: tf-2012 has no criterion 'asbb'" in message
    assert "there is no framework 'tf-2015'" not in message, "that follows from the mistake in the criteria"


def test_a_district_that_is_not_there_is_told_with_the_line_of_its_framework(borough):
    borough.edit("criteria.yml", "  - framework: tf-2015\n", "  - framework: tf-2015\n  - framework: kent\n")
    assert f"criteria.yml, line {line(borough, 'criteria.yml', 'framework: kent')}: kent names district" in refusal(borough)


def test_a_changed_criterion_without_cases_is_told_with_the_line_of_the_change(borough):
    borough.edit("criteria.yml", "    set:\n", "    set:\n      education.permanent_exclusion.threshold: 2\n")
    where = line(borough, "criteria.yml", "permanent_exclusion.threshold")
    assert f"criteria.yml, line {where}: criterion 'education.permanent_exclusion' of tf-2012 has no worked case" in refusal(borough)


def test_a_framework_that_ends_before_it_begins_is_told(borough):
    borough.edit("criteria.yml", "  - framework: tf-2015\n", "  - framework: tf-2015\n    set: {effective_to: 2010-01-01}\n")
    where = line(borough, "criteria.yml", "2010-01-01")
    assert f"criteria.yml, line {where}: 'tf-2015': effective_to lies before effective_from; change them round" in refusal(borough)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("keep_tier_days: 28", "keep_tier_days: four weeks", "ranking.keep_tier_days: is no whole number; write it in digits, such as 3"),
        ("when_exceeded: stop", "when_exceeded: halt", "expected_change.when_exceeded: there is no 'halt'; known: stop, warn"),
        ("targets: {2027-03-31: 40", "targets: {31 March 2027: 40", "targets.31 March 2027: is no date; write it as 2012-04-01"),
    ],
)
def test_a_wrong_value_in_publication_yml_is_told_in_plain_words_with_a_remedy(borough, old, new, told):
    borough.edit("publication.yml", old, new)
    assert f"publication.yml, line {line(borough, 'publication.yml', new)}: {told}" in refusal(borough)


@pytest.mark.parametrize("day", ["as_of", "today"])
def test_a_rule_whose_only_criterion_has_ended_is_told_from_the_day_after_and_not_before(borough, day):
    borough.edit("criteria.yml", "    set:\n", f"    set:\n      local.rent_arrears.effective_to: {AS_OF}\n")
    # The change asks for cases of its own too, so both days are refused, the first for that alone.
    assert "can not be met" not in refusal(borough, **{day: AS_OF})
    where = line(borough, "criteria.yml", "framework: tf-2012")
    message = refusal(borough, **{day: AS_OF + timedelta(days=1)})
    assert f"criteria.yml, line {where}: rule 'two_national_and_local' of tf-2012 counts local and can not be met at 2026-11-24" in message
