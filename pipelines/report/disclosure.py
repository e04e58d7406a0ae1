"""Disclosure control: small counts are held back before a table leaves those who may see people."""

from collections.abc import Sequence

# Counts from 1 to 4 could point at somebody; the Office for National Statistics and the Department for Education use like limits.
SMALL = 5


def suppressed(column: Sequence[int]) -> list[int | None]:
    """A column of counts with small ones held back (None); when one alone is held back, the next smallest goes too, or the total would tell it.

    Zero says that there is nobody, and stays.
    """
    held = {place for place, count in enumerate(column) if 0 < count < SMALL}
    if len(held) == 1:
        others = [place for place, count in enumerate(column) if place not in held and count > 0]
        if others:
            held.add(min(others, key=lambda place: (column[place], place)))
    return [None if place in held else count for place, count in enumerate(column)]


def in_words(count: int | None) -> str:
    """A count for a page: held-back ones say so."""
    return "held back" if count is None else f"{count:,}"
