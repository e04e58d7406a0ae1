"""Serves the pages to this machine, without a log of who was looked at."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from pipelines.errors import WrongUsage
from pipelines.web.guard import HOSTS


@contextmanager
def bound(port: int) -> Iterator[socket.socket]:
    """A socket of this machine alone. Raises WrongUsage when the port is taken."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOSTS[0], port))
        except OSError:
            raise WrongUsage(
                f"Port {port} of this machine cannot be had: something else listens there. Choose another with --port, or 0 for a free one."
            ) from None
        yield listening


def serve(app: FastAPI, listening: socket.socket) -> None:
    """Serve until interrupted."""
    uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="warning", server_header=False)).run(sockets=[listening])
