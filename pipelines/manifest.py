"""Which five things a new run is a function of; apart from provenance because it asks ingest, decisions and publish."""

from dataclasses import replace
from datetime import date

from pipelines import authority as authorities
from pipelines import criteria, decisions, ingest, provenance, publications
from pipelines.errors import BadInput
from pipelines.provenance import Manifest
from pipelines.settings import Settings
from pipelines.values.text import counted
from schemas import audit

# What makes two runs a repetition: everything but the publication they follow on and how they were approved.
_INPUTS = tuple(name for name in audit.RUN.column_names if name not in ("run_id", "previous_run_id", "approval", "approved_by"))


def manifest(authority: str, framework: str | None, as_of: date, settings: Settings) -> Manifest:
    """The manifest of a run at `as_of`. Raises BadInput when no source has any extract, BadConfiguration for the authority's files."""
    council = authorities.find(authority, settings)
    framework_id = framework or council.publication.published_framework
    # Told now: a mistake in the criteria must not wait until everything is linked.
    criteria.in_force(criteria.load(council), as_of, framework_id)
    used = ingest.used_extracts(council, as_of, settings)
    if all(extract.extract_id is None for extract in used):
        past = sum(extract.is_past_retention for extract in used)
        why = f", but {counted(past, 'source')} whose extracts are past their retention (keep_days in extracts.yml)" if past else ""
        raise BadInput(
            f"There is no extract delivered by {as_of} that may be used{why}. Put the partners' files under {settings.landing_dir}/<source>/ and run again."
        )
    decisions.refuse_other(publications.current_run_id(settings), settings)
    through = decisions.last_id(settings)
    alone = Manifest(
        as_of_date=as_of,
        authority=authority,
        framework_id=framework_id,
        extracts=used,
        previous_run_id=None,
        decisions_through=through,
        decisions_sha256=decisions.sha256(settings, through),
        configuration_sha256=council.sha256(),
        criteria_sha256=criteria.sha256(council),
        code_sha256=provenance.code_sha256(),
    )
    return replace(alone, previous_run_id=_previous(alone, settings))


def _previous(alone: Manifest, settings: Settings) -> str | None:
    """The newest publication not later than the run's date, other than one of the very same inputs.

    The exception makes running again a repetition: the same five inputs give the same run id and the same rows.
    """
    for earlier in publications.chain(publications.current_run_id(settings), settings):
        if earlier["as_of_date"] <= alone.as_of_date and any(earlier[name] != getattr(alone, name) for name in _INPUTS):
            return str(earlier["run_id"])
    return None
