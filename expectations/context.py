"""A quiet Great Expectations: in memory, nothing sent, nothing written, imported once and only when a gate needs it."""

import gc
import importlib
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import LazyLoader, find_spec, module_from_spec
from typing import Any

# Great Expectations imports them at its top for tests and charts of distributions that no suite of ours uses: a third of its three seconds.
_SELDOM_NEEDED = ("scipy.stats", "altair")


@cache
def context() -> Any:
    """The one ephemeral context of this process."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    for name in _SELDOM_NEEDED:
        _put_off(name)
    with warnings.catch_warnings(), _uncollected():
        # It imports a module that Python has deprecated; nothing a user could mend.
        warnings.simplefilter("ignore", DeprecationWarning)
        gx = importlib.import_module("great_expectations")
    base = importlib.import_module("great_expectations.data_context.types.base")
    made = gx.get_context(mode="ephemeral")
    made.variables.progress_bars = base.ProgressBarsConfig(globally=False)
    return made


@cache
def batch_definition() -> Any:
    """Where a frame is handed to Great Expectations."""
    source = context().data_sources.add_pandas("frames")
    return source.add_dataframe_asset("frame").add_batch_definition_whole_dataframe("whole")


def native() -> Any:
    """The module of Great Expectations' own expectation classes."""
    context()
    return importlib.import_module("great_expectations.expectations")


@cache
def counted_check() -> Any:
    """An expectation that a column of one count lies within bounds, whose settings are put together once.

    Great Expectations puts an expectation's settings together each time it reads one of them, some fifty times a check, and a refresh makes near a thousand
    checks. Ours stay as they were made.
    """
    context()
    private = importlib.import_module("great_expectations.compatibility.pydantic").PrivateAttr

    class ExpectCountToBeBetween(native().ExpectColumnMaxToBeBetween):  # type: ignore[misc]
        _kept: Any = private(default=None)

        @property
        def configuration(self) -> Any:
            if self._kept is None:
                self._kept = super().configuration
            return self._kept

    return ExpectCountToBeBetween


def named_checks(name: str, expectations: list[Any]) -> Any:
    """A suite of Great Expectations."""
    context()
    return importlib.import_module("great_expectations").ExpectationSuite(name=name, expectations=expectations)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Import without the collector of cycles, which goes over all that was made again and again and finds next to nothing: a quarter of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def _put_off(name: str) -> None:
    """Have a module executed when it is first used, not when it is imported (the standard library's own recipe)."""
    if name in sys.modules:
        return
    parent, _, child = name.rpartition(".")
    if parent:
        importlib.import_module(parent)
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        return
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    if parent:
        setattr(sys.modules[parent], child, module)
