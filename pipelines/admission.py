"""Which delivered files may be read at all, by name, day, agreement and retention; apart from reading them because no file is opened for it."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pipelines.authority_mistakes import missing_columns
from pipelines.errors import BadInput
from pipelines.reading.find import DeliveredFile, pattern_in_words
from pipelines.reading.rows import File
from pipelines.values.file_names import shown
from schemas import purposes
from schemas.profile import Profile


def with_changes(full: list[DeliveredFile], changes: list[DeliveredFile]) -> list[tuple[DeliveredFile, bool]]:
    """Full files and files of changes, each with whether it is of changes, in the order in which they tell: by day, a day's full file first, then by name."""
    both = [(file, False) for file in full] + [(file, True) for file in changes]
    return sorted(both, key=lambda each: (each[0].delivered or date.min, each[1], each[0].path.name))


PAST_RETENTION = "past_retention"


def without_full(expected: str, earliest: date) -> str:
    """What to say of changes to nothing; `earliest` is the first day of delivery that may still be read."""
    return (
        f"it holds changes only, and there is no full file of its day or an earlier one to change. Put the last full file, named {expected}, into the folder "
        f"(it must stay there as long as changes are made to it) or, where that was delivered before {earliest} and may not be read any more, "
        "ask the supplier for a new one, and run again."
    )


def after_past(name: str) -> str:
    """What to say of changes to a file that must not be read any more: no mending would help."""
    return (
        f"it holds changes to what {name} tells, and that file is past its retention (keep_days in extracts.yml) and must not be read any more. "
        "Ask the supplier for a new full file, put it into the folder, take the older files out, and run again."
    )


def after_refused(name: str) -> str:
    """What to say of changes to what is not known, since the file before them is refused."""
    return (
        f"it holds changes to what {name} tells, and that file is refused. Ask the supplier to mend {name}, or take it out of the folder where a mended one "
        "or a later full file is there, and run again."
    )


def of_two_kinds(name: str) -> str:
    """What to say of a file that may be of either kind."""
    return (
        f"{name} is refused: its name is that of a full file and of a file of changes alike. Give changes a file_pattern of their own in extracts.yml, "
        "or rename the file, and run again."
    )


def without_main(file: DeliveredFile, expected: str) -> str:
    """What to say of a file of a set that came without the set's main file."""
    return (
        f"{shown(file.path.name)} waits: it is one file of a set, and the set's main file, named {expected} with the same day, is not there. "
        "Put both into the folder and run again."
    )


def unknown(path: Path, source: str, expected: str) -> str:
    """What to say of a file whose name no delivery has: it may be a misnamed delivery, and it may be somebody's notes. A folder may hold a delivery."""
    if path.is_dir():
        return (
            f"{shown(path.name)} is a folder, and what is in it was not read. Put {source} deliveries ({expected}) beside it, into {shown(path.parent)}, "
            "and run again; if it holds none, take it away."
        )
    return (
        f"{shown(path.name)} was not read, because its name is not that of a {source} delivery ({expected}). "
        "If it is one, rename it so, with the day it was delivered, and run again; if not, take it out of the folder."
    )


def refuse_incomplete(source: str, files: Iterable[File]) -> None:
    """Raises BadInput where a file's profile lacks a column that every row must have, in the words of `families authority check`."""
    told = [words for file in files for _, words in missing_columns(file.profile, file.contract, _place(source, file))]
    if told:
        raise BadInput(f"its profile in extracts.yml cannot read it. {'; '.join(told)}. Then run again.", rule="incomplete_profile")


def _place(source: str, file: File) -> tuple[str, ...]:
    """Where in extracts.yml the file's profile stands."""
    if file.number:
        return (source, "parts", file.contract.table.name)
    return (source, "changes") if file.contract.changes_by else (source,)


def delivery_date(file: DeliveredFile, profile: Profile, keep_days: int, today: date) -> date:
    """The day of delivery, of a file that may be read today. Raises BadInput for one that may not."""
    if file.delivered is None:
        raise BadInput(f"its name holds no real date. Name it {pattern_in_words(profile.file_pattern)}, with the day of delivery.", rule="date_in_name")
    if file.delivered > today:
        raise BadInput(f"its name dates it {file.delivered}, and today is {today}: it is future-dated. Give it the day it was delivered.", rule="future_dated")
    if file.delivered > profile.agreement.expires:
        raise BadInput(
            f"the sharing agreement {profile.agreement.id} expired on {profile.agreement.expires}, before this delivery. "
            "Renew it and put its new end under agreement in extracts.yml; until then the file must not be used.",
            rule="agreement_expired",
        )
    if purposes.last_day(file.delivered, keep_days) < today:
        changed = " If later files only change it, ask the supplier for a new full file." if profile.changes else ""
        raise BadInput(
            f"it was delivered on {file.delivered} and may be kept for {keep_days:,} days (keep_days in extracts.yml), so it must not be read any more. "
            f"Take it out of the landing folder.{changed}",
            rule=PAST_RETENTION,
        )
    if not file.path.stat().st_size:
        raise BadInput("it is empty (0 bytes). Ask the supplier to export it again.", rule="empty")
    return file.delivered
