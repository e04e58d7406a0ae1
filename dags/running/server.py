"""Airflow on this machine: API server, scheduler and DAG processor on loopback, stopped together without leaving a process behind.

`airflow standalone` would do, but it leaves its children behind when it is terminated and serves logs on every interface.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from dags.running import environment

# In the order they are stopped: nothing new is started while the API that running tasks report to is still there.
PROCESSES = {"scheduler": ["scheduler", "--skip-serve-logs"], "dag-processor": ["dag-processor"], "api-server": ["api-server", "--workers", "1"]}
READY_SECONDS = 120
STOP_SECONDS = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until Ctrl-C or SIGTERM; returns 0 when stopped so, 1 when a part of Airflow ended by itself, 2 when the port is taken."""
    parser = argparse.ArgumentParser(prog="python -m dags.running.server", description="Airflow on loopback with a demo login.")
    parser.add_argument("--port", type=int, default=8080)
    port = parser.parse_args(arguments).port
    if taken(port):
        say(f"Port {port} is taken by another program. Stop it, or choose another: make airflow PORT=8081")
        return 2
    home = environment.airflow_home()
    settings = os.environ | environment.configuration(home, port)
    word = environment.password(home)
    asked_to_stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: asked_to_stop.set())
    migrate(settings, home)
    started: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, words in reversed(PROCESSES.items()):
            if not asked_to_stop.is_set():
                started[name] = start(words, settings, home / f"{name}.log")
        if ready(port, started, asked_to_stop):
            say(f"\nAirflow is at http://{environment.HOST}:{port}\n  user      {environment.USER}\n  password  {word}")
            say("DAGs are paused until you switch them on. The demonstration's as-of date is 2026-11-23.\nCtrl-C stops everything.")
        ended = wait(started, asked_to_stop)
    finally:
        stop(started)
    if ended:
        say(f"{ended} ended by itself; its log is {home / ended}.log")
    return 1 if ended else 0


def taken(port: int) -> bool:
    """Whether another program listens on the port."""
    with socket.socket() as probe:
        return probe.connect_ex((environment.HOST, port)) == 0


def migrate(settings: dict[str, str], home: Path) -> None:
    """Bring the metadata database to this version; in a session of its own so that Ctrl-C cannot leave it half done."""
    say("Preparing Airflow's database ...")
    with (home / "migrate.log").open("wb") as log:
        subprocess.run(airflow("db", "migrate"), env=settings, stdout=log, stderr=log, check=True, start_new_session=True)  # noqa: S603 - our own command


def airflow(*words: str) -> list[str]:
    """The airflow command of this environment."""
    return [sys.executable, "-m", "airflow", *words]


def start(words: list[str], settings: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """One part of Airflow, leader of a process group that holds all it starts, so that Ctrl-C reaches only us."""
    with log.open("ab") as output:
        return subprocess.Popen(airflow(*words), env=settings, stdout=output, stderr=output, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 - our own command


def ready(port: int, started: dict[str, subprocess.Popen[bytes]], asked_to_stop: threading.Event) -> bool:
    """Wait until the API answers; False when something ended or we were asked to stop before."""
    say("Starting the API server, the scheduler and the DAG processor ...")
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and not asked_to_stop.wait(0.5) and not first_ended(started):
        try:
            with urlopen(f"http://{environment.HOST}:{port}/api/v2/version", timeout=2):
                return True
        except (URLError, TimeoutError, ConnectionError):
            continue
    return False


def wait(started: dict[str, subprocess.Popen[bytes]], asked_to_stop: threading.Event) -> str | None:
    """Wait for the wish to stop, or for a part that ends; returns the name of the part."""
    while not asked_to_stop.wait(0.5):
        if ended := first_ended(started):
            return ended
    return None


def first_ended(started: dict[str, subprocess.Popen[bytes]]) -> str | None:
    """Name of a part that is no longer running."""
    return next((name for name, process in started.items() if process.poll() is not None), None)


def stop(started: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask each part to end, wait, then end what is left of its group."""
    say("\nStopping ...")
    for name in PROCESSES:
        if name in started:
            end(started[name])
    say("Stopped.")


def end(process: subprocess.Popen[bytes]) -> None:
    """End a part and all that it started."""
    signal_group(process.pid, signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        say(f"process {process.pid} did not end in {STOP_SECONDS} s; it is killed")
    signal_group(process.pid, signal.SIGKILL)
    process.wait()


def signal_group(group: int, number: signal.Signals) -> None:
    """Signal every process of a group that still exists."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return


def say(line: str) -> None:
    """Show at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
