"""Roles in a household and the unit of age: what the generator's modules have in common."""

YEAR = 365.25
HEAD, PARTNER, CHILD, GRANDPARENT = range(4)
NOBODY = -1  # not born yet
