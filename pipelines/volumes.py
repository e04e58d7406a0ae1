"""Which extract a delivery's volume is compared with: a fall against one that was itself refused would hide the loss of rows."""

from typing import Any

from pipelines import receipts, warehouse
from pipelines.provenance import Run, UsedExtract


def before(run: Run, used: UsedExtract) -> dict[str, Any] | None:
    """Id and standing rows of the extract the last publication stood on, else of the one that came before; None when there is none.

    The publication tells by itself, so that a past run is judged alike when older extracts are gone.
    """
    if used.extract_id is None:
        return None
    return _of_publication(run, used.source) or _one_earlier(run, used)


def _of_publication(run: Run, source: str) -> dict[str, Any] | None:
    if run.previous_path is None or not run.previous_path.exists():
        return None
    with warehouse.database(run.settings, run.previous_path) as con:
        found = con.sql("from audit.extract where source = $source and extract_id is not null", params={"source": source})
        row = found.fetchone()
        told = dict(zip(found.columns, row, strict=True)) if row else {}
    # A publication of an earlier version does not tell how many stood: all that were accepted did.
    standing = told["accepted_count"] if told and told.get("standing_count") is None else told.get("standing_count")
    return {"extract_id": told["extract_id"], "standing_count": standing} if told else None


def _one_earlier(run: Run, used: UsedExtract) -> dict[str, Any] | None:
    there = {path.stem: path for _, path in receipts.extract_files(used.source, run.settings)}
    if used.extract_id not in there:
        return None
    with receipts.reader(run.settings) as read:
        place = receipts.place(read(there[used.extract_id]))
        earlier = [found for name, path in there.items() if name != used.extract_id and receipts.place(found := read(path)) < place]
    return max(earlier, key=lambda found: (receipts.place(found), found["extract_id"]), default=None)


def earlier(run: Run, used: UsedExtract, most: int) -> list[dict[str, Any]]:
    """Receipts of the last extracts of the source delivered before the one used, as far as they are kept; the oldest first."""
    files = receipts.extract_files(used.source, run.settings)
    before = [path for delivered, path in files if used.delivered_date and delivered < used.delivered_date]
    if not before:
        return []
    with receipts.reader(run.settings) as read:
        return [read(path) for path in before[-most:]]
