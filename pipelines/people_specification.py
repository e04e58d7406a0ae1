"""What a model file asks for, as the specification that matching knows; apart, since a mistake found here is told with its line in the file."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from matching import people
from matching.blocking import Rule, RuleSummary
from matching.specification import Specification
from pipelines import authority
from pipelines.errors import BadConfiguration
from schemas.linkage_model import BlockingRule, LinkageModel


def of_table(asked: LinkageModel, columns: frozenset[str], path: Path) -> Specification:
    """The specification of a table of which these columns hold anything.

    Raises:
        BadConfiguration: a part to block by or a field is unknown or holds nothing, or there are too many; told with its line in the file at `path`.
    """
    kinds: dict[str, str] = {name: kind for name, kind in asked.comparisons.items() if kind != "ignore"}
    ignored = frozenset(name for name, kind in asked.comparisons.items() if kind == "ignore")
    further = {name: kind for name, (kind, _) in asked.columns.further().items()}
    try:
        return people.specification(columns, further, asked.link_type, ignored, kinds, tuple(map(_rule, asked.blocking)))
    except people.ModelFileError as error:
        line = authority.line_of(authority.read_yaml(path), error.location)
        raise BadConfiguration(f"{path.name}, line {line}: {error}.") from None
    except ValueError as error:
        raise BadConfiguration(f"the model file: {error}.") from None


def _rule(given: list[str] | BlockingRule) -> Rule:
    rule = BlockingRule(parts=given) if isinstance(given, list) else given
    return Rule("_".join(rule.parts), tuple(rule.parts), rule.limit)


def told_rules(specification: Specification, summaries: list[RuleSummary]) -> list[dict[str, Any]]:
    """What each rule is and what it brought, as run.json tells: all that is needed to write the rule in a model file, or to change it."""
    pair_count = max(sum(rule.new_pair_count for rule in summaries), 1)
    return [
        {
            **asdict(summary),
            "new_pair_share": round(summary.new_pair_count / pair_count, 5),
            **{name: [part.removeprefix("x_") for part in parts] for name, parts in (("parts", rule.parts), ("split_by", rule.split_by))},
            **{name: getattr(rule, name) for name in ("size_limit", "whole_limit", "undated_limit", "pairs_per_record", "most_records")},
        }
        for rule, summary in zip(specification.rules, summaries, strict=True)
    ]
