"""A person's name as partners write it, split and folded to ASCII capitals; what is no person's name becomes null."""

import re
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from pipelines.values.fullname import split
from pipelines.values.text import folded, mended, words

CACHE_SIZE = 200_000


class Name(NamedTuple):
    """A standardised name, with the phonetic keys of its two main parts and the sex its title tells."""

    title: str | None = None
    forename: str | None = None
    middle_names: str | None = None
    surname: str | None = None
    former_surname: str | None = None
    forename_phonetic: str | None = None
    surname_phonetic: str | None = None
    title_sex: str | None = None


TITLES = {
    **dict.fromkeys(("MR", "MISTER", "SIR", "MASTER", "MSTR", "LORD", "FR", "SHEIKH", "IMAM"), "M"),
    **dict.fromkeys(("MRS", "MISS", "MS", "MISTRESS", "LADY", "DAME", "MADAM", "MME"), "F"),
    **dict.fromkeys(("DR", "DOCTOR", "PROF", "PROFESSOR", "REV", "REVD", "REVEREND", "MX", "CLLR", "CAPT", "HON", "SGT", "MAJ", "MAJOR"), None),
}
_SHORT_TITLES = {"MISTER": "MR", "MSTR": "MASTER", "DOCTOR": "DR", "PROFESSOR": "PROF", "REVD": "REV", "REVEREND": "REV", "MAJ": "MAJOR", "MISTRESS": "MRS"}

# Fillings of a name field. Some are also rare names (Baby, Null): the few lose a forename here, the many lose a false match.
_JUNK = words(
    "TEST TESTING TESTER DUMMY UNKNOWN UNKNWON UNK NOTKNOWN NK NKA NONE NULL NAN NIL NONAME ANON ANONYMOUS TBC TBA XX XXX XXXX BABY UNBORN INFANT "
    "OCCUPIER OCCUPANT TENANT OWNER VOID VACANT RESIDENT REFUSED WITHHELD DECLINED MUM MUMMY DAD DADDY MOTHER FATHER CARER PARENT GUARDIAN NOTPROVIDED "
    "UNNAMED MALE FEMALE NAME SURNAME FORENAME FIRSTNAME LASTNAME EMPTY BLANK NA DECEASED"
)
_JUNK_PHRASES = re.compile(r"\b(NOT KNOWN|NO NAME|NOT PROVIDED|NOT GIVEN|NOT STATED|NAME UNKNOWN|THE OCCUPIER|NO TENANT|N/K|N/A)\b")
_ORGANISATION = re.compile(
    r"\b(LTD|LIMITED|PLC|LLP|CIC|HOUSING|COUNCIL|ASSOCIATION|SERVICES|CONSTABULARY|DEPARTMENT|DEPT|NHS|BOROUGH|PROPERTIES|LETTINGS|ESTATES"
    r"|EXORS?|EXECUTORS?|REPS|REPRESENTATIVES|THE ESTATE OF|SUPERMARKET|STORES)\b|\bVOID (PROPERTY|FLAT|HOUSE)\b"
)
_DECEASED = re.compile(r"\(?\b(DEC'?D|DECEASED|D'?CEAS?E?D|DECSD)\b\)?")
_ALIAS = re.compile(r"[\s(,]+(?:A\.?K\.?A\.?|ALIAS|N[E\u00c9]E|FORMERLY|F/K/A|PREVIOUSLY|PREV)[\s:.]+([^()]*)\)?", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^)]*\)?|\"[^\"]*\"|\[[^\]]*\]?")
_NOT_LETTER = re.compile(r"[^A-Z ]+")
_JOINED = re.compile(r"\b(O|D|MC|MAC|M) (?=[A-Z]{3,})")
_VOWELS = frozenset("AEIOUY")


def name(
    title: str | None = None,
    forename: str | None = None,
    middle_names: str | None = None,
    surname: str | None = None,
    former_surname: str | None = None,
    full_name: str | None = None,
) -> Name:
    """Standardise a name given in parts, in one field, or in a mixture; where parts are given, they win."""
    if full_name and not (forename and surname):
        parts = _full(full_name)
    elif surname and not forename and "," in surname:
        parts = _full(surname)
    else:
        parts = _from_parts(forename, middle_names, surname)
    said = _titles(title) or parts.title
    former = _surname(former_surname) or parts.former_surname
    return parts._replace(
        title=said,
        title_sex=TITLES.get(said) if said else None,
        former_surname=former if former not in (parts.surname, parts.forename) else None,
        forename_phonetic=phonetic(parts.forename),
        surname_phonetic=phonetic(parts.surname),
    )


def is_filling(word: str) -> bool:
    """Whether a word in capitals fills a name's field without being one, such as UNKNOWN."""
    return word in _JUNK


@lru_cache(CACHE_SIZE)
def phonetic(word: str | None) -> str | None:
    """Metaphone key of a standardised name, spaces left out (Philips 1990, as jellyfish has it)."""
    if not word:
        return None
    import jellyfish

    return jellyfish.metaphone(word.replace(" ", "")) or None


def _full(text: str) -> Name:
    written, former = _alias(mended(text))
    cleaned = folded(_surname_first(written))
    if is_organisation(cleaned):
        return Name()
    title, forenames, surname = split(_plain(cleaned), frozenset(TITLES))
    first, further = _forenames(forenames)
    return Name(_SHORT_TITLES.get(title, title) or None, first, further, _surname(surname), former)


def _surname_first(text: str) -> str:
    """The surname before a comma: small letters and then capitals to the end, as in Maria DE LA CRUZ, tell where it begins."""
    spoken = _BRACKETS.sub(" ", text).split()
    capitals = list(takewhile(lambda word: len(word) > 1 and word.isupper(), reversed(spoken)))
    forenames = spoken[: len(spoken) - len(capitals)]
    if "," in text or not capitals or not forenames or forenames[-1].isupper():
        return text
    return f"{' '.join(reversed(capitals))}, {' '.join(forenames)}"


def _from_parts(forename: str | None, middle_names: str | None, surname: str | None) -> Name:
    title, first, further = _forename_field(forename)
    family, former = _surname_field(surname)
    middle = _words(middle_names)
    return Name(title, first, " ".join(word for word in (further, middle) if word) or None, family, former)


@lru_cache(CACHE_SIZE)
def _forename_field(text: str | None) -> tuple[str | None, str | None, str | None]:
    words = _plain(_alias(folded(text))[0]).split()
    title = _titles(words.pop(0)) if len(words) > 1 and words[0].rstrip(".") in TITLES else None
    return (title, *_forenames(" ".join(words)))


@lru_cache(CACHE_SIZE)
def _surname_field(text: str | None) -> tuple[str | None, str | None]:
    cleaned, former = _alias(folded(text))
    return (None, None) if is_organisation(cleaned) else (_surname(_plain(cleaned)), former)


def is_organisation(text: str) -> bool:
    """Whether folded text names a body, or a dead person's executors, rather than a person."""
    return bool(_ORGANISATION.search(text))


def _plain(text: str) -> str:
    """Folded text without notes in brackets, marks of death and leading signs."""
    text = _JUNK_PHRASES.sub(" ", _BRACKETS.sub(" ", _DECEASED.sub(" ", text)))
    return re.sub(r"\s+", " ", text.strip(" &*./-,'")).strip()


def _alias(text: str) -> tuple[str, str | None]:
    """Text without an alias, and the alias's surname: what stands before its comma, else its last word unless that is an initial."""
    match = _ALIAS.search(text)
    if not match:
        return text, None
    surname, comma, _ = match.group(1).partition(",")
    former = _surname(surname if comma else surname.split()[-1] if surname.split() else None)
    return (text[: match.start()] + " " + text[match.end() :]).strip(), former if former and len(former) > 1 else None


def _forenames(text: str) -> tuple[str | None, str | None]:
    """First forename and the others; a hyphen joins, a space parts."""
    words = [word for part in text.split() if (word := _word(part))]
    return (words[0], " ".join(words[1:]) or None) if words else (None, None)


@lru_cache(CACHE_SIZE)
def _words(text: str | None) -> str | None:
    return " ".join(word for part in _plain(folded(text)).split() if (word := _word(part))) or None


@lru_cache(CACHE_SIZE)
def _surname(text: str | None) -> str | None:
    word = _words(text)
    return _JOINED.sub(r"\1", word) if word else None


def _titles(text: str | None) -> str | None:
    word = folded(text).rstrip(".").replace(".", "")
    return _SHORT_TITLES.get(word, word) if word in TITLES else None


@lru_cache(CACHE_SIZE)
def _word(text: str) -> str | None:
    """One part of a name: letters, and a space where a hyphen stood; null when it is a filling."""
    word = _typed(text) if not text.isalpha() else text
    return None if word.replace(" ", "") in _JUNK or not word else word


def _typed(text: str) -> str:
    """Digits typed for letters put right: 0 for O; 1 for I between consonants, else for L. Other digits are dropped."""
    if any(letter.isalpha() for letter in text):
        text = "".join(_letter(text, place) for place in range(len(text)))
    letters = _NOT_LETTER.sub("", text.replace("-", " ").replace("/", " "))
    return " ".join(letters.split())


def _letter(text: str, place: int) -> str:
    character = text[place]
    if character == "0":
        return "O"
    if character != "1":
        return character
    before, after = text[place - 1 : place] if place else "", text[place + 1 : place + 2]
    is_between_consonants = before.isalpha() and after.isalpha() and not {before, after} & _VOWELS
    return "I" if is_between_consonants else "L"
