"""Files of sixteen suppliers' systems that no profile, layout or list of words was written for: what share of their columns is proposed rightly."""

import pytest

from pipelines.inference.propose import propose
from tests.support.borough import a_borough
from tests.support.unseen_suppliers import LOOKED_AT, NEVER_LOOKED_AT, OPTIONAL, Unseen, unseen_file


@pytest.fixture(scope="module")
def every_file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("unseen")
    borough = a_borough(folder / "borough", people=1000, seed=7, optional=OPTIONAL)
    return {name: unseen_file(name, folder, borough) for name in (*LOOKED_AT, *NEVER_LOOKED_AT)}


@pytest.fixture(scope="module")
def proposals(every_file):
    return {name: propose(file.path) for name, file in every_file.items()}


def wrong(file: Unseen, proposal) -> dict[str, str | None]:
    """The headers of which something else is proposed than what they are, with what is."""
    sure = {meaning.header: meaning.column if meaning.is_sure else None for meaning in proposal.meanings}
    return {header: sure.get(header) for header, column in file.truth.items() if sure.get(header) != column}


def share(names, every_file, proposals) -> float:
    columns = sum(len(every_file[name].truth) for name in names)
    return 1 - sum(len(wrong(every_file[name], proposals[name])) for name in names) / columns


@pytest.mark.parametrize("name", [*LOOKED_AT, *NEVER_LOOKED_AT])
def test_the_source_of_a_file_nobody_has_described_is_recognised(name, every_file, proposals):
    assert (proposals[name].source, proposals[name].part) == (every_file[name].source, every_file[name].part)


def test_of_files_that_were_looked_at_nineteen_columns_in_twenty_are_right(every_file, proposals):
    assert share(LOOKED_AT, every_file, proposals) >= 0.95


def test_of_files_that_were_never_looked_at_nine_columns_in_ten_are_right(every_file, proposals):
    assert share(NEVER_LOOKED_AT, every_file, proposals) >= 0.9


@pytest.mark.parametrize("name", [*LOOKED_AT, *NEVER_LOOKED_AT])
def test_no_column_is_surely_proposed_for_two_headers(name, proposals):
    sure = [meaning.column for meaning in proposals[name].meanings if meaning.is_sure]
    assert len(sure) == len(set(sure))
