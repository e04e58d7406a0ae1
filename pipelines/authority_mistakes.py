"""Mistakes of meaning in extracts.yml, linkage.yml and publication.yml: every value that names something else must name something that is there."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from pipelines.mistakes import Location, Mistake, nearest
from schemas import purposes
from schemas.authority import LinkageRules, Profiles, Publication
from schemas.extracts import Contract
from schemas.profile import FILL_IN, NO_AGREEMENT, FileLayout, Profile
from schemas.table import Column

_SECTOR = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d")
_TRUTH = ("true", "false")
_A_DAY = datetime(2026, 11, 23, 9, 30)  # noqa: DTZ001 - only written and read back


def of_extracts(profiles: Profiles) -> Iterator[Mistake]:
    """Codes that the contract does not have, signs turned round that are none, dates that name no day."""
    for where, profile, contract in profiles.layouts():
        at = tuple(where.split("."))
        columns = {column.name: column for column in contract.delivered}
        yield from _code_mistakes(profile, columns, (*at, "codes"))
        for n, name in enumerate(profile.negate):
            if columns[name].type not in ("INTEGER", "DECIMAL(10,2)"):
                numbers = [column.name for column in columns.values() if column.type in ("INTEGER", "DECIMAL(10,2)")]
                yield (*at, "negate", n), f"'{name}' is no number, so its sign cannot be turned round; {nearest(name, numbers)}"
        for n, form in enumerate(profile.date_formats):
            if not _names_a_day(form):
                yield (*at, "date_formats", n), f"'{form}' does not give day, month and year; write it as %d/%m/%Y"
        yield from missing_columns(profile, contract, at)
    for source in profiles.sources:
        yield from _not_filled_in(profiles.of(source), source)
        yield from _wider_than_allowed(profiles.of(source), source)


def of_linkage(rules: LinkageRules, models: Collection[str]) -> Iterator[Mistake]:
    """A model that is not there."""
    if rules.model not in models:
        yield ("model",), f"there is no linkage model '{rules.model}'; {nearest(rules.model, models)} `families link train` makes a new one"


def of_publication(publication: Publication, frameworks: Collection[str] | None) -> Iterator[Mistake]:
    """A framework that is not there, districts that are none, and postcode sectors that are none or stand twice. `frameworks`: None when unknown."""
    if frameworks is not None and publication.published_framework not in frameworks:
        name = publication.published_framework
        yield ("published_framework",), f"criteria.yml has no framework '{name}'; {nearest(name, frameworks)}"
    geography = publication.geography
    for district in publication.indicative_family_count:
        if district not in geography.districts:
            yield ("indicative_family_count", district), f"geography has no district '{district}'; {nearest(district, geography.districts)}"
    yield from _sector_mistakes(geography.districts, "district", ("geography", "districts"))
    yield from _sector_mistakes(geography.clusters, "cluster", ("geography", "clusters"))
    placed = {sector for sectors in geography.districts.values() for sector in sectors}
    for name, sectors in geography.clusters.items():
        for n, sector in enumerate(sectors):
            if _SECTOR.fullmatch(sector) and sector not in placed:
                yield ("geography", "clusters", name, n), f"cluster '{name}' holds sector '{sector}', which is in no district; {nearest(sector, placed)}"


def _code_mistakes(profile: FileLayout, columns: Mapping[str, Column], at: Location) -> Iterator[Mistake]:
    for name, codes in profile.codes.items():
        allowed = _TRUTH if columns[name].type == "BOOLEAN" else columns[name].allowed
        for delivered, meant in codes.items():
            if allowed and meant is not None and meant not in allowed:
                yield (*at, name, delivered), f"{name} has no code '{meant}'; {nearest(meant, allowed)}"


def missing_columns(profile: FileLayout, contract: Contract, at: Location) -> Iterator[Mistake]:
    """Columns that every row of the contract must have and for which the profile has no header: no row could be accepted."""
    for column in contract.delivered:
        if column.required and column.name not in profile.columns and column.name not in profile.fixed:
            yield (
                (*at, "columns"),
                f"{'.'.join(map(str, at))}: the contract's column '{column.name}' has no header; add it to columns (docs/extracts.md tells what it holds)",
            )


def _not_filled_in(profile: Profile, source: str) -> Iterator[Mistake]:
    """What `families authority infer` left for the council to say."""
    said = {("supplier",): profile.supplier, ("controller",): profile.controller, ("agreement", "id"): profile.agreement.id}
    for at, text in said.items():
        if text == FILL_IN:
            yield (source, *at), f"{source}.{'.'.join(at)} is not filled in; put the real one in place of '{FILL_IN}'"
    if profile.agreement.expires == NO_AGREEMENT:
        yield (source, "agreement", "expires"), f"{source}.agreement.expires is not filled in; give the agreement's last day, without which no delivery is read"


def _wider_than_allowed(profile: Profile, source: str) -> Iterator[Mistake]:
    """A profile may narrow what the contract allows, never widen it."""
    terms = purposes.terms(source)
    for n, output in enumerate(profile.outputs or ()):
        if output not in terms.outputs:
            yield (source, "outputs", n), f"{source} rows may not go to '{output}': {terms.gateway}. Allowed: {', '.join(terms.outputs)}"
    if profile.keep_days is not None and profile.keep_days > terms.keep_days:
        yield (source, "keep_days"), f"{source} extracts may be kept for {terms.keep_days:,} days at most; give a smaller number or leave it out"


def _names_a_day(form: str) -> bool:
    plain = form.replace("%-", "%")
    try:
        return datetime.strptime(_A_DAY.strftime(plain), plain).date() == _A_DAY.date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return False


def _sector_mistakes(parts: Mapping[str, tuple[str, ...]], what: str, at: Location) -> Iterator[Mistake]:
    seen: dict[str, str] = {}
    for name, sectors in parts.items():
        for n, sector in enumerate(sectors):
            if not _SECTOR.fullmatch(sector):
                yield (*at, name, n), f"'{sector}' is no postcode sector; write outward code, space and first digit of the inward code, such as ZC1 4"
            elif sector in seen:
                yield (*at, name, n), f"sector '{sector}' stands in {what} '{seen[sector]}' already; leave it in one of them"
            seen.setdefault(sector, name)
