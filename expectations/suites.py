"""The suites: what the declarations in `schemas/` say of each table, and what only this project knows of it."""

from expectations.vocabulary import Expectation, Suite, allowed, filled, never, required, seldom, shape, unique, within
from schemas import cohort, extracts, linked, staging
from schemas.table import Table

# Small tables that auditors ask about most: Great Expectations reads the rows themselves, not counts of them.
_SMALL = {table.qualified for table in (cohort.VERIFIED_FAMILIES, cohort.CHANGE, cohort.RECONCILIATION, cohort.WARD_RECONCILIATION)}
# Tables without a row mean that a stage went wrong, not that there was nothing to say.
_NEVER_EMPTY = {table.qualified for table in (extracts.RECEIPT, staging.PERSON_RECORD, staging.RECORD_SOURCE, linked.PERSON, linked.PERSON_RECORD)}

# A session may be told by several files of a set; the last one holds.
_PARTS = [contract.table for parts in extracts.PARTS.values() for contract in parts.values()]

_BORN_BY_AS_OF = "No date of birth lies after the as-of date."

_EXTRA: dict[str, tuple[Expectation, ...]] = {
    "extract.school_attendance": (
        never("born_by_as_of", _BORN_BY_AS_OF, "birth_date > $as_of", "warning"),
        never(
            "absence_within_possible",
            "Sessions missed never exceed the sessions possible.",
            "sessions_authorised + sessions_unauthorised > sessions_possible",
            "warning",
        ),
        seldom("birth_date_given", "At least 95% of rows give the pupil's date of birth.", "birth_date is null", 0.05),
        seldom("postcode_given", "At least 80% of rows give a postcode.", "postcode is null", 0.2),
    ),
    "extract.police_asb": (
        never("born_by_as_of", _BORN_BY_AS_OF, "birth_date > $as_of", "warning"),
        never("happened_by_as_of", "No incident lies after the as-of date.", "incident_date > $as_of", "warning"),
        seldom("name_given", "At least half of the rows name somebody.", "surname is null and full_name is null", 0.5),
    ),
    "extract.dwp_benefit": (
        never("born_by_as_of", _BORN_BY_AS_OF, "birth_date > $as_of or partner_birth_date > $as_of", "warning"),
        never("award_in_order", "No award ends before it starts.", "award_to_date < award_from_date", "warning"),
        seldom(
            "conditionality_given",
            "At least 80% of Universal Credit awards give their conditionality; without it nothing can be said about work.",
            "conditionality is null",
            0.2,
            among="benefit_type = 'UC'",
        ),
    ),
    "extract.housing_arrears": (
        never("born_by_as_of", _BORN_BY_AS_OF, "birth_date > $as_of", "warning"),
        never("tenancy_in_order", "No tenancy ends before it starts.", "tenancy_to_date < tenancy_from_date", "warning"),
        seldom("rent_given", "At least 95% of rows have a rent above nothing.", "weekly_rent_gbp <= 0", 0.05),
    ),
    "extract.council_tax": (
        never("liability_in_order", "No liability ends before it starts.", "liable_to_date < liable_from_date", "warning"),
        seldom("address_given", "At least 95% of rows give a postcode or a UPRN.", "postcode is null and uprn is null", 0.05),
    ),
    "extract.receipt": (
        never(
            "rows_accounted_for",
            "Every row received was either accepted or rejected; none was lost.",
            "received_count <> accepted_count + rejected_count",
        ),
        never("delivered_by_as_of", "Nothing delivered after the as-of date is used.", "delivered_date > $as_of"),
        never("as_at_by_delivery", "A statement holds for no later day than its delivery.", "as_at_date > delivered_date", "warning"),
    ),
    "staging.person_record": (
        never("born_by_as_of", _BORN_BY_AS_OF, "birth_date > $as_of"),
        never("usable_birth_date", "A date of birth that cannot be used is never kept.", "birth_date is null and birth_date_quality = 'full'"),
        seldom("birth_date_given", "At least 60% of records have a usable date of birth.", "birth_date is null", 0.4),
        seldom("name_given", "At least 99% of records have a surname.", "surname is null", 0.01),
        seldom("address_given", "At least 75% of records can be placed at an address.", "address_key is null", 0.25),
        never("seen_by_as_of", "Nobody is seen after the as-of date.", "seen_date > $as_of", "warning"),
    ),
    "staging.event": (never("stated_by_as_of", "No statement holds for a day after the as-of date.", "as_at_date > $as_of", "warning"),),
    "staging.relationship": (never("two_people", "Nobody is declared to be their own relation.", "record_id_l = record_id_r"),),
    "linked.household": (
        seldom(
            "ages_known",
            "In at least 95% of private households somebody is known to be an adult or a child.",
            "adult_count + child_count < 1",
            0.05,
            among="household_kind = 'private'",
        ),
    ),
    "cohort.family": (
        never("same_as_of", "Every family was assessed at the run's as-of date.", "as_of_date <> $as_of"),
        never("has_child", "Every assessed family holds a child under 18.", "child_count < 1"),
        never("rule_named", "A verified family names the limb of the rule it meets.", "status = 'verified' and qualifying_rule is null"),
        never("ward_based", "A family has a ward just where its address tells one.", "(ward is null) = (basis_of_ward in ('uprn', 'postcode', 'sector'))"),
        seldom(
            "ward_told", "Where the authority has a wards.csv, it tells at least 90% of families.", "ward is null", 0.1, among="basis_of_ward <> 'no_table'"
        ),
        seldom("placed", "At least 95% of families lie in a district.", "district is null or district = 'unplaced'", 0.05),
    ),
    "cohort.verified_families": (
        never("only_verified", "The list holds verified families only.", "status <> 'verified'"),
        never("one_framework", "The list holds the published framework only.", "framework_id <> $framework_id"),
        never("one_run", "Every row was made by this run.", "run_id <> $run_id"),
        never("identified_by_as_of", "No family was first identified after the as-of date.", "first_identified_date > $as_of"),
    ),
    "cohort.household_criterion": (
        never("silent_when_not_assessed", "A criterion that was not assessed has no value.", "assessment = 'not_assessed' and value is not null"),
        never("spoken_when_met", "A criterion that is met has a value.", "assessment = 'met' and value is null"),
        never("window_in_order", "No window ends before it starts.", "window_to_date < window_from_date"),
    ),
    "cohort.evidence": (
        never("happened_by_as_of", "No evidence lies after the as-of date.", "from_date > $as_of"),
        never("in_order", "No evidence ends before it starts.", "to_date < from_date", "warning"),
    ),
    "cohort.member": (never("born_by_as_of", _BORN_BY_AS_OF, "birth_date > $as_of"),),
}


def suite(table: Table) -> Suite:
    """The suite of a declared table: its shape, each column's own rules, its key, then the hand-written ones."""
    return Suite(table.qualified, table, (*_about_table(table), *_about_columns(table), *_EXTRA.get(table.qualified, ())), table.qualified in _SMALL)


def extract_suite(source: str) -> Suite:
    """The suite of a source's extract."""
    return suite(extracts.CONTRACTS[source].table)


def part_suite(source: str, part: str) -> Suite:
    """The suite of one further table of a set."""
    return suite(extracts.PARTS[source][part].table)


def receipt_suite(source: str) -> Suite:
    """The suite of the receipt of a source's extract, named for the source so that four receipts stand apart."""
    made = suite(extracts.RECEIPT)
    return Suite(f"{made.name}:{source}", made.table, made.expectations)


def staging_suites() -> list[Suite]:
    """The suites of the staging layer."""
    return [suite(table) for table in staging.TABLES]


def cohort_suites() -> list[Suite]:
    """The suites of everything the publication rests on: linked persons and households, cohort and register."""
    linked_tables = [linked.PERSON_RECORD, linked.PERSON, linked.HOUSEHOLD, linked.HOUSEHOLD_MEMBER]
    return [suite(table) for table in (*linked_tables, *cohort.COHORT_TABLES, *cohort.REGISTER_TABLES)]


def _about_table(table: Table) -> list[Expectation]:
    # Partners' extracts may repeat a row; standardise collapses the repeats, so they are told and stop nothing.
    repeats = "info" if table.name in extracts.CONTRACTS or table in _PARTS else "critical"
    emptiness = "critical" if table.qualified in _NEVER_EMPTY else "warning"
    empty_is_news = table.qualified in _NEVER_EMPTY or table.name in extracts.CONTRACTS
    return [shape(table), *([filled(table, emptiness)] if empty_is_news else []), unique(table, repeats)]


def _about_columns(table: Table) -> list[Expectation]:
    made: list[Expectation] = []
    for column in table:
        if column.required:
            made.append(required(column))
        if column.allowed:
            made.append(allowed(column))
        if column.minimum is not None or column.maximum is not None:
            made.append(within(column))
    return made
