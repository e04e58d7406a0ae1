"""What is compared and what proposes pairs, as a value: the product's own set, and the sets made from a model file for other tables."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from matching.blocking import Rule
from matching.comparison import ComparedField, compared


def generation_apart(numbers: tuple[str, ...]) -> str:
    """Veto of a wholly different date a generation away: a namesake's, unless both have one number.

    A digit typed wrong is close, or leaves two parts of three.
    """
    return (
        "coalesce(level_birth_date = 1 and abs(l.birth_number // 10000 - r.birth_number // 10000) >= 12"
        f" and not (l.is_placeholder or r.is_placeholder), false) and not ({_same_number(numbers)})"
    )


def years_apart(field: str, numbers: tuple[str, ...]) -> str:
    """Veto of years of birth or ages a generation apart where there is no date of birth: a namesake's, unless both have one number."""
    return f"coalesce(abs(l.{field} - r.{field}) >= 12, false) and not ({_same_number(numbers)})"


def _same_number(numbers: tuple[str, ...]) -> str:
    return " or ".join(["false", *(f"coalesce(l.{number} = r.{number}, false)" for number in numbers)])


@dataclass(frozen=True)
class Specification:
    """Fields, vetoes and blocking rules of one kind of table, and which pairs of sources may meet."""

    name: str
    fields: tuple[ComparedField, ...]
    rules: tuple[Rule, ...]
    vetoes: tuple[str, ...] = ()
    """Conditions over the levels and the two sides, as SQL; any of them holds a pair apart."""
    numbers: tuple[str, ...] = ()
    """Columns of link_record that hold numbers issued to one person."""
    link_type: str = "link_and_dedupe"

    @cached_property
    def by_name(self) -> dict[str, ComparedField]:
        """The fields by name."""
        return {f.name: f for f in self.fields}

    def of_kind(self, *kinds: str) -> frozenset[str]:
        """Names of the fields of these kinds."""
        return frozenset(f.name for f in self.fields if f.kind.name in kinds)

    def sha256(self) -> str:
        """Hash over all that a model is trained with; a model of another definition still loads as long as its levels fit."""
        return sha256(repr((self.fields, self.rules, self.vetoes, self.link_type)).encode()).hexdigest()


PEOPLE = Specification(
    name="people",
    fields=compared(
        [
            ("forename", "forename", "forename"),
            ("surname", "surname", "surname"),
            ("middle_names", "middle_names", "middle_names"),
            ("birth_date", "birth_date", "birth_number"),
            ("sex", "sex", "sex"),
            ("nino", "number", "nino"),
            ("upn", "checked_number", "upn"),
            ("address", "address", "address_key"),
            ("age", "latest_birth_date", "birth_date_latest"),
            ("kin", "company", "kin_names"),
            ("reference", "reference", "reference"),
        ]
    ),
    rules=(
        Rule("nino", ("nino",)),
        Rule("upn", ("upn",)),
        Rule("reference", ("reference",)),
        Rule("forename_birth_date", ("any_forename", "birth_date")),
        Rule("surname_birth_date", ("surname", "birth_date")),
        Rule("birth_date_address", ("birth_date", "address")),
        Rule("birth_date_postcode", ("birth_date", "postcode")),
        Rule("forename_address", ("any_forename", "address"), 40),
        Rule("forename_building", ("any_forename", "building"), 40),
        Rule("surname_initial_address", ("surname", "initial", "address"), 40),
        Rule("surname_part_birth_date", ("any_surname", "birth_date")),
        Rule("surname_sound_birth_date", ("surname_sound", "birth_date")),
        Rule("forename_sound_birth_date", ("forename_sound", "birth_date")),
        Rule("forename_sound_address", ("forename_sound", "address"), 40),
        Rule("sounds_postcode", ("forename_sound", "surname_sound", "postcode"), 40),
        Rule("sounds_day_and_month", ("forename_sound", "surname_sound", "day_and_month")),
        Rule("sounds_year", ("forename_sound", "surname_sound", "birth_year")),
        Rule("forename_birth_year_area", ("forename", "birth_year", "area"), 40),
        # Who moved and changed one of their names is still beside the same partner or child.
        Rule("forename_kin", ("any_forename", "kin"), 40),
        Rule("surname_initial_kin", ("surname", "initial", "kin_born"), 40),
        # Names alone: a common name is no reason to look, so the limits are low.
        Rule("names_either_way", ("names_either_way",), 40),
        Rule("forename_surname_part", ("any_forename", "any_surname"), 40),
    ),
    # What cannot be one person, whatever the weights say: a child's record as its parent's, twins by their numbers, sister and brother.
    vetoes=(
        "level_age = 1",
        "coalesce(l.upn <> r.upn and l.birth_number <> r.birth_number, false)",
        generation_apart(("nino",)),
        "level_upn = 1 and level_forename = 1",
        "level_sex = 1 and level_forename = 1",
    ),
    numbers=("nino", "upn"),
)
