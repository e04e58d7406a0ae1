"""Mistakes in the label of a criterion or a rule: a number in it that is not the rule's would tell every reader of the list something false."""

import re
from collections.abc import Iterator, Sequence

from schemas.criterion import LABEL_VALUES, NUMBERS, RULE_VALUES, TIMES, Criterion, Rule

_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?!\w)")
_PLACE = re.compile(r"\{([^{}]*)\}")
_OFTEN = {words: number for number, words in TIMES.items() if number > 1}
_MANY = {words: number for number, words in NUMBERS.items() if number > 1}  # "one" is said of much that is no count


def of_label(criterion: Criterion) -> Iterator[str]:
    """What is wrong with the label's numbers and places for values."""
    yield from (f"'{criterion.id}': {told}" for told in _unknown_places(criterion.label, LABEL_VALUES))
    ages = (criterion.ages.lowest, criterion.ages.highest) if criterion.ages else ()
    own = {criterion.threshold, float(criterion.window.count), *map(float, ages)}
    plain = _PLACE.sub("", criterion.label)
    wrong = [text for text in _NUMBER.findall(plain) if float(text) not in own]
    wrong += [words for words, number in _OFTEN.items() if re.search(rf"\b{words}\b", plain) and number != criterion.threshold]
    for text in wrong:
        yield f"'{criterion.id}': its label says {text}, and its threshold is {criterion.threshold:g}; write {{threshold}} or {{times}} in the label"


def of_rule_label(rule: Rule) -> Iterator[str]:
    """What is wrong with the numbers of a rule's label: they are how many are asked for, or of how many."""
    yield from (f"rule '{rule.name}': {told}" for told in _unknown_places(rule.label, RULE_VALUES))
    own = {number for requirement in rule.require for number in (requirement.count, len(requirement.of))}
    plain = _PLACE.sub("", rule.label)
    wrong = [text for text in _NUMBER.findall(plain) if float(text) not in own]
    wrong += [words for words, number in _MANY.items() if re.search(rf"\b{words}\b", plain) and number not in own]
    for text in wrong:
        yield f"rule '{rule.name}': its label says {text}, and it asks for {rule.require[0].count}; write {{count}} or {{count_of}} in the label"


def _unknown_places(label: str, known: Sequence[str]) -> Iterator[str]:
    may = " or ".join(f"{{{name}}}" for name in known)
    yield from (f"a label has no {{{name}}}; write {may}" for name in _PLACE.findall(label) if name not in known)
