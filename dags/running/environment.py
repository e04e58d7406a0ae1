"""Airflow's configuration for a private home under FAMILIES_HOME: must be in the environment before airflow is first imported."""

import json
import os
import secrets
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
USER = "demo"


def airflow_home() -> Path:
    """The folder that Airflow may write to, 0700, beside what the product writes; later files are the owner's alone."""
    os.umask(0o077)
    home = (Path(os.environ.get("FAMILIES_HOME", ROOT / "var")) / "airflow").absolute()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    home.chmod(0o700)
    return home


def configuration(home: Path, port: int = 8080) -> dict[str, str]:
    """The environment of an embedded Airflow: SQLite, our DAGs alone, loopback only, no reports to anyone."""
    bundles = [{"name": "families", "classpath": "airflow.dag_processing.bundles.local.LocalDagBundle", "kwargs": {"path": str(ROOT / "dags")}}]
    return {
        "FAMILIES_HOME": str(home.parent),
        "PYTHONPATH": str(ROOT),
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__API__BASE_URL": f"http://{HOST}:{port}",
        "AIRFLOW__API__HOST": HOST,
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__SECRET_KEY": _secret(home, "api"),
        "AIRFLOW__API_AUTH__JWT_SECRET": _secret(home, "jwt"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://{HOST}:{port}/execution/",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(home / "passwords.json"),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": json.dumps(bundles),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "GX_ANALYTICS_ENABLED": "false",
    }


def password(home: Path) -> str:
    """The demo user's password, made once; Airflow reads it from a file that only the owner can."""
    word = _secret(home, "password")[:16]
    path = home / "passwords.json"
    path.write_text(json.dumps({USER: word}), encoding="utf-8")
    path.chmod(0o600)
    return word


def _secret(home: Path, name: str) -> str:
    """A secret kept in Airflow's home, so that its processes and later starts agree on it."""
    path = home / f".{name}"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii")
