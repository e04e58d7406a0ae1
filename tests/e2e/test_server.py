"""`make airflow` as a user meets it: it starts, a DAG triggered through the API finishes, Ctrl-C leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from dags.running import environment
from tests.support import flow_runs

PATIENCE_SECONDS = 150


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The launcher at work: its process, address and home."""
    settings = flow_runs.delivered(tmp_path_factory.mktemp("server"))
    with socket.socket() as free:
        free.bind((environment.HOST, 0))
        port = free.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
    command = [sys.executable, "-m", "dags.running.server", "--port", str(port)]
    with (settings.home / "launcher.log").open("wb") as log:
        launcher = subprocess.Popen(command, env=clean | {"FAMILIES_HOME": str(settings.home)}, cwd=environment.ROOT, stdout=log, stderr=log)
    try:
        yield launcher, f"http://{environment.HOST}:{port}", settings
    finally:
        if launcher.poll() is None:
            launcher.send_signal(signal.SIGTERM)
            launcher.wait(60)


def ask(address, token=None, body=None, method=None):
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = json.dumps(body).encode() if body is not None else None
    with urlopen(Request(address, data=data, headers=headers, method=method), timeout=10) as answer:  # noqa: S310 - our own server, on loopback
        return json.load(answer)


def wait_for(what, seconds=PATIENCE_SECONDS):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            found = what()
        except OSError:
            found = None
        if found:
            return found
        time.sleep(0.5)
    raise AssertionError("it did not happen in time")


def group_members(group):
    return [stat.parent.name for stat in Path("/proc").glob("[0-9]*/stat") if _group(stat) == group]


def _group(stat):
    try:
        return int(stat.read_text(encoding="utf-8", errors="replace").rsplit(")", 1)[1].split()[2])
    except OSError:
        return None


def test_a_dag_triggered_through_the_api_runs_and_ctrl_c_leaves_no_process(server):
    launcher, address, settings = server
    wait_for(lambda: ask(f"{address}/api/v2/monitor/health")["metadatabase"]["status"] == "healthy")
    login = json.loads((settings.home / "airflow" / "passwords.json").read_text(encoding="utf-8"))
    token = ask(f"{address}/auth/token", body={"username": environment.USER, "password": login[environment.USER]})["access_token"]
    dag = f"{address}/api/v2/dags/ingest_police_asb"
    wait_for(lambda: ask(dag, token))
    ask(dag, token, {"is_paused": False}, "PATCH")
    started = ask(f"{dag}/dagRuns", token, {"logical_date": None, "conf": {"as_of": flow_runs.AS_OF.isoformat()}})
    run = f"{dag}/dagRuns/{started['dag_run_id'].replace('+', '%2B')}"
    ended = wait_for(lambda: (state := ask(run, token)["state"]) in ("success", "failed") and state)
    assert ended == "success"
    assert list((settings.extracts_dir / "police_asb").glob("*.duckdb"))

    parts = {int(line) for line in subprocess.run(["pgrep", "-P", str(launcher.pid)], capture_output=True, text=True).stdout.split()}
    assert len(parts) == 3
    launcher.send_signal(signal.SIGINT)
    assert launcher.wait(60) == 0
    assert [members for part in parts if (members := group_members(part))] == []
