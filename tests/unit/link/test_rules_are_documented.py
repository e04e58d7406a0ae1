"""docs/linkage.md lists the default rules and the kinds that a field can have as they are."""

from pathlib import Path

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


def test_the_table_of_kinds_is_that_of_the_program():
    by_kinds: dict[tuple[str, ...], list[str]] = {}
    for name, kinds in people._OTHER_KINDS.items():
        by_kinds.setdefault(kinds, []).append(name)
    for kinds, names in by_kinds.items():
        assert f"| {', '.join(names)} | {', '.join(kinds) or 'none'} |" in PAGE
    assert f"| `numbers`, `codes`, `categories`, `texts` | {', '.join(people._OF_TEXTS)} |" in PAGE
    assert f"| `quantities` | {', '.join(people._OF_QUANTITIES)} |" in PAGE
