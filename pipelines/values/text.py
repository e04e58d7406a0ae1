"""Text as partners type it, made comparable: broken encodings mended where certain, folded to ASCII capitals."""

import re
import unicodedata

# Letters that Unicode does not decompose; each spelled as English records spell it.
_SPELLED = str.maketrans(
    {"ß": "SS", "ẞ": "SS", "ø": "O", "Ø": "O", "ł": "L", "Ł": "L", "đ": "D", "Đ": "D", "ð": "D", "Ð": "D", "þ": "TH", "Þ": "TH"}
    | {"æ": "AE", "Æ": "AE", "œ": "OE", "Œ": "OE", "\u0131": "I", "ħ": "H", "Ħ": "H", "ŋ": "NG", "Ŋ": "NG"}
    | dict.fromkeys("\u2018\u2019\u02bc\u02bb\u00b4\u0060\u2032\u201b", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)
# First letters of UTF-8 read as cp1252: no English or European name holds them before a symbol or a control character.
_MOJIBAKE = re.compile(
    "[\u00c2-\u00c6\u00c8\u00c9\u00d0\u00d1\u00e2][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_WORD = re.compile(r"[^ \t,;]+")


def counted(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: 1 record, 2 records."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def words(text: str) -> frozenset[str]:
    """A list of words written as one text."""
    return frozenset(text.split())


def mended(text: str) -> str:
    """Words whose UTF-8 was once read as cp1252, put right; any other word is returned as it is."""
    if text.isascii() or not _MOJIBAKE.search(text):
        return text
    return _WORD.sub(lambda match: _mended_word(match.group()), text)


def folded(text: str | None) -> str:
    """ASCII capitals with single spaces; letters no Latin alphabet holds are lost. Empty for None."""
    if not text:
        return ""
    if not text.isascii():
        spelled = mended(text).translate(_SPELLED)
        # Upper case before and after: capitals of some letters decompose further.
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", spelled).upper().translate(_SPELLED)).encode("ascii", "ignore").decode()
    return " ".join(text.upper().split())


def _mended_word(word: str) -> str:
    try:
        return b"".join(_byte(letter) for letter in word).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return word


def _byte(letter: str) -> bytes:
    # cp1252 leaves five bytes undefined; software that reads it passes them through as they are.
    return bytes([ord(letter)]) if letter < "\u00a0" else letter.encode("cp1252")
