"""What may leave: keeps rows of a source from every output that its purpose does not allow. All reading of people's rows for somebody goes by here."""

from typing import Any

from pipelines import authority as authorities
from pipelines.settings import Settings
from schemas.purposes import OutputName
from schemas.staging import EVERY_SOURCE

Rows = list[dict[str, Any]]


def barred(output: OutputName, authority: str, settings: Settings) -> frozenset[str]:
    """Sources whose rows must not reach the output, by contract and by the authority's profiles as they are now."""
    profiles = authorities.find(authority, settings).profiles
    return frozenset(source for source in EVERY_SOURCE if output not in profiles.outputs(source))


def allowed_criteria(rows: Rows, without: frozenset[str], authority: str, settings: Settings) -> Rows:
    """The rows of criteria that read no barred source: met or not, with its value and reason each would tell what such rows say.

    One that criteria.yml no longer has is kept back too, since nobody can say what it read.
    """
    if not without:
        return rows
    from pipelines import criteria  # here, since nearly every council bars nothing and need not wait for the criteria

    frameworks = criteria.load(authorities.find(authority, settings)).frameworks
    reads = {(framework.id, criterion.id): set(criterion.sources) for framework in frameworks for criterion in framework.criteria}
    return [row for row in rows if not without & reads.get((row["framework_id"], row["criterion_id"]), without)]


def allowed(rows: Rows, without: frozenset[str], *columns: str) -> Rows:
    """The rows whose columns, each a source or several with commas between, name no barred source."""
    return [row for row in rows if not any(without & set((row[column] or "").split(",")) for column in columns)] if without else rows
