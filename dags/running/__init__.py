"""Running Airflow on one machine for a demonstration: nothing here is for production, see docs/operations.md."""
