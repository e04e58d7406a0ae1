"""A whole name in one field, split into title, forenames and surname. nameparser does the hard ones; plain ones take a short cut."""

import re

from pipelines.values.text import words

# Words that tell that a name is not plain: particles, suffixes and conjunctions, which nameparser knows.
_HARD = words(
    "VAN VON DE DER DEN DEL DELLA DI DA DO DOS DAS DU LA LE AL EL BIN BINTE BINTI IBN ABU ABDUL ST SAINT SANTA SAN TEN TER VER ZU BON "
    "JR SR JNR SNR I II III IV V ESQ MBE OBE CBE PHD MD BA MA AND E Y MAC MC O D BEN BAR AP FITZ DELLE DELA DELOS LAS LOS VEL"
)
_SUFFIX = re.compile(r"[\s,]+(?:JR|SR|JNR|SNR|JUNIOR|SENIOR|ESQ|II|III|MBE|OBE|CBE|PHD)\.?$")


def split(text: str, titles: frozenset[str]) -> tuple[str, str, str]:
    """Title, forenames and surname of a folded name. "SMITH, JOHN PAUL" and "JOHN PAUL SMITH" are both read; one word is a surname.

    Of two people in one field ("MR & MRS J SMITH", "JOHN AND JANE SMITH") the first is taken, without a title where the title is not theirs alone.
    """
    text = _first_of_two(_SUFFIX.sub("", text))
    surname, comma, forenames = text.partition(",")
    title, words = _titled((forenames if comma else text).replace(".", " ").split(), titles)
    if comma:
        before, family = _titled(surname.split(), titles)
        return title or before, " ".join(words).replace(",", " "), " ".join(family)
    if len(words) <= 1:
        return title, "", " ".join(words)
    if _HARD.isdisjoint(words):
        return title, " ".join(words[:-1]), words[-1]
    return (title, *_parsed(" ".join(words)))


def _titled(words: list[str], titles: frozenset[str]) -> tuple[str, list[str]]:
    title = ""
    while words and words[0].strip(".,") in titles:
        title, words = title or words[0].strip(".,"), words[1:]
    return title, words


def _parsed(text: str) -> tuple[str, str]:
    """Forenames and surname as nameparser splits them; what it puts on one side only is a surname."""
    from nameparser import HumanName

    human = HumanName(text)
    surname = human.last or human.suffix
    forenames = " ".join(part for part in (human.title, human.first, human.middle) if part)
    return (forenames, surname) if surname else ("", forenames)


def _first_of_two(text: str) -> str:
    """The first of two people joined by an ampersand, who shares the surname at the end."""
    first, joint, second = re.sub(r"\s+(AND|&|\+)\s+", " & ", text).partition(" & ")
    if not joint:
        return text
    if re.fullmatch(r"(MR|MRS|MS|MISS|DR)\.?", first):
        return re.sub(r"^(MR|MRS|MS|MISS|DR)\b\.?", "", second).strip()
    if "," in first or len(first.split()) > 2:
        return first
    return f"{first} {second.split()[-1]}" if second.split() else first
