"""Who may see the pages: whoever was given the key, from this machine, and no other site through their browser."""

import secrets
from collections.abc import Awaitable, Callable

from fastapi import Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

Answer = Callable[[Request], Awaitable[Response]]

HOSTS = ("127.0.0.1", "localhost")
COOKIE = "families_key"
# Nothing is loaded but the pages' own style, no script runs, no other site frames a page or is told of it, and nothing stays in the browser's store.
# Our own pages are told: of a form from a page that tells nobody, a browser does not say whence it comes.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def guarded(key: str) -> Callable[[Request, Answer], Awaitable[Response]]:
    """A middleware that asks every request for the key, in a cookie that only these pages are sent."""

    async def guard(request: Request, answer: Answer) -> Response:
        if request.url.hostname not in HOSTS:
            response: Response = _refused("These pages are for this machine only.")
        elif request.url.path == "/enter":
            response = _entered(request, key)
        elif not _has(request.cookies.get(COOKIE), key):
            response = _refused("Open the address that `families web` printed: it has the key to these pages.")
        elif request.method not in ("GET", "HEAD") and not _is_own(request):
            response = _refused("A decision is taken on these pages, not from another one.")
        else:
            response = await answer(request)
        response.headers.update(HEADERS)
        return response

    return guard


def _entered(request: Request, key: str) -> Response:
    if not _has(request.query_params.get("key"), key):
        return _refused("The key in the address is not the one of these pages. `families web` prints a new one at each start.")
    response = RedirectResponse("/", status_code=303)
    response.set_cookie(COOKIE, key, httponly=True, samesite="strict")
    return response


def _has(given: str | None, key: str) -> bool:
    return given is not None and secrets.compare_digest(given.encode(), key.encode())


def _is_own(request: Request) -> bool:
    """Whether the form was sent from these pages; a browser always says from where a form comes."""
    return request.headers.get("origin") == f"{request.url.scheme}://{request.url.netloc}"


def _refused(why: str) -> Response:
    return PlainTextResponse(f"{why}\n", status_code=403)
