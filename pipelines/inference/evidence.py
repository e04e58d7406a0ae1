"""How well a column's values fit what the contract says of a column: from -1 (cannot be) over 0 (says nothing) to 1 (is just that)."""

from pipelines.inference import codes
from pipelines.inference.shapes import Shape
from pipelines.values.names import TITLES
from schemas.extracts.contract import Contract
from schemas.table import Column

Fit = tuple[float, str]

# Values of these are like nothing else.
_STRONG = ("nino", "upn", "postcode")
_WORDY = 4
_CERTAIN = 0.9
_FEW = 0.1
_ROWS = 50
_MANY_ANOTHER = 0.5
_MOST = 0.8


def fit(column: Column, contract: Contract, shape: Shape) -> Fit:
    """The fit and a word why."""
    if not shape.filled:
        return 0.0, "no values in it"
    if codes.are_known(column) and column.type != "BOOLEAN":
        return _codes(column, shape)
    by_type = {"DATE": _date, "BOOLEAN": _truth, "INTEGER": _number, "DECIMAL(10,2)": _amount}
    return by_type.get(column.type, _text)(column, contract, shape)


def speaks_for_itself(column: Column, shape: Shape, fit: float) -> bool:
    """Whether the values say what the column is even where its header does not: numbers of one form, or several of the contract's codes in words."""
    if column.name in _STRONG:
        return shape.share(column.name) >= _CERTAIN
    lengths = [len(code) for code in shape.codes]
    return fit >= 1 and column.type == "VARCHAR" and len(lengths) > 1 and sum(lengths) / len(lengths) >= _WORDY


def _date(column: Column, contract: Contract, shape: Shape) -> Fit:
    share = shape.share("date")
    if share < 0.5:
        return -1.0, "few of its values are dates"
    first, last = shape.years
    is_statement = column.name == contract.as_at
    if is_statement and shape.distinct > 3:
        return -0.5, "dates, but of many days"
    if not is_statement and contract.as_at and shape.distinct == 1 and shape.filled > 5:
        return -0.3, "the same date in every row"
    if "birth" in column.name and last - first < 3 and shape.filled > 20:
        return -0.3, "dates of a few years only"
    return share, f"dates of {first} to {last}"


def _truth(_: Column, __: Contract, shape: Shape) -> Fit:
    return (1.0, "yes or no") if shape.share("truth") >= _MOST else (-0.8, "neither yes nor no")


def _number(column: Column, _: Contract, shape: Shape) -> Fit:
    if column.name == "academic_year":
        share = max(shape.share("year"), shape.share("term_and_year"))
        return (1.0, "academic years") if share >= _MOST else (-1.0, "no academic years")
    return (0.8, "whole numbers") if shape.share("whole") >= _MOST else (-1.0, "no whole numbers")


def _amount(_: Column, __: Contract, shape: Shape) -> Fit:
    return (0.8, "amounts") if shape.share("money") >= _MOST else (-1.0, "no amounts")


def _codes(column: Column, shape: Shape) -> Fit:
    if column.name == "term" and shape.share("term_and_year") >= _MOST:
        return 1.0, "a term with its year"
    if not shape.possible_codes:
        return -0.9, "too many different values for a code"
    share = codes.known_share(column, shape)
    if share >= _MOST:
        return 1.0, "known codes"
    return (share - 0.4 if column.allowed else share - 0.2), f"{share:.0%} of its values are known codes"


def _text(column: Column, contract: Contract, shape: Shape) -> Fit:
    name = column.name
    for number in ("nino", "upn", "postcode", "uprn"):
        if name == number or name.endswith(f"_{number}"):
            share = shape.share(number)
            # Eight to twelve digits are many another number too.
            worth = _MANY_ANOTHER * share if number == "uprn" else share
            return (worth, f"{share:.0%} are written like it") if share >= 0.5 else (-1.0, "values of another form")
    if shape.share("date") > 0.5 and name not in contract.identifiers:
        return -1.0, "dates"
    if any(part in name for part in ("surname", "forename", "full_name", "middle_names", "title")):
        return _names(name, shape)
    if "address_line" in name or name.endswith("_address"):
        return _address(name, shape)
    if name in contract.identifiers or name.endswith("_id"):
        return _reference(column, contract, shape)
    return (-0.5, "codes or numbers only") if shape.share("whole") > 0.5 else (0.1, "texts")


def _names(name: str, shape: Shape) -> Fit:
    if shape.share("name") < 0.5:
        return -1.0, "no names"
    if name.endswith("title"):
        known = sum(count for text, count in shape.codes.items() if text.strip(" .") in TITLES)
        return (1.0, "titles") if known >= _MOST * shape.filled else (-1.0, "no titles")
    several = shape.share("full_name")
    if name.endswith("full_name") and shape.filled > _ROWS and shape.distinct / shape.filled < _FEW:
        return -0.5, "few different values, as of schools or teams"
    if name.endswith("full_name"):
        return (0.8, "names of several words") if several > 0.6 else (-0.6, "single words")
    if name.endswith("surname") and several > 0.6:
        return -0.6, "names of several words"
    return 0.6, "names"


def _address(name: str, shape: Shape) -> Fit:
    share = shape.share("address")
    if shape.share("postcode") > 0.5:
        return -1.0, "postcodes"
    if name.endswith(("line_1", "_address")):
        return (0.8, "addresses") if share > 0.5 else (-0.2, "hardly any number in it")
    return (0.3, "words or addresses") if shape.share("whole") < 0.5 else (-0.8, "numbers")


def _reference(column: Column, contract: Contract, shape: Shape) -> Fit:
    if shape.share("reference") < 0.5:
        return -0.8, "no reference numbers"
    if any(shape.share(other) > 0.5 for other in ("nino", "upn")):
        return -0.7, "numbers of another kind"
    # Schools have many rows each, people and occurrences few; but in a part of a set a person has many.
    is_few = column.personal and not contract.refers_to and shape.distinct / shape.filled < _FEW
    return (-0.2, "few different values") if is_few else (0.6, "reference numbers")
