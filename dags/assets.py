"""What one DAG tells the next: an extract was taken in, a run was linked. Extras hold ids and counts, never anything about a person."""

from airflow.sdk import Asset

from pipelines.settings import SOURCES

EXTRACTS = {source: Asset(name=f"extract_{source}", uri=f"families://extract/{source}", group="families") for source in SOURCES}
LINKED = Asset(name="linked", uri="families://linked", group="families")
