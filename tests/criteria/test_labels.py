"""A value may be set for every framework at once, and what readers of a list are told of a rule stays true when its numbers change."""

import pytest

from pipelines import criteria


@pytest.fixture(scope="module")
def library():
    return criteria.shipped()


def rule_words(found, framework_id):
    return {rule.name: rule.words for framework in found.frameworks if framework.id == framework_id for rule in framework.qualification}


def test_a_label_follows_a_changed_threshold(library):
    values = {"tf-2012:education.unauthorised_absence.threshold": 10, "tf-2012:education.suspensions.threshold": 2}
    words = {c.id: c.words for f in criteria.with_values(library, values).frameworks if f.id == "tf-2012" for c in f.criteria}
    assert words["education.unauthorised_absence"] == "A child absent without authority for 10% of sessions"
    assert words["education.suspensions"] == "A child suspended twice"
    assert not [c.words for f in library.frameworks for c in f.criteria if "{" in c.words]


def test_a_rules_label_follows_a_changed_count(library):
    values = {"tf-2012:qualification.all_national.count": 2, "tf-2015:qualification.two_of_six.count": 3, "wirral:qualification.number_needed.count": 5}
    changed = criteria.with_values(library, values)
    assert rule_words(changed, "tf-2012")["all_national"] == "two of the three national headline problems"
    assert rule_words(changed, "tf-2015") == {"two_of_six": "three of the six headline problems"}
    assert rule_words(changed, "wirral") == {"number_needed": "five of the twelve criteria"}


def test_the_librarys_rules_say_what_they_ask(library):
    assert rule_words(library, "tf-2012") == {
        "all_national": "all three national headline problems",
        "two_national_and_local": "two national headline problems and the local one",
    }
    assert rule_words(library, "islington") == {"many_disadvantages": "two or more of the disadvantages"}
    assert not [rule.words for f in library.frameworks for rule in f.qualification if "{" in rule.words]


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_no_label_of_the_library_keeps_a_number_that_was_changed(library, count):
    for framework in library.frameworks:
        for rule in framework.qualification:
            if "{count" in rule.label and count <= len(rule.require[0].of):
                changed = criteria.with_values(library, {f"{framework.id}:qualification.{rule.name}.count": count})
                told = rule_words(changed, framework.id)[rule.name]
                assert ("one", "two", "three", "four")[count - 1] in told, told


def test_a_rule_set_for_all_frameworks_changes_each_that_has_it(library):
    changed = criteria.with_values(library, {"education.suspensions.threshold": 5})
    thresholds = {f.id: c.threshold for f in changed.frameworks for c in f.criteria if c.id == "education.suspensions"}
    assert set(thresholds.values()) == {5}
    assert len(thresholds) >= 6
