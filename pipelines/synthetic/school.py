"""School life: sessions missed, suspensions, exclusions and standing on the roll, a column a term."""

from datetime import date

import numpy as np

from pipelines.synthetic.calendar import Term
from pipelines.synthetic.frame import Array, Columns, Rng
from pipelines.synthetic.people import days


def school(rng: Rng, people: Columns, households: Columns, terms: list[Term]) -> Columns:
    """A row for everyone on a roll in one of the terms. Chances are drawn before counts, so that a later week changes little."""
    on_roll = _on_roll(people["birth"], terms)
    pupil = np.flatnonzero(on_roll.any(axis=1))
    need = households["need"][people["household"][pupil]]
    shape = (len(pupil), len(terms))
    temper = rng.normal(0, 1, len(pupil))
    secondary = people["age"][pupil] > 11
    suspended = rng.poisson(np.minimum(np.exp(-3.3 - 1.8 * ~secondary + 0.8 * need + 0.9 * temper), 4)[:, None], shape)
    permanent = _exclusions(rng, need, temper, secondary, shape) * on_roll[pupil]
    status = _standing(rng, people, pupil, need, permanent, secondary)
    possible = np.array([t.sessions for t in terms]) - rng.integers(0, 5, shape) * 2
    possible = np.where(status == "not_on_roll", 0, np.maximum(possible, 2))
    unauthorised, authorised = _absences(rng, need, temper, secondary, possible)
    frame: Columns = {"person": pupil, "on_roll": on_roll[pupil], "status": status, "possible": possible, "permanent": permanent * (possible > 0)}
    return frame | {"authorised": authorised, "unauthorised": unauthorised, "suspended": suspended * (possible > 0)}


def _on_roll(birth: Array, terms: list[Term]) -> Array:
    """Who is in reception to year 11 in each term: four to fifteen years old on 31 August before it."""
    youngest = np.array([days(date(t.academic_year - 4, 8, 31)) for t in terms])
    oldest = np.array([days(date(t.academic_year - 16, 9, 1)) for t in terms])
    return (birth[:, None] <= youngest) & (birth[:, None] >= oldest)


def _absences(rng: Rng, need: Array, temper: Array, secondary: Array, possible: Array) -> tuple[Array, Array]:
    """Sessions missed without and with authority; each pupil has rates of its own, which waver from term to term."""
    count = len(need)
    without = 1 / (1 + np.exp(4.25 - 0.85 * need - 0.95 * temper - 0.25 * secondary))
    leave = 1 / (1 + np.exp(3.25 - 0.2 * need + rng.normal(0, 0.55, count)))
    waver = np.exp(rng.normal(0, 0.2, (2, *possible.shape)))
    luck = rng.random((2, *possible.shape))
    unauthorised = np.floor(possible * np.minimum(without[:, None] * waver[0], 0.85) + luck[0]).astype(int)
    authorised = np.floor((possible - unauthorised) * np.minimum(leave[:, None] * waver[1], 0.85) + luck[1]).astype(int)
    unauthorised = np.minimum(unauthorised, possible)
    return unauthorised, np.minimum(authorised, possible - unauthorised)


def _exclusions(rng: Rng, need: Array, temper: Array, secondary: Array, shape: tuple[int, int]) -> Array:
    """1 in the term of a permanent exclusion."""
    excluded = rng.random(shape[0]) < np.minimum(np.exp(-5.6 - 1.5 * ~secondary + 0.8 * need + 0.8 * temper), 0.3)
    when = rng.integers(0, shape[1], shape[0])
    permanent = np.zeros(shape, dtype=int)
    permanent[np.flatnonzero(excluded), when[excluded]] = 1
    return permanent


def _standing(rng: Rng, people: Columns, pupil: Array, need: Array, permanent: Array, secondary: Array) -> Array:
    """Alternative provision mostly after an exclusion; a few of compulsory school age are on no roll in the current term."""
    status = np.full(permanent.shape, "current", dtype=object)
    draw = rng.random((2, len(pupil)))
    placed = (draw[0] < np.where(permanent.any(axis=1), 0.75, 0.003)) & secondary
    age = people["age"][pupil]
    missing = (draw[1] < np.minimum(np.exp(-6.0 + 0.6 * need), 0.1)) & ~placed & (age > 5.4) & (age < 15.5)
    last = permanent.shape[1] - 1
    for term in range(last + 1):
        status[placed & (permanent[:, : term + 1].any(axis=1) | (term == last)), term] = "alternative_provision"
    status[missing, last] = "not_on_roll"
    return status
