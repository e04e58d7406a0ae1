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
from pipelines.reading import detect

# A county's year of session marks is about 6 GB. Honest CSV packs 5 to 60 times; a bomb packs 1,000 times.
_UNPACKED_LIMIT = 16 * 1024**3
_RATIO_LIMIT = 250
_RATIO_COUNTS_FROM = 64 * 1024**2
_CHUNK = 1024 * 1024

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
def unpacked(path: Path, scratch: Path) -> Iterator[Unpacked]:
    """The delivered file, or the one data file packed in it. Raises BadInput for bombs, nested, locked or damaged archives."""
    packing = detect.file_format(path)
    if packing not in detect.PACKED:
        yield Unpacked(path, path.name, packing)
        return
    with _nameless(scratch) as (file, inner):
        name = _gzip(path, file) if packing == "gz" else _zip(path, file)
        file.flush()
        if not file.tell():
            raise BadInput(f"the file packed in it is empty. {_AGAIN}")
        kind = detect.file_format(inner)
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


def _gzip(path: Path, target: IO[bytes]) -> str:
    try:
        with gzip.open(path) as packed:
            _copy(packed, target, path.stat().st_size)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise BadInput(f"the gzip file {_DAMAGED}") from None
    return path.name[: -len(".gz")] if path.name.lower().endswith(".gz") else path.name


def _zip(path: Path, target: IO[bytes]) -> str:
    member = _data_member(detect.archive(path).members)
    try:
        with zipfile.ZipFile(path) as opened, opened.open(member) as packed:
            _copy(packed, target, member.compress_size)
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
        raise BadInput("the file is a password-protected zip archive. Ask the supplier for the file inside it, without a password.")
    if not found:
        raise BadInput(f"the zip archive is empty. {_AGAIN}")
    if len(found) > 1:
        raise BadInput(f"the zip archive holds {len(found):,} files; it must hold one data file. Deliver each data file by itself.")
    if found[0].file_size > _UNPACKED_LIMIT:
        raise BadInput(_too_large())
    return found[0]


def _copy(packed: IO[bytes] | gzip.GzipFile, target: IO[bytes], packed_size: int) -> None:
    """Copy within the limits; what the archive itself says of its size is not believed."""
    size = 0
    while chunk := packed.read(_CHUNK):
        size += len(chunk)
        if size > _UNPACKED_LIMIT:
            raise BadInput(_too_large())
        if size > _RATIO_COUNTS_FROM and size > _RATIO_LIMIT * max(packed_size, 1):
            raise BadInput(f"it unpacks to more than {_RATIO_LIMIT} times its size, as a decompression bomb does. Deliver it unpacked, if it is a real report.")
        target.write(chunk)


def _too_large() -> str:
    return f"it unpacks to more than {_UNPACKED_LIMIT // 1024**3} GB. Ask the supplier to split it."
