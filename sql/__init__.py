"""Set-wise work as SQL files, one statement a file; this module is their only reader."""

from functools import cache
from importlib.resources import files


@cache
def read(name: str) -> str:
    """The statement in `sql/<name>.sql`; raises FileNotFoundError naming the file when it is not there."""
    return files(__name__).joinpath(f"{name}.sql").read_text(encoding="utf-8")


def names(folder: str) -> list[str]:
    """Names, without ending and in alphabetical order, of the statements in a folder of this package."""
    return sorted(entry.name.removesuffix(".sql") for entry in files(__name__).joinpath(folder).iterdir() if entry.name.endswith(".sql"))
