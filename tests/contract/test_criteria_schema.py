"""The JSON schemas for editors accept every shipped file and refuse the mistakes of shape that the program refuses."""

import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from pipelines import dictionary, frameworks
from pipelines.authority import read_yaml
from schemas.measure import MEASURES

AUTHORITIES = frameworks.LIBRARY.parent / "authorities"
DOCS = Path(__file__).parents[2] / "docs"


def schema(name):
    return Draft202012Validator(json.loads(dictionary.schemas()[name]))


def as_json(tree):
    return json.loads(json.dumps(tree, default=lambda value: value.isoformat() if isinstance(value, date) else str(value)))


@pytest.mark.parametrize("name", sorted(dictionary.schemas()))
def test_the_published_schema_is_the_models(name):
    assert (DOCS / name).read_text(encoding="utf-8") == dictionary.schemas()[name], "run `make docs` and commit the result"
    Draft202012Validator.check_schema(json.loads(dictionary.schemas()[name]))


@pytest.mark.parametrize(
    ("name", "path"),
    [
        *(("criteria.schema.json", path) for path in sorted(AUTHORITIES.glob("*/criteria.yml"))),
        *(("extracts.schema.json", path) for path in sorted(AUTHORITIES.glob("*/extracts.yml"))),
        *(("cases.schema.json", path) for path in sorted(AUTHORITIES.glob("*/cases.yml"))),
        *(("framework.schema.json", frameworks.path(name)) for name in frameworks.names()),
        *(("cases.schema.json", path) for path in sorted((frameworks.LIBRARY / "cases").glob("*.yml"))),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{value.parent.name}/{value.name}",
)
def test_every_shipped_file_is_accepted(name, path):
    assert [error.message for error in schema(name).iter_errors(as_json(read_yaml(path)))] == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("criteria", 0, "treshold"), 1),
        (("criteria", 0, "threshold"), "one"),
        (("criteria", 0, "threshold"), 0),
        (("criteria", 0, "measure"), "proven_offense"),
        (("criteria", 0, "subject"), "adults"),
        (("criteria", 0, "window"), {"kind": "day", "count": 1}),
        (("criteria", 0, "id"), "Crime"),
        (("qualification",), []),
        (("household", "dependent_child"), "sometimes"),
        (("version",), None),
    ],
)
def test_a_mistake_of_shape_is_refused(place, value):
    tree = as_json(read_yaml(frameworks.path("tf-2012")))
    part = tree
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = value
    assert not schema("framework.schema.json").is_valid(tree)


def test_a_share_that_is_none_and_an_unknown_key_of_a_profile_are_refused():
    tree = as_json(read_yaml(AUTHORITIES / "calderbrook/extracts.yml"))
    for wrong in ({"warn_fall": 2}, {"warnfall": 0.2}):
        tree["police_asb"]["volume"] = wrong
        assert not schema("extracts.schema.json").is_valid(tree), wrong


def test_editors_offer_every_measure():
    offered = json.loads(dictionary.schemas()["framework.schema.json"])["$defs"]["Criterion"]["properties"]["measure"]["enum"]
    assert offered == sorted(MEASURES)
