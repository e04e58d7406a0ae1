"""The demo's summary says when the list's criteria are others than those by which the truth was drawn."""

import shutil
from datetime import date
from importlib.resources import files
from types import SimpleNamespace

from pipelines import authority
from pipelines.cli.demo import _edited
from pipelines.settings import Settings


def test_the_summary_tells_edited_criteria_and_nothing_of_the_shipped_ones(tmp_path):
    shutil.copytree(str(files("schemas").joinpath("authorities")), tmp_path / "authorities")
    path = tmp_path / "authorities" / "calderbrook" / "criteria.yml"
    settings = Settings(home=tmp_path / "home", authorities=tmp_path / "authorities")
    shipped = Settings(home=tmp_path / "home")

    def edited():
        council = authority.find("calderbrook", settings)
        return _edited(SimpleNamespace(settings=shipped, as_of=date(2026, 11, 23), authority=council, manifest=SimpleNamespace(framework_id="tf-2012")))

    assert edited() == []
    text = path.read_text(encoding="utf-8")
    changed = text.replace("    set:\n", "    set:\n      education.unauthorised_absence.threshold: 12\n", 1)
    path.write_text(changed, encoding="utf-8")
    assert changed != text
    assert edited() == ["criteria.yml: education.unauthorised_absence.threshold was 15 and is 12"]
