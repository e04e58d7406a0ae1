"""The task that ends red when a delivery could not be used; apart because every DAG that takes in deliveries has it."""

from typing import Any

from airflow.sdk import task
from airflow.sdk.exceptions import AirflowFailException

# An outcome of any other kind leaves nothing for a person to do.
_UNUSABLE = ("refused", "unknown_file")


@task
def refused(deliveries: list[dict[str, Any]]) -> None:
    """Turn red when a delivery could not be used; the messages say which, why and what to do, without values."""
    messages = [delivery["message"] for delivery in deliveries if delivery["outcome"] in _UNUSABLE]
    if messages:
        raise AirflowFailException("\n".join(messages))
