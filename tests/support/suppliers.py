"""An authority whose suppliers use other layouts of the library, and a borough they deliver to."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from pipelines import authority, ingest, manifest, provenance, standardise
from pipelines.provenance import Run
from pipelines.settings import Settings, prepare_home
from pipelines.synthetic import generation
from pipelines.synthetic.layouts import plain_profile

OTHER_LAYOUTS = {"school_attendance": "mis_summary", "police_asb": "athena", "dwp_benefit": "claimant_rows", "housing_arrears": "nec"}


def an_authority(folder: Path, changes: Mapping[str, Mapping[str, Any]], council: str = "calderbrook", **values: Any) -> Settings:
    """Settings, with these values, whose council reads these sources by these profile keys in place of its own way of reading."""
    root = folder / "authorities"
    shutil.copytree(authority.LAYOUTS.parent / "authorities" / council, root / council)
    path = root / council / "extracts.yml"
    tree = YAML().load(path.read_text())
    for source, change in changes.items():
        kept = {key: value for key, value in tree.get(source, {}).items() if key not in authority.LAYOUT_KEYS}
        tree[source] = kept | dict(change)
    with path.open("w") as file:
        YAML().dump(tree, file)
    settings = Settings(home=folder / "var", authorities=root, **values)
    prepare_home(settings)
    return settings


def plain_profiles(sources: Sequence[str]) -> dict[str, dict[str, Any]]:
    """By optional source the profile, as extracts.yml writes it, of who delivers in the plain layout."""
    return {source: plain_profile(source).model_dump(mode="json", exclude_defaults=True) for source in sources}


def a_standardised_borough(folder: Path, layouts: Mapping[str, str], optional: Sequence[str] = (), people: int = 1500, seed: int = 5) -> Run:
    """A run that has ingested and standardised the borough as suppliers with these layouts, and these optional sources, deliver it."""
    generation.generate(folder / "borough", people, seed, chosen=layouts, optional=optional)
    changes: dict[str, Any] = {source: {"layout": name} for source, name in layouts.items()}
    changes |= plain_profiles(optional)
    settings = an_authority(folder, changes, landing=folder / "borough" / "landing")
    council = authority.find("calderbrook", settings)
    for source in council.profiles.sources:
        (delivery,) = ingest.ingest(council, source, generation.AS_OF, settings)
        assert delivery.outcome == "ingested", delivery.message
    run = provenance.start(manifest.manifest("calderbrook", None, generation.AS_OF, settings), settings)
    standardise.standardise(run)
    return run
