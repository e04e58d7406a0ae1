"""What `families link` tells the user beside its figures; apart, since these are words and not steps."""

from matching.blocking import RuleSummary
from pipelines.values.text import counted

NOTHING_TO_BLOCK_BY = (
    "The records hold nothing to block by: no two of forename, surname, birth date and address, and no number or code. Every record is a person of its own."
)


UNTAUGHT = (
    "No pairs were found to learn from how one person's values vary, as pairs of one date of birth, address or number would be: starting values stand for that."
    " They order pairs well, but probabilities are only rough: judge a sample of pairs by hand, or with --truth, before you choose a threshold."
)
ONE_SOURCE = (
    "The model file says link_only, but there is one source, so no two records may meet and each is a person of its own:"
    " right where nobody is in the table twice, as in a census. Else give another file, name the source column, or leave link_type out."
)


# So many records that share what a rule asks are no family, street or common name any more.
_CROWD = 1000


def refusals(rules: list[RuleSummary], *, are_own: bool) -> list[str]:
    """What blocking left out because too many records share a value, and what can be done: of the model file's rules all of it, of the default ones crowds."""
    found = []
    for rule in rules:
        left_out = (
            f"Blocking rule {rule.rule} left out {counted(rule.refused_record_count, 'record')} in blocks above its limit:"
            " so many share a value that comparing them all finds little."
        )
        if rule.refused_block_count and are_own:
            found.append(f"{left_out} They may still meet by another rule; a higher `limit` in the model file compares them.")
        elif rule.refused_block_count and rule.largest_block >= _CROWD:
            found.append(f"{left_out} They may still meet by another rule. If it is one value that stands for none, such as UNKNOWN, empty it in the file.")
    return found


def few(count: int) -> str:
    """That so many records teach nothing."""
    return f"{counted(count, 'different record is', 'different records are')} too few to learn from; the starting values are used as they are."


def trains(model_name: str, folder: str) -> str:
    """That a model is trained, where it goes, and what the next run makes of it."""
    return (
        f"No trained model was given or found beside {model_name}; one is trained on these records, and written to {folder}/model.json."
        " To judge the next records by the same measure, name it with --model-json or copy it beside the model file; otherwise each run trains anew."
    )


def unplaced(count: int, people_count: int) -> str:
    """That so many people are placed nowhere, and what would place them."""
    return (
        f"{count:,} of {people_count:,} people are placed in no home, so that only what the table declares ties them:"
        " none of their records has a UPRN, or a house and its street or postcode (`address`, or `paon` with `street` or `postcode`)"
        " that is one place in this table."
        " Where streets of one name are in several towns, or a flat's number is left out, a postcode, a town or the flat is needed too."
    )


def not_dates(key: str, count: int, read_count: int) -> str:
    """That the column which `key` of the households section names mostly holds no dates."""
    return (
        f"Of {counted(count, 'value')} in the column that households.{key} names, {read_count:,} could be read as dates:"
        " name another column, or how it writes them in date_formats."
    )


def not_ids(kind: str, count: int, known_count: int) -> str:
    """That the columns named for a kind of relationship mostly hold no record's id."""
    return (
        f"Of {counted(count, 'value')} that households.relationships.{kind} names, {known_count:,} are the record_id of a record in these files;"
        " the others declare nothing. Such a column holds the other's record_id, not a name;"
        " a number that a family shares goes under `units`."
    )
