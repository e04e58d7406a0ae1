"""What `families link` tells where it can link nothing: which sources, how many records, what is missing and what to do."""

from pathlib import Path

import pytest

from tests.support.people_tables import linked, read_json, rows_of
from tests.support.records import population

FIELDS = "forename: first, surname: last, birth_date: dob, paon: house, street: street, postcode: pcode"
MODEL = f"record_id: id\nsource: agency\ncolumns: {{{{{FIELDS}}}}}\n{{more}}"
PEOPLE = [{"agency": "both"} | row for row in rows_of(population(150, seed=8))]


def halves(**lost: str) -> list[dict[str, str]]:
    """Everybody once in each of two sources, the second of which has lost what is named."""
    once = list({row["person"]: row for row in PEOPLE}.values())
    kept = [row | {"id": f"a{n}", "agency": "council"} for n, row in enumerate(once)]
    return kept + [row | {"id": f"b{n}", "agency": "school"} | lost for n, row in enumerate(once)]


def of_reach(messages: list[str]) -> list[str]:
    return [message for message in messages if "If people should be in both" in message or "would stay below" in message]


@pytest.mark.parametrize("source", [{}, {"last": ""}])
def test_sources_that_share_people_are_told_nothing_though_one_lacks_a_name(tmp_path: Path, source: dict[str, str]):
    assert of_reach(linked(tmp_path, halves(**source), MODEL.format(more=""))["messages"]) == []


def test_a_source_that_lacks_what_would_link_it_is_told_with_what_it_lacks_counts_and_what_to_do(tmp_path: Path):
    rows = halves(dob="", house="", street="", pcode="", first="")
    count = len(rows) // 2
    [told] = [m for m in of_reach(linked(tmp_path, rows, MODEL.format(more=""))["messages"]) if "in both" in m]
    assert f"'council' ({count} records)" in told
    assert f"'school' ({count} records)" in told
    assert "'school' has hardly any forename, birth date" in told
    assert "give what is missing in the model file, or" in told


def test_a_threshold_that_no_likeness_reaches_is_told(tmp_path: Path):
    model = "record_id: id\nsource: agency\ncolumns: {first_name: first}\n".replace("first_name", "forename")
    strict = model + "thresholds: {link: 0.9999, strict: 0.99999}\n"
    told = of_reach(linked(tmp_path, halves(), strict)["messages"])
    assert any("would stay below the link threshold 0.9999" in message and "`thresholds.link`" in message for message in told)
    assert read_json(tmp_path, "run")["messages"], "and run.json keeps it"


def test_sources_whose_people_differ_are_told_that_none_came_near_and_neither_is_blamed(tmp_path: Path):
    people = sorted({row["person"] for row in PEOPLE})
    first = set(people[: len(people) // 2])
    once = list({row["person"]: row for row in PEOPLE}.values())
    rows = [row | {"agency": "council" if row["person"] in first else "school"} for row in once]
    [told] = of_reach(linked(tmp_path, rows, MODEL.format(more=""))["messages"])
    assert "hardly any" not in told
    assert "pairs compared none reaches the link threshold 0.9, none comes near" in told
    assert "see that both write the same things" in told


def test_within_sources_alone_nothing_is_told_of_two(tmp_path: Path):
    rows = halves(dob="", house="", street="", pcode="", first="")
    assert not [m for m in of_reach(linked(tmp_path, rows, MODEL.format(more="link_type: dedupe_only\n"))["messages"]) if "in both" in m]
