"""When the flow runs: Airflow's view of it. Everything a task does is one call into pipelines."""
