"""The pages: reads by the same functions as the command line, and records a decision by the same."""

from importlib.resources import files
from typing import Annotated, Any

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pipelines import casework, cohort, publications, review, templates
from pipelines.errors import FamiliesError
from pipelines.settings import Settings
from pipelines.web import family_page, telling
from pipelines.web.guard import guarded
from schemas.cohort import STATUSES

PAGE_LENGTH = 100


def create_app(settings: Settings, key: str, decided_by: str) -> FastAPI:
    """The pages over the current publication; `key` opens them, and decisions are recorded in the name of `decided_by`."""
    app = FastAPI(title="Families", docs_url=None, redoc_url=None, openapi_url=None)
    app.middleware("http")(guarded(key))
    pages = templates.environment(__package__, {"cell": _cell, "words": _words}, {"told_in": _told_in})

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
        shown = _listed(rows[start : start + PAGE_LENGTH], telling.words(settings))
        about: dict[str, Any] = {
            "rows": shown,
            "count": len(rows),
            "start": start,
            "length": PAGE_LENGTH,
            "caption": _caption(len(rows), start, len(shown)),
            "kept_back_count": listed.kept_back_count,
        }
        return page("list.html", asked=asked, has_decided=any(row["decided_since"] for row in shown), **about, **_choices(settings))

    @app.get("/families/{household_id}")
    def family(household_id: str, recorded: int | None = None) -> Response:
        return page("family.html", recorded=recorded, message=None, reason="", **family_page.gather(household_id, settings))

    @app.get("/questions/{question_id}")
    def question(question_id: str) -> Response:
        asked = review.question(question_id, publications.current_run_id(settings) or "", settings)
        return page("question.html", **family_page.of_question(asked))

    @app.post("/families/{household_id}/decision")
    def decide(household_id: str, decision: Annotated[str, Form()] = "", reason: Annotated[str, Form()] = "") -> Response:
        try:
            done = casework.decide(household_id, decision, reason, decided_by, settings)
        except FamiliesError as error:
            return page("family.html", 400, recorded=None, message=str(error), reason=reason, **family_page.gather(household_id, settings))
        return RedirectResponse(f"/families/{done.household_id}?recorded={done.decision_id}", status_code=303)

    return app


def _listed(rows: list[dict[str, Any]], words: telling.Words) -> list[dict[str, Any]]:
    """Families as the list shows them: who, where and with what in words."""
    return [
        row
        | {
            "status": _words(row["status"]),
            "people": _people(row),
            "problems": words.problems_of(row["headlines_met"]),
            "decision_on_the_list": row["decision"],
        }
        for row in rows
    ]


def _people(row: dict[str, Any]) -> str:
    adults, children = row["adult_count"], row["child_count"]
    return f"{adults} {'adult' if adults == 1 else 'adults'}, {children} {'child' if children == 1 else 'children'}"


def _caption(count: int, start: int, shown: int) -> str:
    return f"{count:,} {'family' if count == 1 else 'families'}" + (f", of which {start + 1:,} to {start + shown:,}" if count > shown else "")


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


def _told_in(column: str, rows: list[dict[str, Any]]) -> bool:
    """Whether any of the rows has something in the column."""
    return any(_cell(row.get(column)) for row in rows)


def _style() -> str:
    """The look of the other pages, with that of forms."""
    shared = files("pipelines.report").joinpath("page_style.html").read_text(encoding="utf-8")
    return shared.partition("#}")[2] + files(__package__).joinpath("forms.css").read_text(encoding="utf-8")
