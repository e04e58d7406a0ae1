"""Splink's models: for Febrl its own examples' comparisons, for people those of its 50,000-person and pseudopeople examples, with term frequencies."""

import splink.comparison_library as cl
from splink import SettingsCreator, block_on

from benchmarks.linkage.peers.blocking import RARE, RULES, as_sql

SWAPPED = "l.forename = r.surname and l.surname = r.forename"


def _with_frequencies(comparison):  # noqa: ANN001, ANN202 - Splink's own types
    return comparison.configure(term_frequency_adjustments=True)


def _febrl():  # noqa: ANN202
    return [
        _with_frequencies(cl.NameComparison("forename")),
        _with_frequencies(cl.NameComparison("surname")),
        cl.DateOfBirthComparison("birth_date", input_is_string=True, invalid_dates_as_null=True),
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
        _with_frequencies(cl.ExactMatch("street_number")),
        _with_frequencies(cl.DamerauLevenshteinAtThresholds("postcode", [1, 2])),
    ]


def _people():  # noqa: ANN202
    return [
        cl.ForenameSurnameComparison("forename", "surname", forename_surname_concat_col_name="full_name"),
        cl.DateOfBirthComparison("birth_date", input_is_string=True),
        _with_frequencies(cl.DamerauLevenshteinAtThresholds("address", [1, 3])),
        cl.PostcodeComparison("postcode"),
        _with_frequencies(cl.LevenshteinAtThresholds("middle_names", [2])),
        cl.ExactMatch("sex"),
    ]


def _ideas(data: str):  # noqa: ANN202
    """An idea of ours that its users could configure too: a source seldom holds one person twice. UPRNs compared beside addresses made every figure worse."""
    return [] if data.startswith("febrl") else [cl.ExactMatch("holder")]


def _borough():  # noqa: ANN202
    return [*_people(), cl.DamerauLevenshteinAtThresholds("nino", [1]), cl.DamerauLevenshteinAtThresholds("upn", [1])]


COMPARISONS = {"febrl3": _febrl, "febrl4": _febrl, "population": _people, "dense": _people, "borough": _borough}
# Columns that a comparison needs and the records do not have.
DERIVED = f"""
    *,
    forename || ' ' || surname as full_name,
    house || ' ' || street as address,
    case when count(*) over (partition by forename, surname) <= {RARE} then forename || ' ' || surname end as rare_name
"""

# Rules that find hardly anything but matches, and the share of all matches they are thought to find: the prior is estimated from both.
CERTAIN = {
    "febrl3": ([["soc_sec_id"], ["forename", "surname", "birth_date"]], 0.9),
    "febrl4": ([["soc_sec_id"], ["forename", "surname", "birth_date"]], 0.8),
    "people": ([["forename", "surname", "birth_date"], ["forename", "birth_date", "postcode"], ["surname", "birth_date", "substr(forename, 1, 1)"]], 0.75),
}
# One training session each; a field that a session blocks on is learnt in the other.
SESSIONS = {"febrl": [["birth_date"], ["postcode"]], "people": [["forename", "surname"], ["birth_date"]]}


def rules_of(data: str, *, is_tuned: bool) -> list[str]:
    """Blocking rules; the one by rare whole names is an idea of ours."""
    return [rule for rule in RULES[data] if is_tuned or "rare_name" not in rule]


def settings(data: str, *, is_tuned: bool) -> SettingsCreator:
    """The model before training; a tuned one has our ideas, and keeps no column that scoring does not need."""
    rules = [block_on(*as_sql(rule)) for rule in rules_of(data, is_tuned=is_tuned)]
    return SettingsCreator(
        link_type="link_only" if data == "febrl4" else "dedupe_only",
        unique_id_column_name="record_id",
        comparisons=[*COMPARISONS[data](), *(_ideas(data) if is_tuned else [])],
        blocking_rules_to_generate_predictions=[*rules, SWAPPED],
        retain_matching_columns=not is_tuned,
    )


def certain(data: str) -> tuple[list[object], float]:
    """Deterministic rules and their recall."""
    rules, recall = CERTAIN.get(data, CERTAIN["people"])
    return [block_on(*rule) for rule in rules], recall


def sessions(data: str) -> list[object]:
    """Blocking rules of the training sessions."""
    return [block_on(*rule) for rule in SESSIONS["febrl" if data.startswith("febrl") else "people"]]
