"""What speaks for two people being one household, and how loudly: the evidence ladder as values, apart from the work so that it can be read and argued over.

The order of the ladder follows Manchester's research data base (docs/households.md). Weights are log2 of odds and add up, as match weights do
(Fellegi and Sunter, 1969); pieces of one basis are one piece, of which the strongest counts.
"""

from typing import NamedTuple

Reliability = dict[tuple[str, str], float]


class Evidence(NamedTuple):
    """A piece of evidence: the basis it gives a membership (None: it supports, but founds nothing), and its bits by class of dwelling."""

    basis: str | None
    is_declared: bool
    private: float
    shared: float
    communal: float


LADDER = {
    # Where two people start: one address alone is far from enough, and in a hostel it says nothing.
    "same_dwelling": Evidence(None, False, -2.0, -6.0, -9.0),
    "one_unplaced": Evidence(None, False, -3.5, -6.0, -9.0),
    # Declared by a source: carries in any kind of dwelling.
    "parental_contact": Evidence("parental_contact", True, 9.5, 13.0, 16.0),
    # Parenthood alone, where nothing but the school's one address for both parents says that the second lives there.
    "second_contact": Evidence("second_contact", True, 5.2, 9.2, 12.2),
    "benefit_partner": Evidence("benefit_unit", True, 9.0, 12.5, 15.5),
    "declared_kin": Evidence("declared_relationship", True, 8.0, 12.0, 15.0),
    "tenancy_member": Evidence("joint_tenancy", True, 7.5, 11.0, 13.0),
    "joint_tenant": Evidence("joint_tenancy", True, 7.0, 10.0, 12.0),
    # Seen, not declared: carries in a private dwelling only.
    "same_surname": Evidence("surname_and_address", False, 6.6, 6.6, 4.0),
    "similar_surname": Evidence("surname_and_address", False, 5.4, 4.5, 2.0),
    "linkage_class": Evidence("surname_and_address", False, 4.0, 3.0, 0.0),
    # Sharers of a house are liable together too, and are no family for it.
    "council_tax": Evidence("council_tax_occupancy", False, 8.5, 6.5, 4.0),
    # Supports other evidence, founds nothing.
    "generations": Evidence(None, False, 0.8, 2.0, 2.0),
    "couple": Evidence(None, False, 0.8, 0.0, 0.0),
    "contested_address": Evidence(None, False, -2.0, -2.0, -2.0),
    "stale_address": Evidence(None, False, -2.0, -3.0, -3.0),
    "claims_alone": Evidence(None, False, -5.0, -5.0, -5.0),
    "maybe_elsewhere": Evidence(None, False, -2.0, -2.0, -2.0),
}

# How well a source knows where the person of that role lives now, between 0 and 1.
ADDRESS_RELIABILITY: Reliability = {
    ("school_attendance", "pupil"): 1.0,
    ("school_attendance", "parent"): 0.75,  # mostly the pupil's address, copied
    ("school_attendance", "second_parent"): 0.2,  # nothing but the pupil's address
    ("school_attendance", "parent_elsewhere"): 0.95,  # written for the parent alone
    ("dwp_benefit", "claimant"): 0.85,
    ("dwp_benefit", "partner"): 0.75,
    ("housing_arrears", "tenant"): 0.8,
    ("housing_arrears", "joint_tenant"): 0.5,
    ("housing_arrears", "household_member"): 0.6,
    ("police_asb", "nominal"): 0.6,
    ("council_tax", "liable"): 0.85,  # who has gone is often billed a while longer
    ("council_tax", "joint_liable"): 0.7,
    ("council_tax", "occupant"): 0.6,
}

# A child under this age lives with somebody: the one family of its dwelling, when nothing better is known.
DEPENDENT_AGE = 16

PARAMETERS = {
    "half_life_days": 540.0,  # an address not seen for so long counts half
    "ended_share": 0.05,  # an address the source itself has ended is all but gone
    "shared_surname_count": 4,  # so many surnames among adults: lodgings, whatever the address says
    "communal_surname_count": 10,
    "crowd_limit": 30,  # in a larger dwelling only declared ties count
    "similar_surname": 0.93,  # Jaro-Winkler similarity
    "household_class": 0.5,
    "rival_share": 0.5,  # what is left of an address when a parent told apart is more surely there
    "contested_share": 0.6,  # the share of the current address in all that is known of where the person lives
    "stale_days": 730,
    "dependent_weight": 2.4,  # bits for a young child with the one family of its dwelling: 0.84
    "youth_weight": 0.6,  # the same for one of 16 or 17, who may lodge: 0.60, so left out, and doubtful
    "followed_weight": 3.2,  # bits for a child with the parent it is named with, who by other sources has moved: 0.90, for a person to look at
    "maybe_same_person": 0.3,  # match probability from which two records that were not linked may still be one person
    "second_home_probability": 0.97,
}
