"""The day on which every test runs, whatever the machine's clock says: after all dates that tests look from, since those may not lie ahead.

And one thread, since `make test` runs a process on each of two cores; tests of what threads may change name their number.
"""

import atexit
import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

os.environ["FAMILIES_CLOCK"] = "2027-02-01T09:00:00+00:00"
os.environ.setdefault("FAMILIES_THREADS", "1")

from hypothesis import settings as hypothesis_settings

from pipelines import warehouse

# How long an example takes says how busy the machine is.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")

# A home has engines of its own, and nearly every test a home; making an engine takes longer than most of them. So here homes share them, and what is
# put aside for want of memory lies in one folder. What one connection leaves to the next is tested (`test_warehouse`).
_SHARED = Path(mkdtemp(prefix="families-engines-"))
atexit.register(shutil.rmtree, _SHARED, ignore_errors=True)
warehouse._place = lambda settings: (_SHARED, settings.threads, settings.memory_limit)
_of_home = warehouse._engine
warehouse._engine = lambda settings: _of_home(settings.model_copy(update={"home": _SHARED}))
