"""Values of any people table made comparable: the rules for names, addresses and codes, with a short cut for plain ones, since a million records hold many."""

import re
import unicodedata

from pipelines.values import addresses, identifiers, names, postcodes
from pipelines.values.text import folded

Row = tuple[str | None, ...]

_PLAIN = re.compile(r"[A-Z]{2,}")
_NOT_ALPHANUMERIC = re.compile(r"[^A-Z0-9]")
_NOT_DIGIT = re.compile(r"[^0-9]")
# Telephone numbers are compared from their end, so that +44 20 and 020 agree.
_TELEPHONE_DIGITS = 9


def forename(text: str) -> Row:
    """Forename, middle names, the sex that a title tells, and the phonetic key."""
    plain = _plain(text)
    if plain:
        return plain, None, None, names.phonetic(plain)
    found = names.name(forename=text)
    spelled = found.forename or _other_script(text)
    return _solid(spelled), found.middle_names, found.title_sex, names.phonetic(found.forename)


def surname(text: str) -> Row:
    """Surname, former surname and the phonetic key."""
    plain = _plain(text)
    if plain:
        return plain, None, names.phonetic(plain)
    found = names.name(surname=text, forename="X")
    return found.surname or _other_script(text), found.former_surname, found.surname_phonetic


def middle_names(text: str) -> Row:
    """Middle names."""
    return (_plain(text) or names.name(middle_names=text).middle_names,)


def full_name(text: str) -> Row:
    """Forename, middle names, the sex that a title tells, phonetic key; surname, former surname, phonetic key."""
    found = names.name(full_name=text)
    last = found.surname or (None if found.forename else _other_script(text))
    return _solid(found.forename), found.middle_names, found.title_sex, found.forename_phonetic, last, found.former_surname, found.surname_phonetic


def address(text: str) -> Row:
    """Flat, house, street and postcode of up to three lines."""
    lines = (text.split(chr(31)) + [""] * 3)[:3]
    found = addresses.address(*lines)
    if found.postcode is None:
        rest, code = postcodes.embedded(", ".join(folded(line) for line in lines if line.strip()).strip(" .,"), postcodes.shaped)
        found = addresses.address(rest)._replace(postcode=code) if code else found
    return found.saon, found.paon, found.street, found.postcode


def street(text: str) -> Row:
    """A street's words spelled out."""
    found = addresses.address(text)
    return (found.street or found.paon or folded(text) or _other_script(text),)


def place(text: str) -> Row:
    """A town, region or any short text: ASCII capitals, letters and digits with single spaces."""
    value = " ".join(re.sub(r"[^A-Z0-9]+", " ", folded(text)).split())
    return (value or _other_script(text),)


def postcode(text: str) -> Row:
    """The British postcode if it is one, the code if it has the shape of one, and the code as any other country may write it."""
    return postcodes.postcode(text), postcodes.shaped(text), _NOT_ALPHANUMERIC.sub("", folded(text)) or None


def code(name: str, text: str) -> Row:
    """A number or code without signs; null when it is a filling such as 0000. Names tell nino, upn, uprn, telephones and e-mail addresses apart."""
    rule = {"nino": identifiers.nino, "ni_number": identifiers.nino, "upn": identifiers.upn}.get(name)
    if rule:
        return (rule(text),)
    if "mail" in name:
        return (folded(text).replace(" ", "").lower() or None,)
    value = _NOT_ALPHANUMERIC.sub("", folded(text))
    if any(word in name for word in ("phone", "mobile", "tel")):
        value = _NOT_DIGIT.sub("", value)[-_TELEPHONE_DIGITS:]
    return (value if len(set(value)) > 1 else None,)


def quantity(text: str) -> Row:
    """A number as it is written, without the commas between thousands."""
    return (text.replace(",", ""),)


def _plain(text: str) -> str | None:
    """A name of one word in plain letters; null when it needs a closer look."""
    word = text.strip().upper()
    return word if _PLAIN.fullmatch(word) and word not in names.TITLES and not names.is_filling(word) else None


def _solid(name: str | None) -> str | None:
    return name.replace(" ", "") if name else None


def _other_script(text: str) -> str | None:
    """Letters of a script that does not fold to ASCII, as they are; null when there are none."""
    kept = "".join(c if c.isalpha() or unicodedata.combining(c) else " " for c in unicodedata.normalize("NFKC", text).upper() if not c.isascii() or c == " ")
    return " ".join(kept.split()) or None
