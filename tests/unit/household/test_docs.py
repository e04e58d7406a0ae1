"""The page about households says what the code does."""

import re
from pathlib import Path

from matching import home_evidence
from matching.household_evidence import DEPENDENT_AGE, LADDER, PARAMETERS
from schemas.linked import MEMBERSHIP_BASES

PAGE = (Path(__file__).parents[3] / "docs" / "households.md").read_text(encoding="utf-8")


def test_the_ladder_on_the_page_is_the_ladder_in_use():
    rows = re.findall(r"^\| `(\w+)` \| (\w*) \| ([-+][\d.]+) \| ([-+][\d.]+) \| ([-+][\d.]+) \|$", PAGE, re.MULTILINE)
    assert {name: (basis, *map(float, bits)) for name, basis, *bits in rows} == {
        name: (piece.basis or "", piece.private, piece.shared, piece.communal) for name, piece in LADDER.items()
    }


def test_the_page_explains_every_basis_and_the_figures_it_quotes():
    assert all(f"`{basis}`" in PAGE for basis in MEMBERSHIP_BASES)
    assert f"every {PARAMETERS['half_life_days']:.0f} days" in PAGE
    assert f"under {DEPENDENT_AGE}" in PAGE
    assert f"({PARAMETERS['second_home_probability']})" in PAGE


def test_the_ladder_of_any_people_table_on_the_page_is_the_ladder_in_use():
    rows = re.findall(r"^\| `(\w+)` \| ([-+][\d.]+) \| ([-+][\d.]+) \| ([-+][\d.]+) \|$", PAGE, re.MULTILINE)
    assert {name: tuple(map(float, bits)) for name, *bits in rows} == {
        name: (piece.private, piece.shared, piece.communal) for name, piece in home_evidence.LADDER.items()
    }


def test_the_page_explains_every_basis_and_the_odds_by_age_of_any_people_table():
    bases = {piece.basis for piece in home_evidence.LADDER.values() if piece.basis}
    assert all(f"`{basis}`" in PAGE for basis in bases)
    given = home_evidence.PARAMETERS
    shares = ("partner", "partner_apart", "partner_with_child", "partner_unaged", "partner_unaged_with_child", "partner_came_apart", "partner_undeclared")
    for name in (*shares, "unsexed_share", "second_parent", "maybe_elsewhere", "elder", "younger", "child_of_home"):
        assert f"{given[name]:g}" in PAGE
    assert f"{given['parent_from']} to {given['parent_to']} years older" in PAGE
