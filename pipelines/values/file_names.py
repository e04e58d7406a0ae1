"""File names as they may be shown: whoever names a file must not be able to steer a terminal, a page or a spreadsheet with its name."""

from pathlib import PurePath


def shown(name: str | PurePath) -> str:
    r"""The name with every letter that does not print as itself escaped, as Python writes it.

    Such are escape sequences (`\x1b`), line breaks (`\n`), letters that turn the reading direction (`\u202e`) and bytes that are no text (`\udcff`).
    Every file name that a message, a receipt, a report or a listing holds goes through here.
    """
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii") for letter in str(name))


def shown_lines(text: str) -> str:
    """A message of several lines, each as `shown`: the last guard before a terminal."""
    return "\n".join(shown(line) for line in text.split("\n"))
