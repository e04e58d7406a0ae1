"""docs/linkage.md lists the default rules and the kinds that a field can have as they are."""

import re
from pathlib import Path

import pytest

from matching import people
from matching.blocking import Rule

PAGE = (Path(__file__).parents[3] / "docs" / "linkage.md").read_text(encoding="utf-8")


def written(rule: Rule) -> str:
    namesakes = "" if rule.whole_limit is None else f" ({rule.whole_limit} whole, {rule.undated_limit} without dates)"
    return f"| {rule.name} | {', '.join(rule.parts)} | {rule.size_limit}{namesakes} | {', '.join(rule.split_by) or '-'} |"


def test_the_table_of_default_rules_is_that_of_the_program():
    section = PAGE[PAGE.index("### The default rules") : PAGE.index("### Other kinds")]
    rows = [line for line in section.splitlines() if line.startswith("| ") and not line.startswith(("| *", "| rule"))]
    assert rows == [written(rule) for rule in (*people._RULES, *people._BROAD, *people._UNDATED, *people._NAMES_ONLY)]


def test_the_page_counts_the_rules_as_they_are():
    of_any, undated, of_names = len(people._RULES) + len(people._BROAD), len(people._UNDATED), len(people._NAMES_ONLY)
    assert f"of {of_any} those for which any table has the parts" in PAGE
    assert f"{undated} more without dates of birth and {of_names} more where names are all there is" in PAGE


def test_the_parts_of_the_weight_that_the_page_reads_add_up_to_what_it_says():
    section = PAGE[PAGE.index("## Reading a weight") :]
    parts, total = re.search(r"`(prior=.*?)` is ([0-9.]+) bits", section, re.DOTALL).groups()
    assert sum(float(part.split("=")[1]) for part in parts.split(";")) == pytest.approx(float(total))


def test_the_table_of_kinds_is_that_of_the_program():
    by_kinds: dict[tuple[str, ...], list[str]] = {}
    for name, kinds in people._OTHER_KINDS.items():
        by_kinds.setdefault(kinds, []).append(name)
    for kinds, names in by_kinds.items():
        assert f"| {', '.join(names)} | {', '.join(kinds) or 'none'} |" in PAGE
    assert f"| `numbers`, `codes`, `categories`, `texts` | {', '.join(people._OF_TEXTS)} |" in PAGE
    assert f"| `quantities` | {', '.join(people._OF_QUANTITIES)} |" in PAGE
