"""What a full delivery repeats: the same content of the same day counts once, unless another came between; of a later day it is a delivery of its own."""

import hashlib
import json
from dataclasses import dataclass, replace
from itertools import count, takewhile
from pathlib import Path
from typing import Any

from pipelines import private, receipts
from pipelines.reading.extract import Source
from pipelines.settings import Settings

REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Repeat:
    """The delivery as it is to be ingested, with what to tell of it; or the extract that it is already, and the file that was first named as its own."""

    delivery: Source
    remark: str = ""
    extract_id: str | None = None
    file_name: str | None = None


def of_full(delivery: Source, settings: Settings) -> Repeat:
    """What a file, or a set, repeats.

    Under a name that told something else last, or under a new name after another extract of its day, the same content takes that other one back: it is
    a delivery of its own, with an extract of its own, since an extract never changes. Else it is known already, and its name is noted.
    """
    there = {path.stem: (day, path) for day, path in receipts.extract_files(delivery.source, settings)}
    said = [each.extract_id for each in takewhile(lambda each: each.extract_id in there, (replace(delivery, again=number) for number in count()))]
    if not said:
        return Repeat(delivery, _of_another_day([path for name, (_, path) in there.items() if name.endswith(f"-{delivery.digest}")], settings))
    with receipts.reader(settings) as read:
        of_day = [read(path) for day, path in there.values() if day == delivery.delivered]
    full = sorted((receipt for receipt in of_day if not receipt["is_changed"]), key=lambda receipt: receipt["delivery_number"])
    own = _last_under(delivery, full, settings)
    if own not in said and full[-1]["extract_id"] not in said:
        return Repeat(replace(delivery, again=len(said)), f"It was delivered before (extract {said[-1]}), and others came since; it takes them back.")
    extract_id = own if own in said else full[-1]["extract_id"]
    receipt = next(row for row in full if row["extract_id"] == extract_id)
    if receipt["file_name"] != delivery.main.name:
        _note(delivery, extract_id, settings)
    return Repeat(delivery, extract_id=extract_id, file_name=receipt["file_name"])


def forget(delivery: Source, settings: Settings) -> None:
    """The name is about to tell something else."""
    _place(delivery, settings).unlink(missing_ok=True)


def _of_another_day(paths: list[Path], settings: Settings) -> str:
    if not paths:
        return ""
    first = receipts.receipt(paths[-1], settings)
    return (
        f"It has the same content as {first['file_name']}, delivered on {first['delivered_date']}, and is a delivery of its own; "
        "ask the supplier whether nothing has changed since."
    )


def _last_under(delivery: Source, full: list[dict[str, Any]], settings: Settings) -> str | None:
    """The extract that the file's name stood for last; None for a new name."""
    place = _place(delivery, settings)
    if place.exists():
        return str(json.loads(place.read_text(encoding="utf-8"))["extract_id"])
    return next((receipt["extract_id"] for receipt in reversed(full) if receipt["file_name"] == delivery.main.name), None)


def _note(delivery: Source, extract_id: str, settings: Settings) -> None:
    """Keep that the name stands for an extract of another name, which no receipt tells."""
    place = _place(delivery, settings)
    row = {"source": delivery.source, "file_name": delivery.main.name, "delivered_date": str(delivery.delivered), "extract_id": extract_id}
    if place.exists() and json.loads(place.read_text(encoding="utf-8")) == row:
        return
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with private.written(place, ".json") as draft:
        draft.write_text(json.dumps(row, indent=1), encoding="utf-8")


def _place(delivery: Source, settings: Settings) -> Path:
    name = hashlib.sha256(delivery.main.name.encode()).hexdigest()[:16]
    return settings.extracts_dir / delivery.source / REPEATED / f"{name}.json"
