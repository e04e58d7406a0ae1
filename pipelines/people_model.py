"""The trained model that `families link` applies: found beside the model file or given, and read only where it fits."""

from pathlib import Path

from matching.model import Model
from matching.specification import Specification
from pipelines.errors import BadConfiguration
from pipelines.values.file_names import shown


def beside(path: Path) -> Path | None:
    """The trained model beside a model file, called as it or model.json; None where there is neither."""
    return next((found for found in (path.with_suffix(".json"), path.with_name("model.json")) if found.exists()), None)


def read(path: Path, specification: Specification) -> Model:
    """The trained model. Raises BadConfiguration when it is not there, or was not trained for this specification."""
    try:
        return Model.from_json(path.read_text(encoding="utf-8"), specification.fields)
    except FileNotFoundError:
        raise BadConfiguration(f"{shown(path)}: there is no such trained model. Leave --model-json out to train one.") from None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadConfiguration(f"{shown(path.name)} does not fit this model file and these records: {error}. Run with --train.") from None
