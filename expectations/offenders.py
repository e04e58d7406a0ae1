"""The gates that are queries: each statement of sql/gate selects offenders, so that an empty answer is a pass."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gate:
    """A query whose every row is an offender, what it holds back, and what to do when it finds one."""

    name: str
    stage: str
    description: str
    remedy: str
    severity: str = "critical"
    setting: str = ""
    """The key of publication.yml by which an authority chooses whether it stops a run: `expected_change`, or one under `absent_sources`."""
    is_told: bool = False
    """Whether its statement says in words, in a column `told`, what each offender is; then the refusal says so too."""

    @property
    def statement(self) -> str:
        """Its file in sql/."""
        return f"gate/{self.name}"


_RERUN = "Run the stages again from `standardise`; if it stays, the program is at fault: report it with the run's id."
_PARTNER = "Ask the partner for a new file, put it into the landing folder and run again."
_FALL = (
    "Ask the partner whether the delivery is whole. If the fall is meant, name the delivery's date or SHA-256 under volume.allowed_falls of the source"
    " in extracts.yml and run again."
)
_LIST = "Run `score` and `verify` again; if it stays, the program is at fault: report it with the run's id."

GATES = (
    Gate("no_extract", "landing", "The run stands on at least one extract.", "Put the partners' files into the landing folder and run again."),
    Gate("extract_count_differs", "landing", "Every row received was accepted or rejected, and every row that stands is really there.", _PARTNER),
    Gate(
        "file_count_differs",
        "landing",
        "Of every file behind an extract each row was accepted or rejected, and each accepted one stands, was replaced or deleted, or deletes.",
        "Take the extract of its last file out of extracts/ and ingest again; if it stays, the program is at fault: report it with the extract's id.",
    ),
    Gate(
        "extract_stale",
        "landing",
        "Every source has an extract that is recent enough; criteria on the others are not assessed.",
        _PARTNER,
        "warning",
        "one_source",
    ),
    Gate(
        "extract_past_retention",
        "landing",
        "No source is without an extract because its last one may be kept no longer; criteria on such a source are not assessed.",
        _PARTNER,
        "warning",
        "one_source",
    ),
    Gate("every_extract_stale", "landing", "Not every source is missing or stale: then nothing could be said of anybody.", _PARTNER, setting="every_source"),
    Gate(
        "volume_fell",
        "landing",
        "No source's standing rows fell by more than its `warn_fall`; one without an earlier extract is not compared.",
        _FALL,
        "warning",
    ),
    Gate(
        "volume_collapsed", "landing", "No source's standing rows fell by more than its `refuse_fall`; one without an earlier extract is not compared.", _FALL
    ),
    Gate(
        "agreement_expired",
        "landing",
        "Every extract was delivered under a sharing agreement that had not expired, and where its end ends the use too, it has not expired by the as-of date.",
        "Have the agreement renewed and its date changed in extracts.yml, or take the source's files and extracts away.",
    ),
    Gate("source_without_record", "staging", "Every extract with accepted rows gives records.", _RERUN),
    Gate("record_without_row", "staging", "Behind every record stands at least one delivered row.", _RERUN),
    Gate("event_without_record", "staging", "Every event belongs to a record.", _RERUN),
    Gate(
        "two_roles_in_an_incident",
        "staging",
        "Nobody is named both as responsible for an incident and as its victim, witness or caller: of whom that is said, the incident does not count.",
        "Ask the force which role holds and have the other taken back; until then the incident does not count against the person.",
        "warning",
    ),
    Gate("spell_without_record", "staging", "Every address spell belongs to a record.", _RERUN),
    Gate("relation_without_record", "staging", "Both sides of every declared relationship are records.", _RERUN),
    Gate("record_unlinked", "cohort", "Every record belongs to exactly one person.", _RERUN),
    Gate("adult_in_two_households", "cohort", "No adult belongs to two households.", _RERUN),
    Gate("person_without_one_primary", "cohort", "Everybody who belongs to a household has exactly one main household.", _RERUN),
    Gate("listed_twice", "cohort", "No household is on the list twice.", _LIST),
    Gate("list_differs_from_family", "cohort", "The list holds all verified families of the published framework and no other.", _LIST),
    Gate("listed_without_child", "cohort", "Every listed family holds a child, or somebody who expects one.", _LIST),
    Gate("listed_outside_private_dwelling", "cohort", "Every listed family lives in a private dwelling.", _LIST),
    Gate("listed_without_evidence", "cohort", "Behind every criterion a listed family meets stands at least one source row.", _LIST),
    Gate("listed_without_accepted_evidence", "cohort", "Every listed family has evidence whose links are accepted, or confirmed by a person.", _LIST),
    Gate("listed_on_weak_links", "cohort", "No listed family's rule rests on a link below acceptance that nobody confirmed.", _LIST),
    Gate("evidence_without_event", "cohort", "Every row of evidence agrees with an event of the run: record, extract and row.", _LIST),
    Gate("evidence_without_row", "cohort", "Every row of evidence is among the accepted rows of its extract.", _RERUN),
    Gate("evidence_of_a_stranger", "cohort", "Evidence is about members of the household, through records that are theirs.", _LIST),
    Gate("evidence_from_stale_extract", "cohort", "No evidence comes from an extract too old to say anything.", _LIST),
    Gate("evidence_for_unmet_criterion", "cohort", "There is evidence for criteria that are met, and for no other.", _LIST),
    Gate("victim_as_evidence", "cohort", "Being a victim, a witness or a caller is never evidence against a family.", _LIST),
    Gate(
        "withheld_on_list",
        "cohort",
        "No family that a person rejected, deferred, suppressed or knows in a service is on the list, nor one with somebody from a suppressed family in it.",
        _LIST + " A family may be released with `families decide`.",
    ),
    Gate(
        "family_left_for_want_of_data",
        "cohort",
        "No family leaves the list because a source is missing or too old: absence of data is never evidence.",
        _PARTNER,
        "warning",
        "families_leaving",
    ),
    Gate("list_emptied_for_want_of_data", "cohort", "No list is emptied because a source is missing or too old.", _PARTNER, setting="every_source"),
    Gate(
        "unexpected_change",
        "cohort",
        "The list, its districts and its criteria changed no more since the last publication than the authority expects.",
        "Look at the deliveries (`families quality`) and at what was changed in criteria.yml; if the list is right, accept the date, saying who and why, "
        "under expected_change.accepted in publication.yml, and run again.",
        setting="expected_change",
        is_told=True,
    ),
    Gate("family_not_registered", "cohort", "Every family on the list or in review is registered, so that its id lasts.", _LIST),
)


def gates(stage: str) -> list[Gate]:
    """The gates checked at a stage, in the order told."""
    return [gate for gate in GATES if gate.stage == stage]
