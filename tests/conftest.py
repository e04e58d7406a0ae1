"""The day on which every test runs, whatever the machine's clock says: after all dates that tests look from, since those may not lie ahead.

And one thread, since `make test` runs a process on each of two cores; tests of what threads may change name their number.
"""

import os

os.environ["FAMILIES_CLOCK"] = "2027-02-01T09:00:00+00:00"
os.environ.setdefault("FAMILIES_THREADS", "1")

from hypothesis import settings as hypothesis_settings

# How long an example takes says how busy the machine is.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")
