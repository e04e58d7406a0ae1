"""The pages: reads by the same functions as the command line, and records a decision by the same."""

from importlib.resources import files
from typing import Annotated, Any

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pipelines import belonging, casework, cohort, decisions, templates
from pipelines.errors import FamiliesError
from pipelines.settings import Settings
from pipelines.web.guard import guarded
from schemas.cohort import DECISIONS, STATUSES

PAGE_LENGTH = 100
MEANING = {
    "confirm": "belongs on the list",
    "reject": "does not belong on it",
    "defer": "not now",
    "serve": "a service works with it already",
    "suppress": "must not be on any list",
    "release": "lift what was decided before",
}


def create_app(settings: Settings, key: str, decided_by: str) -> FastAPI:
    """The pages over the current publication; `key` opens them, and decisions are recorded in the name of `decided_by`."""
    app = FastAPI(title="Families", docs_url=None, redoc_url=None, openapi_url=None)
    app.middleware("http")(guarded(key))
    pages = templates.environment(__package__, {"cell": _cell, "words": _words})

    def page(name: str, status_code: int = 200, **about: Any) -> Response:
        return HTMLResponse(pages.get_template(name).render(decided_by=decided_by, **about), status_code)

    @app.exception_handler(FamiliesError)
    def refused(request: Request, error: FamiliesError) -> Response:
        return page("refused.html", 400, message=str(error))

    @app.exception_handler(Exception)
    def failed(request: Request, error: Exception) -> Response:
        # An error's own text may quote a person's values.
        return page("refused.html", 500, message="This is a bug. `families cohort explain` may still tell what you look for.")

    @app.get("/style.css")
    def style() -> Response:
        return Response(_style(), media_type="text/css")

    @app.get("/")
    def families(status: str = "verified", district: str = "", ward: str = "", start: int = 0) -> Response:
        wanted = {"status": status, "district": district or None, "ward": ward or None}
        listed = cohort.list_families(settings, **wanted)  # type: ignore[arg-type]
        rows = casework.noted(listed, settings)
        start = max(0, start)
        asked = {"status": status, "district": district, "ward": ward}
        shown: dict[str, Any] = {"rows": rows[start : start + PAGE_LENGTH], "count": len(rows), "kept_back_count": listed.kept_back_count}
        return page("list.html", start=start, asked=asked, length=PAGE_LENGTH, **shown, **_choices(settings))

    @app.get("/families/{household_id}")
    def family(household_id: str, recorded: int | None = None) -> Response:
        return page("family.html", recorded=recorded, message=None, reason="", **_family(household_id, settings))

    @app.post("/families/{household_id}/decision")
    def decide(household_id: str, decision: Annotated[str, Form()] = "", reason: Annotated[str, Form()] = "") -> Response:
        try:
            done = casework.decide(household_id, decision, reason, decided_by, settings)
        except FamiliesError as error:
            return page("family.html", 400, recorded=None, message=str(error), reason=reason, **_family(household_id, settings))
        return RedirectResponse(f"/families/{done.household_id}?recorded={done.decision_id}", status_code=303)

    return app


def _family(household_id: str, settings: Settings) -> dict[str, Any]:
    """What the page of a family shows."""
    found = cohort.explain(household_id, settings)
    named = {member["person_id"]: f"{member['forename'] or ''} {member['surname'] or ''}".strip() for member in found["members"]}
    is_assessed = not isinstance(found["standing"], str)
    first = found["standing"][0]["framework_id"] if is_assessed else None
    return {
        "found": found,
        "is_assessed": is_assessed,
        "criteria": [row for row in found["criteria"] if row["framework_id"] == first],
        "evidence": [row | {"name": named.get(row["person_id"])} for row in found["evidence"] if row["framework_id"] == first],
        "together": belonging.belonging(found["household_id"], settings) if is_assessed else None,
        "since": decisions.pending(settings).get(found["household_id"]),
        "choices": {decision: MEANING[decision] for decision in DECISIONS},
    }


def _choices(settings: Settings) -> dict[str, Any]:
    """What the list can be narrowed to."""
    districts = sorted({row["district"] for row in cohort.reconcile(settings)} - {"unplaced"})
    wards = sorted({row["ward"] for row in cohort.reconcile_wards(settings) if row["ward"]})
    return {"statuses": (*STATUSES, "all"), "districts": districts, "wards": wards}


def _words(value: Any) -> str:
    return str(value).replace("_", " ").replace(",", ", ")


def _cell(value: Any) -> str:
    """A value as a table shows it: nothing where there is none, and no more digits than mean something."""
    return "" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)


def _style() -> str:
    """The look of the other pages, with that of forms."""
    shared = files("pipelines.report").joinpath("page_style.html").read_text(encoding="utf-8")
    return shared.partition("#}")[2] + files(__package__).joinpath("forms.css").read_text(encoding="utf-8")
