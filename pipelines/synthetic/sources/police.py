"""Police: a row an occurrence and nominal; suspects, offenders and also victims, witnesses and callers, and incidents without a name."""

import numpy as np

from pipelines.synthetic import addresses, delivery, dirt
from pipelines.synthetic.borough import Borough
from pipelines.synthetic.delivery import Appearance, Rows
from pipelines.synthetic.frame import Array, Columns, Rng, blank, choose, is_filled, own, take, texts, where

_TYPES = (
    "ROWDY/INCONSIDERATE",
    "NUISANCE NEIGHBOURS",
    "VEHICLE NUISANCE",
    "NOISE",
    "TRESPASS",
    "STREET DRINKING",
    "FIREWORKS",
    "LITTERING/DRUGS PARAPHERNALIA",
)
_CRIMES = ("CRIMINAL DAMAGE", "THEFT FROM SHOP", "COMMON ASSAULT", "PUBLIC ORDER", "POSSESSION OF CANNABIS", "BURGLARY", "ROBBERY")


def rows(rng: Rng, borough: Borough) -> Rows:
    """The records system's extract of three years: 98 rows in a hundred of what happened."""
    facts = borough.lives.police
    facts = take(facts, np.flatnonzero(rng.random(len(facts["person"])) >= 0.02))
    person = facts["person"]
    values = _nominals(rng, borough, person, facts["day"]) | _occurrences(own(rng), borough, facts)
    rng = own(rng)
    good = delivery.rows("police_asb", values, (Appearance("nominal", person, values["full_name"]),), facts)
    ways: dict[str, delivery.Spoiler] = {"birth_date": dirt.impossible, "occurrence_id": None, "person_role": "NOM", "incident_date": "99/99/2026"}
    return delivery.spoiled(rng, _with_nameless(rng, good, max(1, good.count // 90)), 0.01, ways)


def _nominals(rng: Rng, borough: Borough, person: Array, day: Array) -> Columns:
    """The person as the officer wrote them down, mostly the same from one nominal record to the next."""
    people, count = borough.people, len(person)
    # Two nominal records stand for some people; whatever is wrong in one is wrong in all its rows.
    nominal = np.where(rng.random(count) < 0.1, 1, 0)
    key, back = np.unique(person * 2 + nominal, return_inverse=True)
    who = key // 2
    forename, surname = dirt.clerk_names(rng, people["forename"][who], people["surname"][who], typo=0.045, nick=0.09)
    middle = where(rng.random(len(who)) < 0.6, people["middle_names"][who], None)
    birth = dirt.birth_texts(rng, people["birth"][who], "%d/%m/%Y", wrong=0.03, lost=0.035, nineteen_hundred=0.004)
    rough = np.flatnonzero(rng.random(len(who)) < 0.015)
    birth[rough] = [f"APPROX {max(int(a) - 1, 10)}-{int(a) + 1}" for a in people["age"][who[rough]]]
    names = _written(rng, forename, middle, surname, people["former_surname"][who])
    number = texts([f"N{n:08d}" for n in (people["number"][who] * 2 + key % 2).tolist()])
    values = {"source_person_id": number[back], "full_name": names[back], "birth_date": birth[back], "sex": blank(rng, people["sex"][who], 0.03, "U")[back]}
    return values | _addresses(rng, borough, person, day)


def _written(rng: Rng, forename: Array, middle: Array, surname: Array, former: Array) -> Array:
    """SMITH, John Paul; sometimes John SMITH; sometimes the name the wrong way round or with an alias."""
    draw = rng.random((2, len(forename)))
    written = []
    for f, m, s, was, form, alias in zip(forename, middle, surname, former, *draw, strict=True):
        first = f"{f} {m}" if m else f
        text = f"{s.upper()}, {first}" if form < 0.86 else f"{first} {s.upper()}" if form < 0.985 else f"{f.upper()}, {s}"
        if was and alias < 0.3:
            text += f" AKA {was.upper()}, {f}"
        elif alias > 0.985:
            text += f" AKA {dirt.nickname(f, rng).upper()}"
        written.append(text)
    return texts(written)


def _addresses(rng: Rng, borough: Borough, person: Array, day: Array) -> Columns:
    """The home address of that day, in one line of capitals, often short of something."""
    home = borough.home(rng, person, stale=0.3, day=day)
    draw = rng.random(len(person))
    line = addresses.one_line(rng, borough.dwellings, home, short=0.35, no_flat=0.08, joined=0.05)
    line = texts([text.upper() for text in line])
    in_hostel = borough.households["kind"][borough.people["household"][person]] == "hostel"
    line[(draw < 0.015) | (in_hostel & (draw < 0.2))] = "NFA"
    line[(draw > 0.015) & (draw < 0.065)] = None
    line[(draw > 0.065) & (draw < 0.08)] = "NOT KNOWN"
    known = is_filled(line) & (line != "NFA") & (line != "NOT KNOWN")
    postcode = where(known, borough.dwellings["postcode"][home], None)
    return {"address_line_1": line, "postcode": blank(rng, postcode, 0.1)}


def _occurrences(rng: Rng, borough: Borough, facts: Columns) -> Columns:
    count = len(facts["person"])
    crime = facts["record_type"] == "crime"
    serial = borough.number * 1_000_000 + facts["occurrence"]
    is_timed = rng.random(count) < 0.9
    minutes = rng.integers(0, 1440, count)
    day = dirt.date_texts(facts["day"], "%d/%m/%Y")
    when = [f"{d} {m // 60:02d}:{m % 60:02d}" if t else d for d, m, t in zip(day, minutes.tolist(), is_timed.tolist(), strict=True)]
    area = borough.households["district"][borough.people["household"][facts["person"]]]
    return {
        "force_area": where(area == "unplaced", "Elsewhere", area),
        "person_role": facts["person_role"],
        "record_type": facts["record_type"],
        "incident_type": where(crime, choose(rng, _CRIMES, count), choose(rng, _TYPES, count)),
        "qualifier": where(crime, None, choose(rng, ("P", "N", "E"), count, (0.25, 0.6, 0.15))),
        "incident_date": texts(when),
        "disposal": facts["disposal"],
        "occurrence_id": texts([f"{'C' if c else 'I'}{s:09d}" for c, s in zip(crime, serial.tolist(), strict=True)]),
    }


def _with_nameless(rng: Rng, named: Rows, count: int) -> Rows:
    """Some incidents have nobody's name: such rows are kept as context and stand for no person."""
    picked = rng.integers(0, named.count, count) if named.count else np.zeros(0, dtype=int)
    count = len(picked)
    joined = named.at(np.concatenate([np.arange(named.count), picked]))
    new = np.arange(named.count, named.count + count)
    for column in ("source_person_id", "birth_date", "sex", "address_line_1", "postcode"):
        joined.values[column][new] = None
    joined.values["full_name"][new] = choose(rng, (None, "UNKNOWN", "N/K"), count)
    joined.values["occurrence_id"][new] = [f"U{serial:09d}" for serial in rng.permutation(10 * count)[:count]]
    joined.appearances[0].person[new] = -1
    joined.appearances[0].name[new] = None
    joined.facts["person"][new] = -1
    joined.is_duplicate[new] = False
    return joined
