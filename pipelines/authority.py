"""Reads an authority's folder: every mistake is told with file, line and remedy before a run starts."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

from pipelines.errors import BadConfiguration
from pipelines.settings import Settings
from schemas.authority import LinkageRules, Profiles, Publication, WardPlace
from schemas.profile import Profile

_TABLES = ("name_origins.csv", "wards.csv")
LAYOUTS = Path(str(files("schemas").joinpath("layouts")))
"""The library of suppliers' layouts: a folder a source, a file a layout, each with the part of a profile that does not differ between councils."""

# Of these parts of a layout a profile may change one column and keep the others.
_MERGED = ("columns", "combined", "split", "fixed", "codes", "null_patterns")
PLACE_KEYS = ("sheet", "header_row")
"""Where in a file its rows stand."""
LAYOUT_KEYS = (*PLACE_KEYS, "date_formats", "null_values", "open_end_dates", "negate", "decimal_mark", "academic_year_format", *_MERGED)
"""What a layout may say: how rows are written, and nothing of who delivers them under which agreement."""

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Authority:
    """One authority's files, read and checked when first asked for."""

    name: str
    folder: Path

    @cached_property
    def profiles(self) -> Profiles:
        """extracts.yml."""
        return load(self.folder / "extracts.yml", Profiles)

    @cached_property
    def linkage(self) -> LinkageRules:
        """linkage.yml."""
        return load(self.folder / "linkage.yml", LinkageRules)

    @cached_property
    def publication(self) -> Publication:
        """publication.yml."""
        return load(self.folder / "publication.yml", Publication)

    @cached_property
    def wards(self) -> tuple[WardPlace, ...]:
        """wards.csv; empty where the authority has none."""
        from pipelines import wards

        return wards.read(self.folder, self.publication.geography)

    @property
    def criteria_path(self) -> Path:
        """criteria.yml, read by the stage that scores."""
        return self.folder / "criteria.yml"

    @property
    def cases_path(self) -> Path:
        """cases.yml, the worked cases."""
        return self.folder / "cases.yml"

    def files(self) -> list[Path]:
        """Every file of the folder that a list, or what is reported of it, depends on, by name."""
        return sorted([*self.folder.glob("*.yml"), *(path for name in _TABLES if (path := self.folder / name).exists())])

    def sha256(self) -> str:
        """Hash over those files, by name and content."""
        digest = hashlib.sha256()
        for path in self.files():
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()


def find(name: str, settings: Settings) -> Authority:
    """The authority of that name. Raises BadConfiguration naming those that exist when there is none."""
    root = settings.authorities or Path(str(files("schemas").joinpath("authorities")))
    known = sorted(p.name for p in root.iterdir() if (p / "extracts.yml").exists()) if root.is_dir() else []
    if name not in known:
        raise BadConfiguration(f"There is no authority '{name}' in {root}. Known: {', '.join(known) or 'none'}. Copy a folder there to add one.")
    return Authority(name, root / name)


def load(path: Path, model: type[Model]) -> Model:
    """A YAML file as a checked model. Raises BadConfiguration with every mistake, each with file and line."""
    loaded: Model = _load(path, model, path.read_bytes() if path.exists() else b"")
    return loaded


@lru_cache(maxsize=32)
def _load(path: Path, model: type[Model], content: bytes) -> Model:
    """As `load`; parsing takes a seventh of a second and every stage asks again, so a file is parsed once as long as it stays as it is."""
    tree = read_yaml(path)
    if not isinstance(tree, dict):
        found = "it is empty" if tree is None else "it holds a list" if isinstance(tree, list) else "it holds a single text"
        raise BadConfiguration(f"{path}: {found}; a file of keys with their values, such as 'key: value', is needed.")
    try:
        return model.model_validate(_with_layouts(tree, path) if model is Profiles else tree)
    except ValidationError as error:
        lines = [f"{path.name}, line {line_of(tree, e['loc'])}: {_where(e['loc'])}: {_plain(e, model)}" for e in error.errors()]
        raise BadConfiguration("\n".join([f"{path} has {len(lines)} mistake(s); mend them and run again:", *lines])) from None


def read_yaml(path: Path) -> Any:
    """The file's tree, whose maps and lists know their lines. Raises BadConfiguration when it is missing or no YAML."""
    try:
        return YAML().load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadConfiguration(f"{path} is missing. Copy it from another authority's folder.") from None
    except UnicodeDecodeError:
        raise BadConfiguration(f"{path} is not UTF-8. Save it as UTF-8 and run again.") from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise BadConfiguration(f"{path.name}, line {line}: not valid YAML: {error.problem}.") from None
    except ReaderError as error:
        line = path.read_text(encoding="utf-8").count("\n", 0, error.position) + 1
        raise BadConfiguration(
            f"{path.name}, line {line}: it holds a sign that no text has, a control character. Is it another kind of file? Else remove the sign."
        ) from None


def read_plain(path: Path) -> Any:
    """The file's tree without its lines, ten times as fast as `read_yaml`; None where that reader finds it ill-formed.

    libyaml reads YAML 1.1, whose `on` and `yes` are no words and which takes a key twice: for files of ours that a test holds against `read_yaml`.
    """
    import yaml

    try:
        return yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return None


def layout_names(source: str) -> list[str]:
    """Names of the library's layouts of a source."""
    return sorted(path.stem for path in (LAYOUTS / source).glob("*.yml"))


def is_set(source: str, name: str) -> bool:
    """Whether the library's layout is of a set of files."""
    return bool(read_yaml(LAYOUTS / source / f"{name}.yml").get("parts"))


def with_layout(profile: Profile, source: str, name: str | None) -> Profile:
    """The profile of a supplier that has changed to a layout of the library; nothing of the old layout stays. None changes nothing."""
    if name is None:
        return profile
    kept = {key: value for key, value in profile.model_dump().items() if key not in LAYOUT_KEYS}
    layout = {key: value for key, value in read_yaml(LAYOUTS / source / f"{name}.yml").items() if key != "parts"}
    return Profile.model_validate({**kept, **layout, "layout": name})


def _with_layouts(tree: Any, path: Path) -> Any:
    """The tree in which each profile that names a layout has the layout's values where it has none of its own."""
    if not isinstance(tree, dict):
        return tree
    return {source: _filled(source, profile, tree, path) for source, profile in tree.items()}


def _filled(source: str, profile: Any, tree: Any, path: Path) -> Any:
    name = profile.get("layout") if isinstance(profile, dict) else None
    if name is None:
        return profile
    known = layout_names(source)
    if name not in known:
        place = f"{path.name}, line {line_of(tree, (source, 'layout'))}"
        raise BadConfiguration(f"{place}: {source} has no layout '{name}'. Known: {', '.join(known) or 'none'}. Name one of them, or give columns here.")
    layout = read_yaml(LAYOUTS / source / f"{name}.yml")
    return {**_over(layout, profile), "parts": _parts(layout.get("parts", {}), profile.get("parts"))}


def _over(layout: Any, profile: Any) -> dict[str, Any]:
    return {**layout, **profile, **{part: {**layout.get(part, {}), **profile.get(part, {})} for part in _MERGED}}


def _parts(layouts: Any, chosen: Any) -> Any:
    """The further files of a set that a profile names, each as the layout writes it where the profile does not say; one it does not name is not delivered."""
    if not isinstance(chosen, dict):
        return chosen or {}
    return {name: _over(layouts[name], part) if name in layouts and isinstance(part, dict) else part for name, part in chosen.items()}


def line_of(tree: Any, location: tuple[int | str, ...]) -> int:
    """Line, from 1, of the deepest part of the location that the file holds."""
    line = 1
    for key in location:
        try:
            line = _line(tree, key)
            tree = tree[key]
        except (KeyError, IndexError, TypeError):
            break
    return line


def _line(tree: Any, key: int | str) -> int:
    if isinstance(tree, CommentedMap):
        return int(tree.lc.key(key)[0]) + 1
    if isinstance(tree, CommentedSeq):
        return int(tree.lc.item(key)[0]) + 1
    raise TypeError(key)


def _where(location: tuple[int | str, ...]) -> str:
    # Of a key that is wrong itself pydantic says so by a part of its own.
    return ".".join(str(part) for part in location if part != "[key]") or "the file"


def _plain(error: Any, model: type[BaseModel]) -> str:
    from pipelines import mistakes  # here, since that module reads lines with this one

    if error["type"] == "extra_forbidden":
        return f"is not a known key; {mistakes.nearest(str(error['loc'][-1]), _keys_at(model, error['loc'][:-1]))}"
    return mistakes.remedy(error)


def _keys_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """The keys that a place of the file may have; a number or a key of a mapping leads to what the mapping holds."""
    shape = model
    for part in loc:
        field = shape.model_fields.get(str(part))
        shape = next(_shapes(field.annotation), shape) if field else shape
    return [field.alias or name for name, field in shape.model_fields.items()]


def _shapes(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models an annotation holds, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _shapes(part)
