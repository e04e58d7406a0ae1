"""The same rows as another supplier would write them: dates, names and people in its way, so that a borough can come in any layout of the library."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import numpy as np

from pipelines.synthetic.delivery import Appearance, Rows
from pipelines.synthetic.frame import Array, Columns, is_filled, repeated, take, texts, where
from schemas.extracts import CONTRACTS, PARTS
from schemas.profile import Profile

# No benefit of the contract: the partner's row of an award that cannot be accepted cannot be accepted either.
_UNREADABLE = "XX"
# Powers in force on any day that a borough tells of.
_POWERS = ("warning", "acceptable_behaviour_contract", "community_protection_warning", "community_protection_notice", "civil_injunction")


def rewritten(rows: Rows, usual: Profile, other: Profile) -> Rows:
    """The rows, written for the usual profile, in the shape and the date formats of the other one; codes are not put in yet."""
    shape = _SHAPES.get((rows.source, other.layout))
    shaped = shape(rows) if shape else rows
    values = {name: _without_mark(column, usual.null_values) for name, column in shaped.values.items()}
    contracts = (CONTRACTS[rows.source], *PARTS.get(rows.source, {}).values())
    for name in {c.name for contract in contracts for c in contract.delivered if c.type == "DATE" and c.name in values}:
        values[name] = _dates(values[name], usual, other)
    return replace(shaped, values=values)


def _without_mark(column: Array, marks: tuple[str, ...]) -> Array:
    """Empty instead of the dot that one supplier puts where it knows nothing."""
    return np.asarray(where(column == ".", None, column)) if "." in marks else column


def _dates(column: Array, usual: Profile, other: Profile) -> Array:
    distinct = {text: _date(text, usual, other) for text in set(column.tolist()) if text}
    return texts([distinct.get(text, text) for text in column.tolist()])


def _date(text: str, usual: Profile, other: Profile) -> str:
    """The date in the other's format, with its time where it has one; text that is no date stays."""
    if text in usual.open_end_dates:
        return other.open_end_dates[0]
    for form in usual.date_formats:
        try:
            day = datetime.strptime(text, form)  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
        return day.strftime(next(f for f in other.date_formats if ("%H" in f) == ("%H" in form)))
    return text


def _period(rows: Rows) -> Rows:
    """Term and academic year in one cell."""
    pairs = zip(rows.values["term"].tolist(), rows.values["academic_year"].tolist(), strict=True)
    return replace(rows, values=rows.values | {"academic_year": texts([f"{term.capitalize()} {year}/{year + 1}" for term, year in pairs])} | _two_homes(rows))


def _two_homes(rows: Rows) -> Columns:
    """The flat stands before the street, in a column of its own."""
    first, second = rows.values["address_line_1"], rows.values["address_line_2"]
    is_flat = is_filled(second) & (second != "")
    return {"address_line_1": where(is_flat, first, None), "address_line_1+1": where(is_flat, second, first)}


def _names_in_parts(rows: Rows) -> Rows:
    """SMITH, John Paul AKA JONES, John in the columns for family name, given names and alias."""
    parts = [_parts(text) for text in rows.values["full_name"].tolist()]
    named = {name: texts([part[place] for part in parts]) for place, name in enumerate(("surname", "forename", "former_surname"))}
    return replace(rows, values=rows.values | named)


def _parts(text: str | None) -> tuple[str | None, str | None, str | None]:
    if not text:
        return None, None, None
    name, _, alias = text.partition(" AKA ")
    surname, comma, given = name.partition(", ")
    if not comma:
        *first, surname = name.split(" ")
        while len(first) > 1 and first[-1].isupper():
            surname = f"{first.pop()} {surname}"
        given = " ".join(first)
    return surname, given or None, alias.partition(",")[0] or None


def _powers_and_outcomes(rows: Rows) -> Rows:
    """As in a records system: each intervention by a power in force, one after the other by its number, and on the day of what they belong to."""
    named = _names_in_parts(rows).values
    numbers = [int("".join(filter(str.isdigit, text or "")) or 0) for text in rows.values["occurrence_id"].tolist()]
    told = {"intervention_type": texts([_POWERS[number % len(_POWERS)] for number in numbers])}
    return replace(rows, values=named | told | dict.fromkeys(("intervention_date", "outcome_date"), rows.values["incident_date"]))


def _row_a_person(rows: Rows) -> Rows:
    """The partners of claims in rows of their own, behind the claimants'."""
    claimant, partner = rows.appearances
    paired = np.flatnonzero(is_filled(rows.values["partner_surname"]))
    index = np.concatenate([np.arange(rows.count), paired])
    values, own = take(rows.values, index), rows.count
    values["claimant_role"] = texts(["claimant"] * own + ["partner"] * len(paired))
    same = rows.values["partner_nino"][paired] == rows.values["nino"][paired]
    moved = {name: rows.values[f"partner_{name}"][paired] for name in ("surname", "forename", "birth_date")}
    moved |= {"nino": where(same, None, rows.values["partner_nino"][paired]), "title": repeated(None, len(paired)), "sex": repeated(None, len(paired))}
    for name, column in moved.items():
        values[name][own:] = column
    fatal = rows.is_fatal[paired]
    values["benefit_type"][own:] = where(fatal, _UNREADABLE, values["benefit_type"][own:])
    nobody = np.full(len(paired), -1), repeated(None, len(paired))
    seen = (
        Appearance("claimant", np.concatenate([claimant.person, nobody[0]]), np.concatenate([claimant.name, nobody[1]])),
        Appearance("partner", np.concatenate([np.full(own, -1), partner.person[paired]]), np.concatenate([repeated(None, own), partner.name[paired]])),
    )
    return Rows(rows.source, values, seen, take(rows.facts, index), rows.is_fatal[index], rows.is_duplicate[index])


def _owed_or_in_credit(rows: Rows) -> Rows:
    """Amounts with DR or CR behind them."""
    amounts = [None if v is None else f"{abs(v):,.2f} {'CR' if v < 0 else 'DR'}" for v in rows.values["arrears_gbp"].tolist()]
    return replace(rows, values=rows.values | {"arrears_gbp": texts(amounts)})


_SHAPES: dict[tuple[str, str | None], Callable[[Rows], Rows]] = {
    ("school_attendance", "mis_summary"): _period,
    ("police_asb", "athena"): _names_in_parts,
    ("police_asb", "records_set"): _powers_and_outcomes,
    ("dwp_benefit", "claimant_rows"): _row_a_person,
    ("housing_arrears", "nec"): _owed_or_in_credit,
}
