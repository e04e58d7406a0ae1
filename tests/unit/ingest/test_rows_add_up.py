"""Whatever a row holds, it is accepted or rejected, and told."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import authority, warehouse
from pipelines.reading import check, header, load
from pipelines.reading.mapping import Mapping, Parameters
from pipelines.settings import Settings, prepare_home
from schemas.extracts import CONTRACTS
from tests.support.deliveries import ROWS

PROFILES = authority.find("calderbrook", Settings()).profiles
CELLS = st.one_of(
    st.none(), st.text(max_size=12), st.sampled_from(["99991231", "Total", "1", "-1", "2025/26", "£1", "1e5", "0001", "C", "UC", "31/12/9999", "24:00"])
)


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    home = Settings(home=tmp_path_factory.mktemp("home"))
    prepare_home(home)
    with warehouse.connection(home) as con:
        yield con


@st.composite
def deliveries(draw):
    """A source and good rows of it, some cells replaced by anything."""
    source = draw(st.sampled_from(list(ROWS)))
    names = list(ROWS[source])
    changes = draw(st.lists(st.dictionaries(st.sampled_from(names), CELLS, max_size=6), min_size=1, max_size=6))
    return source, [list((ROWS[source] | change).values()) for change in changes]


@given(deliveries())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_received_is_accepted_and_rejected(con, delivery):
    source, table = delivery
    profile = PROFILES.of(source)
    names = list(ROWS[source])
    found = header.find([names], profile)
    mapping = Mapping(CONTRACTS[source], profile, found, False, Parameters())
    read = load.load(con, iter(table), found)
    checked = check.check(con, mapping, date(2026, 11, 20))
    removed, broken, rejected = checked.removed, checked.broken, checked.rejected
    accepted = con.execute("select source_row from checked where len(broken) = 0").fetchall()
    query, parameters = check.rejected_rows(mapping, "delivery.csv")
    rejections = con.execute(query, parameters).fetchall()
    assert read == len(table)
    assert read - removed == len(accepted) + rejected
    assert {row[1] for row in rejections}.isdisjoint(row[0] for row in accepted)
    assert len({row[1] for row in rejections}) == rejected
    assert sum(b.count for b in broken) == len(rejections)
    for _, source_row, *_, values in rejections:
        kept = json.loads(values)
        assert [kept[name] for name in names] == list(table[source_row - 2])
