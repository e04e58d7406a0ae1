"""Police records as a set of files in the layout records_set, row by row: an occurrence, somebody named in it, a power used, an outcome."""

from typing import Any

from pipelines import authority, ingest, manifest, provenance, receipts, standardise, warehouse
from pipelines.settings import Settings
from tests.support.attendance_sets import Row
from tests.support.deliveries import AS_OF

SOURCE, LAYOUT, DAY = "police_asb", "records_set", "2026-11-20"
NO_INTERVENTION = "Occurrence No,Nominal No,Power,Issued On\n"
NO_OUTCOME = "Occurrence No,Nominal No,Outcome,Outcome On\n"


def profile_keys(**of_parts: Any) -> dict[str, Any]:
    """What a profile says to have the force's files read as a set; `of_parts` go to each part."""
    pattern = r"_(?P<date>\d{4}-\d{2}-\d{2})\.csv"
    parts = authority.read_yaml(authority.LAYOUTS / SOURCE / f"{LAYOUT}.yml")["parts"]
    told = {name: {"file_pattern": f"{name}s{pattern}"} | of_parts for name in parts}
    return {"layout": LAYOUT, "file_pattern": f"incidents{pattern}", "parts": told}


def an_incident(number: str, kind: str = "ASB incident", day: str = "14/06/2026 22:15", **changes: str) -> Row:
    told = {"Occurrence No": number, "Occurrence Class": kind, "Occurrence Type": "NOISE", "ASB Qualifier": "Nuisance", "Committed On": day}
    return told | {"Local Policing Area": "Calder North"} | changes


def a_nominal(incident: str, number: str, role: str = "Suspect", **changes: str) -> Row:
    person = {
        "Occurrence No": incident,
        "Nominal No": number,
        "Involvement": role,
        "Nominal Surname": "OKAFOR",
        "Nominal Forenames": "Emeka",
        "Alias Surname": "",
    }
    about = {"Date Of Birth": "07/09/2009", "Nominal Sex": "Male", "Nominal Address": "10 Mill Road, Calderbrook", "Nominal Postcode": "ZC1 1AA"}
    return person | about | changes


def an_intervention(incident: str, number: str, power: str = "ABC", day: str = "20/07/2026") -> Row:
    return {"Occurrence No": incident, "Nominal No": number, "Power": power, "Issued On": day}


def an_outcome(incident: str, number: str, outcome: str = "Convicted", day: str = "01/09/2026") -> Row:
    return {"Occurrence No": incident, "Nominal No": number, "Outcome": outcome, "Outcome On": day}


class Delivered:
    """A delivery, and what its extract holds."""

    def __init__(self, settings: Settings, delivery: ingest.Delivery) -> None:
        self._settings, self.delivery = settings, delivery

    def fetched(self, columns: str) -> list[tuple[object, ...]]:
        """Columns of the source's rows, by occurrence and row."""
        assert self.delivery.outcome == "ingested", self.delivery.message
        with warehouse.database(self._settings, self._settings.extracts_dir / SOURCE / f"{self.delivery.extract_id}.duckdb") as con:
            return con.execute(f"select {columns} from extract.police_asb order by occurrence_id, source_row").fetchall()  # noqa: S608 - declared names

    def events(self) -> set[tuple[object, ...]]:
        """Nominal, occurrence and event type of every event of a run that stands on the delivery alone."""
        run = provenance.start(manifest.manifest("calderbrook", None, AS_OF, self._settings), self._settings)
        standardise.standardise(run)
        query = "select source_person_id, occurrence_id, event_type from staging.event join staging.person_record using (record_id)"
        with run.open(read_only=True) as con:
            return set(con.execute(query).fetchall())

    def rejected(self) -> set[tuple[str, int, str]]:
        """File, row and rule of each rejection."""
        rows = receipts.rejection_rows(self.delivery.extract_id, self._settings)
        return {(row["file_name"].partition("_")[0], row["source_row"], row["rule"]) for row in rows}

    def files(self) -> list[Row]:
        """Every file of the set, as noted."""
        return receipts.files(self.delivery.extract_id, self._settings)

    def reasons(self, rule: str) -> set[str]:
        """The reasons told of a rule."""
        rows = receipts.rejection_rows(self.delivery.extract_id, self._settings)
        return {row["reason"] for row in rows if row["rule"] == rule}
