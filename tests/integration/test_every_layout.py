"""Every layout the project ships, of the library and of the authorities' own: written with all it can say, and read back through ingest to the letter."""

from functools import cache
from typing import Any

import pytest

from pipelines import authority, ingest, warehouse
from pipelines.settings import Settings, prepare_home
from schemas.extracts import CONTRACTS, PARTS, main_contract
from tests.support import layout_files
from tests.support.deliveries import AS_OF, NOW
from tests.support.suppliers import an_authority

_SHIPPED = sorted(path.parent.name for path in (authority.LAYOUTS.parent / "authorities").glob("*/extracts.yml"))
# A council has one profile a source: each place among a source's layouts makes a council of its own.
LIBRARY = [(source, name, place) for source in CONTRACTS for place, name in enumerate(authority.layout_names(source))]


def own_ways() -> list[tuple[str, str]]:
    """Each profile of a shipped authority that tells its supplier's way of writing itself."""
    found = []
    for name in _SHIPPED:
        profiles = authority.find(name, Settings()).profiles
        found += [(name, source) for source in profiles.sources if profiles.of(source).layout is None]
    return found


def _as_a_council_would_name_it(source: str, name: str) -> dict[str, Any]:
    """The keys of a profile that uses a layout of the library, with every file of a set."""
    day = r"(?P<date>\d{4}-\d{2}-\d{2})"
    parts = authority.read_yaml(authority.LAYOUTS / source / f"{name}.yml").get("parts", {})
    around = {"supplier": "A supplier", "controller": "A controller", "agreement": {"id": "ISA", "expires": "2028-03-31"}, "stale_after_days": 35}
    change: dict[str, Any] = around | {"refuse_when_rejected_share_over": 0.0, "layout": name, "file_pattern": rf"{source}_{day}\.csv"}
    return change | ({"parts": {part: {"file_pattern": rf"{part}s_{day}\.csv"} for part in parts}} if parts else {})


def _read_back(settings: Settings, council: authority.Authority, source: str) -> None:
    """Deliver all the source's profile can say and hold every accepted value against what was meant."""
    profile = council.profiles.of(source)
    files = [(profile, main_contract(source, is_set=bool(profile.parts))), *((profile.of_part(part), PARTS[source][part]) for part in profile.parts)]
    count = layout_files.rows_needed(files)
    meant = {}
    (settings.landing_dir / source).mkdir(exist_ok=True)
    for layout, contract in files:
        told = layout_files.written(layout, contract, count)
        layout_files.save(settings.landing_dir / source / layout_files.file_name(layout.file_pattern), told.cells)
        meant[contract.table.name] = told.meant
    (delivery,) = ingest.ingest(council, source, AS_OF, settings)
    assert (delivery.outcome, delivery.rejected_count) == ("ingested", 0), delivery.message
    with warehouse.database(settings, settings.extracts_dir / source / f"{delivery.extract_id}.duckdb") as con:
        for table, rows in meant.items():
            columns = ", ".join(f'"{name}"' for name in rows[0])
            found = con.execute(f"select {columns} from extract.{table} order by source_row").fetchall()  # noqa: S608 - declared names
            assert [dict(zip(rows[0], row, strict=True)) for row in found] == rows
        assert len(con.table(f"extract.{source}")) >= count


@pytest.fixture(scope="module")
def place_for(tmp_path_factory):
    """A folder by name, the same each time it is asked for."""
    return cache(lambda name: tmp_path_factory.mktemp(str(name)))


@pytest.fixture(scope="module")
def council_of(place_for):
    """Of a place among the sources' layouts, the settings of the council that uses those."""

    @cache
    def made(place):
        changes = {source: _as_a_council_would_name_it(source, name) for source, name, its_place in LIBRARY if its_place == place}
        return an_authority(place_for(place), changes, clock=NOW)

    return made


@pytest.mark.parametrize(("source", "name", "place"), LIBRARY, ids=[f"{source}-{name}" for source, name, _ in LIBRARY])
def test_all_that_a_layout_of_the_library_can_say_is_read_back_to_the_letter(source, name, place, council_of):
    settings = council_of(place)
    _read_back(settings, authority.find("calderbrook", settings), source)


@pytest.mark.parametrize(("council", "source"), own_ways())
def test_all_that_an_authoritys_own_profile_can_say_is_read_back_to_the_letter(council, source, place_for):
    settings = Settings(home=place_for(council), clock=NOW)
    prepare_home(settings)
    _read_back(settings, authority.find(council, settings), source)


@pytest.mark.parametrize("source", CONTRACTS)
def test_every_source_can_come_in_at_least_two_layouts(source):
    shipped = {name for name in _SHIPPED if (name, source) in own_ways()}
    assert len(authority.layout_names(source)) + bool(shipped) >= 2
