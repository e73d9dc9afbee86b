"""`mooring serve`: bring the tables up to date and answer browsers."""

from __future__ import annotations

import errno
import socket
from pathlib import Path

import click

from mooring.cli.ground import folder_in_use, ready
from mooring.cli.plain import Halt
from mooring.cli.upgrade import migrate

STREAMS_MAY_TAKE = 3
"""Seconds that open streams get when the server stops."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
def command(host: str, port: int, workers: int) -> None:
    """Serve the clinic. More than one worker needs PostgreSQL."""
    ready()
    require_built()
    listener = listen(host, port)
    with folder_in_use():
        migrate()
        answer(listener, workers)


def require_built() -> None:
    """Halt when the front-end parts were not built."""
    from mooring.clinic import settings

    if not (Path(settings.HERE) / "static" / "built" / "mooring.css").exists():
        raise Halt("The front-end parts are not built. Run: make run")


def listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as problem:
        listener.close()
        raise Halt(why_not(problem, host, port)) from problem
    listener.set_inheritable(True)
    return listener


def why_not(problem: OSError, host: str, port: int) -> str:
    """One line for a port that cannot be had."""
    if problem.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program. Choose another: --port {port + 1}"
    if problem.errno == errno.EACCES:
        return f"Port {port} needs more rights than this user has. Choose one above 1023: --port"
    return f"{host} is not an address of this machine. Choose one of its own, or 127.0.0.1: --host"


def answer(listener: socket.socket, workers: int) -> None:
    """Run the server until it is told to stop."""
    import uvicorn
    from django.conf import settings
    from django.db import connection, connections
    from uvicorn.supervisors import Multiprocess

    from mooring.clinic.chores.running import doing_chores

    if workers > 1 and connection.vendor == "sqlite":
        raise Halt("More than one worker needs PostgreSQL: set DATABASE_URL, or use --workers 1")
    greet(listener)
    connections.close_all()
    config = uvicorn.Config(
        "mooring.clinic.asgi:application",
        workers=workers,
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.PROXIES),
        forwarded_allow_ips=settings.PROXIES,
        timeout_graceful_shutdown=STREAMS_MAY_TAKE,
    )
    # This process does the chores: it is the server, or it only watches over the workers.
    with doing_chores():
        if workers > 1:
            Multiprocess(config, sockets=[listener]).run()
        else:
            uvicorn.Server(config).run(sockets=[listener])


PLAIN_HTTP = """
  !!  NOT ENCRYPTED: {host} is reached over plain HTTP from other machines.
  !!  Anyone on the network can read charts and passwords, and change them.
  !!  Put Mooring behind a proxy that speaks TLS, and set MOORING_TLS=1.
"""


def warn_of_plain_http(host: str) -> None:
    """Say loudly that what travels can be read, where others reach this server without TLS."""
    from django.conf import settings

    from mooring.clinic.accounts.plain_http import is_loopback

    if not settings.BEHIND_TLS and not is_loopback(host):
        click.secho(PLAIN_HTTP.format(host=host), fg="red", bold=True, err=True)


def greet(listener: socket.socket) -> None:
    """Say where the clinic is; a new one is opened at an address that only this line tells."""
    from django.urls import reverse

    from mooring.clinic.accounts.models import Clinic
    from mooring.clinic.accounts.set_up import set_up_key

    host, port = listener.getsockname()[:2]
    warn_of_plain_http(str(host))
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    click.echo(f"Mooring is at {address}")
    if not Clinic.objects.exists():
        click.echo(f"Open your clinic at {address}{reverse('set_up', args=[set_up_key()])}")
