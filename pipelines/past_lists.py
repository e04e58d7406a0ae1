"""Which list stood when: publications follow on one another, and a person may have put an earlier one back in between."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from pipelines import decisions, provenance, publications
from pipelines.errors import WrongUsage
from pipelines.provenance import Manifest
from pipelines.settings import COUNCIL_TIME, Settings


def stood_at(as_at: date, settings: Settings) -> str:
    """The run whose list stood at the end of the day.

    A list counts from its as-of date, also where somebody approved it later; one put back counts from the day that it was, as the decision store
    has it, and until then the one that it displaced. Raises WrongUsage when there was none.
    """
    current = publications.current_run_id(settings)
    earliest = None
    for manifest in _followed_from(_last_at(as_at, current, settings), settings):
        if manifest.as_of_date <= as_at:
            return manifest.run_id
        earliest = manifest.as_of_date
    raise WrongUsage(f"There was no list as at {as_at}; the first is as of {earliest}. `families cohort history` has all.")


def withdrawn(settings: Settings) -> dict[str, date]:
    """Runs whose list stood and gave way to an earlier one put back, with the day of the last time; without those that the current one follows on."""
    standing = {manifest.run_id for manifest in _followed_from(publications.current_run_id(settings), settings)}
    found: dict[str, date] = {}
    for entry in decisions.put_back(settings):
        for manifest in _followed_from(entry.other_id or None, settings):
            if manifest.run_id in standing or manifest.run_id == entry.subject_id:
                break
            found[manifest.run_id] = _day(entry.decided_at)
    return found


def _last_at(as_at: date, current: str | None, settings: Settings) -> str | None:
    """The last list of the line that held on the day: the current one, or the one displaced by the first putting back after the day."""
    for entry in decisions.put_back(settings):
        if _day(entry.decided_at) > as_at and entry.other_id:
            return entry.other_id
    return current


def _followed_from(run_id: str | None, settings: Settings) -> Iterator[Manifest]:
    """The manifests of a run and of those it follows on, the newest first; publications may be gone, what is noted of runs is kept."""
    while run_id is not None:
        manifest = provenance.load(run_id, settings).manifest
        yield manifest
        run_id = manifest.previous_run_id


def _day(decided_at: str) -> date:
    """The council's date of a time in the decision store, which is UTC."""
    return datetime.fromisoformat(decided_at).replace(tzinfo=UTC).astimezone(ZoneInfo(COUNCIL_TIME)).date()
