"""Which sources may come as a set of files, and what their files are; apart because every step from profile to report asks, and none should know a source."""

from dataclasses import dataclass

from schemas.extracts import attendance_parts as school
from schemas.extracts import dwp_benefit as benefits
from schemas.extracts import housing_arrears as housing
from schemas.extracts import police_parts as police
from schemas.extracts.contract import Contract

MAIN = "main"
"""What a set's main file is called beside its parts."""


@dataclass(frozen=True, slots=True)
class SetOf:
    """The files a source may come as. `sql/ingest/<source>_from_parts` puts them together into the table that one file fills."""

    main: Contract
    parts: dict[str, Contract]
    needed: tuple[str, ...] = ()
    """Parts without which the source's table cannot be filled."""
    instead: tuple[tuple[str, ...], ...] = ()
    """Each: parts that tell the same, of which a profile may have one."""
    rows_of: tuple[str, ...] = (MAIN,)
    """The files whose rows are those of the source's table, so that evidence names them; the others complete them."""

    @property
    def named_in(self) -> tuple[str, ...]:
        """The tables that say whom and what the other parts may be about."""
        return (self.main.table.qualified, *(part.table.qualified for part in self.parts.values() if part.not_in_main))

    def in_order(self, names: list[str]) -> list[str]:
        """Parts in an order in which each is read after those it is held against."""
        return sorted(names, key=lambda name: self._place(self.parts[name]))

    @staticmethod
    def _place(part: Contract) -> int:
        return bool(part.refers_to) + bool(part.completed_by) + bool(part.found_in)


def _by_table(*contracts: Contract) -> dict[str, Contract]:
    return {contract.table.name: contract for contract in contracts}


SETS = {
    "school_attendance": SetOf(
        school.PUPIL,
        _by_table(school.SESSION_MARK, school.CODE_COUNT, school.EXCLUSION, school.OFF_ROLL_PUPIL, school.CONTACT),
        instead=(("session_mark", "code_count"),),
        rows_of=(MAIN, "off_roll_pupil"),
    ),
    "police_asb": SetOf(
        police.INCIDENT,
        _by_table(police.NOMINAL, police.INTERVENTION, police.OUTCOME),
        # Crimes whose outcomes nobody told would read as not proven.
        needed=("nominal", "outcome"),
        rows_of=("nominal", "intervention"),
    ),
    "dwp_benefit": SetOf(
        benefits.CLAIM,
        _by_table(benefits.CLAIMANT, benefits.PARTNER, benefits.DEPENDANT),
        needed=("claimant",),
        rows_of=("claimant", "partner", "dependant"),
    ),
    "housing_arrears": SetOf(
        housing.ACCOUNT,
        _by_table(housing.BALANCE, housing.ACTION, housing.TENANT),
        needed=("tenant", "balance"),
        rows_of=("tenant",),
    ),
}
