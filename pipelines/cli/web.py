"""`families web`: the coordinators' pages on this machine."""

import getpass
import secrets
from typing import Annotated

import typer

from pipelines.cli import common
from pipelines.cli.common import Home
from pipelines.errors import WrongUsage


def web(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port on this machine; 0 takes a free one.")] = 8765,
    decided_by: Annotated[str | None, typer.Option("--by", help="In whose name decisions are recorded; the login name unless given.")] = None,
    home: Home = None,
) -> None:
    """Open the coordinators' pages: the list, why a family is on it, and the decision, which shows at once. For this machine only; Ctrl-C ends them."""
    from pipelines import publications
    from pipelines.web import create_app
    from pipelines.web.serving import bound, serve

    settings = common.settings(home)
    if publications.current_run_id(settings) is None:
        raise WrongUsage("There is no list yet. `families refresh` makes one; `families demo run` shows one of invented people.")
    key = secrets.token_urlsafe(32)
    with bound(port) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/enter?key={key}"
        typer.echo(f"The families' pages, for this machine and whoever has this address, until Ctrl-C:\n{address}")
        serve(create_app(settings, key, decided_by or getpass.getuser()), listening)
