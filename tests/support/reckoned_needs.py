"""What optional sources tell, reckoned in plain Python as docs/criteria.md says it: no SQL, and none of the product's functions."""

from collections import Counter
from datetime import date, timedelta

from tests.support.told import Known

# By measure: the source that tells, and the needs counted where the criterion names none.
COUNTED = {
    "child_in_need": ("social_care", {"child_in_need", "child_protection_plan"}),
    "edge_of_care": ("social_care", {"edge_of_care"}),
    "child_in_care": ("social_care", {"looked_after", "placed_with_parents"}),
    "placed_with_parents": ("social_care", {"placed_with_parents"}),
    "exploitation": ("social_care", {"missing_or_exploited"}),
    "domestic_abuse": ("domestic_abuse", {"domestic_abuse_incident", "marac"}),
    "health_referral": ("health", {"mental_health_referral", "substance_misuse_referral"}),
    "substance_misuse": ("substance_misuse", {"drug_or_alcohol_treatment"}),
    "supervised_offender": ("probation", {"supervision", "release_from_prison"}),
    "neet": ("careers", {"neet"}),
    "early_years": ("early_years", {"development_need", "entitlement_not_taken_up"}),
    "family_relationships": ("early_help", {"parental_conflict", "parenting_support"}),
    "early_help_assessment": ("early_help", {"early_help_assessment"}),
    "new_arrival": ("early_help", {"new_arrival"}),
    "homelessness": ("housing_options", {"homelessness_application", "unsuitable_housing"}),
}
_ACT = {"social_care", "early_help", "health"}
_LONGEST_PREGNANCY = timedelta(weeks=42)


def needs_counted(criterion, person: Known, first: date, last: date) -> int | None:
    """How many of the criterion's needs the person had in the window; None where no row tells of one."""
    teller, counted = COUNTED[criterion.measure]
    asked = set(criterion.codes) or counted
    return sum(source == teller and need in asked and _is_known(spell, first, last) for (source, _, need), spell in person.needs.items()) or None


def _is_known(spell, first: date, last: date) -> bool:
    start, end, _ = spell
    return start <= last and (end is None or end >= first)


def offences(person: Known, disposals, first: date, last: date) -> int:
    """Proven offences: of one day, the police's and youth justice's are the same ones."""
    police = Counter(day for day, kind, disposal in person.police.values() if kind == "CRI" and disposal in disposals)
    youth = Counter(day for (_, _, need), (day, _, disposal) in person.needs.items() if need == "proven_offence" and disposal in disposals)
    return sum(count for day, count in (police | youth).items() if first <= day <= last)


def agencies_of_needs(person: Known, first: date, last: date) -> set[str]:
    """Agencies that act on the person by what optional sources tell: an offence is the police's, and being with child is no one's work."""
    found = {source for (source, _, need), spell in person.needs.items() if source in _ACT and need != "pregnancy" and _is_known(spell, first, last)}
    is_offender = any(need == "proven_offence" and first <= day <= last for (_, _, need), (day, _, _) in person.needs.items())
    return found | ({"police"} if is_offender else set())


def expects(person: Known, as_of: date) -> bool:
    """Whether the health service tells that the person expects a child: for 42 weeks at most, and not past the day of the birth."""
    return any(
        need == "pregnancy" and as_of - _LONGEST_PREGNANCY <= start <= as_of and (end is None or end >= as_of)
        for (_, _, need), (start, end, _) in person.needs.items()
    )
