"""A thousand broken files: the reader refuses with a message or accounts for every row; it never crashes and never loses a row silently."""

import re
from datetime import date

import pytest

from pipelines import authority, warehouse
from pipelines.errors import BadInput
from pipelines.reading import check, load, text
from pipelines.reading.mapping import Mapping, Parameters
from pipelines.settings import Settings, prepare_home
from schemas.extracts import CONTRACTS
from tests.support.fuzz import SOURCE, cases, real_files

PROFILE = authority.find("calderbrook", Settings()).profiles.of(SOURCE)
CASES_A_SEED, SEEDS = 100, range(10)


@pytest.fixture
def con(tmp_path_factory):
    home = Settings(home=tmp_path_factory.mktemp("home"))
    prepare_home(home)
    with warehouse.connection(home) as con:
        yield con


def read(con, path):
    """Rows read after the header, of them removed, accepted and rejected; the header's row; and what the file turned out to be."""
    with text.read(path, PROFILE, path.parent) as found:
        count = load.load(con, found.rows, found.header)
        mapping = Mapping(CONTRACTS[SOURCE], PROFILE, found.header, found.has_dates_of_its_own, Parameters())
        checked = check.check(con, mapping, date(2026, 11, 20))
    accepted = con.execute("select count(*) from checked where len(broken) = 0").fetchone()[0]
    return count, checked.removed, accepted, checked.rejected, found.header.row, found


@pytest.mark.parametrize("kind", real_files())
def test_the_files_that_are_broken_here_are_read_when_whole(tmp_path, con, kind):
    path = tmp_path / "whole"
    path.write_bytes(real_files()[kind])
    count, removed, accepted, rejected, *_ = read(con, path)
    assert (removed, rejected) == (0, 0)
    assert count == accepted > 4


@pytest.mark.parametrize("seed", SEEDS)
def test_a_broken_file_is_refused_or_every_row_of_it_is_accounted_for(tmp_path, con, seed):
    path = tmp_path / "broken"
    for number, (kind, content) in enumerate(cases(seed, CASES_A_SEED)):
        path.write_bytes(content)
        try:
            count, removed, accepted, rejected, header_row, found = read(con, path)
        except BadInput as refusal:
            assert len(str(refusal)) > 30, (seed, number, kind)
            assert "NGOZI" not in str(refusal), (seed, number, kind)
            continue
        assert count == removed + accepted + rejected, (seed, number, kind)
        if found.delimiter and found.packing is None and b'"' not in content:
            assert count + header_row == lines(content, found.encoding), (seed, number, kind)
    assert [path.name for path in tmp_path.iterdir()] == ["broken"]


def lines(content, encoding):
    """Lines of a text file without quotation marks, counted without the reader under test."""
    decoded = content.decode({"utf-8": "utf-8-sig"}.get(encoding, encoding))
    return len(re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", decoded))
