"""The scheduler of a Dask cluster: its address, and a connection to it."""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from monazite.errors import ClusterError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from distributed import Client

SCHEMES = ("tcp", "tls", "ws", "wss")
ANSWER_S = 5.0
"""How long a scheduler may take to answer."""

LOGS = ("distributed", "distributed.client")
"""The logs Dask gives a level and a handler of their own."""

_OPEN = re.compile(r"(?s)^(\w+://)?(?:.*@)?([^/?#]*).*")
"""An address's scheme, then what stands between a name with its password and the path."""


def plain(address: str) -> str:
    """An address as it is used and told: scheme, host and port, nothing secret.

    Raises
    ------
    UsageError
        If it is no address of a scheduler.

    Examples
    --------
    >>> plain("scheduler:8786"), plain("tls://me:secret@scheduler:8786/?token=secret")
    ('tcp://scheduler:8786', 'tls://scheduler:8786')
    """
    with suppress(ValueError):  # a port that is no number
        parts = urlsplit(address if "://" in address else f"tcp://{address}")
        if parts.scheme in SCHEMES and parts.hostname and parts.port:
            host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
            return f"{parts.scheme}://{host}:{parts.port}"
    shown = _OPEN.sub(r"\1\2", address)
    raise UsageError(
        f"a cluster is named by its scheduler, tcp://host:8786 or tls://host:8786, not {shown!r}."
    )


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """A client of the scheduler, which logs nothing: what matters is told as an error.

    Raises
    ------
    ClusterError
        If it does not answer in time, or is no scheduler.
    """
    from distributed import Client  # noqa: PLC0415 - heavy, and an extra

    with _quiet():
        _reach(address)
        try:
            client = Client(address, timeout=ANSWER_S, set_as_default=False, name="monazite")
        except OSError as error:
            raise ClusterError(_unreachable(address, "no answer")) from error
        try:
            yield client
        finally:
            with suppress(OSError, RuntimeError):
                client.close(timeout=ANSWER_S)


def _reach(address: str) -> None:
    """Look whether somebody listens, and whether it is a scheduler.

    A client that meets something else is left half made; so this is found out before.
    """
    parts = urlsplit(address)
    try:
        socket.create_connection((str(parts.hostname), parts.port or 0), ANSWER_S).close()
    except OSError as error:
        raise ClusterError(_unreachable(address, error.strerror or str(error))) from error
    try:
        with ThreadPoolExecutor(1) as thread:  # where no loop runs yet, as one may here
            thread.submit(asyncio.run, _identity(address)).result()
    except (OSError, ValueError, TypeError, MemoryError, ImportError) as error:
        raise ClusterError(
            f"something listens at {address}, but it does not answer as a Dask scheduler does. Give the"
            " scheduler's address, not its dashboard's; for tls:// Dask's configuration must name the keys."
        ) from error


async def _identity(address: str) -> Any:  # noqa: ANN401 - what a scheduler says of itself
    """Ask a scheduler who it is."""
    from distributed import Security, rpc  # noqa: PLC0415 - as above

    keys = Security().get_connection_args("client")  # those of Dask's configuration, as a client takes them
    async with rpc(address, timeout=ANSWER_S, connection_args=keys) as scheduler:
        return await asyncio.wait_for(scheduler.identity(), ANSWER_S)


def _unreachable(address: str, reason: str) -> str:
    """What to say where nobody answers."""
    return f"no scheduler at {address}: {reason}. Is it running, and may this machine connect to it?"


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask from logging and warning."""
    logs = {log: log.level for log in map(logging.getLogger, LOGS)}
    for log in logs:
        log.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module=r"distributed\.")
            yield
    finally:
        for log, level in logs.items():
            log.setLevel(level)
