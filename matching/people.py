"""The specification of any people table, made from the columns that it has: which fields are compared, which rules propose pairs, what is vetoed."""

from dataclasses import replace

from matching.blocking import LIST_PARTS, PARTS, Rule
from matching.comparison import ComparedField, compared
from matching.specification import Specification, generation_apart, years_apart

Field = tuple[str, str, str]

# Years further apart than this are no parent's and child's, nor any two people's: one of them, such as 4991, is written wrong.
_LIFETIME = 110


class ModelFileError(ValueError):
    """A mistake in a model file, and where in its tree."""

    def __init__(self, location: tuple[int | str, ...], message: str) -> None:
        """Keep the keys and places that lead to it."""
        super().__init__(message)
        self.location = location


# Columns that tell more of an address than its area.
_HOME = frozenset({"address_key", "building", "postcode", "street", "paon", "saon", "uprn"})

_FIELDS: tuple[Field, ...] = (
    ("forename", "forename", "forename"),
    ("surname", "surname", "surname"),
    ("middle_names", "middle_names", "middle_names"),
    ("birth_date", "birth_date", "birth_number"),
    ("birth_year", "quantity", "birth_year"),
    ("age", "quantity", "age"),
    ("sex", "sex", "sex"),
    ("source", "source", "holder"),
)

_YEARS = ("birth_year", "age")

# Other kinds that a field can have. Names and towns are texts; a day written as one number is equal or not; what is put together of several
# columns is compared in its own way or not at all.
_OTHER_KINDS = {
    **dict.fromkeys(("forename", "surname", "middle_names", "city"), ("category", "text")),
    **dict.fromkeys(("birth_date", "sex"), ("category",)),
    **dict.fromkeys(_YEARS, ("category", "quantity")),
    **dict.fromkeys(("address", "kin", "source"), ()),
}
_OF_TEXTS = ("category", "checked_number", "code", "number", "text")
_OF_QUANTITIES = ("category", "quantity")

# Rules that find most people in most tables; a rule whose parts a table lacks is left out. Numbers and codes come before them.
_RULES = (
    Rule("forename_birth_date", ("forename_alike", "birth_date"), split_by=("surname", "area", "sex")),
    Rule("surname_birth_date", ("surname_alike", "birth_date"), split_by=("forename", "area")),
    Rule("birth_date_address", ("birth_date", "address")),
    Rule("birth_date_area", ("birth_date", "area"), 30),
    Rule("forename_address", ("forename_alike", "address"), 40),
    Rule("surname_initial_address", ("surname", "initial", "address"), 40),
    # Of one building whether or not both sides have its UPRN.
    Rule("forename_building", ("forename_alike", "building"), 40),
    Rule("surname_initial_building", ("surname", "initial", "building"), 40),
    # Both names misspelt, or a forename that is missing.
    Rule("initials_building", ("initials", "building"), 20),
    Rule("surname_building", ("surname", "building"), 6),
    # A home without its postcode.
    Rule("surname_initial_house_street", ("surname", "initial", "house", "street"), 20, split_by=("birth_year",)),
    Rule("surname_initial_area", ("surname", "initial", "area"), 20, split_by=("birth_year",)),
    # Of kin the date of birth tells whose they are; where dates are unknown the names must do.
    Rule("forename_kin", ("any_forename", "kin_born"), 40),
    Rule("sounds_postcode", ("forename_sound", "surname_sound", "postcode"), 40, split_by=("address", "birth_year")),
    Rule("sounds_day_and_month", ("forename_sound", "surname_sound", "day_and_month"), split_by=("birth_year", "area")),
    Rule("sounds_year", ("forename_sound", "surname_sound", "birth_year"), split_by=("area", "middle_names")),
    *(
        Rule(name, parts, limit, split_by=("birth_year", "area"), whole_limit=6, undated_limit=80)
        for name, parts, limit in (
            ("names_either_way", ("names_either_way",), 80),
            ("names_in_part", ("any_forename", "any_surname"), 40),
            ("sounds", ("forename_sound", "surname_sound"), 40),
        )
    ),
)
# Rules that find the badly spelt in a small table.
_BROAD = (
    Rule("birth_date", ("birth_date",), pairs_per_record=6),
    Rule("forename_birth_year_area", ("forename", "birth_year", "area"), 20, pairs_per_record=6),
    Rule("surname_birth_year_area", ("surname", "birth_year", "area"), 20, pairs_per_record=6),
    Rule("house_street", ("house", "street"), pairs_per_record=6),
    Rule("surname_area", ("surname", "area"), pairs_per_record=6),
    Rule("forename_area", ("forename", "area"), pairs_per_record=6),
    Rule("surname_year", ("surname_sound", "birth_year"), pairs_per_record=6),
    Rule("forename_year", ("forename_sound", "birth_year"), pairs_per_record=6),
    Rule("street_initial", ("street", "initial"), pairs_per_record=6),
    Rule("postcode_year", ("postcode", "birth_year"), pairs_per_record=6),
    Rule("postcode", ("postcode",), pairs_per_record=6),
    Rule("initials_year", ("initials", "birth_year"), pairs_per_record=6),
    Rule("initials_day_and_month", ("initials", "day_and_month"), pairs_per_record=6),
    # Only rare surnames: whatever else is wrong, few have them.
    Rule("surname_sound", ("surname_sound",), 30, pairs_per_record=6),
)
# Rules where no date of birth ties who is misspelt, for years that are a little off too: each worth its pairs in a large table.
_UNDATED = (
    Rule("forename_kin", ("any_forename", "kin"), 40),
    *(
        Rule("_".join(parts), parts, 100, pairs_per_record=6, most_records=1_000_000)
        for parts in (
            ("forename_alike", "surname_alike", "about_year"),
            ("forename_alike", "about_year", "area"),
            ("surname_alike", "about_year", "area"),
            ("initials", "about_year", "area"),
            ("forename_alike", "initials", "about_year"),
            ("surname_alike", "initial", "about_year"),
            ("forename_alike", "initials", "area"),
            ("surname_alike", "initial", "area"),
            ("forename_alike", "surname_alike", "area"),
        )
    ),
)
_NAMES_ONLY = (
    Rule("sounds_split", ("forename_sound", "surname_sound"), 60, split_by=("middle_names", "sex", "area")),
    Rule("surname_initial", ("surname", "initial"), 60, split_by=("area", "sex")),
)


def specification(
    columns: frozenset[str],
    further: dict[str, str],
    link_type: str = "link_and_dedupe",
    ignored: frozenset[str] = frozenset(),
    kinds: dict[str, str] | None = None,
    rules: tuple[Rule, ...] = (),
) -> Specification:
    """The specification of a table.

    Args:
        columns: columns of link_record that hold any value.
        further: kind by name of the numbers, codes, categories, texts and quantities; their columns are named x_<name>.
        link_type: link_and_dedupe, link_only or dedupe_only.
        ignored: fields not to compare.
        kinds: another kind for a field.
        rules: blocking rules in place of the default ones; parts may be those of matching.blocking or names in `further`.

    Raises:
        ModelFileError: a part or a field is unknown, or a part holds nothing.
        ValueError: there are too many fields.
    """
    is_dated = "birth_number" in columns and "birth_date" not in ignored
    # With a date of birth beside it a year says little more than that it is right or wrong.
    fields = [(name, "year" if name in _YEARS and not is_dated else kind, column) for name, kind, column in _FIELDS if column in columns]
    if "area" in columns and not _HOME & columns:
        # Only a town or a region: as an address it would lie on the lowest levels even where it agrees, and speak against the pair.
        fields.append(("city", "category", "area"))
    elif "area" in columns:
        fields.append(("address", "address", "address_key"))
        # Who stands beside a person at another address tells movers from namesakes.
        if "kin_names" in columns and "address" not in ignored:
            fields.append(("kin", "company", "kin_names"))
    _check_kinds({**(kinds or {}), **dict.fromkeys(ignored, "ignore")}, further)
    fields += [(name, kind, f"x_{name}") for name, kind in further.items() if f"x_{name}" in columns]
    fields = [(name, (kinds or {}).get(name, kind), column) for name, kind, column in fields if name not in ignored]
    # A table that says nothing is compared by the forename that it lacks, and no rule proposes a pair.
    made = compared(fields or _FIELDS[:1])
    numbers = tuple(f.column for f in made if f.kind.name in ("number", "checked_number"))
    codes = tuple(f.column for f in made if f.kind.name == "code")
    present = columns | _parts_of(columns)
    own = tuple(_own(rule, place, further, present) for place, rule in enumerate(rules))
    return Specification("people_table", made, own or _default_rules(numbers, codes, present), _vetoes(made, numbers), numbers, link_type)


def _check_kinds(kinds: dict[str, str], further: dict[str, str]) -> None:
    """Refuse a field that is none, and a kind that the field cannot have, naming those that it can."""
    allowed = _OTHER_KINDS | {name: _OF_QUANTITIES if kind == "quantity" else _OF_TEXTS for name, kind in further.items()}
    for name in sorted(kinds):
        if name not in allowed:
            raise ModelFileError(("comparisons", name), f"comparisons: '{name}' is no field; known: {', '.join(sorted(allowed))}")
        if kinds[name] not in (*allowed[name], "ignore"):
            can = ", ".join((*allowed[name], "ignore"))
            raise ModelFileError(("comparisons", name), f"comparisons: {name} cannot be compared as {kinds[name]}; what it can be: {can}")


def _own(rule: Rule, place: int, further: dict[str, str], present: frozenset[str]) -> Rule:
    parts = tuple(f"x_{part}" if part in further else part for part in rule.parts)
    unknown = [part for part in parts if part not in PARTS and part not in LIST_PARTS and not part.startswith("x_")]
    if unknown:
        raise ModelFileError(
            ("blocking", place, parts.index(unknown[0])), f"'{unknown[0]}' is no part to block by; known: {', '.join(sorted({*PARTS, *LIST_PARTS, *further}))}"
        )
    lacking = [part for part in parts if part not in present]
    if lacking:
        raise ModelFileError(("blocking", place, parts.index(lacking[0])), f"the records hold nothing for '{lacking[0].removeprefix('x_')}' to block by")
    return Rule(
        rule.name, parts, rule.size_limit, tuple(part for part in ("birth_year", "area", "forename", "surname") if part in present and part not in parts)
    )


def _default_rules(numbers: tuple[str, ...], codes: tuple[str, ...], present: frozenset[str]) -> tuple[Rule, ...]:
    rules = [Rule(name.removeprefix("x_"), (name,)) for name in numbers]
    rules += [Rule(name.removeprefix("x_"), (name,), 30, split_by=tuple(p for p in ("forename",) if p in present)) for name in codes]
    # Without dates of birth every block is of undated people, and taken whole.
    known = _RULES if "birth_date" in present else tuple(replace(rule, whole_limit=None, undated_limit=0) for rule in (*_RULES, *_UNDATED))
    found = [rule for rule in (*known, *_BROAD) if set(rule.parts) <= present]
    if not any({"birth_date", "address", "about_year", "area"} & set(rule.parts) for rule in found):
        found += [rule for rule in _NAMES_ONLY if set(rule.parts) <= present]
    rules += [replace(rule, split_by=tuple(part for part in rule.split_by if part in present)) for rule in found]
    return tuple(rules)


def _parts_of(columns: frozenset[str]) -> frozenset[str]:
    """Parts of blocking that the columns give."""
    gives = {
        "forename": ("initial", "forename_sound", "any_forename", "forename_alike"),
        "surname": ("surname_sound", "any_surname", "surname_alike"),
        "birth_number": ("birth_date", "birth_day", "birth_year", "day_and_month", "about_year"),
        "birth_year": ("birth_year", "about_year"),
        "age": ("age", "about_year"),
        "address_key": ("address", "dwelling"),
        "paon": ("house",),
        "street": ("street",),
        "building": ("building",),
        "kin_names": ("kin",),
    }
    found = {part for column, parts in gives.items() if column in columns for part in parts}
    if {"forename", "surname"} <= columns:
        found |= {"names_either_way", "initials"}
    if {"kin_names", "birth_number"} <= columns:
        found.add("kin_born")
    return frozenset(found)


def _vetoes(made: tuple[ComparedField, ...], numbers: tuple[str, ...]) -> tuple[str, ...]:
    """Pupils of two UPNs and two dates of birth, a namesake a generation apart, and sister and brother; another number that differs speaks for itself.

    What is not compared vetoes nothing, and neither does a name or a date that is only equal or not.
    """
    kinds = {field.name: field.kind.name for field in made}
    vetoes = []
    if kinds.get("birth_date") == "birth_date":
        vetoes += ["coalesce(level_upn = 1 and l.birth_number <> r.birth_number, false)"] if "x_upn" in numbers else []
        vetoes.append(f"abs(l.birth_number // 10000 - r.birth_number // 10000) <= {_LIFETIME} and {generation_apart(numbers)}")
    vetoes += [f"abs(l.{name} - r.{name}) <= {_LIFETIME} and {years_apart(name, numbers)}" for name in _YEARS if kinds.get(name) == "year"]
    if "sex" in kinds and kinds.get("forename") == "forename":
        vetoes.append("level_sex = 1 and level_forename = 1")
    return tuple(vetoes)
