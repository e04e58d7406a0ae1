"""Starts a command and tells its wall time, processor time, peak memory and exit code: `python stopwatch.py OUT.json LOG COMMAND...`.

A process of its own because a child's peak memory starts at its parent's: started from the benchmark, which holds tables, small tools would look large.
"""

import json
import os
import subprocess
import sys
import time

out, log, *command = sys.argv[1:]
with open(log, "wb") as words:  # noqa: PTH123 - pathlib would be in memory too
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=words, stderr=words)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
with open(out, "w", encoding="utf-8") as told:  # noqa: PTH123
    json.dump({"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "peak_mb": usage.ru_maxrss / 1024, "exit_code": os.waitstatus_to_exitcode(status)}, told)
