"""Bad deliveries of a set for the corpus: police records of which a file is missing, or rows tell of what no other file has."""

from collections.abc import Iterator

from tests.support.attendance_sets import Row, text
from tests.support.bad_deliveries import POLICE, BadDelivery
from tests.support.police_sets import DAY, NO_INTERVENTION, a_nominal, an_incident, an_intervention, an_outcome

_NUMBERS = [f"OCC{number}" for number in range(1, 7)]
_NOWHERE = "OCC9"
_ABOUT_INCIDENT = "1 row is about none of the incidents in the delivery's main file"
_ABOUT_NOMINAL = "1 row is about none of those in the set's nominal file"


def bad_sets() -> Iterator[BadDelivery]:
    """Six crimes with an offender and an outcome each, and one thing wrong. The fate counts the rows of all files."""
    stranger = frozenset({"stranger"})
    yield _bad("a nominal without an incident", (18, 1, 0, 0), _ABOUT_INCIDENT, stranger, nominals=[*_nominals(), a_nominal(_NOWHERE, "N9")])
    yield _bad("an outcome of an unknown incident", (18, 1, 0, 0), _ABOUT_NOMINAL, stranger, outcomes=[*_outcomes(), an_outcome(_NOWHERE, "N1")])
    yield _bad("an outcome of somebody not named in the crime", (18, 1, 0, 0), _ABOUT_NOMINAL, stranger, outcomes=[*_outcomes(), an_outcome("OCC1", "N9")])
    powers = [an_intervention(number, "N1") for number in _NUMBERS]
    lost = [*powers, an_intervention(_NOWHERE, "N1")]
    yield _bad("a power used after an unknown incident", (24, 1, 0, 0), _ABOUT_NOMINAL, stranger, interventions=lost)
    unknown = [*powers, an_intervention("OCC1", "N1", "Curfew", "21/07/2026")]
    said = "1 of the accepted rows was repaired"
    yield _bad("a power nobody knows", (25, 0, 0, 1), said, repairs=frozenset({"unknown_code"}), hidden=frozenset({"Curfew"}), interventions=unknown)
    nameless = [*_nominals(), a_nominal("OCC1", "N9", "")]
    yield _bad("a nominal without a role", (18, 1, 0, 0), "'Involvement': 1 row is empty or unknown", frozenset({"required"}), nominals=nameless)
    other = [*_nominals(), a_nominal("OCC1", "N9", "Bystander's dog")]
    yield _bad("a role nobody knows", (18, 1, 0, 0), "none of the known codes", frozenset({"allowed"}), hidden=frozenset({"Bystander's dog"}), nominals=other)
    settled = [*_outcomes(), an_outcome("OCC1", "N1", "Sorted out")]
    yield _bad("an outcome nobody knows", (18, 1, 0, 0), "none of the known codes", frozenset({"allowed"}), hidden=frozenset({"Sorted out"}), outcomes=settled)
    torn = [*_incidents(), *(an_incident("OCC8", kind) for kind in ("Crime", "ASB incident")), *(an_incident(f"OCC{n}") for n in (10, 11, 12))]
    yield _bad("two occurrences of one number", (21, 2, 0, 0), "in contradiction with another row", frozenset({"contradiction"}), incidents=torn)
    yield _missing("a set without its outcomes", "outcomes")
    yield _missing("a set without its nominals", "nominals")
    nobody = text(_nominals()).splitlines()[0]
    yield _bad(
        "a set whose file of nominals holds nobody",
        None,
        f"nominals_{DAY}.csv, which belongs to it: it holds a header (row 1) but no row of anybody",
        nominals=nobody,
    )
    elsewhere = [*_nominals()[:3], *(a_nominal(f"OCC{n}", "N1") for n in (17, 18, 19))]
    said = f"in nominals_{DAY}.csv, which belongs to it, 3 of 6 rows (50.0%) broke a rule"
    yield _bad("a set of which half the nominals have no incident", (9, 3, 0, 0), said, stranger, outcome="refused", nominals=elsewhere)


def _incidents() -> list[Row]:
    return [an_incident(number, "Crime") for number in _NUMBERS]


def _nominals() -> list[Row]:
    return [a_nominal(number, "N1", "Offender") for number in _NUMBERS]


def _outcomes() -> list[Row]:
    return [an_outcome(number, "N1") for number in _NUMBERS]


def _bad(
    name: str,
    fate: tuple[int, int, int, int] | None,
    says: str,
    rules: frozenset[str] = frozenset(),
    *,
    repairs: frozenset[str] = frozenset(),
    hidden: frozenset[str] = frozenset(),
    outcome: str = "",
    **files: list[Row] | str,
) -> BadDelivery:
    told: dict[str, list[Row] | str] = {"incidents": _incidents(), "nominals": _nominals(), "interventions": NO_INTERVENTION, "outcomes": _outcomes(), **files}
    main, *beside = ((f"{file}_{DAY}.csv", (rows if isinstance(rows, str) else text(rows)).encode()) for file, rows in told.items())
    return BadDelivery(
        name, POLICE, main[1], fate, (says,), rules, repairs, file_name=main[0], outcome=outcome, beside=tuple(beside), is_set=True, hidden=hidden
    )


def _missing(name: str, file: str) -> BadDelivery:
    whole = _bad(name, None, "")
    beside = tuple(each for each in whole.beside if not each[0].startswith(file))
    says = (f"the {file.removesuffix('s')} file of its set, named {file}_YYYY-MM-DD.csv with the same day, is not there", "Put it beside it and run again")
    return BadDelivery(name, POLICE, whole.content, None, says, file_name=whole.file_name, beside=beside, is_set=True)
