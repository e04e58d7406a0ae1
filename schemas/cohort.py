"""Cohort and register: the published contract that other systems may rely on (design.md, 'Layers')."""

from typing import Any

from schemas.linked import MEMBER_ROLES, MEMBERSHIP_BASES
from schemas.table import Column, Table

STATUSES = ("verified", "review", "near_miss", "not_qualifying", "rejected", "deferred", "in_service", "suppressed")
ASSESSMENTS = ("met", "not_met", "not_assessed")
NEAR_MISS_SHARE = 0.66
"""How much of a threshold a criterion must reach to be missed by little: two of three, but not one of two."""
CHANGES = ("joined", "left", "changed")
DECISIONS = ("confirm", "reject", "defer", "serve", "suppress", "release")
PERSON_ACTS = ("created", "merged", "split", "retired", "returned")
# Of a household too: people of it have their main home in another that stood before.
LINEAGE_ACTS = (*PERSON_ACTS, "moved")
WARD_BASES = ("uprn", "postcode", "sector", "not_in_table", "no_address", "no_table")
STAGES = ("indicative", "identified", "in_review", "verified", "confirmed", "rejected", "in_service", "near_miss", "not_assessed")
UNPLACED = "unplaced"
"""What stands for the district or ward of a family that is in none that is known."""
WARD_STAGES = tuple(stage for stage in STAGES if stage != "indicative")
"""The indicative number is the authority's own, by district; the other stages are counted."""

_HOUSEHOLD = Column("household_id", "VARCHAR", "Stable identifier of the household.", required=True)
_FRAMEWORK = Column("framework_id", "VARCHAR", "The framework the household was assessed against.", required=True)
_STATUS = Column("status", "VARCHAR", "Where the household stands; see GLOSSARY.md.", required=True, allowed=STATUSES)
_RUN = Column("run_id", "VARCHAR", "The run that made the row.", required=True)
_CRITERION = Column("criterion_id", "VARCHAR", "The criterion, as named in criteria.yml.", required=True)
_PERSON = Column("person_id", "VARCHAR", "Stable identifier of the person.", required=True)
_HEADLINE = Column("headline", "VARCHAR", "The headline problem the criterion belongs to.", required=True)
_AS_OF = Column("as_of_date", "DATE", "The date the run looks from.", required=True)
_CONFIDENCE: dict[str, Any] = {"minimum": 0, "maximum": 1}

_FAMILY_COLUMNS = (
    _HOUSEHOLD,
    _AS_OF,
    _FRAMEWORK,
    _STATUS,
    Column("criteria_met", "VARCHAR", "Ids of criteria met, comma separated.", required=True),
    Column("criteria_not_assessed", "VARCHAR", "Ids of criteria nothing could be said about, comma separated.", required=True),
    Column("headlines_met", "VARCHAR", "Headline problems met, comma separated.", required=True),
    Column("headline_count", "INTEGER", "How many headline problems are met.", required=True, unit="count", minimum=0),
    Column("qualifying_rule", "VARCHAR", "Which limb of the framework's rule is met; null when none is."),
    Column("tier", "VARCHAR", "Tier by the framework's own rule; null when the framework has none."),
    Column("arm", "VARCHAR", "Service with a place for the verified family, where its tier has arms; `waiting` when all places are taken."),
    Column(
        "district", "VARCHAR", "District, from the authority's wards.csv where it knows the place, else from the postcode's sector through publication.yml."
    ),
    Column("cluster", "VARCHAR", "Area team or school cluster, from the postcode's sector."),
    Column("ward", "VARCHAR", "The ward within the district, from wards.csv; null where that does not tell. Two districts may have wards of one name."),
    Column(
        "basis_of_ward",
        "VARCHAR",
        "What the ward rests on: the home's UPRN, postcode or postcode sector; or why there is none: wards.csv does not have the place (not_in_table), "
        "the household has neither UPRN nor postcode (no_address), or the authority has no wards.csv (no_table).",
        required=True,
        allowed=WARD_BASES,
    ),
    Column("adult_count", "INTEGER", "Adults in the household.", required=True, unit="count", minimum=0),
    Column("child_count", "INTEGER", "Children under 18 in the household.", required=True, unit="count", minimum=0),
    Column("first_identified_date", "DATE", "As-of date of the first publication that held the household as verified or in review under the framework."),
    Column("identifying_sources", "VARCHAR", "Sources whose records meet a criterion, comma separated.", required=True),
    Column(
        "link_confidence",
        "DOUBLE",
        "The weakest link or membership the evidence for the rule rests on, as computed: also where a person confirmed the household.",
        required=True,
        **_CONFIDENCE,
    ),
    Column("reason", "VARCHAR", "Why the household has this status, in a sentence without names.", required=True),
    Column("decision", "VARCHAR", "The coordinator's latest decision.", allowed=DECISIONS),
    Column("decided_by", "VARCHAR", "Who decided."),
    Column("decided_at", "TIMESTAMP", "When it was decided (UTC)."),
    _RUN,
    Column("criteria_sha256", "VARCHAR", "Hash of the criteria file used.", required=True),
)

FAMILY = Table(
    "cohort",
    "family",
    "household x framework",
    "Every assessed household (with a child under 18 and a private address) with its status.",
    ("household_id", "framework_id"),
    _FAMILY_COLUMNS,
)

VERIFIED_FAMILIES = Table(
    "cohort",
    "verified_families",
    "household",
    "The weekly list: the families verified under the published framework.",
    ("household_id",),
    _FAMILY_COLUMNS,
)

MEMBER = Table(
    "cohort",
    "member",
    "household x person",
    "The people of every assessed household, and whoever was left out of it, may belong to it, and is told of in its evidence.",
    ("household_id", "person_id"),
    (
        _HOUSEHOLD,
        _PERSON,
        Column("forename", "VARCHAR", "First forename.", personal=True),
        Column("surname", "VARCHAR", "Surname.", personal=True),
        Column("birth_date", "DATE", "Date of birth.", personal=True),
        Column("sex", "VARCHAR", "F or M.", personal=True),
        Column("member_role", "VARCHAR", "Adult or child at the as-of date.", required=True, allowed=MEMBER_ROLES),
        Column("is_primary", "BOOLEAN", "True for the person's main household.", required=True),
        Column("membership_probability", "DOUBLE", "Probability that the person belongs there.", required=True, **_CONFIDENCE),
        Column("basis", "VARCHAR", "The strongest evidence that puts the person there.", required=True, allowed=MEMBERSHIP_BASES),
        Column("is_sure", "BOOLEAN", "True when the membership reaches the acceptance probability or a person confirmed it.", required=True),
        Column("link_confidence", "DOUBLE", "The weakest link among the person's records.", required=True, **_CONFIDENCE),
        Column("address", "VARCHAR", "The household's address in one line; null for somebody who may live elsewhere.", personal=True),
        Column("postcode", "VARCHAR", "The household's postcode; null as the address is.", personal=True),
    ),
)

HOUSEHOLD_CRITERION = Table(
    "cohort",
    "household_criterion",
    "household x framework x criterion",
    "What was found for each criterion: met, not met, or not assessed, and why.",
    ("household_id", "framework_id", "criterion_id"),
    (
        _HOUSEHOLD,
        _FRAMEWORK,
        _CRITERION,
        _HEADLINE,
        Column("assessment", "VARCHAR", "Three-valued: absence of records is never evidence.", required=True, allowed=ASSESSMENTS),
        Column("value", "DOUBLE", "The measure's highest value in the household, in `unit`; null when not assessed."),
        Column("unit", "VARCHAR", "Unit of value and threshold.", required=True),
        Column("threshold", "DOUBLE", "The criterion's threshold.", required=True),
        Column("window_from_date", "DATE", "First day the measure looks at."),
        Column("window_to_date", "DATE", "Last day the measure looks at."),
        Column("reason", "VARCHAR", "Why, in a sentence without names.", required=True),
    ),
)

EVIDENCE = Table(
    "cohort",
    "evidence",
    "household x framework x criterion x source record x source row",
    "The source rows each met criterion rests on.",
    ("household_id", "framework_id", "criterion_id", "record_id", "event_id"),
    (
        _HOUSEHOLD,
        _FRAMEWORK,
        _CRITERION,
        _PERSON,
        Column("record_id", "VARCHAR", "The record.", required=True),
        Column("event_id", "VARCHAR", "The event.", required=True),
        Column("source", "VARCHAR", "The source.", required=True),
        Column("extract_id", "VARCHAR", "The extract.", required=True),
        Column(
            "source_row",
            "BIGINT",
            "Row number in the extract: less the file's `rows_before` of audit.extract_file, that in the delivered file.",
            required=True,
            minimum=1,
        ),
        Column("from_date", "DATE", "First day of the event.", required=True),
        Column("to_date", "DATE", "Last day of the event, where it has one."),
        Column("value", "DOUBLE", "What the row contributes, in the criterion's unit."),
        Column("link_probability", "DOUBLE", "How surely the record is that person's.", required=True, **_CONFIDENCE),
        Column("membership_probability", "DOUBLE", "How surely the person belongs to the household.", required=True, **_CONFIDENCE),
        Column("is_confirmed", "BOOLEAN", "True when a person confirmed link and membership.", required=True),
    ),
)

CHANGE = Table(
    "cohort",
    "change",
    "household",
    "What changed on the verified list since the previous publication, and why.",
    ("household_id",),
    (
        _HOUSEHOLD,
        Column("change", "VARCHAR", "Joined the list, left it, or stayed with other criteria.", required=True, allowed=CHANGES),
        Column("status_before", "VARCHAR", "Status in the previous publication; null when it was not assessed.", allowed=STATUSES),
        Column("status_after", "VARCHAR", "Status now; null when the household is no longer assessed.", allowed=STATUSES),
        Column("reason", "VARCHAR", "Why, in a sentence without names.", required=True),
        Column(
            "silent_sources",
            "VARCHAR",
            "Sources, comma separated, missing or too old now, for want of which it could not be assessed whether the household still belongs on the list.",
            required=True,
        ),
        Column("previous_run_id", "VARCHAR", "The run compared with; null at the first publication."),
        _RUN,
    ),
)

RECONCILIATION = Table(
    "cohort",
    "reconciliation",
    "framework x district x stage",
    "From the indicative number to the verified one.",
    ("framework_id", "district", "stage"),
    (
        _FRAMEWORK,
        Column("district", "VARCHAR", "District; 'unplaced' where the postcode is in none.", required=True),
        Column("stage", "VARCHAR", "Stage of the reckoning.", required=True, allowed=STAGES),
        Column("family_count", "INTEGER", "Families at that stage.", required=True, unit="count", minimum=0),
    ),
)

WARD_RECONCILIATION = Table(
    "cohort",
    "ward_reconciliation",
    "framework x district x ward x stage",
    "The reckoning by ward, without the indicative number, which is by district; empty where the authority has no wards.csv.",
    ("framework_id", "district", "ward", "stage"),
    (
        _FRAMEWORK,
        Column("district", "VARCHAR", "District; 'unplaced' where the home is in none.", required=True),
        Column(
            "ward",
            "VARCHAR",
            "A ward of the district; 'unplaced' for families without a known one, so that wards add up to it.",
            required=True,
        ),
        Column("stage", "VARCHAR", "Stage of the reckoning.", required=True, allowed=WARD_STAGES),
        Column("family_count", "INTEGER", "Families at that stage.", required=True, unit="count", minimum=0),
    ),
)

_PRESENT = Column("is_present", "BOOLEAN", "False where the run's extracts do not hold it: remembered, so that the id waits for it.", required=True)
_LAST_SEEN = Column("last_seen_run_id", "VARCHAR", "The last run whose extracts held it.", required=True)

RANKING = Table(
    "cohort",
    "ranking",
    "household x framework",
    "The listed families in order of need within their tier, and who has a place.",
    ("household_id", "framework_id"),
    (
        _HOUSEHOLD,
        _FRAMEWORK,
        Column("tier", "VARCHAR", "Tier; it rises at once and falls only when the lower one has fitted for some time. Null where the framework has none."),
        Column("tier_by_rule", "VARCHAR", "The tier that the framework's rule gives this time."),
        Column("fits_lower_since_date", "DATE", "Since when a lower tier would fit, while the higher one is kept; else null."),
        Column("rank", "INTEGER", "Place in the order of the tier, from 1; no two families share one.", required=True, unit="count", minimum=1),
        Column("arm", "VARCHAR", "The service, or `list`, in which the family has a place; null without a place."),
        Column("is_kept", "BOOLEAN", "True when the family held that place in the publication before.", required=True),
        _RUN,
    ),
)

KEPT_PLACE = Table(
    "cohort",
    "kept_place",
    "household x framework",
    "Places that wait for families which held them and have just left the list, so that who is off it for a week does not lose a service.",
    ("household_id", "framework_id"),
    (
        _HOUSEHOLD,
        _FRAMEWORK,
        Column("tier", "VARCHAR", "The tier in which the place is; null where the framework has none."),
        Column("arm", "VARCHAR", "The service, or `list`, in which the place is.", required=True),
        Column("off_list_since_date", "DATE", "The as-of date of the first list without the family.", required=True),
        _RUN,
    ),
)

REGISTER_PERSON = Table(
    "register",
    "person",
    "person x record",
    "Which person each record belongs to, records that are gone included: the next run keeps ids by it.",
    ("record_id",),
    (
        _PERSON,
        Column("record_id", "VARCHAR", "The record.", required=True),
        Column("first_seen_run_id", "VARCHAR", "The run that first gave the id.", required=True),
        _PRESENT,
        _LAST_SEEN,
        Column(
            "reference_key",
            "VARCHAR",
            "Hash of the supplier's reference, forename and date of birth, or of a pupil's reference and a contact's forename; null where there is none.",
            personal=True,
        ),
        Column(
            "rewritten_key",
            "VARCHAR",
            "Hash of the supplier's reference, the forename's first letter, surname and address; null where one is not given.",
            personal=True,
        ),
        Column("number_key", "VARCHAR", "Hash of the National Insurance or pupil number; null where neither is given.", personal=True),
        Column("content_key", "VARCHAR", "Hash of name, full date of birth and address; null where one is not given.", personal=True),
    ),
)

REGISTER_HOUSEHOLD = Table(
    "register",
    "household",
    "household x person",
    "Which people each household holds, and which it held whom no extract mentions any more: the next run keeps ids by it.",
    ("household_id", "person_id"),
    (
        _HOUSEHOLD,
        _PERSON,
        Column("is_primary", "BOOLEAN", "True for the person's main household.", required=True),
        Column("first_seen_run_id", "VARCHAR", "The run that first gave the id.", required=True),
        Column("first_identified_date", "DATE", "As-of date of the first publication whose list or review held it."),
        Column("is_confirmed", "BOOLEAN", "True when a person confirmed the household while it held this person.", required=True),
        _PRESENT,
        _LAST_SEEN,
    ),
)

LINEAGE = Table(
    "register",
    "lineage",
    "identity x act x run",
    "What became of each person and household id: created, merged, split, retired, returned; of a household too, whither people of it moved.",
    ("identity_kind", "identity_id", "act", "other_id", "run_id"),
    (
        Column("identity_kind", "VARCHAR", "person or household.", required=True, allowed=("person", "household")),
        Column("identity_id", "VARCHAR", "The id.", required=True),
        Column("act", "VARCHAR", "What happened to it.", required=True, allowed=LINEAGE_ACTS),
        Column("other_id", "VARCHAR", "The id it merged into, split from, or its people moved to; empty when none.", required=True),
        Column("reason", "VARCHAR", "Why, in a sentence without names.", required=True),
        _RUN,
    ),
)

REGISTER_DECISION = Table(
    "register",
    "decision",
    "household x decision",
    "Decisions that stand, by the household they hold for now: the next run carries them on.",
    ("household_id", "decision_id"),
    (
        _HOUSEHOLD,
        Column("decision_id", "BIGINT", "Number of the decision in the decision store.", required=True, minimum=1),
        Column("decision", "VARCHAR", "What was decided.", required=True, allowed=DECISIONS),
        Column(
            "basis",
            "VARCHAR",
            "household: taken on this household or on one that merged into it. member: somebody in it was in a household that is suppressed.",
            required=True,
            allowed=("household", "member"),
        ),
        Column("decided_by", "VARCHAR", "Who decided.", required=True),
        Column("decided_at", "TIMESTAMP", "When it was decided, in UTC.", required=True),
    ),
)

HELD_PERSON = Table(
    "register",
    "held_person",
    "person x decision",
    "People whom a suppression keeps off every list, wherever they live now.",
    ("person_id", "decision_id"),
    (
        _PERSON,
        Column("decision_id", "BIGINT", "Number of the suppression in the decision store.", required=True, minimum=1),
        Column("decided_by", "VARCHAR", "Who decided.", required=True),
        Column("decided_at", "TIMESTAMP", "When it was decided, in UTC.", required=True),
    ),
)

HELD_RECORD = Table(
    "register",
    "held_record",
    "record x decision",
    "Records of people whom a suppression keeps off every list, so that it holds also where their ids changed in between.",
    ("record_id", "decision_id"),
    (
        Column("record_id", "VARCHAR", "The record.", required=True),
        Column("decision_id", "BIGINT", "Number of the suppression in the decision store.", required=True, minimum=1),
        Column("decided_by", "VARCHAR", "Who decided.", required=True),
        Column("decided_at", "TIMESTAMP", "When it was decided, in UTC.", required=True),
    ),
)

CONFIRMED_LINK = Table(
    "register",
    "confirmed_link",
    "decision x person x record",
    "What each standing confirmation covers: the people and records that the household held when it was given, and nothing that came since.",
    ("decision_id", "person_id", "record_id"),
    (
        Column("decision_id", "BIGINT", "Number of the confirmation in the decision store.", required=True, minimum=1),
        _PERSON,
        Column("record_id", "VARCHAR", "The record.", required=True),
    ),
)

COHORT_TABLES = (VERIFIED_FAMILIES, FAMILY, MEMBER, HOUSEHOLD_CRITERION, EVIDENCE, CHANGE, RECONCILIATION, WARD_RECONCILIATION, RANKING, KEPT_PLACE)
REGISTER_TABLES = (REGISTER_PERSON, REGISTER_HOUSEHOLD, LINEAGE, REGISTER_DECISION, HELD_PERSON, HELD_RECORD, CONFIRMED_LINK)
