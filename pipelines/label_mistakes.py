"""Mistakes in the label of a criterion: a number in it that is not the criterion's would tell every reader of the list something false."""

import re
from collections.abc import Iterator

from schemas.criterion import LABEL_VALUES, TIMES, Criterion

_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?!\w)")
_PLACE = re.compile(r"\{([^{}]*)\}")
_OFTEN = {words: number for number, words in TIMES.items() if number > 1}


def of_label(criterion: Criterion) -> Iterator[str]:
    """What is wrong with the label's numbers and places for values."""
    for name in _PLACE.findall(criterion.label):
        if name not in LABEL_VALUES:
            yield f"'{criterion.id}': a label has no {{{name}}}; write {{threshold}} or {{times}}"
    ages = (criterion.ages.lowest, criterion.ages.highest) if criterion.ages else ()
    own = {criterion.threshold, float(criterion.window.count), *map(float, ages)}
    plain = _PLACE.sub("", criterion.label)
    wrong = [text for text in _NUMBER.findall(plain) if float(text) not in own]
    wrong += [words for words, number in _OFTEN.items() if re.search(rf"\b{words}\b", plain) and number != criterion.threshold]
    for text in wrong:
        yield f"'{criterion.id}': its label says {text}, and its threshold is {criterion.threshold:g}; write {{threshold}} or {{times}} in the label"
