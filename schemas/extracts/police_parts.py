"""The contracts for police records as a set: occurrences, those named in them with their role, the powers used against them, and outcomes."""

from schemas.extracts.contract import ADDRESS, Contract, part, person, table, text
from schemas.extracts.police_asb import POLICE_ASB, interventions_in_use
from schemas.table import Column

_ROW = POLICE_ASB.table
_OCCURRENCE_ID = text("occurrence_id", "Occurrence number, as in the incidents' file.", required=True)
_NOMINAL_ID = text("source_person_id", "Nominal reference, as in the nominals' file.", required=True)

INCIDENT = Contract(
    "police_asb",
    table(
        "incident",
        "occurrence",
        "An incident, a crime, or an intervention with a number of its own, where those named in it come in files of their own.",
        ("occurrence_id",),
        (
            text("occurrence_id", "Occurrence number, as in the other files.", required=True),
            *(_ROW[name] for name in ("record_type", "incident_type", "qualifier", "incident_date", "force_area")),
        ),
    ),
    needs_one_of=(),
    not_after_delivery=("incident_date",),
    codes_left_out=("qualifier",),
    identifiers=("occurrence_id",),
    one_row_a_key=True,
)

NOMINAL = Contract(
    "police_asb",
    part(
        "nominal",
        "occurrence x nominal x role",
        "Somebody's part in an occurrence. Only a suspect, offender or perpetrator is evidence; without a role a row is refused, as nobody may guess one.",
        ("occurrence_id", "source_person_id", "person_role"),
        (
            _OCCURRENCE_ID,
            text("source_person_id", "Nominal reference; empty when nobody is named."),
            _ROW["person_role"],
            *person("", "the nominal"),
            *(_ROW[name] for name in ("former_surname", "birth_date", "sex")),
            *ADDRESS,
        ),
    ),
    needs_one_of=(),
    identifiers=("occurrence_id", "source_person_id", "uprn"),
    refers_to=("occurrence_id",),
)

INTERVENTION = Contract(
    "police_asb",
    part(
        "intervention",
        "occurrence x nominal x power x day",
        "A power used against a nominal: after an incident, or under a number of its own that the incidents' file has.",
        ("occurrence_id", "source_person_id", "intervention_type", "intervention_date"),
        (
            _OCCURRENCE_ID,
            _NOMINAL_ID,
            _ROW["intervention_type"],
            Column("intervention_date", "DATE", "Day of the intervention.", required=True),
        ),
    ),
    needs_one_of=(),
    not_after_delivery=("intervention_date",),
    codes_in_use=interventions_in_use("intervention_date"),
    codes_left_out=("intervention_type",),
    identifiers=("occurrence_id", "source_person_id"),
    refers_to=("occurrence_id", "source_person_id"),
    found_in="nominal",
    may_be_empty=True,
)

OUTCOME = Contract(
    "police_asb",
    part(
        "outcome",
        "occurrence x nominal x day",
        "What became of an occurrence for a nominal; of several days the last holds, and where none is told nothing is proven.",
        ("occurrence_id", "source_person_id", "outcome_date", "disposal"),
        (
            _OCCURRENCE_ID,
            _NOMINAL_ID,
            Column("disposal", "VARCHAR", "Outcome; proven are a caution, a youth caution and a conviction.", required=True, allowed=_ROW["disposal"].allowed),
            Column("outcome_date", "DATE", "Day of the outcome.", required=True),
        ),
    ),
    needs_one_of=(),
    not_after_delivery=("outcome_date",),
    identifiers=("occurrence_id", "source_person_id"),
    refers_to=("occurrence_id", "source_person_id"),
    found_in="nominal",
    may_be_empty=True,
)
