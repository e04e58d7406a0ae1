"""From a partner's delivered file to an extract: decides what becomes of each file in the landing folder, and which extracts a run stands on."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines import receipts, refusals
from pipelines.authority import Authority
from pipelines.errors import BadInput
from pipelines.provenance import UsedExtract
from pipelines.reading import extract
from pipelines.reading.extract import Refusal
from pipelines.reading.find import DeliveredFile, delivered_files, pattern_in_words
from pipelines.reading.rows import File
from pipelines.settings import Settings
from pipelines.values.file_names import shown
from schemas import purposes
from schemas.extracts import CONTRACTS, PARTS, main_contract
from schemas.profile import PartLayout, Profile

Parts = dict[str, list[DeliveredFile]]
"""Delivered files of a set, by the part they are."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one delivered file; `message` holds no value from a row.

    `outcome` is ingested, already_ingested, refused, unknown_file, missing or later.
    """

    source: str
    file_name: str
    extract_id: str | None
    outcome: str
    message: str
    received_count: int = 0
    accepted_count: int = 0
    rejected_count: int = 0
    removed_count: int = 0
    repaired_count: int = 0


def ingest(council: Authority, source: str, as_of: date, settings: Settings) -> list[Delivery]:
    """Ingest the source's delivered files, oldest first. A bad file is told in the result and changes nothing; it is never raised."""
    profile = council.profiles.of(source)
    folder = settings.landing_dir / source
    extract.discard_drafts(source, settings)
    known, unknown = delivered_files(folder, profile.file_pattern)
    parts, unknown = _of_parts(folder, unknown, profile)
    expected = pattern_in_words(profile.file_pattern)
    found = [Delivery(source, shown(path.name), None, "unknown_file", _unknown(path, source, expected)) for path in unknown]
    if not known:
        message = f"There is no {source} file in {folder}. Put one there, named {expected}, and run again."
        found.append(Delivery(source, "", None, "missing", message))
    seen: dict[str, str] = {}
    found += [_refused(file, source, _without_main(file, expected), settings) for file in _left_alone(parts, known, profile)]
    return found + [_deliver(file, parts, source, profile, as_of, settings, seen) for file in known]


def used_extracts(council: Authority, as_of: date, settings: Settings) -> tuple[UsedExtract, ...]:
    """For each source the accepted extract that speaks of the latest day, among those delivered by the as-of date; of several of one day the last ingested."""
    return tuple(_used(source, council.profiles.of(source), as_of, settings) for source in council.profiles.sources)


def _used(source: str, profile: Profile, as_of: date, settings: Settings) -> UsedExtract:
    by_then = [(delivered, path) for delivered, path in receipts.extract_files(source, settings) if delivered <= as_of]
    if not by_then:
        return UsedExtract(source, None, None, is_stale=True)
    if CONTRACTS[source].as_at is None:
        # Such rows speak of the day of delivery, which the name tells.
        by_then = [(delivered, path) for delivered, path in by_then if delivered == by_then[-1][0]]
    newest = by_then[0][1] if len(by_then) == 1 else _newest([path for _, path in reversed(by_then)], settings)
    delivered = receipts.delivered_date(newest)
    return UsedExtract(source, newest.stem, delivered, is_stale=(as_of - delivered).days > profile.stale_after_days)


def _newest(paths: list[Path], settings: Settings) -> Path:
    """The extract that speaks of the latest day. `paths` begin with the last delivered, and no statement speaks of a day after its delivery."""
    best: tuple[tuple[date, date, int], Path] | None = None
    with receipts.reader(settings) as read:
        for path in paths:
            if best and receipts.delivered_date(path) < best[0][0]:
                break
            place = receipts.place(read(path))
            best = max(best, (place, path)) if best else (place, path)
    return best[1] if best else paths[0]


def _of_parts(folder: Path, paths: list[Path], profile: Profile) -> tuple[Parts, list[Path]]:
    """The folder's files that are further files of a set, by part; and those of the paths that are not."""
    found = {name: delivered_files(folder, layout.file_pattern)[0] for name, layout in profile.parts.items()}
    taken = {file.path for files in found.values() for file in files}
    return found, [path for path in paths if path not in taken]


def _left_alone(parts: Parts, mains: list[DeliveredFile], profile: Profile) -> list[DeliveredFile]:
    return [file for name, files in parts.items() for file in files if not any(_belongs(file, main, profile.parts[name]) for main in mains)]


def _belongs(file: DeliveredFile, main: DeliveredFile, layout: PartLayout) -> bool:
    """Whether a part's file is of the main file's delivery: of the same day, or of an earlier one where files hold changes only."""
    if file.delivered is None or main.delivered is None:
        return False
    return file.delivered <= main.delivered if layout.changes_only else file.delivered == main.delivered


def _without_main(file: DeliveredFile, expected: str) -> str:
    return (
        f"{shown(file.path.name)} waits: it is one file of a set, and the set's main file, named {expected} with the same day, is not there. "
        "Put both into the folder and run again."
    )


def _files(file: DeliveredFile, parts: Parts, source: str, profile: Profile) -> tuple[File, ...]:
    """The delivery's files, the main one first. Raises BadInput when a part of the set is not there."""
    contract = main_contract(source, is_set=bool(profile.parts))
    found = [File(contract, profile, file.path, extract.sha256(file.path))]
    for name, several in parts.items():
        paths = [part.path for part in several if _belongs(part, file, profile.parts[name])]
        if not paths:
            expected = pattern_in_words(profile.parts[name].file_pattern)
            raise BadInput(f"the {name} file of its set, named {expected} with the same day, is not there. Put it beside it and run again.")
        for path in paths:
            found.append(File(PARTS[source][name], profile.of_part(name), path, extract.sha256(path), len(found)))
    return tuple(found)


def _deliver(file: DeliveredFile, parts: Parts, source: str, profile: Profile, as_of: date, settings: Settings, seen: dict[str, str]) -> Delivery:
    """What becomes of one file, or of the set it is the main file of; `seen` holds the files of this call by what their extract would be."""
    name = shown(file.path.name)
    try:
        delivered = _delivery_date(file, profile, profile.keep_days or purposes.terms(source).keep_days, settings.today())
        if delivered > as_of:
            return Delivery(source, name, None, "later", f"{name} was delivered after {as_of}; it waits for a run as of {delivered} or later.")
        main, *others = _files(file, parts, source, profile)
        delivery = extract.Source(source, main, delivered, tuple(others))
        earlier = _already(delivery, settings, seen)
        seen.setdefault(delivery.digest, name)
        return earlier or _ingested(delivery, settings)
    except Refusal as refusal:
        # A file with too many bad rows: it was read, so the counts are known.
        return Delivery(source, name, None, "refused", f"{name} is refused: {refusal}", *refusal.counts)
    except BadInput as refusal:
        return _refused(file, source, f"{name} is refused: {refusal}", settings)
    except OSError as error:
        told = f"{name} cannot be read ({error.strerror or type(error).__name__}). Check its permissions and run again."
        return _refused(file, source, told, settings)


def _refused(file: DeliveredFile, source: str, message: str, settings: Settings) -> Delivery:
    """A file of which no row was kept: a note of it is."""
    try:
        digest = extract.sha256(file.path)
    except OSError:
        digest = None
    refusals.note(source, file.path, digest, message, settings)
    return Delivery(source, shown(file.path.name), None, "refused", message)


def _unknown(path: Path, source: str, expected: str) -> str:
    """What to say of a file whose name no delivery has: it may be a misnamed delivery, and it may be somebody's notes."""
    return (
        f"{shown(path.name)} was not read, because its name is not that of a {source} delivery ({expected}). "
        "If it is one, rename it so, with the day it was delivered, and run again; if not, take it out of the folder."
    )


def _delivery_date(file: DeliveredFile, profile: Profile, keep_days: int, today: date) -> date:
    if file.delivered is None:
        raise BadInput(f"its name holds no real date. Name it {pattern_in_words(profile.file_pattern)}, with the day of delivery.")
    if file.delivered > today:
        raise BadInput(f"its name dates it {file.delivered}, and today is {today}: it is future-dated. Give it the day it was delivered.")
    if file.delivered > profile.agreement.expires:
        raise BadInput(
            f"the sharing agreement {profile.agreement.id} expired on {profile.agreement.expires}, before this delivery. "
            "Renew it and put its new end under agreement in extracts.yml; until then the file must not be used."
        )
    if purposes.last_day(file.delivered, keep_days) < today:
        raise BadInput(
            f"it was delivered on {file.delivered} and may be kept for {keep_days:,} days (keep_days in extracts.yml), so it must not be read any more. "
            "Take it out of the landing folder."
        )
    if not file.path.stat().st_size:
        raise BadInput("it is empty (0 bytes). Ask the supplier to export it again.")
    return file.delivered


def _already(delivery: extract.Source, settings: Settings, seen: dict[str, str]) -> Delivery | None:
    """The delivery of a file whose very content, read by this very profile, is an extract already."""
    source, name = delivery.source, delivery.main.name
    there = [path for _, path in receipts.extract_files(source, settings) if path.stem.endswith(f"-{delivery.digest}")]
    if not there:
        return None
    path = there[0]
    original = seen.get(delivery.digest)
    if original is None:
        original = name if path.stem == delivery.extract_id else str(receipts.receipt(path, settings)["file_name"])
    same = f"{name} has the same content as {original}" if original != name else f"{name} was ingested before"
    return Delivery(source, name, path.stem, "already_ingested", f"{same} (extract {path.stem}); nothing changes.")


def _ingested(delivery: extract.Source, settings: Settings) -> Delivery:
    written = extract.write(delivery, settings)
    for file in delivery.files:
        refusals.forget(delivery.source, file.path, file.sha256, settings)
    return Delivery(delivery.source, delivery.main.name, delivery.extract_id, "ingested", written.message, *written.counts)
