"""Ingest of session marks beside the physical floor and Great Expectations on a pandas frame, and each source's throughput."""
