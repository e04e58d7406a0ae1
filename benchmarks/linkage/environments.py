"""The peers' environments: Splink and recordlinkage on the product's DuckDB, and Splink on the newest DuckDB.

Made from hashed locks; the product's own environment stays clean.
"""

import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {"peers": ROOT / "benchmarks/requirements-peers.lock", "newest": ROOT / "benchmarks/requirements-peers-newest.lock"}


def python_of(name: str) -> Path:
    """The interpreter of a peers' environment, which is made or brought up to date first where its lock is newer."""
    folder = ROOT / (".venv.peers" if name == "peers" else f".venv.peers-{name}")
    python, ready = folder / "bin/python", folder / ".ready"
    if not (ready.exists() and ready.stat().st_mtime >= LOCKS[name].stat().st_mtime):
        print(f"bench-linkage: making {folder.name} from {LOCKS[name].name}, each package checked against its hash", flush=True)
        if not python.exists():
            venv.create(folder, with_pip=True)
        _install(python, LOCKS[name])
        ready.touch()
    return python


def _install(python: Path, lock: Path) -> None:
    """Uv where it is at hand, pip else."""
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin")
    with_uv = [uv or "uv", "pip", "sync", "--quiet", "--python", str(python), "--require-hashes", "--compile-bytecode", str(lock)]
    with_pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--compile", "-r", str(lock)]
    if not (uv and subprocess.run(with_uv, check=False).returncode == 0):
        subprocess.run(with_pip, check=True)
