"""What ties two people of any people table into one household, and how loudly: values apart from the work, so that they can be read and argued over.

Weights are log2 of odds and add up (Fellegi and Sunter, 1969). They say less than those of household_evidence, which knows its sources.
"""

from typing import Any

from matching.household_evidence import Evidence

LADDER = {
    # Where two people start; one address alone joins nobody.
    "same_dwelling": Evidence(None, False, -2.0, -4.0, -6.0),
    "declared_parent": Evidence("declared_relationship", True, 9.5, 13.0, 15.0),
    "declared_partner": Evidence("declared_relationship", True, 9.0, 12.5, 15.0),
    "declared_kin": Evidence("declared_relationship", True, 8.0, 12.0, 14.0),
    "declared_unit": Evidence("declared_unit", True, 7.5, 11.0, 13.0),
    "declared_apart": Evidence(None, False, -30.0, -30.0, -30.0),
    "same_surname": Evidence("surname_and_address", False, 6.6, 6.4, 4.5),
    "similar_surname": Evidence("surname_and_address", False, 5.4, 4.0, 1.0),
    "maybe_one_person": Evidence("maybe_one_person", False, 5.0, 6.0, 6.0),
    # Seen together at a former home too, which sharers may be; with the ages of a couple or of two generations it is enough.
    "moved_together": Evidence("moved_together", False, 3.0, 4.0, 2.0),
    # Supports other evidence, founds nothing.
    "generations": Evidence(None, False, 0.8, 1.5, 1.0),
    "couple": Evidence(None, False, 0.8, 0.0, 0.0),
    "lodges": Evidence(None, False, -8.0, -8.0, -8.0),
    "one_after_the_other": Evidence(None, False, -8.0, -8.0, -8.0),
}

# Words in a column of the address's class, those of Ordnance Survey's classification among them.
COMMUNAL_CLASS = r"COMMUNAL|HOSTEL|REFUGE|CARE|NURSING|PRISON|HOSPITAL|BARRACK|HOTEL|SHELTER|TEMPORARY|B&B|STUDENT|HALL|INSTITUTION|SHELL|PARENT|^RI|^RD10|^P"
SHARED_CLASS = r"HMO|MULTIPLE|SHARED|BEDSIT|LODGING|^RH"
# A place in a unit that is not of the family.
GUEST = r"LODGER|BOARDER|SUB.?TENANT|VISITOR|GUEST|EMPLOYEE|SERVANT|CARER|UNRELATED|SHARER|FLATMATE|LANDLORD|LANDLADY"
# A place in the family of whoever heads it.
HEAD = r"\b(HEAD|HOUSEHOLDER|HOH|HRP|REFERENCE PERSON|PERSON 1|(MAIN|LEAD|SOLE|PRINCIPAL|PRIMARY) TENANT|APPLICANT|CLAIMANT)\b"
KIN = (
    r"\b(SPOUSE|WIFE|HUSBAND|PARTNER|COHABITEE|COHABITANT|SON|DAUGHTER|CHILD|CHILDREN|BABY|STEP\w*|FOSTER|PARENT|FATHER|MOTHER|BROTHER|SISTER|SIBLING"
    r"|GRAND\w*|UNCLE|AUNT|NEPHEW|NIECE|COUSIN|RELATIVE|RELATION|IN.LAW|DEPEND[AE]NT)S?\b"
)
NO_KIN = r"\b(NO|NON|NOT|FORMER|LATE|EX)\b"
# Who holds a tenancy is the family itself, and a lodger only in somebody's own home.
TENANT = r"TENANT"
HOLDER = r"(JOINT|CO|MAIN|LEAD|SOLE|FIRST|SECOND|PRINCIPAL|PRIMARY).?TENANT"
HOST = r"OWNER|\bHEAD\b|HOUSEHOLDER|LANDLORD|LANDLADY"
LETTING = r"LANDLORD|LANDLADY"
TENANCY = r"TENAN|RENT|LEASE|LETTING"

PARAMETERS: dict[str, Any] = {
    "communal_class": COMMUNAL_CLASS,
    "shared_class": SHARED_CLASS,
    "guest": GUEST,
    "head": HEAD,
    "kin": KIN,
    "no_kin": NO_KIN,
    "tenant": TENANT,
    "holder": HOLDER,
    "host": HOST,
    "letting": LETTING,
    "tenancy": TENANCY,
    "enough_of_a_name": 5,  # records of known sex, before a forename tells one
    "nearly_all": 0.95,
    "adult_age": 18,
    "dependent_age": 16,
    "lowest_reliability": 0.3,
    "fewest_agreements": 50,  # people seen by a source and by another, before its reliability is told
    "one_town_share": 0.9,  # of a street's buildings in one postal district: then a house on it is told without a postcode
    "half_life_days": 540.0,  # an address not seen for so long counts half
    "ended_share": 0.05,  # an address the source itself has ended is all but gone
    "contact_share": 0.2,  # a second parent's address that may be the child's, of any other source's
    "maybe_elsewhere": 0.6,  # that such a parent lives there, whom linkage could not tell from somebody at another home
    "torn": 0.6,  # that an adult lives with people of one name whom as much places elsewhere, away from all of them
    "as_strong": 0.95,
    "outdated_days": 180,  # after which a source that has somebody elsewhere means a move
    "as_recent_days": 180,  # a source that saw somebody so long before another may be behind
    "unit_limit": 12,
    "crowd_limit": 12,  # who else was at a larger dwelling says nothing of who moves together
    "neighbour_limit": 400,  # in a larger building only declared ties count
    "kin_weight": 0.5,  # what a relative's record counts beside one's own
    "carried_weight": 2.0,  # and where several carry a child along
    "adult_follows": 1.0,  # of its own records so many may speak against the family's home
    "child_follows": 2.5,
    "nearly_equal": 0.5,
    "contested_share": 0.6,
    "maybe_one_person": 0.2,  # match probability
    "shared_surname_count": 4,  # so many families' names among adults: a shared house, whatever the address says
    "communal_surname_count": 14,
    # A surname is as common as it is elsewhere in the table; before the table says so, so many people stand for the country.
    "usual_share": 0.002,
    "usual_people": 1000,
    "similar_surname": 0.93,  # Jaro-Winkler similarity
    # Ages of couples and generations, in years.
    "couple_gap": 15,
    "near_gap": 6,
    "guessed_gap": 10,  # of a couple of whom nothing but sex and age is known
    "generation_from": 16,
    "generation_to": 46,
    "parent_from": 15,
    "parent_to": 55,
    # How sure a place is that rests on ages and company alone.
    "partner": 0.8,
    "partner_apart": 0.6,  # of more than the near gap between them
    "partner_unaged": 0.6,  # of whom one's age is not known
    "partner_came_apart": 0.7,  # who came to the home more than half a year apart
    "came_together_days": 180,
    "partner_with_child": 0.9,
    "partner_unaged_with_child": 0.85,
    "unsexed_share": 0.95,  # of two near in age whose sexes are not known, beside a man and a woman
    "usual_couples": 20,  # fewer of them than this do not show what a table's couples are like, or that it declares them
    "partner_undeclared": 0.5,  # beside one of whom other ties are declared
    "elder": 0.75,
    "younger": 0.72,
    "generation_unsettled": 0.5,
    "seen_enough": 0.6,  # of a source's vote, of each of two sources where there are two
    "lately_seen": 0.25,  # of a source's vote: less is an address not seen for three years, or a source that is behind
    "settled_share": 0.95,
    "second_parent": 0.9,  # whom one source alone knows, at the child's address; at most
    "usual_second_parents": 5,
    "child_of_home": 0.8,
    "second_home": 0.85,
    "doubt": 0.5,
}
