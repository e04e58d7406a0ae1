"""The samples a model is learnt from: in each, what selected the pairs is left out, and EM may change only what the sample can show.

Winkler (1988) for EM; one blocking rule a session follows Splink's practice, with a household class added. A session whose parts a table lacks is passed over.
"""

from dataclasses import dataclass, replace

NAMES = ("forename", "surname", "middle_names")
NUMBERS = ("number", "checked_number")
PLAIN = ("code", "category", "text", "quantity", "year")


@dataclass(frozen=True, slots=True)
class Session:
    """One sample and what is learnt from it; fields are named by their kinds.

    `shares` are the class shares EM starts from: match, household, and strangers where there is a third.
    """

    name: str
    parts: tuple[str, ...]
    needs: tuple[str, ...]
    without: tuple[str, ...]
    shares: tuple[float, ...]
    learn_m: tuple[str, ...] = ()
    learn_h: tuple[str, ...] = ()
    learn_u: tuple[str, ...] = ()
    size_limit: int = 60
    namesakes_per_housemate: float | None = None
    """Of two housemates, so many have one name; given, the household's share of the sample follows and is not learnt."""
    is_without_numbers: bool = False
    """Whether the session is a makeshift for tables in which few share a number."""
    apart: tuple[str, ...] = ()
    """Fields left out besides, by their own names."""
    fewest_fields: int = 1
    """In fewer fields EM sees no classes."""


# A shared number shows how the same person's date is written twice: EM alone cannot tell a father and his son of one name from one person with a wrong date.
SAME_NUMBER = Session(
    "same_number",
    (),
    (),
    NUMBERS,
    (0.97, 0.03),
    learn_m=(*NAMES, *PLAIN, "birth_date", "address", "sex", "company", "latest_birth_date", "reference", "source"),
)

SESSIONS: tuple[Session, ...] = (
    # One name born on one day is one person nearly always, whatever else differs: nowhere else can it be seen how often one person's number is written wrong,
    # since of people of one address EM would learn from twins how often one child has two numbers.
    Session(
        "same_name_and_birth_date",
        ("forename", "surname", "birth_day"),
        ("forename", "surname", "birth_date"),
        ("forename", "surname", "birth_date", "latest_birth_date"),
        (0.9, 0.02, 0.08),
        learn_m=(*PLAIN, *NUMBERS, "source"),
    ),
    # At one address people are themselves or their housemates.
    Session(
        "same_address",
        ("dwelling",),
        ("address", "forename"),
        ("address",),
        (0.4, 0.6),
        learn_m=(*NAMES, "sex", "latest_birth_date", "reference"),
        learn_h=(*NAMES, *PLAIN, "birth_date", "sex", "latest_birth_date", "company", "reference"),
        size_limit=30,
    ),
    # The share of namesakes of one household, a father and his son above all, is declared: EM cannot tell them from one person with a wrong date.
    Session(
        "same_name_at_one_address",
        ("forename", "surname", "dwelling"),
        ("forename", "surname", "address"),
        ("forename", "surname", "address", "company"),
        (0.9, 0.1),
        learn_m=("birth_date", *PLAIN),
        size_limit=30,
        namesakes_per_housemate=0.01,
        is_without_numbers=True,
    ),
    # Movers, and who changed a name.
    Session(
        "same_birth_date",
        ("birth_day",),
        ("birth_date", "forename"),
        ("birth_date", "latest_birth_date"),
        (0.3, 0.02, 0.68),
        learn_m=(*NAMES, "sex", "address"),
        size_limit=1_000_000,
    ),
    # How common namesakes are, and what company says of them: a whole name goes with where a family comes from.
    Session(
        "same_name",
        ("forename", "surname"),
        ("forename", "surname"),
        ("forename", "surname"),
        (0.5, 0.05, 0.45),
        learn_m=("company",),
        learn_u=("company", "middle_names"),
    ),
)

# What stands in for the date of birth in tables without one: a sample takes the first that is there. And what tells where somebody lives.
_YEARS, _PLACES = ("birth_year", "age"), ("city", "address")

# One whole name has one sex, of strangers too.
_NAMESAKES = Session(
    "namesakes",
    ("forename", "surname"),
    ("forename", "surname"),
    ("forename", "surname", "sex"),
    (0.3, 0.02, 0.68),
    learn_m=(*PLAIN, "address", "source"),
    is_without_numbers=True,
    fewest_fields=2,
)


def undated(names: frozenset[str]) -> tuple[Session, ...]:
    """The sessions of a table without dates of birth, such as a census, where no other one teaches how one person's name, year and place vary.

    Namesakes show how year and place vary; people of one year and place, who share the forename or the surname besides, how the other name does.
    Without a year too few of either are one person, and EM would learn from strangers.

    Args:
        names: the fields compared.
    """
    year = [name for name in _YEARS if name in names][:1]
    if not year:
        return ()
    place = ["area"] if names & {*_PLACES} else []
    common = Session(
        "same_year_and_place",
        (*year, *place),
        ("forename", "surname"),
        (),
        (0.4, 0.3, 0.3),
        learn_m=(*NAMES, "sex"),
        is_without_numbers=True,
        apart=(*_YEARS, *(_PLACES if place else ())),
        fewest_fields=2,
    )
    # Of one forename all have one sex.
    of_forename = replace(common, name="same_forename_year_and_place", parts=("forename", *common.parts), without=("forename", "sex"), shares=(0.4, 0.1, 0.5))
    of_surname = replace(common, name="same_surname_year_and_place", parts=("surname", *common.parts), without=("surname",))
    return (_NAMESAKES, of_forename, of_surname)
