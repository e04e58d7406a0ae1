"""A corpus of deliberately bad deliveries, each with the fate it must have: which rows are accepted, repaired, rejected or removed, by which rule."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.support.deliveries import NAMES, Row, csv_text, rows

SCHOOL, POLICE, DWP, HOUSING = "school_attendance", "police_asb", "dwp_benefit", "housing_arrears"


@dataclass(frozen=True)
class BadDelivery:
    """A file and its fate. `fate` is accepted, rejected, removed and repaired rows of an ingested file; None for one refused unread."""

    name: str
    source: str
    content: bytes
    fate: tuple[int, int, int, int] | None
    says: tuple[str, ...]
    rules: frozenset[str] = frozenset()
    repairs: frozenset[str] = frozenset()
    file_name: str = ""
    outcome: str = ""
    layout: str | None = None
    """The layout of the library that the supplier uses; its usual one where None."""
    beside: tuple[tuple[str, bytes], ...] = ()
    """Names and contents of the supplier's files that are there already."""
    delivers_changes: bool = False
    """Whether the supplier delivers changes between full files."""
    is_set: bool = False
    """Whether the file is the main one of a set, whose other files stand beside it; the fate is then that of all files' rows."""
    hidden: frozenset[str] = field(default_factory=frozenset)
    """Values from rows that no message may show."""

    @property
    def delivered_as(self) -> str:
        """The file's name."""
        return self.file_name or NAMES[self.source]

    @property
    def expected(self) -> str:
        """The outcome."""
        return self.outcome or ("ingested" if self.fate else "refused")


def bad_rows() -> list[BadDelivery]:
    """All of them but the files of other formats, which are in bad_files.py."""
    return [*_rows_gone_wrong(), *_repaired(), *_shapes(), *_encodings(), *_headers(), *_names()]


def _file(source: str, table: list[Row], **options: Any) -> bytes:
    return csv_text(table, **options).encode()


def _one(name: str, source: str, column: str, value: str, rule: str) -> BadDelivery:
    """Seven rows, the last of which has this value."""
    table = [*rows(source, 6), rows(source, 7)[6] | {column: value}]
    hidden = frozenset({value} if len(value.strip()) > 3 else ())
    return BadDelivery(name, source, _file(source, table), (6, 1, 0, 0), ("1 row is", "rejection report"), frozenset({rule}), hidden=hidden)


def _rows_gone_wrong() -> Iterator[BadDelivery]:
    yield _one("a birth date that no calendar has", SCHOOL, "DOB", "31/02/2014", "date_format")
    yield _one("a birth date with a two-digit year", SCHOOL, "DOB", "05/03/14", "date_format")
    yield _one("a birth date in American order", SCHOOL, "DOB", "03/25/2014", "date_format")
    yield _one("a day number in text", SCHOOL, "DOB", "41703", "date_format")
    yield _one("a school term nobody knows", SCHOOL, "Term", "Michaelmas", "allowed")
    yield _one("a letter O in a number", SCHOOL, "Possible Sessions", "12O", "whole_number")
    yield _one("more sessions than a term has", SCHOOL, "Possible Sessions", "9999", "range")
    yield _one("more absences than sessions", SCHOOL, "Possible Sessions", "23", "sum_too_great")
    yield _one("an academic year of two years", SCHOOL, "Academic Year", "2025/27", "academic_year_format")
    yield _one("perhaps instead of yes or no", SCHOOL, "Contact 1 Lives With", "perhaps", "yes_or_no")
    yield _one("a pupil without a reference", SCHOOL, "Pupil ID", " ", "required")
    yield _one("a UPN cut down by Excel", SCHOOL, "UPN", "2.01E+11", "scientific_notation")
    yield _one("a UPRN cut down by Excel", HOUSING, "UPRN", "1.00023E+11", "scientific_notation")
    yield _one("a rent reference cut down by Excel", HOUSING, "Account Reference", "4,51E+12", "scientific_notation")
    yield _one("a failed look-up instead of a name", SCHOOL, "Legal Surname", "#N/A", "formula_error")
    yield _one("a formula instead of a name", SCHOOL, "Legal Surname", '=HYPERLINK("http://example.org","Okafor")', "formula")
    yield _one("a sum instead of a name", SCHOOL, "Legal Surname", "=SUM(A1:A2)", "formula")
    yield _one("a formula instead of a reference", HOUSING, "Account Reference", " =A7&B7", "formula")
    yield _one("a column too narrow for its number", HOUSING, "Address1", "########", "formula_error")
    yield _one("an incident after its delivery", POLICE, "INCIDENT_DT", "21/11/2026", "after_delivery")
    yield _one("a part in the incident nobody knows", POLICE, "ROLE", "NEIGHBOUR'S CAT", "allowed")
    yield _one("a month too many", POLICE, "INCIDENT_DT", "14/13/2026 22:15", "date_format")
    yield _one("a benefit of another country", DWP, "BEN_TYPE", "HARTZ4", "allowed")
    yield _one("an award without a start", DWP, "AWARD_START", "", "required")
    yield _one("a date that lost a digit", DWP, "AWARD_START", "2025016", "date_format")
    yield _one("a claimant without a name", DWP, "SURNAME", "  ", "needs_one_of")
    yield _one("a statement from the future", DWP, "AS_AT", "20261121", "after_delivery")
    yield _one("a decimal comma", HOUSING, "Weekly Rent", "110,50", "amount")
    yield _one("an amount whose bracket does not close", HOUSING, "CurrentBalance", "(100.00", "amount")
    yield _one("an amount whose bracket does not open", HOUSING, "CurrentBalance", "100.00)", "amount")
    yield _one("an amount in words", HOUSING, "CurrentBalance", "a great deal", "amount")
    yield _one("a rent beyond belief", HOUSING, "Weekly Rent", "99999.00", "range")
    yield _one("a formula instead of an amount", HOUSING, "Weekly Rent", "=SUM(A1:A9)", "amount")
    table = rows(POLICE, 6)
    yield BadDelivery(
        "a row delivered twice", POLICE, _file(POLICE, [*table, table[2]]), (6, 1, 0, 0), ("same, in every column",), frozenset({"duplicate_row"})
    )
    several = [*rows(POLICE, 6), rows(POLICE, 7)[6] | {"ROLE": "?", "RECORD_TYPE": "", "INCIDENT_DT": "soonish"}]
    yield BadDelivery("three faults in one row", POLICE, _file(POLICE, several), (6, 1, 0, 0), ("1 row is",), frozenset({"allowed", "date_format", "required"}))
    half = rows(SCHOOL, 3) + rows(SCHOOL, 3, DOB="2014-03-05", Town="Elsewhere")
    says = ("3 of 6 rows (50.0%)", "look like yyyy-mm-dd", "Ask the supplier to mend")
    yield BadDelivery("half the dates in another format", SCHOOL, _file(SCHOOL, half), (3, 3, 0, 0), says, frozenset({"date_format"}), outcome="refused")
    numbers = rows(SCHOOL, 5, DOB="41703")
    says = ("look like a spreadsheet's day numbers", "Ask the supplier to mend")
    yield BadDelivery("every date a day number", SCHOOL, _file(SCHOOL, numbers), (0, 5, 0, 0), says, frozenset({"date_format"}), outcome="refused")


def _mended(name: str, source: str, column: str, value: str, rule: str) -> BadDelivery:
    table = [*rows(source, 6), rows(source, 7)[6] | {column: value}]
    says = ("1 of the accepted rows was repaired", f"column '{column}'")
    return BadDelivery(name, source, _file(source, table), (7, 0, 0, 1), says, repairs=frozenset({rule}), hidden=frozenset({value}))


def _repaired() -> Iterator[BadDelivery]:
    yield _mended("a UPN that lost its check letter", SCHOOL, "UPN", "201100018042", "check_letter")
    yield _mended("a name in the wrong encoding", SCHOOL, "Legal Forename", "Zo\u00c3\u00ab", "mojibake")
    yield _mended("a name in the wrong encoding twice", SCHOOL, "Legal Forename", "Zo\u00c3\u0192\u00c2\u00ab", "mojibake")
    yield _mended("a curly apostrophe in the wrong encoding", DWP, "SURNAME", "O\u00e2\u20ac\u2122NEILL", "mojibake")
    yield _mended("a UPRN with a decimal tail", HOUSING, "UPRN", "100023336956.0", "decimal_tail")
    yield _mended("a school number with a decimal tail", SCHOOL, "School URN", "100001.0", "decimal_tail")
    yield _mended("a reference kept as text by a formula", HOUSING, "Account Reference", '="000987"', "text_formula")
    yield _mended("a UPN kept as text by a formula", SCHOOL, "UPN", '="R201100018042"', "text_formula")
    yield _mended("an amount kept as text by a formula", HOUSING, "Weekly Rent", '="88.00"', "text_formula")
    yield _mended("an amount finer than a penny", HOUSING, "CurrentBalance", "-100.005", "rounded")
    yield _mended("a pupil who would be sixty", SCHOOL, "DOB", "05/03/1966", "impossible_birth_date")
    yield _mended("a pupil born after the delivery", SCHOOL, "DOB", "05/03/2031", "impossible_birth_date")
    yield _mended("a claimant born before 1900", DWP, "DATE_OF_BIRTH", "18860214", "impossible_birth_date")
    yield _mended("a qualifier nobody knows", POLICE, "NSIR_QUALIFIER", "Q7", "unknown_code")
    both = [*rows(SCHOOL, 6), rows(SCHOOL, 7)[6] | {"UPN": "201100018042.0"}]
    found = frozenset({"check_letter", "decimal_tail"})
    yield BadDelivery("a UPN without its letter and with a decimal tail", SCHOOL, _file(SCHOOL, both), (7, 0, 0, 1), ("was repaired",), repairs=found)
    yield _one("a UPN whose digits a spreadsheet cut off", SCHOOL, "UPN", "201000000000", "digits_lost")
    several = [*rows(SCHOOL, 10), *(row | {"UPN": "201100010000", "DOB": f"0{n}/03/2014"} for n, row in enumerate(rows(SCHOOL, 12)[10:], start=1))]
    yield BadDelivery("a UPN without its letter of two pupils", SCHOOL, _file(SCHOOL, several), (10, 2, 0, 0), ("several pupils",), frozenset({"shared_upn"}))
    of_one = [*rows(SCHOOL, 6), *(rows(SCHOOL, 7)[6] | {"UPN": "201100018042", "Term": term} for term in ("Summer", "Spring"))]
    yield BadDelivery(
        "one pupil's UPN without its letter in two terms",
        SCHOOL,
        _file(SCHOOL, of_one),
        (8, 0, 0, 2),
        ("2 of the accepted",),
        repairs=frozenset({"check_letter"}),
    )
    rejected = [*rows(SCHOOL, 6), rows(SCHOOL, 7)[6] | {"UPN": "201100018042", "Term": "Lent"}]
    yield BadDelivery("a repair in a rejected row", SCHOOL, _file(SCHOOL, rejected), (6, 1, 0, 0), ("1 row is",), frozenset({"allowed"}))


def _shapes() -> Iterator[BadDelivery]:
    lines = csv_text(rows(POLICE, 8)).splitlines()

    def shape(name: str, text: list[str], fate: tuple[int, int, int, int], says: str, *rules: str) -> BadDelivery:
        return BadDelivery(name, POLICE, "\n".join(text).encode(), fate, (says,), frozenset(rules))

    yield shape("a row cut short", [*lines[:8], lines[8].rpartition(",")[0]], (7, 1, 0, 0), "more or fewer fields", "row_length")
    yield shape("a row too long", [*lines[:8], f"{lines[8]},beyond"], (7, 1, 0, 0), "more or fewer fields", "row_length")
    yield shape("a title, blank rows and a total", ["ASB report", "", *lines, "", "Total,8"], (8, 0, 4, 0), "4 title, blank, total")
    yield shape("a header on every page", [*lines[:5], lines[0], *lines[5:]], (8, 0, 1, 0), "repeated-header row was left out")
    many = csv_text(rows(POLICE, 24)).splitlines()
    swallowed = [*many[:4], many[4].replace("NOISE", '"NOISE'), many[5].replace("NOISE", 'NOISE"'), *many[6:]]
    yield shape("a quotation mark that closes a row later", swallowed, (22, 2, 0, 0), "a quotation mark opens", "open_quote", "swallowed")
    # Without other marks in between, the row has its number of fields again.
    plain = csv_text(rows("dwp_benefit", 24)).splitlines()
    far = [*plain[:3], plain[3].replace("NGOZI", '"NGOZI'), *plain[4:6], plain[6].replace("NGOZI", 'NGOZI"'), *plain[7:]]
    torn = frozenset({"open_quote", "swallowed"})
    yield BadDelivery("a quotation mark that closes three rows later", "dwp_benefit", "\n".join(far).encode(), (20, 4, 0, 0), ("3 rows are swallowed",), torn)
    first, _, last = plain[0].rpartition(",")
    torn_header = "\n".join([f'{first},"{last}', *plain[1:5], f'{plain[5]}"', *plain[6:]]).encode()
    yield BadDelivery("a header that swallowed rows", "dwp_benefit", torn_header, None, ("the header opens a quotation mark", "deliver again"))
    never = [*lines[:8], lines[8].replace("NOISE", '"NOISE')]
    yield BadDelivery("a quotation mark never closed", POLICE, "\n".join(never).encode(), None, ("row 9 opens a quotation mark", "deliver again"))
    yield BadDelivery("a header and no row", POLICE, lines[0].encode(), None, ("no row of anybody", "Ask the supplier"))
    yield BadDelivery("only totals", POLICE, "\n".join([lines[0], "Total,0"]).encode(), None, ("no row of anybody", "Ask the supplier"))
    yield BadDelivery("rows without a header", POLICE, "\n".join(lines[1:]).encode(), None, ("is a header with the expected columns", "Ask the supplier"))


def _encodings() -> Iterator[BadDelivery]:
    text = csv_text(rows(POLICE, 20, NOMINAL_NAME="\u0141UKASZ, Zo\u00eb")).encode()
    yield BadDelivery("UTF-8 with a damaged letter", POLICE, text.replace("Zo\u00eb".encode(), b"Zo\xeb", 1), None, ("not UTF-8", "Ask the supplier"))
    plain = csv_text(rows(POLICE)).encode()
    yield BadDelivery("UTF-16 cut short", POLICE, plain.decode().encode("utf-16")[:-1], None, ("not UTF-16", "Ask the supplier"))
    yield BadDelivery("a NUL byte", POLICE, plain.replace(b"R00002", b"R0\x0002"), None, ("NUL byte", "Ask the supplier"))
    yield BadDelivery("bytes of no encoding", POLICE, plain.replace(b"Emeka", b"\x81\x8d\x9d\x81\x90"), None, ("neither UTF-8", "Ask the supplier"))
    yield BadDelivery("a line without an end", POLICE, plain + b"x" * 2_500_000, None, ("longer than a million", "Ask the supplier"))
    yield BadDelivery("random bytes", POLICE, bytes((i * 7919 + i // 251) % 256 for i in range(5000)), None, ("Ask the supplier",))


def _headers() -> Iterator[BadDelivery]:
    text = csv_text(rows(SCHOOL))
    renamed = text.replace("Unauthorised Absences", "Unauth. Absence Count", 1)
    says = ("lacks 1 of the 30", "Perhaps 'Unauth. Absence Count' is 'Unauthorised Absences'", "Ask the supplier")
    yield BadDelivery("a column renamed", SCHOOL, renamed.encode(), None, says)
    yield BadDelivery("a column twice", SCHOOL, text.replace("Gender", "DOB", 1).encode(), None, ("Ask the supplier",))
    yield BadDelivery("another report", SCHOOL, b"Staff No,Grade,Salary\n1,A,2\n", None, ("expected columns", "Ask the supplier"))
    yield BadDelivery("another partner's file", SCHOOL, _file(DWP, rows(DWP)), None, ("expected columns", "Ask the supplier"))
    extra = [row | {"Officer's Remarks": "hush hush"} for row in rows(POLICE)]
    left_out = ("Left out, since the profile does not name them: 'Officer's Remarks'",)
    yield BadDelivery("a column nobody asked for", POLICE, _file(POLICE, extra), (3, 0, 0, 0), left_out, hidden=frozenset({"hush hush"}))


def _names() -> Iterator[BadDelivery]:
    text = _file(POLICE, rows(POLICE))
    for name, file_name, says, outcome in (
        ("a name without a date", "asb_extract_20261399.csv", "holds no real date", ""),
        ("a name from the future", "asb_extract_20261231.csv", "future-dated", ""),
        ("a name nobody agreed on", "asb.csv", "rename it", "unknown_file"),
        ("a document", "asb_extract_20261120.docx", "rename it", "unknown_file"),
    ):
        yield BadDelivery(name, POLICE, text, None, (says,), file_name=file_name, outcome=outcome)
    yield BadDelivery("tomorrow's file", POLICE, text, None, ("waits for a run",), file_name="asb_extract_20261124.csv", outcome="later")
