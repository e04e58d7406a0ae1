"""An authority's files are checked whole before a run starts: what names something else must name something that is there."""

import dataclasses

import pytest

from pipelines import authority, configuration, criteria, flow, score
from pipelines.errors import BadConfiguration
from tests.support.families import AS_OF, a_borough, a_troubled_family


@pytest.fixture
def borough(tmp_path):
    return a_borough(tmp_path)


def council(borough):
    return authority.find("calderbrook", borough.settings)


def refusal(borough, **given):
    with pytest.raises(BadConfiguration) as refused:
        configuration.check(council(borough), **given)
    assert refused.value.exit_code == 3
    return str(refused.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "publication.yml",
            "published_framework: tf-2012",
            "published_framework: tf-20112",
            "criteria.yml has no framework 'tf-20112'; did you mean 'tf-2012'?",
        ),
        ("publication.yml", "Calder East: 60}", "Calder West: 60}", "geography has no district 'Calder West'; did you mean 'Calder East'?"),
        ("publication.yml", "[ZC3 1, ZC3 2, ZC3 3, ZC3 4]", "[ZC3 1, ZC3 2, ZC3 3, ZC34]", "'ZC34' is no postcode sector"),
        ("publication.yml", "[ZC3 1, ZC3 2, ZC3 3, ZC3 4]", "[ZC3 1, ZC3 2, ZC3 3, ZC1 4]", "sector 'ZC1 4' stands in district 'Calder North' already"),
        ("publication.yml", "Kilnbank: [ZC3 3, ZC3 4]", "Kilnbank: [ZC3 3, ZC3 9]", "cluster 'Kilnbank' holds sector 'ZC3 9', which is in no district"),
        ("publication.yml", "require_decision:", "require_decison:", "verification.require_decison: is not a known key; did you mean 'require_decision'?"),
        ("publication.yml", "ranking:", "rankng:", "rankng: is not a known key; did you mean 'ranking'?"),
        ("extracts.yml", "  stale_after_days: 35", "  stale_after: 35", "is not a known key; did you mean 'stale_after_days'?"),
        ("publication.yml", "one_source: warn", "one_source: maybe", "absent_sources.one_source: "),
        ("linkage.yml", "model: people", "model: peple", "there is no linkage model 'peple'; did you mean 'people'?"),
        ("extracts.yml", "NTS: notice_served", "NTS: notice_serve", "arrears_stage has no code 'notice_serve'; did you mean 'notice_served'?"),
        ("extracts.yml", "'TRUE': 'true'", "'TRUE': 'ja'", "is_breathing_space has no code 'ja'; known: false, true"),
        ("extracts.yml", "negate: [arrears_gbp]", "negate: [postcode]", "'postcode' is no number, so its sign cannot be turned round; known: "),
        ("extracts.yml", "['%d-%b-%Y', '%d/%m/%Y']", "['%d-%b', '%d/%m/%Y']", "'%d-%b' does not give day, month and year"),
        ("extracts.yml", "    tenant_role: [Tenant Flag]\n", "", "the contract's column 'tenant_role' has no header"),
    ],
)
def test_a_name_of_nothing_is_told_with_its_file_its_line_and_a_remedy(borough, file, old, new, told):
    borough.edit(file, old, new)
    message = refusal(borough)
    assert told in message
    assert f"{file}, line " in message


def test_the_mistakes_of_all_files_are_told_together(borough):
    borough.edit("linkage.yml", "model: people", "model: none")
    borough.edit("publication.yml", "published_framework: tf-2012", "published_framework: tf-1999")
    borough.edit("extracts.yml", "NTS: notice_served", "NTS: served")
    borough.edit("cases.yml", "tf-2012: two_national_and_local", "tf-2012: near_miss")
    message = refusal(borough)
    for told in (
        "linkage model 'none'",
        "arrears_stage has no code 'served'",
        "tf-2012: expected near_miss, got two_national_and_local",
        "criteria.yml has no framework 'tf-1999'",
    ):
        assert told in message


def test_a_framework_that_is_unknown_or_not_in_force_is_told_before_the_run(borough):
    assert "no framework 'tf-2013'" in refusal(borough, framework_id="tf-2013", as_of=AS_OF)
    assert "not in force at 2010-01-01" in refusal(borough, as_of=AS_OF.replace(2010, 1, 1))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [("linkage.yml", "model: people", "modell: people"), ("cases.yml", "suspensions: met, asb: met", "suspensions: not_met, asb: met")],
)
def test_a_bad_authority_ends_a_refresh_before_anything_is_ingested(borough, file, old, new):
    borough.edit(file, old, new)
    heard = []
    with pytest.raises(BadConfiguration):
        flow.refresh("calderbrook", None, AS_OF, borough.settings, lambda step, counts: heard.append(step))
    with pytest.raises(BadConfiguration):
        flow.open_run("calderbrook", None, AS_OF, borough.settings)
    assert heard == []
    assert list(borough.settings.runs_dir.iterdir()) == []


def test_scoring_does_not_run_the_cases_again(borough, monkeypatch):
    monkeypatch.setattr(criteria, "_run_cases", lambda *_: pytest.fail("the cases were run again"))
    assert score.score(borough.a_run(a_troubled_family("home")))["assessed_household_count"] == 1


def test_a_run_does_not_go_on_under_files_that_changed_since_they_were_checked(borough):
    run = borough.a_run(a_troubled_family("home"))
    run = dataclasses.replace(run, manifest=dataclasses.replace(run.manifest, configuration_sha256=run.authority.sha256()))
    borough.edit("linkage.yml", "size_limit: 15", "size_limit: 16")
    with pytest.raises(BadConfiguration, match="changed since run"):
        flow._step("score", run, {})
