"""Bad deliveries of a supplier that sends changes between full files, for the corpus."""

from collections.abc import Iterator

from tests.support.bad_deliveries import HOUSING, BadDelivery
from tests.support.deliveries import Row, csv_text, rows

_FULL, _CHANGES = "rent_full_2026-11-19.csv", "rent_changes_2026-11-20.csv"


def bad_changes() -> Iterator[BadDelivery]:
    """Changes to nothing, to what was refused, under a name of both kinds; and rows that nobody can place."""
    table = rows(HOUSING, 6)
    said = ("changes only", "no full file", "ask the supplier for a new one")
    yield _bad("changes without a full file", _marked(table[:1]), said, beside=())
    refused = csv_text(rows(HOUSING, 6, BalanceDate="soon")).encode()
    yield _bad(
        "changes to a file that is refused", _marked(table[:1]), (f"holds changes to what {_FULL} tells", f"Ask the supplier to mend {_FULL}"), full=refused
    )
    unlike = {name: value for name, value in table[0].items() if name != "CurrentBalance"}
    yield _bad("changes without a column of the full file", csv_text([unlike | {"Change": "U"}]).encode(), ("CurrentBalance",))
    yield _bad("changes without the column that says which they are", csv_text(table[:1]).encode(), ("Change",))
    half = _marked([table[0], *({**row, "Weekly Rent": "dear"} for row in table[1:3])])
    yield _bad("changes of which most are bad", half, ("2 of 3 rows (66.7%)", "Ask the supplier"), (1, 2, 0, 0), frozenset({"amount"}), outcome="refused")
    nobody = dict.fromkeys(table[0], "") | {"Change": "D", "Title": "Mrs"}
    content = csv_text([table[0] | {"Change": "U"}, table[1] | {"Change": "U"}, nobody]).encode()
    yield _bad("the deletion of a row nobody named", content, ("nobody can say which earlier row",), (2, 1, 0, 0), frozenset({"required", "without_key"}))
    both = csv_text([table[0] | {"Change": "D"}, table[0] | {"Change": "U"}, table[1] | {"Change": "U"}, table[2] | {"Change": "D"}]).encode()
    yield _bad("a row both deleted and stated", both, ("one deletes what the other states",), (2, 2, 0, 0), frozenset({"contradiction"}))
    strange = csv_text([table[0] | {"Change": "U"}, table[1] | {"Change": "Z"}]).encode()
    yield _bad("a kind of change nobody knows", strange, ("none of the known codes (D, U)",), (1, 1, 0, 0), frozenset({"allowed"}))


def _marked(table: list[Row]) -> bytes:
    return csv_text([row | {"Change": "U"} for row in table]).encode()


def _bad(
    name: str,
    content: bytes,
    says: tuple[str, ...],
    fate: tuple[int, int, int, int] | None = None,
    rules: frozenset[str] = frozenset(),
    *,
    full: bytes | None = None,
    beside: tuple[tuple[str, bytes], ...] | None = None,
    outcome: str = "",
) -> BadDelivery:
    """A file of changes beside a full one of six tenants."""
    there = ((_FULL, full or csv_text(rows(HOUSING, 6, BalanceDate="18-Nov-2026")).encode()),) if beside is None else beside
    return BadDelivery(name, HOUSING, content, fate, says, rules, file_name=_CHANGES, outcome=outcome, beside=there, delivers_changes=True)
