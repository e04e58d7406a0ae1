"""What a file is by its content, whatever its name says; apart because it is the first door for hostile or broken files."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import BadInput
from pipelines.limits import MB, USUAL, Limits, setting
from pipelines.values.file_names import shown

NOT_A_TABLE, LOCKED = "not_a_table", "password_protected"
PACKED = ("gz", "zip")
WORKBOOKS = ("xlsx", "xls", "ods")

# Below this size no packing of a workbook is a bomb.
_RATIO_COUNTS_FROM = 20 * MB

_FOREIGN = (
    (b"7z\xbc\xaf", "is a 7z archive", "Unpack it and deliver the file inside, or pack it as .zip or .gz"),
    (b"Rar!", "is a RAR archive", "Unpack it and deliver the file inside, or pack it as .zip or .gz"),
    (b"BZh", "is compressed with bzip2", "Pack it as .gz or .zip instead"),
    (b"\xfd7zXZ\x00", "is compressed with xz", "Pack it as .gz or .zip instead"),
    (b"\x28\xb5\x2f\xfd", "is compressed with zstd", "Pack it as .gz or .zip instead"),
    (b"%PDF", "is a PDF", "Ask the supplier for the same report as CSV or .xlsx"),
    (b"{\\rtf", "is a text document (RTF)", "Ask the supplier for the same report as CSV or .xlsx"),
)
_MARKUP = (b"<html", b"<!doctype", b"<?xml", b"<table")
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_PASSWORD = "the workbook is password-protected. Ask the supplier to remove the password and deliver it again."  # noqa: S105 - a message
_CUT_SHORT = "is cut short or damaged. The transfer broke off: deliver it again."
_FORMAT_OF_ENDING = {".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".ods": "ods", ".parquet": "parquet"}
_NAMES = {
    "csv": "delimited text",
    "xlsx": "an Excel workbook",
    "xls": "an old Excel workbook",
    "ods": "an OpenDocument spreadsheet",
    "parquet": "a Parquet file",
}


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip archive's listing, as far as reading it needs."""

    members: list[zipfile.ZipInfo]
    kind: str
    """`xlsx`, `ods`, or `zip` for one that only packs other files."""


def file_format(path: Path, limits: Limits = USUAL) -> str:
    """`csv`, `xlsx`, `xls`, `ods`, `parquet`, or `gz` or `zip` when packed, by its first bytes. Raises BadInput for anything else, saying what to do."""
    with path.open("rb") as file:
        start = file.read(512)
    for magic, what, remedy in _FOREIGN:
        if start.startswith(magic):
            raise BadInput(f"the file {what}. {remedy}.", rule=NOT_A_TABLE)
    if start.startswith(b"\x1f\x8b"):
        return "gz"
    if start.startswith(b"PAR1"):
        return _whole_parquet(path)
    if start.startswith(b"PK"):
        return _zipped(path, limits)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return _old_workbook(path)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise BadInput("the file is a web page or XML, not a table. Ask the supplier to export it as CSV or .xlsx.", rule=NOT_A_TABLE)
    return "csv"


def archive(path: Path, limits: Limits = USUAL) -> Archive:
    """A zip archive's listing. Raises BadInput for a damaged, locked or overgrown one."""
    try:
        with zipfile.ZipFile(path) as opened:
            members = opened.infolist()
            mimetype = opened.read("mimetype")[:200] if _has_mimetype(members) else b""
            locked = mimetype and b"encryption-data" in _manifest(opened)
    # zipfile raises many kinds of error on hostile bytes; none of them is worth telling apart.
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, LookupError, EOFError, MemoryError, OverflowError):
        raise BadInput(f"{_archive_in_words(path)} {_CUT_SHORT}") from None
    except Exception as error:  # noqa: BLE001 - zlib.error and struct.error have no common mother
        raise BadInput(f"{_archive_in_words(path)} is damaged ({type(error).__name__}). Deliver it again.") from None
    if len(members) > limits.limit_archive_files:
        most = f"{limits.limit_archive_files:,} {setting('limit_archive_files')}"
        raise BadInput(f"the archive holds {len(members):,} files, more than the limit of {most}. Deliver one data file.")
    if locked:
        raise BadInput(_PASSWORD, rule=LOCKED)
    return Archive(members, _archive_kind(members, mimetype))


def misnamed(name: str, found: str) -> str | None:
    """A remark when the name's ending says one thing and the content another."""
    suffix = Path(name).suffix
    named = _FORMAT_OF_ENDING.get(suffix.lower(), "csv")
    if named == found:
        return None
    return f"It is named {shown(suffix)} but is {_NAMES[found]}, and was read as one; ask the supplier to name it .{found}."


def _whole_parquet(path: Path) -> str:
    with path.open("rb") as file:
        file.seek(0, 2)
        size = file.tell()
        file.seek(max(size - 4, 0))
        if size < 12 or file.read() != b"PAR1":
            raise BadInput("the Parquet file is cut short. The transfer broke off: deliver it again.")
    return "parquet"


def _old_workbook(path: Path) -> str:
    """An .xls workbook; Office keeps password-protected .xlsx workbooks in the same kind of file."""
    with path.open("rb") as file:
        while chunk := file.read(1024 * 1024):
            if _ENCRYPTED_OFFICE in chunk:
                raise BadInput(_PASSWORD, rule=LOCKED)
    return "xls"


def _zipped(path: Path, limits: Limits) -> str:
    found = archive(path, limits)
    if found.kind == "zip":
        return "zip"
    if any(member.flag_bits & 1 for member in found.members):
        raise BadInput(_PASSWORD, rule=LOCKED)
    unpacked = sum(member.file_size for member in found.members)
    packed = max(sum(member.compress_size for member in found.members), 1)
    if unpacked > limits.limit_workbook_mb * MB:
        most = f"{limits.limit_workbook_mb:,.3g} MB {setting('limit_workbook_mb')}"
        raise BadInput(f"the workbook unpacks to {unpacked / MB:,.0f} MB, more than the limit of {most}, which is safe to open. Ask the supplier for CSV.")
    if unpacked > _RATIO_COUNTS_FROM and unpacked > limits.limit_packing * packed:
        times = f"{limits.limit_packing:,} times its size {setting('limit_packing')}"
        raise BadInput(f"the workbook unpacks to {unpacked / MB:,.0f} MB, more than {times}, more than is safe to open. Ask the supplier for CSV.")
    return found.kind


def _archive_in_words(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4096)
    is_workbook = any(name in start for name in (b"[Content_Types].xml", b"xl/", b"opendocument"))
    return "the workbook" if is_workbook else "the zip archive"


def _has_mimetype(members: list[zipfile.ZipInfo]) -> bool:
    return any(member.filename == "mimetype" and member.file_size < 200 for member in members)


def _manifest(opened: zipfile.ZipFile) -> bytes:
    names = [m for m in opened.infolist() if m.filename == "META-INF/manifest.xml" and m.file_size < 1024**2]
    return opened.read(names[0]) if names else b""


def _archive_kind(members: list[zipfile.ZipInfo], mimetype: bytes) -> str:
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    return "xlsx" if any(member.filename.startswith("xl/") for member in members) else "zip"
