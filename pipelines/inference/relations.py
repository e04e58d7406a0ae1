"""What columns tell of one another: a person's reference names one person, an end lies behind its start; and what is left over when all else has a meaning."""

from collections.abc import Sequence
from dataclasses import replace

from pipelines.inference import codes, evidence, words
from pipelines.inference.meaning import SURE, Meaning
from pipelines.inference.sample import Sample
from pipelines.inference.words import Words
from schemas.extracts.contract import Contract
from schemas.table import Column

# What follows from other columns alone is proposed, and not more than that.
_LEFT_OVER = 0.55
_HARDLY_NAMED = 0.6
_MOST = 0.9
_FEW_ROWS = 20
_ONE_EACH = "each of its values stands for one person"


def completed(meanings: Sequence[Meaning], told: Sequence[Words], found: Sample, contract: Contract) -> list[Meaning]:
    """The meanings with starts and ends in their order, and with columns of the contract that one leftover column alone can be."""
    done = _whose_numbers(_in_order(list(meanings), found), found, contract)
    columns = sorted(contract.delivered, key=lambda column: not column.required)
    for column in columns:
        if any(meaning.column == column.name for meaning in done):
            continue
        left = [m for m in done if m.column is None and m.header and m.shape.filled >= _FEW_ROWS and not words.qualified(told[m.position])]
        possible = [(m, why) for m in left if (why := _only_this(column, m, done, found, contract))]
        if len(possible) == 1:
            meaning, why = possible[0]
            done[meaning.position] = replace(meaning, column=column.name, confidence=_LEFT_OVER, why=f"nothing else is left for it; {why}")
    return done


def _only_this(column: Column, meaning: Meaning, meanings: list[Meaning], found: Sample, contract: Contract) -> str | None:
    """Why the column may be the contract's, from what its values are to other columns; None where it may not, or where values alone never tell."""
    fit, why = evidence.fit(column, contract, meaning.shape)
    if fit < 0.5:
        return None
    if column.name == "source_person_id":
        is_number = meaning.shape.share("phone") < _MOST and _names_people(meaning, meanings, found)
        return _ONE_EACH if is_number else None
    if column.name.endswith("to_date"):
        return "it never lies before the start" if _ends_what_begins(column, meaning, meanings, found) else None
    if column.type == "DATE":
        return why if column.required or column.name == "birth_date" else None
    if column.allowed and column.type == "VARCHAR":
        several = len(meaning.shape.codes) > 1 and codes.known_share(column, meaning.shape) >= _MOST
        return why if several and (column.required or column.name == "sex") else None
    return None


def _names_people(meaning: Meaning, meanings: list[Meaning], found: Sample) -> bool:
    """Whether nearly every value stands with one name and date of birth, and there are about as many as there are people."""
    about = [m.position for m in meanings if m.column in ("surname", "forename", "full_name", "birth_date")]
    if not about:
        return False
    people: dict[str, set[tuple[str, ...]]] = {}
    for row in found.rows:
        if len(row) > max(about) and len(row) > meaning.position and (number := (row[meaning.position] or "").strip()):
            people.setdefault(number, set()).add(tuple((row[place] or "").strip().upper() for place in about))
    distinct = len(set().union(*people.values())) if people else 0
    alone = sum(len(several) == 1 for several in people.values())
    return len(people) >= _FEW_ROWS and alone >= 0.8 * len(people) and 0.6 <= len(people) / max(distinct, 1) <= 1.2


def _ends_what_begins(column: Column, meaning: Meaning, meanings: list[Meaning], found: Sample) -> bool:
    start = next((m for m in meanings if m.column == column.name.replace("to_date", "from_date")), None)
    if start is None or not (meaning.shape.blank or meaning.shape.has_open_end):
        return False
    return _share_in_order(start, meaning, found) >= _MOST


def _in_order(meanings: list[Meaning], found: Sample) -> list[Meaning]:
    """Starts and ends the other way round where most rows end before they begin."""
    for meaning in list(meanings):
        if not (meaning.column or "").endswith("to_date"):
            continue
        start = next((m for m in meanings if m.column == str(meaning.column).replace("to_date", "from_date")), None)
        if start and _share_in_order(start, meaning, found) < 1 - _MOST:
            meanings[start.position] = replace(start, column=meaning.column, confidence=SURE, why="most rows begin after it")
            meanings[meaning.position] = replace(meaning, column=start.column, confidence=SURE, why="most rows end after it")
    return meanings


def _whose_numbers(meanings: list[Meaning], found: Sample, contract: Contract) -> list[Meaning]:
    """The reference of persons and that of what they are in the other way round, where it is the other that names people."""
    person = next((m for m in meanings if m.column == "source_person_id"), None)
    if person is None:
        return _weakly_named(meanings, found, contract)
    is_right = _names_people(person, meanings, found)
    for other in [m for m in meanings if m.column in contract.identifiers and str(m.column).startswith(("event_", "occurrence_", "account_"))]:
        # Of two numbers that each name one person, that of persons has fewer values: it comes again where a person does.
        if _names_people(other, meanings, found) and (not is_right or other.shape.distinct < person.shape.distinct):
            meanings[person.position] = replace(person, column=other.column, confidence=max(SURE, person.confidence), why="its values stand for several people")
            meanings[other.position] = replace(other, column=person.column, confidence=max(SURE, other.confidence), why="its values stand for one person each")
            break
    return meanings


def _weakly_named(meanings: list[Meaning], found: Sample, contract: Contract) -> list[Meaning]:
    """A number whose header says no more than that it is one, and that names people, is that of persons where no other is."""
    for other in [m for m in meanings if m.column in contract.identifiers and m.column == "event_reference" and m.confidence < _HARDLY_NAMED]:
        if _names_people(other, meanings, found):
            meanings[other.position] = replace(other, column="source_person_id", confidence=_LEFT_OVER, why=_ONE_EACH)
    return meanings


def _share_in_order(start: Meaning, end: Meaning, found: Sample) -> float:
    """Share of the rows that have both whose start does not lie after their end; rows that have not tell nothing."""
    pairs = [(start.shape.day(row[start.position]), end.shape.day(row[end.position])) for row in found.rows if len(row) > max(start.position, end.position)]
    both = [(first, last) for first, last in pairs if first and last]
    return sum(first <= last for first, last in both) / len(both) if both else 0.5
