"""What must be true of each table beyond what its declaration says: by table, in plain words; apart from the suites because most changes are made here."""

from expectations.vocabulary import Expectation, never, seldom
from schemas.extracts.dwp_benefit import INCOME_SUPPORT_ENDED

_BORN_BY_AS_OF = "No date of birth lies after the as-of date."

_INCOME_SUPPORT = "No award of income support goes on after its payments stopped, on 1 April 2026."
_GOES_ON = f"benefit_type = 'IS' and as_at_date > date '{INCOME_SUPPORT_ENDED}' and coalesce(award_to_date, as_at_date) > date '{INCOME_SUPPORT_ENDED}'"
_ONE_RUN = "Every row was made by this run."
_ABOUT_PUPILS = (
    never("born_by_as_of", _BORN_BY_AS_OF, "birth_date > $as_of", "warning"),
    seldom("birth_date_given", "At least 95% of rows give the pupil's date of birth.", "birth_date is null", 0.05),
)
_ABOUT_PEOPLE = (
    never("born_by_as_of", _BORN_BY_AS_OF, "birth_date > $as_of", "warning"),
    seldom("birth_date_given", "At least 60% of rows give a date of birth.", "birth_date is null", 0.4),
)

EXTRA: dict[str, tuple[Expectation, ...]] = {
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
        never("income_support_ended", _INCOME_SUPPORT, _GOES_ON, "warning"),
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
    "extract.pupil": _ABOUT_PUPILS,
    "extract.off_roll_pupil": _ABOUT_PUPILS,
    "extract.contact": (seldom("relationship_given", "At least 80% of contacts say how they are related to the pupil.", "relationship is null", 0.2),),
    "extract.session_mark": (never("marked_by_as_of", "No session lies after the as-of date.", "session_date > $as_of", "warning"),),
    "extract.exclusion": (
        never("begun_by_as_of", "No exclusion begins after the as-of date.", "start_date > $as_of", "warning"),
        never("reinstated_after_start", "Nobody is reinstated before the exclusion begins.", "reinstated_date < start_date", "warning"),
    ),
    "extract.incident": (never("happened_by_as_of", "No incident lies after the as-of date.", "incident_date > $as_of", "warning"),),
    "extract.nominal": (
        never("born_by_as_of", _BORN_BY_AS_OF, "birth_date > $as_of", "warning"),
        seldom("name_given", "At least half of the rows name somebody.", "surname is null and full_name is null", 0.5),
    ),
    "extract.intervention": (
        never("used_by_as_of", "No power was used after the as-of date.", "intervention_date > $as_of", "warning"),
        seldom("power_told", "At least 80% of interventions say what power was used.", "intervention_type is null", 0.2),
    ),
    "extract.outcome": (never("settled_by_as_of", "No outcome lies after the as-of date.", "outcome_date > $as_of", "warning"),),
    "extract.claim": (
        never("award_in_order", "No award ends before it starts.", "award_to_date < award_from_date", "warning"),
        never("income_support_ended", _INCOME_SUPPORT, _GOES_ON, "warning"),
    ),
    "extract.claimant": _ABOUT_PEOPLE,
    "extract.partner": _ABOUT_PEOPLE,
    "extract.dependant": (never("born_by_as_of", _BORN_BY_AS_OF, "birth_date > $as_of", "warning"),),
    "extract.account": (
        never("tenancy_in_order", "No tenancy ends before it starts.", "tenancy_to_date < tenancy_from_date", "warning"),
        seldom("rent_given", "At least 95% of accounts have a rent above nothing.", "weekly_rent_gbp <= 0", 0.05),
    ),
    "extract.tenant": _ABOUT_PEOPLE,
    "extract.balance": (never("stated_by_as_of", "No balance holds for a day after the as-of date.", "balance_date > $as_of", "warning"),),
    "extract.action": (never("taken_by_as_of", "No step of recovery lies after the as-of date.", "action_date > $as_of", "warning"),),
    "extract.rejected": (never("reason_in_words", "Every rejected row is told why, in words.", "length(trim(reason)) < 10", "warning"),),
    "extract.repair": (
        never("reason_in_words", "Every repaired value is told why, in words.", "length(trim(reason)) < 10", "warning"),
        never("value_changed", "A repair changed the value it is told of.", "before is not distinct from after", "warning"),
    ),
    "extract.part": (
        never(
            "rows_accounted_for",
            "Every row received in each file was either accepted or rejected; none was lost.",
            "received_count <> accepted_count + rejected_count",
            "warning",
        ),
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
    "linked.scored_pair": (
        never("in_order", "Each pair stands once, the record whose id sorts first on its left.", "record_id_l >= record_id_r"),
        never(
            "decided_by_somebody",
            "A pair that no weight joins is joined by a person's decision alone.",
            "is_vetoed and outcome = 'link' and decision is null",
            "warning",
        ),
    ),
    "linked.household_doubt": (never("below_certain", "Nobody is in doubt who surely belongs to the household.", "membership_probability >= 1", "warning"),),
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
    "audit.run": (never("one_run", _ONE_RUN, "run_id <> $run_id"), never("as_of_told", "The run looks from its as-of date.", "as_of_date <> $as_of")),
    "audit.stage": (never("one_run", _ONE_RUN, "run_id <> $run_id"),),
    "audit.extract": (
        never("one_run", _ONE_RUN, "run_id <> $run_id"),
        never("delivered_by_as_of", "No source stands on a delivery after the as-of date.", "delivered_date > $as_of"),
        never("counted_when_there", "A source with an extract has its rows counted.", "extract_id is not null and accepted_count is null"),
    ),
    "audit.extract_file": (
        never("one_run", _ONE_RUN, "run_id <> $run_id"),
        never("rows_accounted_for", "Every row received in each file was either accepted or rejected.", "received_count <> accepted_count + rejected_count"),
    ),
    "audit.overtaken": (
        never("one_run", _ONE_RUN, "run_id <> $run_id"),
        never("delivered_by_as_of", "No delivery that was overtaken came after the as-of date.", "delivered_date > $as_of"),
        never("rows_accounted_for", "Every row received in each file was either accepted or rejected.", "received_count <> accepted_count + rejected_count"),
        never("not_in_use", "No extract is told as overtaken by itself.", "extract_id = overtaken_by"),
    ),
    "audit.overtaken_reason": (never("one_run", _ONE_RUN, "run_id <> $run_id"),),
    "audit.rejection": (
        never("one_run", _ONE_RUN, "run_id <> $run_id"),
        never("reason_in_words", "Every reason of rejection is told in words.", "length(trim(reason)) < 10", "warning"),
    ),
    "audit.expectation": (
        never("one_run", _ONE_RUN, "run_id <> $run_id"),
        never("a_sentence", "Every expectation is told as a sentence.", "not ends_with(description, '.')", "warning"),
    ),
    "audit.gate": (
        never("one_run", _ONE_RUN, "run_id <> $run_id"),
        never("passed_without_offender", "A gate has passed just where nothing offends.", "is_passed <> (offender_count = 0)"),
    ),
    "audit.trend": (never("told_by_as_of", "No figure is of a day after the as-of date.", "point_date > $as_of", "warning"),),
}
