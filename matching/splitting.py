"""Split one troubled component into people: join the surest pairs first, and never what evidence or a person holds apart.

Pure and small on purpose: only the few components in which something contradicts come here; all others are settled in SQL.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf, log2

# A pair of this weight was decided by a person to be one, or held apart.
DECIDED_WEIGHT = 1000.0
APART_WEIGHT = -inf

# A record that two people claim goes to one of them only when that one is 19 times likelier (probability .95).
_MARGIN = log2(19)

# How many times the surest evidence against counts beside the surest evidence for.
_AGAINST = 3

# Of so many pairs known between two groups one may be an accident: of one person's twenty records the two worst written look like two people's.
_PAIRS_PER_ACCIDENT = 5

# Two groups of this many records each are not joined by a single weak pair.
_GROUP_SIZE = 3
_WEAK_BRIDGE = log2(99)

Pair = tuple[int, int]


@dataclass(slots=True)
class _Component:
    """The component while it is being put together: who is in which group, and every known weight."""

    weights: dict[Pair, float]
    edges: set[Pair]
    group_of: dict[int, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    known: dict[int, list[int]] = field(default_factory=dict)

    def contradicts(self, a: int, b: int) -> bool:
        """Whether what is known between two groups speaks against their being one person.

        The surest pair against counts more: it mostly knows more (both dates of birth) than the pair that speaks for them. Of many pairs the worst fifth
        are left out.
        """
        weights = sorted(self.weights[pair] for pair in self.between(self.members[a], self.members[b]))
        weakest = weights[(len(weights) - 1) // _PAIRS_PER_ACCIDENT]
        return weights[0] == APART_WEIGHT or weights[-1] + _AGAINST * min(weakest, 0) <= 0

    def join(self, a: int, b: int, size_limit: int) -> None:
        """Make two groups one, unless it would outgrow the limit or hang on a single weak pair; a person's word goes before both."""
        left, right = self.members[a], self.members[b]
        weights = [self.weights[pair] for pair in self.between(left, right)]
        is_weak_bridge = len(weights) == 1 and weights[0] < _WEAK_BRIDGE and min(len(left), len(right)) >= _GROUP_SIZE
        if max(weights) < DECIDED_WEIGHT and (is_weak_bridge or len(left) + len(right) > size_limit):
            return
        self.members[a] = left + right
        for n in self.members.pop(b):
            self.group_of[n] = a

    def between(self, a: list[int], b: list[int]) -> list[Pair]:
        """The known pairs between two groups."""
        few, many = sorted((a, b), key=len)
        inside = set(many)
        return [(min(x, y), max(x, y)) for x in few for y in self.known.get(x, ()) if y in inside]


def split(pairs: Iterable[tuple[int, int, float, bool]], size_limit: int) -> list[list[int]]:
    """The people of a component.

    Args:
        pairs: n_l, n_r, weight, and whether the pair speaks for one person; weights of other known pairs count against a merge.
        size_limit: no person gets more records than this.

    Returns:
        Groups of record numbers, each sorted, in the order of their lowest number.
    """
    component = _component(pairs)
    refused = []
    for edge in sorted(component.edges, key=lambda pair: (-component.weights[pair], pair)):
        a, b = (component.group_of[n] for n in edge)
        if a != b and not component.contradicts(a, b):
            component.join(a, b, size_limit)
        elif a != b:
            refused.append(edge)
    _let_go_contested(component, refused)
    return sorted(sorted(group) for group in component.members.values() if group)


def _component(pairs: Iterable[tuple[int, int, float, bool]]) -> _Component:
    component = _Component({}, set())
    for n_l, n_r, weight, is_edge in pairs:
        component.weights[n_l, n_r] = weight
        component.known.setdefault(n_l, []).append(n_r)
        component.known.setdefault(n_r, []).append(n_l)
        if is_edge:
            component.edges.add((n_l, n_r))
    for n in component.known:
        component.group_of[n] = n
        component.members[n] = [n]
    return component


def _let_go_contested(component: _Component, refused: list[Pair]) -> None:
    """A record that fits two people about equally belongs to neither until a person says so: a namesake without a date of birth."""
    contested = [n for edge in refused for n, other in (edge, edge[::-1]) if _is_contested(component, n, component.group_of[other])]
    for n in sorted(set(contested)):
        component.members[component.group_of[n]].remove(n)
        component.group_of[n] = -n
        component.members[-n] = [n]


def _is_contested(component: _Component, n: int, rival: int) -> bool:
    home = component.group_of[n]
    if len(component.members[home]) == 1:
        return False
    own, other = (_support(component, n, group) for group in (home, rival))
    return own < DECIDED_WEIGHT and own - other < _MARGIN


def _support(component: _Component, n: int, group: int) -> float:
    """The best weight that ties a record to others of a group."""
    pairs = component.between([n], [m for m in component.members[group] if m != n])
    return max((component.weights[pair] for pair in pairs), default=-inf)
