"""A profile proposed for a file nobody has described yet: its columns by their headers and the shape of their values, for an analyst to confirm."""
