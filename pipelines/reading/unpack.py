"""Takes the one data file out of a gzip or zip delivery, streaming and within limits, into a file without a name that ends with the process."""

import errno
import gzip
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from pipelines.errors import BadInput
from pipelines.limits import GB, MB, USUAL, Limits, setting
from pipelines.reading import detect

# Below this size no packing is a bomb.
_RATIO_COUNTS_FROM = 64 * MB
_CHUNK = MB

_DAMAGED = "is cut short or damaged. The transfer broke off: deliver it again."
_FURNITURE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A data file ready to be read: its path, the name its ending is judged by, what it is, and how it was packed."""

    path: Path
    name: str
    kind: str
    packing: str | None = None


@contextmanager
def unpacked(path: Path, scratch: Path, limits: Limits = USUAL) -> Iterator[Unpacked]:
    """The delivered file, or the one data file packed in it. Raises BadInput for files beyond a limit, bombs, nested, locked or damaged archives."""
    size = path.stat().st_size
    if size > limits.limit_file_gb * GB:
        raise BadInput(
            f"it has {size / GB:,.3g} GB, more than the limit of {limits.limit_file_gb:,.3g} GB {setting('limit_file_gb')}. "
            "Ask the supplier for a shorter period, or raise the limit if the file is real."
        )
    packing = detect.file_format(path, limits)
    if packing not in detect.PACKED:
        yield Unpacked(path, path.name, packing)
        return
    with _nameless(scratch) as (file, inner):
        name = (_gzip if packing == "gz" else _zip)(path, file, limits)
        file.flush()
        if not file.tell():
            raise BadInput(f"the file packed in it is empty. {_AGAIN}")
        kind = detect.file_format(inner, limits)
        if kind in detect.PACKED:
            raise BadInput("it is an archive inside an archive. Pack the data file once, as .gz or .zip, and deliver that.")
        yield Unpacked(inner, name, kind, packing)


_AGAIN = "Ask the supplier to export it again."


@contextmanager
def _nameless(scratch: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """A file that is gone from the folder at once, where the system lets it be read by its handle; so that no crash leaves it lying about."""
    handle, name = tempfile.mkstemp(prefix=".draft-unpacked-", dir=scratch)
    by_handle = Path(f"/proc/self/fd/{handle}")
    try:
        if by_handle.exists():
            Path(name).unlink()
        with os.fdopen(handle, "wb") as file:
            yield file, by_handle if not Path(name).exists() else Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _gzip(path: Path, target: IO[bytes], limits: Limits) -> str:
    try:
        with gzip.open(path) as packed:
            _copy(packed, target, path.stat().st_size, limits)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise BadInput(f"the gzip file {_DAMAGED}") from None
    return path.name[: -len(".gz")] if path.name.lower().endswith(".gz") else path.name


def _zip(path: Path, target: IO[bytes], limits: Limits) -> str:
    member = _data_member(detect.archive(path, limits).members)
    if member.file_size > limits.limit_unpacked_gb * GB:
        raise BadInput(_too_large(limits))
    try:
        with zipfile.ZipFile(path) as opened, opened.open(member) as packed:
            _copy(packed, target, member.compress_size, limits)
    except NotImplementedError:
        raise BadInput("the zip archive is packed by a method this system does not know. Pack it with plain zip (deflate) and deliver it again.") from None
    except (zipfile.BadZipFile, EOFError, zlib.error, ValueError, RuntimeError, OverflowError, OSError) as error:
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise
        raise BadInput(f"the zip archive {_DAMAGED}") from None
    return PurePosixPath(member.filename).name


def _data_member(members: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """The one data file among what office and Mac programs put beside it."""
    found = [m for m in members if not m.filename.endswith("/") and not any(part in m.filename for part in _FURNITURE)]
    if any(member.flag_bits & 1 for member in found):
        raise BadInput("the file is a password-protected zip archive. Ask the supplier for the file inside it, without a password.", rule=detect.LOCKED)
    if not found:
        raise BadInput(f"the zip archive is empty. {_AGAIN}")
    if len(found) > 1:
        raise BadInput(f"the zip archive holds {len(found):,} files; it must hold one data file. Deliver each data file by itself.")
    return found[0]


def _copy(packed: IO[bytes] | gzip.GzipFile, target: IO[bytes], packed_size: int, limits: Limits) -> None:
    """Copy within the limits; what the archive itself says of its size is not believed."""
    size = 0
    while chunk := packed.read(_CHUNK):
        size += len(chunk)
        if size > limits.limit_unpacked_gb * GB:
            raise BadInput(_too_large(limits))
        if size > _RATIO_COUNTS_FROM and size > limits.limit_packing * max(packed_size, 1):
            raise BadInput(
                f"it unpacks to more than {limits.limit_packing:,} times its size {setting('limit_packing')}, as a decompression bomb does. "
                "Deliver it unpacked, if it is a real report."
            )
        target.write(chunk)


def _too_large(limits: Limits) -> str:
    told = f"it unpacks to more than the limit of {limits.limit_unpacked_gb:,.3g} GB {setting('limit_unpacked_gb')}. "
    return told + "Ask the supplier for a shorter period, or raise the limit if the file is real."
