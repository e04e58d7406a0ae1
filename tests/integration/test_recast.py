"""Why a family left or joined where the configuration changed: which value, which rule, what it was and what it is."""

from datetime import timedelta

import pytest

from pipelines import authority, criteria, seals
from tests.support.families import AS_OF, a_borough, a_family, a_troubled_family, asb, in_arrears, out_of_work, suspended
from tests.support.verified import WEAK, changes, publish, verified


@pytest.fixture
def borough(tmp_path):
    return a_borough(tmp_path)


def a_list(borough, *families, **given):
    """A run with the configuration as it is, kept as a refresh keeps it."""
    council = authority.find("calderbrook", borough.settings)
    run = verified(borough, *families, configuration_sha256=council.sha256(), criteria_sha256=criteria.sha256(council), **given)
    for path in [run.extract_path(used.source) for used in run.manifest.extracts]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    seals.keep(run)
    return run


def last_week(borough, *families):
    return publish(a_list(borough, *families, as_of=AS_OF - timedelta(days=7)))


def reasons(run):
    return {household: (change, reason) for household, (change, _, _, reason) in changes(run).items()}


SET = "    set:\n"


def test_the_value_of_a_criterion_that_a_family_lost_by_it_is_told_with_what_it_was(borough):
    before = last_week(borough, a_troubled_family("home"))
    borough.edit("criteria.yml", SET, f"{SET}      education.suspensions.threshold: 20\n      crime_asb.asb.window.count: 300\n")
    told = (
        "The rule is no longer met. No longer: education.suspensions. Changed since that list: criteria.yml: education.suspensions.threshold was 3 and is 20."
    )
    assert reasons(a_list(borough, a_troubled_family("home"), after=before)) == {"home": ("left", told)}


def test_a_family_that_left_for_another_cause_is_told_nothing_of_values_that_do_not_concern_it(borough):
    before = last_week(borough, a_troubled_family("home"))
    borough.edit("criteria.yml", SET, f"{SET}      education.suspensions.threshold: 2\n")
    now = a_list(borough, a_family("home", asb("son"), suspended("son")), after=before)
    assert reasons(now) == {"home": ("left", "The rule is no longer met. No longer: work.out_of_work_benefit.")}


def test_a_criterion_that_was_left_out_is_told(borough):
    before = last_week(borough, a_troubled_family("home"))
    borough.edit("criteria.yml", SET, f"    drop: [education.suspensions]\n{SET}")
    cause = "Changed since that list: criteria.yml: criterion education.suspensions is no longer asked."
    told = f"The rule is no longer met. No longer: education.suspensions. {cause}"
    assert reasons(a_list(borough, a_troubled_family("home"), after=before)) == {"home": ("left", told)}


def test_what_a_rule_asked_and_asks_is_told_to_whom_it_took_off_the_list_or_put_on_it(borough):
    short = a_family("short", asb("son"), out_of_work("mother"))
    local = a_family("local", asb("son"), out_of_work("mother"), in_arrears("mother"))
    before = last_week(borough, short, local)
    borough.edit("criteria.yml", SET, f"{SET}      qualification.all_national.count: 2\n")
    told = (
        "Changed since that list: criteria.yml: qualification.all_national.require was 3 of crime_asb, education, work and is 2 of crime_asb, education, work."
    )
    now = a_list(borough, short, local, after=before)
    assert reasons(now) == {"short": ("joined", f"It was near miss before. {told}")}
    publish(now)
    borough.edit("criteria.yml", "qualification.all_national.count: 2", "qualification.two_national_and_local.count: 3")
    left = reasons(a_list(borough, short, local, after=now))
    assert {household: change for household, (change, _) in left.items()} == {"short": "left", "local": "left"}
    for _, reason in left.values():
        assert "qualification.two_national_and_local.require was 2 of crime_asb, education, work and 1 of local and is 3 of" in reason


def test_what_verification_asks_now_is_told_to_whom_it_put_into_review(borough):
    weak = a_family("weak", asb("son"), suspended("son"), out_of_work("mother"), **WEAK)
    borough.edit("publication.yml", "acceptance_probability: 0.95", "acceptance_probability: 0.80")
    before = last_week(borough, weak, a_troubled_family("sure"))
    borough.edit("publication.yml", "acceptance_probability: 0.80", "acceptance_probability: 0.95")
    [(change, reason)] = reasons(a_list(borough, weak, a_troubled_family("sure"), after=before)).values()
    assert change == "left"
    assert reason.endswith("Changed since that list: publication.yml: verification.acceptance_probability was 0.8 and is 0.95.")


def test_where_the_configuration_of_that_list_is_not_kept_it_is_told_that_the_criteria_changed(borough, tmp_path):
    before = last_week(borough, a_troubled_family("home"))
    for path in seals.kept_root(before).rglob("*.yml"):
        path.unlink()
    borough.edit("criteria.yml", SET, f"{SET}      education.suspensions.threshold: 20\n")
    [(_, reason)] = reasons(a_list(borough, a_troubled_family("home"), after=before)).values()
    assert reason.endswith("The criteria or their values changed since that list.")
