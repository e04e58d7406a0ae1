"""A real PostgreSQL server for the tests, started once a session in a temporary folder and stopped when it ends.

PostgreSQL refuses to run as root, as continuous integration does: there it runs as `nobody`, from a copy of its programs that `nobody` may read.
"""

import atexit
import importlib.util
import os
import shutil
import socket
import subprocess
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

_NOBODY = 65534


@cache
def server() -> str:
    """SQLAlchemy URL of the server, without a database."""
    folder = Path(mkdtemp(prefix="families-postgresql-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    programs, cluster, port = _programs(folder), folder / "cluster", _free_port()
    _run(folder, programs / "initdb", "-D", cluster, "-U", "tests", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")
    options = f"-p {port} -h 127.0.0.1 -k '' -c fsync=off"
    _run(folder, programs / "pg_ctl", "-D", cluster, "-l", folder / "log", "-w", "-o", options, "start")
    atexit.register(_run, folder, programs / "pg_ctl", "-D", cluster, "-m", "immediate", "stop")
    return f"postgresql+psycopg://tests@127.0.0.1:{port}"


@cache
def _numbers() -> list[int]:
    return [0]


def new_database() -> str:
    """URL of an empty database of the server."""
    import psycopg

    _numbers()[0] += 1
    name = f"decisions_{os.getpid()}_{_numbers()[0]}"
    with psycopg.connect(server().replace("+psycopg", "") + "/postgres", autocommit=True) as con:
        con.execute(f'create database "{name}"')  # type: ignore[arg-type]
    return f"{server()}/{name}"


def _programs(folder: Path) -> Path:
    spec = importlib.util.find_spec("pgserver")
    assert spec is not None and spec.origin is not None, "the package pgserver is not installed: make setup"
    installed = Path(spec.origin).parent / "pginstall"
    if os.geteuid() != 0:
        return installed / "bin"
    # The programs look for their libraries beside the package. Whatever umask a test left, the folders are for `nobody` to enter.
    copied = shutil.copytree(installed, folder / "pgserver" / "pginstall", symlinks=True)
    libraries = installed.parent.parent / "pgserver.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, folder / "pgserver.libs")
    for entered in (folder, folder / "pgserver"):
        os.chown(entered, _NOBODY, _NOBODY)
    return copied / "bin"


def _run(folder: Path, *command: Any) -> None:
    user: dict[str, Any] = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder)}
    with (folder / "output").open("a") as output:
        done = subprocess.run([str(part) for part in command], cwd=folder, env=environment, stdout=output, stderr=output, timeout=60, **user)
    assert done.returncode == 0, (folder / "output").read_text()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
