"""Which run a command reads when none is named: the newest that got as far as the command needs; apart from provenance, which knows of no publication."""

from contextlib import suppress

from pipelines import provenance, publications
from pipelines.errors import AnotherRunAtWork, WrongUsage
from pipelines.settings import Settings


def run_id(named: str | None, stage: str, settings: Settings) -> str:
    """The run that was named, else the newest that finished the stage.

    Raises:
        WrongUsage: the named one has not got so far, or none has.
        AnotherRunAtWork: the named one is being written.
    """
    return newest(stage, settings) if named is None else _far_enough(named, stage, settings)


def newest(stage: str, settings: Settings) -> str:
    """Id of the run started last among those that finished the stage, else of the current publication.

    A run that was only started, broke off, was refused at a gate or is at work hides no earlier one. Raises WrongUsage when none has got so far.
    """
    for found in provenance.run_ids(settings):
        if _is_done(stage, found, settings):
            return found
    published = publications.current_run_id(settings)
    if published is not None:
        return published
    last = provenance.newest_run_id(settings)
    raise WrongUsage(f"No run in {settings.home_in_words} has finished {_in_words(stage)}. The last one is {last}; `families runs` tells how far it got.")


def _is_done(stage: str, found: str, settings: Settings) -> bool:
    run = provenance.load(found, settings)
    if run.path.exists():
        # One that another process writes cannot be read, so it is passed over like one that has not got so far.
        with suppress(AnotherRunAtWork):
            return stage in provenance.finished_stages(run)
    return False


def _far_enough(named: str, stage: str, settings: Settings) -> str:
    run = provenance.load(named, settings)
    done = list(provenance.finished_stages(run))
    if stage not in done:
        far = f"has finished {_in_words(done[-1])} and nothing after it" if done else "was started only"
        raise WrongUsage(
            f"Run {named} {far}; this needs one that has finished {_in_words(stage)}. Leave --run out to take the newest that has, or go on with "
            "`families refresh`."
        )
    return named


def _in_words(stage: str) -> str:
    return f"the stage `{stage.replace('_', '-')}`"
