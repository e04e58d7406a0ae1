"""From a partner's delivered file to an extract: decides what becomes of each file in the landing folder, and which extracts a run stands on."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from pipelines import admission, receipts, refusals, repeats
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
from schemas.extracts import CONTRACTS, PARTS, SETS, main_contract, of_changes
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
    standing_count: int | None = None
    """Of a file of changes: the rows that stand after it."""


@dataclass
class _Before:
    """What the files before one came to in this call: files of changes by their content, and the last of them all."""

    changes: dict[str, str] = field(default_factory=dict)
    last: Delivery | None = None
    is_changed: bool = False
    past: set[str] = field(default_factory=set)
    """Names of the files that are past their retention."""

    def note(self, file: DeliveredFile, delivery: Delivery, *, is_change: bool) -> None:
        """Remember what the next file of changes follows on: of several refused ones the first, for it is the one to mend."""
        is_nothing = file.delivered is None or (is_change and (self.last is None or self.last.extract_id is None))
        if not is_nothing:
            self.last, self.is_changed = delivery, is_change


def ingest(council: Authority, source: str, as_of: date, settings: Settings) -> list[Delivery]:
    """Ingest the source's delivered files, oldest first. A bad file is told in the result and changes nothing; it is never raised."""
    profile = council.profiles.of(source)
    folder = settings.landing_dir / source
    extract.discard_drafts(source, settings)
    known, unknown = delivered_files(folder, profile.file_pattern)
    parts, unknown = _of_parts(folder, unknown, profile)
    changes, known, mistaken = _of_changes(folder, known, profile)
    unknown = [path for path in unknown if path not in {file.path for file in changes}]
    expected = pattern_in_words(profile.file_pattern)
    found = [Delivery(source, shown(path.name), None, "unknown_file", admission.unknown(path, source, expected)) for path in unknown]
    if not known and not changes:
        message = f"There is no {source} file in {folder}. Put one there, named {expected}, and run again."
        found.append(Delivery(source, "", None, "missing", message))
    found += [_refused(file, source, admission.without_main(file, expected), "set_incomplete", settings) for file in _left_alone(parts, known, profile)]
    found += [_refused(file, source, admission.of_two_kinds(shown(file.path.name)), "name_of_two_kinds", settings) for file in mistaken]
    before = _Before()
    for file, is_change in admission.with_changes(known, changes):
        delivery = _deliver(file, None if is_change else parts, source, profile, as_of, settings, before)
        late = None if is_change else _late(delivery, before, settings)
        if not late:
            before.note(file, delivery, is_change=is_change)
        found.append(replace(delivery, message=f"{delivery.message} {late}") if late else delivery)
    return found


def used_extracts(council: Authority, as_of: date, settings: Settings) -> tuple[UsedExtract, ...]:
    """For each source the accepted extract that speaks of the latest day, among those delivered by the as-of date; of several of one day the last ingested.

    None past its retention today is used; where that leaves a source without, the last one's day of delivery tells why.
    """
    return tuple(_used(source, council.profiles.of(source), as_of, settings) for source in council.profiles.sources)


def _used(source: str, profile: Profile, as_of: date, settings: Settings) -> UsedExtract:
    there = [(delivered, path) for delivered, path in receipts.extract_files(source, settings) if delivered <= as_of]
    keep_days = profile.keep_days or purposes.terms(source).keep_days
    by_then = [(delivered, path) for delivered, path in there if purposes.last_day(delivered, keep_days) >= settings.today()]
    if not by_then:
        return UsedExtract(source, None, there[-1][0] if there else None, is_stale=True)
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


def _of_changes(folder: Path, known: list[DeliveredFile], profile: Profile) -> tuple[list[DeliveredFile], list[DeliveredFile], list[DeliveredFile]]:
    """The folder's files of changes, the full ones among those known, and those whose name may be of either."""
    if profile.changes is None:
        return [], known, []
    changes = delivered_files(folder, profile.changes.file_pattern)[0]
    both = {file.path for file in changes} & {file.path for file in known}
    return [f for f in changes if f.path not in both], [f for f in known if f.path not in both], [f for f in known if f.path in both]


def _left_alone(parts: Parts, mains: list[DeliveredFile], profile: Profile) -> list[DeliveredFile]:
    return [file for name, files in parts.items() for file in files if not any(_belongs(file, main, profile.parts[name]) for main in mains)]


def _belongs(file: DeliveredFile, main: DeliveredFile, layout: PartLayout) -> bool:
    """Whether a part's file is of the main file's delivery: of the same day, or of an earlier one where files hold changes only."""
    if file.delivered is None or main.delivered is None:
        return False
    return file.delivered <= main.delivered if layout.changes_only else file.delivered == main.delivered


def _files(file: DeliveredFile, parts: Parts, source: str, profile: Profile) -> tuple[File, ...]:
    """The delivery's files, the main one first. Raises BadInput when a part of the set is not there."""
    contract = main_contract(source, is_set=bool(profile.parts))
    found = [File(contract, profile, file.path, extract.sha256(file.path))]
    for name in SETS[source].in_order(list(parts)) if parts else []:
        paths = [part.path for part in parts[name] if _belongs(part, file, profile.parts[name])]
        if not paths:
            expected = pattern_in_words(profile.parts[name].file_pattern)
            raise BadInput(
                f"the {name} file of its set, named {expected} with the same day, is not there. Put it beside it and run again.", rule="set_incomplete"
            )
        for path in paths:
            found.append(File(PARTS[source][name], profile.of_part(name), path, extract.sha256(path), len(found)))
    return tuple(found)


def _deliver(file: DeliveredFile, parts: Parts | None, source: str, profile: Profile, as_of: date, settings: Settings, before: _Before) -> Delivery:
    """What becomes of one file, or of the set it is the main file of; without `parts` it is a file of changes."""
    name = shown(file.path.name)
    try:
        read_by = profile.of_changes() if parts is None else profile
        delivered = admission.delivery_date(file, read_by, profile.keep_days or purposes.terms(source).keep_days, settings.today())
        if delivered > as_of:
            return Delivery(source, name, None, "later", f"{name} was delivered after {as_of}; it waits for a run as of {delivered} or later.")
        if parts is None:
            return _deliver_changes(file, delivered, source, profile, settings, before)
        main, *others = _files(file, parts, source, profile)
        delivery = extract.Source(source, main, delivered, tuple(others))
        admission.refuse_incomplete(source, delivery.files)
        repeat = repeats.of_full(delivery, settings)
        if repeat.extract_id and repeat.file_name:
            return _already(delivery, repeat.extract_id, repeat.file_name)
        repeats.forget(delivery, settings)
        written = _ingested(repeat.delivery, settings)
        return replace(written, message=f"{written.message} {repeat.remark}".strip())
    except Refusal as refusal:
        # A file with too many bad rows: it was read, so the counts are known.
        return Delivery(source, name, None, "refused", f"{name} is refused: {refusal}", *refusal.counts)
    except BadInput as refusal:
        before.past |= {name} if refusal.rule == admission.PAST_RETENTION else set()
        return _refused(file, source, f"{name} is refused: {refusal}", refusal.rule, settings)
    except OSError as error:
        told = f"{name} cannot be read ({error.strerror or type(error).__name__}). Check its permissions and run again."
        return _refused(file, source, told, "unreadable", settings)


def _deliver_changes(file: DeliveredFile, delivered: date, source: str, profile: Profile, settings: Settings, before: _Before) -> Delivery:
    """What becomes of a file of changes. Raises BadInput when there is nothing to change."""
    name = shown(file.path.name)
    if before.last is None:
        earliest = settings.today() - timedelta(days=profile.keep_days or purposes.terms(source).keep_days)
        raise BadInput(admission.without_full(pattern_in_words(profile.file_pattern), earliest), rule="changes_to_nothing")
    if before.last.extract_id is None:
        say = admission.after_past if before.last.file_name in before.past else admission.after_refused
        raise BadInput(say(before.last.file_name), rule="changes_to_refused")
    sha256 = extract.sha256(file.path)
    original = before.changes.setdefault(sha256, name)
    if original != name:
        told = f"{name} has the same content as {original}, and the same changes count once; nothing changes."
        return Delivery(source, name, before.last.extract_id, "already_ingested", told)
    contract = of_changes(main_contract(source, is_set=False), profile.changes.key if profile.changes else ())
    builds_on = settings.extracts_dir / source / f"{before.last.extract_id}.duckdb"
    delivery = extract.Source(source, File(contract, profile.of_changes(), file.path, sha256), delivered, builds_on=builds_on)
    admission.refuse_incomplete(source, delivery.files)
    there = next((path for _, path in receipts.extract_files(source, settings) if path.stem.endswith(f"-{delivery.digest}")), None)
    if there is None:
        return _ingested(delivery, settings)
    return _already(delivery, there.stem, name if there.stem == delivery.extract_id else str(receipts.receipt(there, settings)["file_name"]))


def _refused(file: DeliveredFile, source: str, message: str, rule: str, settings: Settings) -> Delivery:
    """A file of which no row was kept: a note of it is."""
    try:
        digest = extract.sha256(file.path)
    except OSError:
        digest = None
    refusals.note(source, file, digest, message, rule, settings)
    return Delivery(source, shown(file.path.name), None, "refused", message)


def _late(delivery: Delivery, before: _Before, settings: Settings) -> str | None:
    """What to say of a full file that speaks of an earlier day than the changes before it, and so ends none of them; None of any other."""
    if not before.is_changed or before.last is None or not before.last.extract_id or not delivery.extract_id:
        return None
    folder = settings.extracts_dir / delivery.source
    with receipts.reader(settings) as read:
        own, last = (read(folder / f"{extract_id}.duckdb")["as_at_date"] for extract_id in (delivery.extract_id, before.last.extract_id))
    return f"It speaks of {own}, an earlier day than {before.last.file_name} ({last}), so the changes before it still hold." if own < last else None


def _already(delivery: extract.Source, extract_id: str, original: str) -> Delivery:
    """The delivery of a file whose very content, read by this very profile, is an extract already, first of the name given."""
    name = delivery.main.name
    same = f"{name} has the same content as {original}" if original != name else f"{name} was ingested before"
    return Delivery(delivery.source, name, extract_id, "already_ingested", f"{same} (extract {extract_id}); nothing changes.")


def _ingested(delivery: extract.Source, settings: Settings) -> Delivery:
    written = extract.write(delivery, settings)
    for file in delivery.files:
        refusals.forget(delivery.source, file.path, file.sha256, settings)
    return Delivery(delivery.source, delivery.main.name, delivery.extract_id, "ingested", written.message, *written.counts, written.standing)
