"""Whether what a header says is a column's name or somebody's: where a line break was lost, a person's row has become part of it, and must not be shown."""

import re
from collections.abc import Iterable, Sequence

from matching import nicknames
from schemas.profile import Profile

# Words of which columns' names are made, beside those of the profile's own.
_OF_COLUMNS = set(
    re.findall(
        r"\w+",
        """
account action address age agency alias amount area arrears attendance award balance band beat benefit birth case category cause charge child class
code comment comments contact count county created date day days description detail details district email end entry ethnicity event family field
filename first flag forename from gender given grade group head home household id incident indicator initials key language last level line list
location maiden mark marks method middle mobile month name names national nationality need needs new note notes number occupation officer officers old
outcome owner parent partner payment period person phone place postcode preferred previous pupil reason record records ref reference region remark
remarks report result role row school score section sequence service sex source staff start status street subject suffix sum surname system team
telephone term text time title to total town type unit update updated user value ward week weekly year years
""",
    )
)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\-][^\W\d_]+)*")
_VALUE = re.compile(
    r"(?:\d[\s/.\-]*){4}"  # a date, a reference, a telephone number
    r"|@"
    r"|[^\W\d_],\s*[^\W\d_]"  # SMITH, John
    r"|^(?:mr|mrs|miss|ms|mx|dr|master|rev)\b\.?\s"
    r"|\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b",  # a postcode
    re.IGNORECASE,
)
_MOST_NAMES = 4


def are_names(unknown: Iterable[str], profile: Profile, rows: Sequence[Sequence[str | None]]) -> bool:
    """Whether all the unknown names are columns' names; `rows` are some of those below. In doubt they are not: nothing is lost by not showing a name."""
    known = _OF_COLUMNS | {word for names in profile.columns.values() for name in names for word in _words(name)}
    below = {word for row in rows for cell in row for word in _words(cell or "")}
    return not any(_is_value(name, known, below) for name in unknown)


def _is_value(name: str, known: set[str], below: set[str]) -> bool:
    words = _words(name)
    if not words or _VALUE.search(name.strip()):
        return True
    others = [word for word in words if word not in known]
    if not others:
        return False
    # Words that no column's name has: several alone may be a person's, and one that stands below, or is a forename, likely is.
    is_of_such_alone = others == words and 2 <= len(words) <= _MOST_NAMES
    return is_of_such_alone or all(word in below for word in others) or any(word.upper() in _forenames() for word in others)


def _words(text: str) -> list[str]:
    return [word.casefold() for part in _WORD.findall(text) for word in re.findall(r"[^\W\d_]+", part)]


def _forenames() -> set[str]:
    return {name for name, _ in nicknames.pairs()}
