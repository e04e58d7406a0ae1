"""The borough's police records as one file and as a set: the same rows are refused, and the same are accepted to the letter."""

import pyarrow.parquet as pq
import pytest

from pipelines import authority, chains, ingest, receipts, warehouse
from pipelines.inference import sets
from pipelines.synthetic import generation
from schemas.extracts.changes import ROWS_A_FILE
from tests.support.police_sets import LAYOUT, SOURCE
from tests.support.suppliers import an_authority

PATTERN = r"_(?P<date>\d{8})\.csv"
SET = {"layout": LAYOUT, "file_pattern": f"occurrences{PATTERN}"}
SET |= {"parts": {part: {"file_pattern": f"{part}s{PATTERN}"} for part in ("nominal", "intervention", "outcome")}}
# What names the place in the file, and texts as the supplier wrote them; and what only the set tells.
NOT_ALIKE = {"source_row", "birth_date_original", "full_name", "surname", "forename", "former_surname", "intervention_type"}


class Records:
    """A borough's police records, delivered in one layout and ingested."""

    def __init__(self, folder, layout: str | None) -> None:
        chosen = {SOURCE: layout} if layout else {}
        generation.generate(folder / "borough", 1500, 5, chosen=chosen)
        self.settings = an_authority(folder, {SOURCE: SET} if layout else {}, landing=folder / "borough" / "landing")
        self.truth = [row for row in pq.read_table(folder / "borough" / "truth" / "appearance.parquet").to_pylist() if row["source"] == SOURCE]
        (self.delivery,) = ingest.ingest(authority.find("calderbrook", self.settings), SOURCE, generation.AS_OF, self.settings)
        assert self.delivery.outcome == "ingested", self.delivery.message

    def rows(self) -> list[dict]:
        """The source's accepted rows, each with the number in its file and the truth about it."""
        path = self.settings.extracts_dir / SOURCE / f"{self.delivery.extract_id}.duckdb"
        with warehouse.database(self.settings, path) as con:
            cursor = con.execute("from extract.police_asb order by source_row")
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def refused(self) -> list[dict]:
        """Rejected rows."""
        return receipts.rejection_rows(self.delivery.extract_id, self.settings)


@pytest.fixture(scope="module")
def as_one(tmp_path_factory) -> Records:
    return Records(tmp_path_factory.mktemp("one"), None)


@pytest.fixture(scope="module")
def as_set(tmp_path_factory) -> Records:
    return Records(tmp_path_factory.mktemp("set"), LAYOUT)


def known(rows: list[dict]) -> list[str]:
    """The rows about somebody, without what is not alike."""
    return sorted(str({name: value for name, value in row.items() if name not in NOT_ALIKE}) for row in rows if row["source_person_id"])


def test_a_set_is_accepted_as_the_same_rows_as_one_file(as_one, as_set):
    one, of_set = as_one.rows(), as_set.rows()
    assert known(one) == known(of_set)
    assert len(one) == len(of_set) > 300
    assert {row["disposal"] for row in one} >= {"conviction", "caution", "none"}
    assert {row["person_role"] for row in one} >= {"suspect", "victim", "caller"}


def test_interventions_of_the_set_say_what_power_was_used(as_set):
    rows = [row for row in as_set.rows() if row["record_type"] == "intervention" and row["source_person_id"]]
    assert len(rows) > 5
    assert all(row["intervention_type"] for row in rows)


def test_the_same_nominals_are_refused_in_the_set_as_in_one_file(as_one, as_set):
    refused = {row["source_row"] for row in as_set.refused() if row["file_name"].startswith("nominals")}
    assert refused == {row["source_row"] for row in as_set.truth if row["is_fatal"] or row["is_duplicate"]}
    assert len(refused) == len({row["source_row"] for row in as_one.refused()}) > 2


def test_the_truth_names_each_row_by_the_file_of_nominals_and_its_number_there(as_set):
    with warehouse.connection(as_set.settings) as con:
        warehouse.attach(con, as_set.settings, as_set.settings.extracts_dir / SOURCE / f"{as_set.delivery.extract_id}.duckdb", "delivered")
        (nominals,) = [file for file in chains.files(con) if file["part"] == "nominal"]
    assert {row["file_name"] for row in as_set.truth} == {nominals["file_name"]}
    told = {row["source_row"]: row["name_delivered"] for row in as_set.truth}
    for row in as_set.rows():
        assert (row["source_row"] - nominals["rows_before"]) in told
        assert nominals["rows_before"] == ROWS_A_FILE
        name = told[row["source_row"] - nominals["rows_before"]]
        assert row["surname"] is None or row["surname"].upper() in name.upper()


OTHER_HEADERS = {"Occurrence No": "Incident Ref", "Nominal No": "Person URN", "Involvement": "Role", "Nominal Surname": "Family Name"}
OTHER_HEADERS |= {"Nominal Forenames": "First Names", "Date Of Birth": "D.O.B.", "Nominal Sex": "Gender", "Nominal Address": "Home Addr"}
OTHER_HEADERS |= {"Occurrence Class": "Record Type", "Occurrence Type": "Incident Type", "ASB Qualifier": "NSIR Qualifier", "Committed On": "Incident Date"}
OTHER_HEADERS |= {"Power": "Intervention Type", "Issued On": "Date Issued", "Outcome": "Disposal", "Outcome On": "Disposal Date"}


def test_a_records_system_nobody_has_described_is_proposed_as_one_set_with_each_column_in_its_place(as_set, tmp_path):
    layout = authority.find("calderbrook", as_set.settings).profiles.of(SOURCE)
    files = {"occurrences": layout, **{f"{part}s": layout.of_part(part) for part in layout.parts}}
    wanted = {}
    for name, told in files.items():
        head, _, rest = (as_set.settings.landing / SOURCE / f"{name}_20261120.csv").read_text().partition("\n")
        headers = [OTHER_HEADERS.get(header, header) for header in head.strip().split(",")]
        (tmp_path / f"{name}.csv").write_text(f"{','.join(headers)}\n{rest}")
        wanted[f"{name}.csv"] = dict(zip(headers, told.columns, strict=True))
    found, refused = sets.proposals(sets.files_of([tmp_path]))
    assert refused == {}
    (block,) = sets.blocks(found)
    assert (block.main.path.name, len(block.parts)) == ("occurrences.csv", 3)
    for proposal in found:
        assert {meaning.header: meaning.column for meaning in proposal.meanings} == wanted[proposal.path.name]
