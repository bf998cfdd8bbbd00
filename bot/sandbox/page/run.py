"""`alignbot sandbox`: the page until it is stopped."""

import asyncio
import errno
import logging
import signal
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from .live import open_live
from .server import HOST, serve


class PortTaken(Exception):
    """Where the page cannot be served, as a sentence."""


async def open_page(port: int, scene: str) -> None:
    """Play a scene up to its beginning, and serve the page until SIGINT or SIGTERM. Raises PortTaken."""
    logging.getLogger("bot").setLevel(logging.WARNING)
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # on Windows Ctrl-C ends the loop by itself
            asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    await _must_be_free(port)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        async with open_live(scene, Path(folder)) as live, serve(live, port) as address:
            print(f"Scene “{scene}” stands after {time.monotonic() - began:.0f} s.")
            print(f"{address} is the page; it is only for this computer. Ctrl-C stops it.", flush=True)
            await stop.wait()


async def _must_be_free(port: int) -> None:
    """Asked before the scene is played, so that nobody waits for nothing."""
    try:
        server = await asyncio.start_server(lambda *_: None, HOST, port)
    except OSError as error:
        raise PortTaken(_why(error, port)) from None
    server.close()
    await server.wait_closed()


def _why(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken. Choose another one: alignbot sandbox --port {port % 65535 + 1}"
    return f"Port {port} cannot be used: {error.strerror}. Choose another one with --port."
