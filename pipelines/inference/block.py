"""The proposal as a profile: headers, date formats, marks, signs and codes of the columns that are sure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from pipelines.inference import codes
from pipelines.inference.meaning import Meaning
from pipelines.inference.propose import Proposal
from pipelines.inference.shapes import term_and_year
from pipelines.inference.spelling import known
from pipelines.inference.words import words
from pipelines.reading.find import day_in_name
from pipelines.reading.mapping import ISO_FORMATS
from schemas.profile import FILL_IN, NO_AGREEMENT
from schemas.table import Column

_NEGATIVE = 0.6
_MOST = 0.8


def profile(proposal: Proposal, parts: Sequence[Proposal] = ()) -> dict[str, Any]:
    """The proposed profile, as extracts.yml would hold it once its FILL INs are filled in; `parts` are the set's further files."""
    around = {
        "supplier": FILL_IN,
        "controller": FILL_IN,
        "agreement": {"id": FILL_IN, "expires": NO_AGREEMENT.isoformat()},
        "stale_after_days": 35,
        "refuse_when_rejected_share_over": 0.2,
    }
    if not proposal.target.is_main:
        return {**around, "parts": {proposal.target.key: file_layout(proposal)}}
    found = {**around, **file_layout(proposal), "parts": {part.target.key: file_layout(part) for part in parts}}
    return {key: value for key, value in found.items() if value not in ([], {}, None)}


def file_layout(proposal: Proposal) -> dict[str, Any]:
    """The part of a profile that tells how the file is named and written."""
    meant = {meaning.column: meaning for meaning in proposal.meanings if meaning.is_sure}
    found: dict[str, Any] = {
        "file_pattern": file_pattern(proposal.path.name),
        **_place(proposal),
        "date_formats": _date_formats(proposal, meant),
        "null_values": _marks(proposal, "unknown"),
        "open_end_dates": _marks(proposal, "open_ends"),
        **_columns(proposal, meant),
        **_amounts(meant),
    }
    found["codes"] = _codes(proposal, found)
    if "academic_year" in found["columns"]:
        found["academic_year_format"] = _year_format(proposal, found)
    return {key: value for key, value in found.items() if value not in ([], {}, None)}


def _place(proposal: Proposal) -> dict[str, Any]:
    """The sheet, where there are several to choose from, and the header's row, where something stands above it; else reading finds both by itself."""
    sheet = proposal.found.sheet if proposal.found.is_of_several else None
    return {"sheet": sheet, "header_row": proposal.found.header_row if proposal.found.header_row > 1 else None}


def file_pattern(name: str) -> str:
    """A pattern that reads the day in the file's name, and files of that name on any day; the date is asked for where the name holds none."""
    stem, _, ending = re.sub(r"\.(gz|zip)$", "", name).rpartition(".")
    for written, groups in _DAYS_IN_NAMES:
        for match in re.finditer(rf"(?<!\d){written}(?!\d)", stem, re.IGNORECASE):
            proposed = f"{_plain(stem[: match.start()])}{groups}{_plain(stem[match.end() :])}\\.{ending}"
            if day_in_name(name, proposed):
                return proposed
    return f"{_plain(stem)}_(?P<date>\\d{{8}})\\.{ending}"


def _by_parts(*parts: str) -> tuple[str, str]:
    """What to look for, and the same as groups of a pattern; what stands between the groups is read as it is."""
    digits = {"day": r"\d{1,2}", "month": r"\d{1,2}", "year": r"\d{4}", "name": "[a-z]{3,9}", "two": r"\d{2}"}
    called = {"name": "month", "two": "day"}
    groups = "".join(f"(?P<{called.get(part, part)}>{digits[part]})" if part in digits else part for part in parts)
    return "".join(digits.get(part, part) for part in parts), groups


# The first that is a real day is taken. Eight digits are a year first, else a day first; a month first is for the supplier to say.
_DAYS_IN_NAMES = (
    (r"\d{4}-\d{2}-\d{2}", r"(?P<date>\d{4}-\d{2}-\d{2})"),
    (r"\d{8}", r"(?P<date>\d{8})"),
    (r"\d{8}", r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})"),
    *(_by_parts("year", sign, "month", sign, "day") for sign in (r"\.", "_", " ")),
    *(_by_parts("day", sign, "month", sign, "year") for sign in ("-", r"\.", "_", " ")),
    *(_by_parts("day", sign, "name", sign, "year") for sign in ("-", r"\.", "_", " ")),
    _by_parts("two", "name", "year"),
)


def _plain(text: str) -> str:
    """The text as a pattern for itself; blanks and dashes need no escape."""
    return re.sub(r"\\([ -])", r"\1", re.escape(text))


def _date_formats(proposal: Proposal, meant: dict[str | None, Meaning]) -> list[str]:
    """The formats of the meant dates, most frequent first. What a workbook or Parquet holds as a date needs none, but a profile must name one."""
    own = ISO_FORMATS if proposal.found.has_dates_of_its_own else ()
    counted: Counter[str] = Counter()
    for name, meaning in meant.items():
        if name and name.endswith("_date"):
            counted.update({form: meaning.shape.filled for form in meaning.shape.date_formats if form not in own})
    return [form for form, _ in counted.most_common()] or ["%d/%m/%Y"]


def _marks(proposal: Proposal, kind: str) -> list[str]:
    """Which of the known marks the file's meant columns hold, as they are written there."""
    written = {text.upper(): text for text in known()[kind]}
    positions = [meaning.position for meaning in proposal.meanings if meaning.column]
    cells = {cell.strip() for position in positions for cell in proposal.found.cells(position) if cell}
    return sorted({cell for cell in cells if cell.upper() in written})


def _columns(proposal: Proposal, meant: dict[str | None, Meaning]) -> dict[str, Any]:
    """Each contract column's header; a term and its year that share a cell are split, a house's number and its street read together."""
    columns = {column.name: [meant[column.name].header] for column in proposal.contract.delivered if column.name in meant}
    found: dict[str, Any] = {"columns": columns}
    period = next((meant[name] for name in ("term", "academic_year") if name in meant and meant[name].shape.share("term_and_year") >= _MOST), None)
    if period:
        columns |= {"academic_year": [period.header], "term": [period.header]}
        found["split"] = {"academic_year": r"\D+(\d{4}.*)", "term": r"(\w+?)(?: term)?[ ,-]+\d{4}.*"}
    street, house = meant.get("address_line_1"), _house_number(proposal)
    if street and house and street.shape.share("address") < 1 - _MOST:
        columns["address_line_1"] = [house.header]
        found["combined"] = {"address_line_1": [street.header]}
    return found


def _house_number(proposal: Proposal) -> Meaning | None:
    return next((m for m in proposal.meanings if m.column is None and {"house", "reference"} <= words(m.header)), None)


def _amounts(meant: dict[str | None, Meaning]) -> dict[str, Any]:
    """The sign of arrears, where most accounts are below nought; a decimal comma."""
    found: dict[str, Any] = {}
    owed = meant.get("arrears_gbp")
    if owed and owed.shape.negative_share > _NEGATIVE:
        found["negate"] = ["arrears_gbp"]
    amounts = [meaning for name, meaning in meant.items() if name and name.endswith("_gbp")]
    if amounts and all(meaning.shape.decimal_comma > 0.5 for meaning in amounts):
        found["decimal_mark"] = ","
    return found


def _codes(proposal: Proposal, found: dict[str, Any]) -> dict[str, dict[str, str | None]]:
    told = {column.name: dict(_meanings(column, meaning, proposal)) for column, meaning in coded(proposal, found["columns"])}
    return {name: meanings for name, meanings in told.items() if meanings}


def coded(proposal: Proposal, columns: dict[str, list[str]]) -> Iterator[tuple[Column, Meaning]]:
    """The columns of codes among the profile's, with what is taken for them."""
    for column in proposal.contract.delivered:
        if column.name in columns and codes.are_known(column):
            yield column, next(meaning for meaning in proposal.meanings if [meaning.header] == columns[column.name])


def _meanings(column: Column, meaning: Meaning, proposal: Proposal) -> Iterator[tuple[str, str | None]]:
    for code in _as_written(column, meaning, proposal):
        if codes.is_known(column, code):
            yield code, codes.meaning(column, code)
    if meaning.shape.blank and ("none" in column.allowed or column.name == "disposal"):
        yield "", "none"


def unknown_codes(column: Column, meaning: Meaning, proposal: Proposal) -> list[str]:
    """Codes of a column of codes whose meaning the analyst must tell."""
    return [code for code in _as_written(column, meaning, proposal) if not codes.is_known(column, code) and codes.may_be_shown(code)]


def codes_by_their_words(column: Column, meaning: Meaning, proposal: Proposal) -> list[str]:
    """Codes that are not known as they stand, whose meaning follows from one of their words."""
    return [code for code in _as_written(column, meaning, proposal) if codes.is_known(column, code) and not codes.is_spelled(column, code)]


def _as_written(column: Column, meaning: Meaning, proposal: Proposal) -> list[str]:
    """The codes as the file writes them; of a cell that holds a term with its year, the term."""
    if column.name != "term" or meaning.shape.share("term_and_year") < _MOST:
        return sorted(meaning.shape.codes) or sorted(code for code in meaning.shape.few_values if codes.is_known(column, code))
    cells = (cell for cell in proposal.found.cells(meaning.position) if cell)
    return sorted({match["term"].upper() for cell in cells if (match := term_and_year(cell))})


def _year_format(proposal: Proposal, found: dict[str, Any]) -> str | None:
    meaning = proposal.of("academic_year") or proposal.of("term")
    if meaning is None:
        return None
    cells = [cell.strip() for cell in proposal.found.cells(meaning.position) if cell and cell.strip()]
    years = [match["year"] for cell in cells if (match := term_and_year(cell))] or [cell for cell in cells if re.fullmatch(r"\d{4}.*", cell)]
    example = Counter(re.sub(r"\d", "0", year) for year in years).most_common(1)
    return next((year for year in years if re.sub(r"\d", "0", year) == example[0][0]), None) if example else None
