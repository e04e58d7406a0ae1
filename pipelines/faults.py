"""Points at which a test may have the process killed as `kill -9` would, to show that a crash loses and breaks nothing."""

import os
import signal

from pipelines.settings import Settings


def point(name: str, settings: Settings | None = None) -> None:
    """Kill this process here when the setting `faults` (FAMILIES_FAULTS) names the point; otherwise nothing."""
    if (settings or Settings()).faults == name:
        os.kill(os.getpid(), signal.SIGKILL)
