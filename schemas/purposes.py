"""What each source's rows may be used for, where they may go and how long they may be kept: limits that a council's profile can narrow, never widen."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

OutputName = Literal["list", "evidence", "review", "partner"]


@dataclass(frozen=True, slots=True)
class Output:
    """Something that leaves the encrypted files, and what it is for. Rejected rows are none: they go back to the supplier whose they are."""

    name: OutputName
    description: str
    purpose: str


OUTPUTS = {
    output.name: output
    for output in (
        Output("list", "the families on the list, with what was met (`families cohort list`, `individuals`, `export`)", "supporting the families"),
        Output("evidence", "the source rows behind a family, for its coordinator (`families cohort explain`)", "supporting the families"),
        Output("review", "two people's records side by side, for the analyst who settles whether they are one (`families review`)", "identifying the families"),
        Output("partner", "a list for another agency (`families cohort export --for`)", "a partner's own part in the support"),
    )
}
EVERY_OUTPUT: tuple[OutputName, ...] = get_args(OutputName)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a source's rows may be used for."""

    gateway: str
    """By what law or agreement the rows may be shared, as far as the sources of this project say; a council names its own."""
    outputs: tuple[OutputName, ...] = EVERY_OUTPUT
    keep_days: int = 2920
    """The longest an extract may be kept after its delivery."""
    ends_with_agreement: bool = False
    """Whether what was delivered under an agreement may be used no longer once it has expired; else its end stops deliveries alone."""


# Eight years is what one council kept such records (North Somerset's notice; Manchester ten). A shorter time is for the profile to say.
_USUAL = Terms("An agreement under the Digital Economy Act 2017, section 35 (multiple disadvantages)")

TERMS = {
    "dwp_benefit": Terms(
        "SI 2012/1483, regulation 5(1)(d): identifying, supporting and evaluating households of a troubled families programme; disclosure beyond is an offence"
        " (Welfare Reform Act 2012, section 132)",
        outputs=("list", "evidence", "review"),
        keep_days=2190,
        ends_with_agreement=True,
    ),
    "council_tax": Terms(
        "The council's own as billing authority (Local Government Finance Act 1992); for this purpose under the Digital Economy Act 2017, section 35,"
        " financial exclusion and the household's make-up among its matters",
        outputs=("list", "evidence", "review"),
        keep_days=1095,
    ),
    "domestic_abuse": Terms(_USUAL.gateway, outputs=("list", "evidence", "review")),
    "gazetteer": Terms("The Public Sector Geospatial Agreement, or the council's own local land and property gazetteer; it names nobody"),
    "health": Terms(_USUAL.gateway, outputs=("list", "evidence", "review")),
    "substance_misuse": Terms(_USUAL.gateway, outputs=("list", "evidence", "review")),
}


def terms(source: str) -> Terms:
    """The limits of a source; of one that no law narrows, those of the usual agreement."""
    return TERMS.get(source, _USUAL)


def last_day(delivered: date, keep_days: int) -> date:
    """The last day on which what was delivered then may be kept."""
    return delivered + timedelta(days=keep_days)
