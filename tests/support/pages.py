"""Asks the pages without a server: each request goes straight to the application."""

import asyncio
from typing import Any

import httpx
from fastapi import FastAPI


class Visitor:
    """A browser without a screen, that keeps cookies and follows nothing."""

    def __init__(self, app: FastAPI, address: str) -> None:
        self._app = app
        self._address = address
        self.cookies = httpx.Cookies()

    def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        """The answer to one request."""

        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=self._address, cookies=self.cookies) as client:
                answer = await client.request(method, path, **given)
                self.cookies = client.cookies
                return answer

        return asyncio.run(asked())

    def get(self, path: str, **given: Any) -> httpx.Response:
        """Look at a page."""
        return self.ask("GET", path, **given)

    def post(self, path: str, **given: Any) -> httpx.Response:
        """Send a form."""
        return self.ask("POST", path, **given)
