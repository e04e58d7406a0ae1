"""What a column's values look like: shares of filled cells that are dates, numbers, numbers of people and places, names or codes. No value leaves here."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from pipelines.inference.spelling import known
from pipelines.values import identifiers

# By how they are written; the first that reads most wins, so days stand before months.
DATE_FORMATS = (
    *("%d/%m/%Y", "%Y-%m-%d", "%d-%b-%Y", "%Y%m%d", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"),
    *("%Y-%m-%dT%H:%M", "%d-%m-%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y %H:%M", "%Y/%m/%d", "%m/%d/%Y", "%d-%m-%Y %H:%M"),
    *("%Y-%b-%d", "%Y-%b-%d %H:%M:%S"),
)
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)
_PHONE = re.compile(r"(\+44|0)[1-37]\d{8,9}")
_MONEY = re.compile(r"[-(]?£? ?-?\d{1,3}(,?\d{3})*([.,]\d{1,2})?\)?( ?(-|CR|DR))?", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][^\d_@]*")
_TERM_AND_YEAR = re.compile(r"(?P<term>[A-Za-z]+)( term)?[ ,-]+(?P<year>\d{4}[-/]?\d{2,4})", re.IGNORECASE)
_YEAR = re.compile(r"(19|20)\d{2}([-/ ]?\d{2}(\d{2})?)?")
_MOST_CODES = 40
_SEVERAL, _SERIES = 20, 2
FEW_ROWS = _SEVERAL
"""Below so many rows values tell little: that none comes again says nothing."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Shares of the filled cells, of which `filled` is the count; `codes` are its distinct values in capitals where they are few and repeated."""

    filled: int
    blank: int
    shares: dict[str, float]
    date_formats: tuple[str, ...]
    """The formats that together read nearly every date of the column."""
    distinct: int
    codes: Counter[str]
    negative_share: float
    years: tuple[int, int]
    """First and last year of its dates; noughts where it has none."""
    few_values: Counter[str] = field(default_factory=Counter)
    """The values in capitals of a column of so few rows that none need come again; never shown, unless one is a code that is known."""
    has_open_end: bool = False
    decimal_comma: float = 0.0

    def share(self, name: str) -> float:
        """Share of the filled cells of that shape."""
        return self.shares.get(name, 0.0)

    def day(self, cell: str | None) -> date | None:
        """The day a cell of the column tells, by the column's own formats."""
        return next((day for form in self.date_formats if (day := _day((cell or "").strip(), form))), None)

    @property
    def possible_codes(self) -> Counter[str]:
        """What may be codes: values that come again, or any where rows are few."""
        return self.codes or self.few_values

    @property
    def repeats(self) -> float:
        """How often a value stands on average."""
        return self.filled / max(self.distinct, 1)


def shape(cells: Sequence[str | None]) -> Shape:
    """The shape of a column's cells; marks for "unknown" and "without end" are left out."""
    marks, ends = set(known()["unknown"]), set(known()["open_ends"])
    texts = [text for cell in cells if (text := (cell or "").strip()) and text.upper() not in marks]
    dated = [text for text in texts if text not in ends]
    formats, days = _dates(dated)
    shares = {name: sum(map(test, texts)) / len(texts) for name, test in _TESTS.items()} if texts else {}
    shares["date"] = len(days) / len(dated) if dated else 0.0
    if _is_one_series(texts):
        shares["nino"] = 0.0
    counted = Counter(text.upper() for text in texts)
    few = len(counted) <= _MOST_CODES and len(texts) >= 2 * len(counted)
    amounts = [text for text in texts if _MONEY.fullmatch(text)]
    return Shape(
        filled=len(texts),
        blank=len(cells) - len(texts),
        shares=shares,
        date_formats=formats,
        distinct=len(counted),
        codes=counted if few else Counter(),
        few_values=counted if not few and len(texts) < FEW_ROWS else Counter(),
        negative_share=sum(text.startswith(("-", "(")) for text in amounts) / len(amounts) if amounts else 0.0,
        years=(min(days).year, max(days).year) if days else (0, 0),
        has_open_end=len(dated) < len(texts),
        decimal_comma=sum(bool(re.search(r",\d{1,2}\b(?!,)", text)) for text in amounts) / len(amounts) if amounts else 0.0,
    )


def _dates(texts: list[str]) -> tuple[tuple[str, ...], list[date]]:
    """The formats by which the texts are read, most frequent first, and the days; a format that adds hardly anything is left out."""
    left, formats, days = list(texts), [], []
    while left:
        read = {form: [day for text in left if (day := _day(text, form))] for form in DATE_FORMATS}
        best = max(DATE_FORMATS, key=lambda form: len(read[form]))
        if len(read[best]) < max(1, 0.02 * len(texts)):
            break
        formats.append(best)
        days += read[best]
        left = [text for text in left if _day(text, best) is None]
    return tuple(formats), days


def _day(text: str, form: str) -> date | None:
    if len(text) < 8 or (form == "%Y%m%d" and len(text) != 8):
        return None
    try:
        day = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2100 else None


def term_and_year(text: str) -> re.Match[str] | None:
    """A term with its academic year in one text."""
    return _TERM_AND_YEAR.fullmatch(text.strip())


def _is_nino(text: str) -> bool:
    compact = re.sub(r"\s", "", text).upper()
    return bool(re.fullmatch(r"[A-Z]{2}\d{6}[A-D]?", compact))


def _is_one_series(texts: list[str]) -> bool:
    """Whether all begin with the same few letters, as a system's own numbers do (CL200417) and National Insurance numbers do not."""
    return len(texts) >= _SEVERAL and len({text[:2].upper() for text in texts}) <= _SERIES


def _is_upn(text: str) -> bool:
    compact = re.sub(r"\s", "", text).upper()
    # A time or a hyphened number has twelve digits too, but no UPN has signs in it.
    return compact.isalnum() and (identifiers.upn(compact) is not None or bool(re.fullmatch(r"[A-Z]\d{11}[\dA-Z]", compact)))


_TESTS: dict[str, Callable[[str], bool]] = {
    "nino": _is_nino,
    "upn": _is_upn,
    "postcode": lambda text: bool(_POSTCODE.fullmatch(text)),
    "uprn": lambda text: bool(re.fullmatch(r"\d{8,12}(\.0)?", text)),
    "whole": lambda text: bool(re.fullmatch(r"-?\d{1,6}(\.0+)?", text)),
    "money": lambda text: bool(_MONEY.fullmatch(text)),
    "truth": lambda text: text.upper() in ("Y", "N", "YES", "NO", "TRUE", "FALSE", "T", "F", "1", "0"),
    "word": lambda text: bool(_NAME.fullmatch(text)) and len(text.split()) == 1,
    "name": lambda text: bool(_NAME.fullmatch(text)),
    "full_name": lambda text: bool(_NAME.fullmatch(text)) and len(text.split()) > 1,
    "address": lambda text: bool(re.search(r"\d", text)) and bool(re.search(r"[A-Za-z]{3}", text)) and " " in text,
    "phone": lambda text: bool(_PHONE.fullmatch(re.sub(r"[\s()-]", "", text))),
    "reference": lambda text: bool(re.search(r"\d", text)) and " " not in text,
    "year": lambda text: bool(_YEAR.fullmatch(text)),
    "term_and_year": lambda text: term_and_year(text) is not None,
}
