"""What a person may ask what-if to change: `key=value` and sweeps, read from the command line as criteria.yml would hold them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from pipelines import criteria, frameworks
from pipelines.errors import BadConfiguration, WrongUsage
from schemas.criterion import Criteria, Framework

MOST_STEPS = 200
OF_A_RUN = "decides who is assessed at all, which only a run finds out. Set it in criteria.yml and call: families refresh --dry-run"

# What names or words a part, and what follows from the measure. The dates of a framework say when it may be used at all.
_NO_VALUES = {"id", "name", "label", "policy", "citation", "owner", "version", "measure", "unit", "sources", "effective_from", "effective_to"}


@dataclass(frozen=True, slots=True)
class Change:
    """A value that differs: its key, what it is and what it would be; `is_share` where 0.10 was read as 10 percent."""

    key: str
    before: Any
    after: Any
    is_share: bool = False


@dataclass(frozen=True, slots=True)
class Sweep:
    """A key and the values it would take, one after another."""

    key: str
    before: Any
    values: tuple[float, ...]
    is_share: bool = False


def changes(settings: Iterable[str], framework: Framework, swept: str = "") -> list[Change]:
    """The changes of `key=value` texts, beside a key that is swept.

    Raises WrongUsage for a text without '=', a key given twice, one the framework does not have or that is no value to try, and a window that changes
    its kind without its length.
    """
    found: dict[str, Change] = {}
    for text in settings:
        key, value = _parted(text, "--set", "education.unauthorised_absence.threshold=10")
        if key in found:
            raise WrongUsage(f"--set gives '{key}' twice. Give it once.")
        before, after = _before(framework, key), _value(value)
        is_share = _is_percent(framework, key) and _is_number(after) and 0 < after < 1
        if _is_percent(framework, key) and isinstance(after, str) and after.endswith("%"):
            after = _value(after.removesuffix("%").strip())
        found[key] = Change(key, before, float(Decimal(str(after)) * 100) if is_share else after, is_share)
    _refuse_lengthless({key.removeprefix(f"{framework.id}:"): change.after for key, change in found.items()} | {swept: None}, framework)
    return list(found.values())


def _refuse_lengthless(values: dict[str, Any], framework: Framework) -> None:
    told = [message for _, message in frameworks.lengthless(framework, values)]
    if told:
        raise WrongUsage("\n".join(told))


def sweep(text: str, framework: Framework) -> Sweep:
    """The sweep of `key=from:to:step`, both ends included. Raises WrongUsage when it cannot be read, runs backwards or has too many steps."""
    key, value = _parted(text, "--sweep", "education.unauthorised_absence.threshold=5:25:1")
    try:
        first, last, step = (Decimal(part.strip().removesuffix("%")) for part in value.split(":"))
    except (InvalidOperation, ValueError):
        raise WrongUsage(f"--sweep {key}: write the values as from:to:step, such as {key}=5:25:1.") from None
    if not (step > 0 and last >= first) or (last - first) / step >= MOST_STEPS:
        raise WrongUsage(f"--sweep {key}: 'to' must not lie below 'from', the step must be above 0, and there may be {MOST_STEPS} steps.")
    before = _before(framework, key)
    is_share = _is_percent(framework, key) and "%" not in value and first > 0 and last < 1
    values = [(first + n * step) * (100 if is_share else 1) for n in range(int((last - first) / step) + 1)]
    return Sweep(key, before, tuple(float(v) if v % 1 else int(v) for v in values), is_share)


def with_changes(framework: Framework, changed: Iterable[tuple[str, Any]]) -> Framework:
    """The framework with the values. Raises WrongUsage for a value that cannot be."""
    try:
        return criteria.with_values(Criteria(frameworks=(framework,)), dict(changed)).frameworks[0]
    except BadConfiguration as error:
        raise WrongUsage(str(error)) from None


def _before(framework: Framework, key: str) -> Any:
    name = key.removeprefix(f"{framework.id}:")
    if ":" in name:
        raise WrongUsage(f"'{key}' is about another framework than {framework.id}. Name the one to look at with --framework.")
    if name.startswith("household."):
        raise WrongUsage(f"'{key}' {OF_A_RUN}")
    if name in _NO_VALUES or name.rpartition(".")[2] in _NO_VALUES:
        raise WrongUsage(
            f"'{key}' is no value to try: it says what a part is, or when it holds. Try a threshold, a window, ages, codes or what a rule asks for."
        )
    try:
        return frameworks.value_of(framework, name)
    except ValueError as error:
        raise WrongUsage(f"'{key}': {error}") from None


def _parted(text: str, option: str, example: str) -> tuple[str, str]:
    key, found, value = text.partition("=")
    if not found or not key.strip() or not value.strip():
        raise WrongUsage(f"{option} needs a name and a value, such as {option} {example}.")
    return key.strip(), value.strip()


def _value(text: str) -> Any:
    """As YAML reads it, so that numbers, truths, dates and lists are what criteria.yml would make of them."""
    try:
        value = YAML(typ="safe").load(text)
    except YAMLError:
        return text
    return text if value in (None, "") else value


def _is_percent(framework: Framework, key: str) -> bool:
    name, _, part = key.removeprefix(f"{framework.id}:").rpartition(".")
    return part == "threshold" and any(c.id == name and c.unit == "percent" for c in framework.criteria)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
