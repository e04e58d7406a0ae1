"""The day on which every test runs, whatever the machine's clock says: after all dates that tests look from, since those may not lie ahead."""

import os

os.environ["FAMILIES_CLOCK"] = "2027-02-01T09:00:00+00:00"

from hypothesis import settings as hypothesis_settings

# How long an example takes says how busy the machine is.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")
