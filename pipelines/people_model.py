"""The trained model that `families link` applies: found beside the model file or given, and read only where it fits."""

from pathlib import Path

from matching.model import Model
from matching.specification import Specification
from pipelines.errors import BadConfiguration
from pipelines.values.file_names import shown


def beside(path: Path) -> Path | None:
    """The trained model beside a model file, called as it or model.json; None where there is neither."""
    return next((found for found in (path.with_suffix(".json"), path.with_name("model.json")) if found.exists()), None)


def read(path: Path, specification: Specification) -> tuple[Model, str | None]:
    """The trained model, and what is to be told where it was trained under another definition.

    Raises:
        BadConfiguration: it is not there, or its fields, kinds or levels do not fit this specification.
    """
    try:
        model = Model.from_json(path.read_text(encoding="utf-8"), specification.fields)
    except FileNotFoundError:
        raise BadConfiguration(f"{shown(path)}: there is no such trained model. Leave --model-json out to train one.") from None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadConfiguration(f"{shown(path.name)} does not fit this model file and these records: {error}. Run with --train.") from None
    return model, _difference(model, specification, shown(path.name))


def _difference(model: Model, specification: Specification, name: str) -> str | None:
    if model.definition_sha256 == specification.sha256():
        return None
    beyond = [field for field in model.fields if field not in specification.by_name]
    what = (
        f"it knows {', '.join(beyond)} besides, which these records do not hold or the model file leaves out"
        if beyond
        else "fields and levels are the same, but not the blocking rules, the link type or what holds pairs apart, or columns held nothing in one of the two"
    )
    return f"{name} was trained under another definition than this model file gives with these records: {what}. It is applied as it is; --train learns anew."
