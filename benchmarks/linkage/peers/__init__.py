"""Scripts that run in the peers' environments: they import nothing of the product."""
