"""A thousand broken files of the four main sources: each is refused with a message or has every row accounted for, and nothing else happens.

Four hundred go through ingest itself, the others through its reader, which takes a third of the time; `make fuzz` puts a thousand through ingest.
"""

import os
import re
from datetime import UTC, date, datetime, timedelta

import pytest

from pipelines import authority, ingest, warehouse
from pipelines.errors import BadInput
from pipelines.reading import check, encoding, load, text
from pipelines.reading.mapping import Mapping, Parameters
from pipelines.settings import Settings, prepare_home
from schemas.extracts import CONTRACTS
from tests.support.deliveries import NAMES
from tests.support.fuzz import PERSONAL, SOURCES, cases, real_files

COUNCIL = authority.find("calderbrook", Settings())
# Each file of a folder has a day of its own, so that one call takes in many.
FIRST, AS_OF, NOW = date(2026, 11, 20), date(2027, 1, 15), datetime(2027, 1, 16, 9, tzinfo=UTC)
CASES_A_FOLDER, FOLDERS = 50, range(int(os.environ.get("FUZZ_FOLDERS", "2")))
CASES_A_SEED, READER_SEEDS = 100, range(100, 106)


@pytest.fixture
def settings(tmp_path):
    made = Settings(home=tmp_path / "home", clock=NOW)
    prepare_home(made)
    return made


def taken_in(settings, source, contents):
    """What became of each content, delivered day after day: content and delivery."""
    names = [dated(source, FIRST + timedelta(days=number)) for number in range(len(contents))]
    for name, content in zip(names, contents, strict=True):
        (settings.landing_dir / source / name).write_bytes(content)
    found = {delivery.file_name: delivery for delivery in ingest.ingest(COUNCIL, source, AS_OF, settings)}
    assert set(found) == set(names)
    return [(content, found[name]) for name, content in zip(names, contents, strict=True)]


def dated(source, day):
    return NAMES[source].replace("2026-11-20", f"{day}").replace("20261120", f"{day:%Y%m%d}")


@pytest.mark.parametrize("source", SOURCES)
def test_the_files_that_are_broken_here_are_taken_in_when_whole(settings, source):
    for _, delivery in taken_in(settings, source, list(real_files(source).values())):
        assert delivery.outcome == "ingested", delivery.message
        assert delivery.rejected_count == delivery.removed_count == 0
        assert delivery.accepted_count > 4
        every_row_is_accounted_for(settings, delivery)


@pytest.mark.parametrize("seed", FOLDERS)
@pytest.mark.parametrize("source", SOURCES)
def test_a_broken_file_is_refused_or_every_row_of_it_is_accounted_for(settings, source, seed):
    kinds, contents = zip(*cases(source, seed, CASES_A_FOLDER), strict=True)
    for kind, (content, delivery) in zip(kinds, taken_in(settings, source, contents), strict=True):
        told = (kind, delivery.file_name, delivery.message)
        assert delivery.outcome in ("ingested", "refused", "already_ingested"), told
        assert len(delivery.message) > 30, told
        assert "report it as a bug" not in delivery.message, told
        assert not any(value in delivery.message.upper() for value in PERSONAL), told
        assert delivery.received_count == delivery.accepted_count + delivery.rejected_count, told
        if delivery.outcome == "ingested":
            every_row_is_accounted_for(settings, delivery)
            every_line_is_accounted_for(settings, delivery, content)
        elif delivery.outcome == "refused":
            assert delivery.extract_id is None, told
    left = {path.suffix for path in (settings.extracts_dir / source).rglob("*") if path.is_file()}
    assert left <= {".duckdb", ".json"}
    assert not list((settings.extracts_dir / source).glob(".draft*"))


@pytest.mark.parametrize("seed", READER_SEEDS)
def test_the_reader_refuses_a_broken_file_or_accounts_for_every_row(settings, tmp_path, seed):
    source, path = SOURCES[seed % len(SOURCES)], tmp_path / "broken"
    with warehouse.connection(settings) as con:
        for number, (kind, content) in enumerate(cases(source, seed, CASES_A_SEED)):
            path.write_bytes(content)
            try:
                count, checked, accepted = read(con, source, path)
            except BadInput as refusal:
                assert len(str(refusal)) > 30, (seed, number, kind)
                assert not any(value in str(refusal).upper() for value in PERSONAL), (seed, number, kind)
                continue
            assert count == checked.removed + accepted + checked.rejected, (seed, number, kind)
    assert {path.name for path in tmp_path.iterdir()} == {"home", "broken"}


def read(con, source, path):
    """Rows read after the header, what checking them found, and how many are accepted."""
    profile = COUNCIL.profiles.of(source)
    with text.read(path, profile, path.parent) as found:
        count = load.load(con, found.rows, found.header)
        mapping = Mapping(CONTRACTS[source], profile, found.header, found.has_dates_of_its_own, Parameters())
        checked = check.check(con, mapping, FIRST)
    return count, checked, con.execute("select count(*) from checked where len(broken) = 0").fetchone()[0]


def every_row_is_accounted_for(settings, delivery):
    """The extract holds the rows that the delivery tells, each accepted or rejected and none both."""
    path = settings.extracts_dir / delivery.source / f"{delivery.extract_id}.duckdb"
    with warehouse.database(settings, path) as con:
        accepted = {row[0] for row in con.table(f"extract.{delivery.source}").project("source_row").fetchall()}
        rejected = {row[0] for row in con.execute("select source_row from extract.rejected").fetchall()}
    assert (len(accepted), len(rejected)) == (delivery.accepted_count, delivery.rejected_count)
    assert accepted.isdisjoint(rejected)


def every_line_is_accounted_for(settings, delivery, content):
    """Of a text file without quotation marks: its lines are its rows, those removed, and a header of one row or two. Counted without the reader."""
    path = settings.landing_dir / delivery.source / delivery.file_name
    if b'"' in content or content.startswith((b"PK", b"PAR1", b"\x1f\x8b", b"\xd0\xcf")):
        return
    found = encoding.text_encoding(path)
    decoded = content.decode({"utf-8": "utf-8-sig"}.get(found, found))
    lines = len(re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", decoded))
    assert lines - delivery.received_count - delivery.removed_count in (1, 2)
