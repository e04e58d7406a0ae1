"""Pages are written from templates in a package's own folder: what a value holds is text and never markup, and a name that is missing is a fault."""

from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


def environment(package: str, filters: dict[str, Callable[..., Any]] | None = None, tests: dict[str, Callable[..., bool]] | None = None) -> "Environment":
    """The templates of the package's folder, by file name, with these filters and tests besides Jinja's own."""
    # Imported here: only who writes a page needs it.
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = files(package)
    found = Environment(
        loader=FunctionLoader(lambda name: folder.joinpath(name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= filters or {}
    found.tests |= tests or {}
    return found
