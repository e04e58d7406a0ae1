"""Settings: where things are and how much of the machine to use. The only reader of the environment and the clock."""

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipelines import limits
from pipelines.errors import BadConfiguration, NotAllowed, WrongUsage
from pipelines.limits import Limits
from schemas.staging import SOURCES as SOURCES  # dags knows the sources through the settings, not the schemas

COUNCIL_TIME = "Europe/London"
_PREFIX = "FAMILIES_"
_OPTIONS = ("threads", "memory_limit")
_REMEDIES = {
    "threads": "give a whole number from 1, such as 2",
    "memory_limit": "give a number and its unit, such as 800MB or 2GB",
    "debug": "give true or false",
    "authority": "give the name of a folder in the folder of authorities: small letters, digits, _ and -, such as calderbrook",
    "clock": "give a date and time, such as 2026-11-23T09:00:00",
}


class Settings(Limits, BaseSettings):
    """Every setting may be given as an environment variable with the prefix FAMILIES_, such as FAMILIES_HOME."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True)

    home: Path = Field(default=Path("var"), description="Folder that holds everything the system writes.")
    landing: Path | None = Field(default=None, description="Folder of deliveries, one sub-folder a source; HOME/landing unless given.")
    authorities: Path | None = Field(default=None, description="Folder of authorities; the shipped one unless given.")
    authority: str = Field(default="calderbrook", pattern="^[a-z][a-z0-9_-]*$", description="The authority whose files are used where a command names none.")
    key: str | None = Field(default=None, description="Encryption key; HOME/key unless given.", repr=False)
    decisions_url: str | None = Field(default=None, description="SQLAlchemy URL of the decision store; HOME/decisions.sqlite unless given.")
    memory_limit: str = Field(default="800MB", pattern=r"(?i)^\s*(0*[1-9]\d*(\.\d+)?|0+\.\d*[1-9]\d*)\s*[kmgt]i?b\s*$", description="Memory DuckDB may use.")
    threads: int = Field(default=2, ge=1, le=1024, description="Threads DuckDB may use.")
    debug: bool = Field(default=False, description="Show a bug's whole traceback, which may hold personal values; for developers with invented people.")
    clock: datetime | None = Field(default=None, description="A fixed time in place of the clock, for tests and rebuilds; UTC unless it says so.")

    faults: str | None = Field(default=None, description="For tests only: the point at which the process is killed.")

    def __init__(self, **given: Any) -> None:
        """The settings given, and the environment's for the others. Raises BadConfiguration naming every one that cannot be used."""
        lines = list(_misspelt())
        try:
            super().__init__(**given)
        except ValidationError as error:
            lines += [_told(str(e["loc"][0]), e["input"], str(e["loc"][0]) in given) for e in error.errors()]
        if lines:
            raise BadConfiguration("\n".join([f"{len(lines)} setting(s) cannot be used; mend them and call the same command again:", *lines]))

    @property
    def landing_dir(self) -> Path:
        """Where partners deliver."""
        return self.landing or self.home / "landing"

    @property
    def extracts_dir(self) -> Path:
        """One encrypted file a delivery."""
        return self.home / "extracts"

    @property
    def runs_dir(self) -> Path:
        """One encrypted file a run, and its manifest."""
        return self.home / "runs"

    @property
    def configurations_dir(self) -> Path:
        """The authority's files as runs knew them, one folder a content."""
        return self.home / "configurations"

    @property
    def published_dir(self) -> Path:
        """Publications, and the link to the current one."""
        return self.home / "published"

    @property
    def reports_dir(self) -> Path:
        """The auditors' reports."""
        return self.home / "reports"

    @property
    def home_in_words(self) -> str:
        """The home as a message names it, and whether anybody chose it."""
        chosen = "" if "home" in self.model_fields_set else " (neither FAMILIES_HOME nor --home is set)"
        return f"{self.home.absolute()}{chosen}"

    @property
    def decisions(self) -> str:
        """SQLAlchemy URL of the decision store."""
        return self.decisions_url or f"sqlite:///{(self.home / 'decisions.sqlite').absolute()}"

    def now(self) -> datetime:
        """The time, in UTC."""
        if self.clock is None:
            return datetime.now(UTC)
        return self.clock.replace(tzinfo=UTC) if self.clock.tzinfo is None else self.clock.astimezone(UTC)

    def today(self) -> date:
        """The council's date, which in summer begins an hour before that of UTC."""
        return self.now().astimezone(ZoneInfo(COUNCIL_TIME)).date()

    def refuse_future(self, as_of: date) -> date:
        """The as-of date itself. Raises WrongUsage when it lies ahead: such a list stands on nothing, and would keep readers from the lists after it."""
        if as_of > self.today():
            raise WrongUsage(f"The as-of date {as_of} lies ahead: today is {self.today()}. Nothing was changed; give today's date or an earlier one.")
        return as_of


def _misspelt() -> Iterator[str]:
    """The variables of our prefix that are no settings: one that is misspelt would leave its setting as it is, and nobody would know."""
    # The limits come last: they are many, and seldom what somebody meant.
    known = [name.upper() for name in sorted(Settings.model_fields, key=lambda name: name in Limits.model_fields)]
    for name in sorted(name for name in os.environ if name.upper().startswith(_PREFIX)):
        own = name.upper().removeprefix(_PREFIX)
        if own in known:
            continue
        close = get_close_matches(own, known, n=1)
        remedy = f"did you mean {_PREFIX}{close[0]}?" if close else f"unset it. Settings are {', '.join(_PREFIX + one for one in known)}."
        yield f"{name} is no setting; {remedy}"


def _told(name: str, given: Any, is_option: bool) -> str:
    # What a command was given by an option is told by the option's name.
    called = f"--{name.replace('_', '-')}" if is_option and name in _OPTIONS else f"{_PREFIX}{name.upper()}"
    # A key is never shown, right or wrong.
    return f"{called}{'' if name == 'key' else f' is {str(given)[:60]!r}'}: {_REMEDIES.get(name) or limits.remedy(name) or 'give a text'}."


def prepare_home(settings: Settings) -> None:
    """Make the home's folders, 0700, and refuse later files to others through the process's umask. Raises BadConfiguration when they cannot be made."""
    os.umask(0o077)
    try:
        _make_folders(settings)
    except OSError as error:
        if error.errno in (errno.EEXIST, errno.ENOTDIR, errno.EACCES, errno.EPERM, errno.EROFS):
            raise BadConfiguration(f"{error.filename}: {error.strerror}. {_PREFIX}HOME and {_PREFIX}LANDING must be folders that you may write to.") from None
        raise


def _make_folders(settings: Settings) -> None:
    folders = [settings.home, settings.extracts_dir, settings.runs_dir, settings.configurations_dir, settings.published_dir, settings.reports_dir]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
    for source in SOURCES:
        (settings.landing_dir / source).mkdir(parents=True, exist_ok=True, mode=0o700)


def encryption_key(settings: Settings) -> str:
    """The key that encrypts every DuckDB file; made on first use. Raises NotAllowed when others can read the key's file."""
    if settings.key:
        return settings.key
    path = settings.home / "key"
    try:
        _create(path)
    except FileExistsError:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            raise NotAllowed(f"{path} can be read by others (mode {mode:04o}). Run: chmod 600 {path}") from None
    return path.read_text(encoding="ascii").strip()


def _create(path: Path) -> None:
    """Write a new key whole or not at all, so that two processes starting at once agree on one."""
    if path.exists():
        raise FileExistsError(path)
    draft = path.with_name(f".key-{os.getpid()}-{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    finally:
        draft.unlink()
