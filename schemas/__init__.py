"""What data look like: tables, columns, criteria and an authority's configuration; declares, does no work."""
