"""The sandbox server: one process that serves moto over HTTP and the provider over gRPC, both on loopback.

Run by the lifecycle as `python -m securecart.sandbox.server --home DIR`. It becomes a session of its own, so
that Ctrl-C in the starter's terminal does not reach it. It ends when asked to with its token, on SIGTERM, or
when the home's record no longer names it.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.metadata
import logging
import os
import platform
import secrets
import signal
import threading
import uuid
from collections.abc import Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from securecart.errors import SandboxError
from securecart.sandbox import process
from securecart.sandbox.application import SandboxApplication
from securecart.sandbox.provider import ProviderServer, serve_provider
from securecart.sandbox.record import (
    LOG_NAME,
    SandboxInfo,
    ServerRecord,
    read_record,
    remove_record,
    write_record,
)
from securecart.sandbox.serving import LOOPBACK, listen

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_LOG = logging.getLogger("securecart.sandbox.server")  # run with -m, __name__ is __main__
_RECORD_CHECK_SECONDS = 2.0
_POLL_SECONDS = 0.05
_GRACE_SECONDS = 1.0
_PACKAGES = ("moto", "boto3", "grpcio")


def serve(home: Path) -> None:
    """Serve until stopped; HOME/sandbox.json exists while the server can be reached.

    The record is written as soon as both ports listen; the first AWS call then waits for moto to be loaded.

    Args:
        home: Directory of the sandbox, absolute; it exists.
    """
    generation, token, stopped = str(uuid.uuid4()), secrets.token_urlsafe(32), threading.Event()
    moto: Future[WSGIApplication] = Future()
    provider: Future[ProviderServer] = Future()  # it needs the endpoint, which the application below is to serve
    http = listen(
        SandboxApplication(
            health={"generation": generation, "pid": os.getpid(), "home": str(home), "versions": _versions()},
            token=token,
            inventory=lambda: [entry.model_dump() for entry in provider.result().inventory.entries()],
            on_shutdown=stopped.set,
            moto=moto,
        )
    )
    endpoint = f"http://{LOOPBACK}:{http.server_port}"
    served = serve_provider(endpoint_url=endpoint)
    provider.set_result(served)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    threading.Thread(target=http.serve_forever, args=(_POLL_SECONDS,), name="http", daemon=True).start()
    info = SandboxInfo(
        pid=os.getpid(),
        started=datetime.now(UTC).isoformat(timespec="seconds"),
        generation=generation,
        endpoint=endpoint,
        provider_port=served.port,
        home=home,
    )
    mark = process.start_mark(os.getpid()) or ""
    write_record(home, ServerRecord(info=info, start_mark=mark, token=SecretStr(token)))
    _LOG.info("serving %s, provider on port %d, generation %s", endpoint, served.port, generation)
    threading.Thread(target=_load_moto, args=(moto,), name="load-moto", daemon=True).start()
    _wait(stopped, home, generation)
    if _is_recorded(home, generation):
        remove_record(home)
    http.shutdown()
    served.server.stop(grace=_GRACE_SECONDS).wait()
    _LOG.info("stopped")


def _load_moto(ready: Future[WSGIApplication]) -> None:
    """Import moto, add the extensions, and load what nearly every fleet uses: it takes about a second."""
    try:
        os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"  # 1,300 images: 60 ms for each account and region
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

        from securecart.sandbox import moto_extensions

        moto_extensions.install()
        dispatcher = DomainDispatcherApplication(create_backend_app)
        for service in ("ec2", "sts", "s3"):
            dispatcher.app_instances[service] = create_backend_app(service)
        ready.set_result(dispatcher)
    except Exception as error:
        _LOG.exception("moto could not be loaded")
        ready.set_exception(error)


def _wait(stopped: threading.Event, home: Path, generation: str) -> None:
    """Until stopped, or until no client can find this server: the home names another one, or none."""
    while not stopped.wait(_RECORD_CHECK_SECONDS):
        if not _is_recorded(home, generation):
            _LOG.warning("the home's record no longer names this server")
            return


def _is_recorded(home: Path, generation: str) -> bool:
    try:
        record = read_record(home)
    except (SandboxError, OSError):
        return False
    return record is not None and record.info.generation == generation


def _versions() -> dict[str, str]:
    return {name: importlib.metadata.version(name) for name in _PACKAGES} | {"python": platform.python_version()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Become a session leader, log to HOME/sandbox.log, serve."""
    parser = argparse.ArgumentParser(prog="python -m securecart.sandbox.server", description="Serve the sandbox.")
    parser.add_argument("--home", type=Path, required=True, help="directory for the record, the log and the lock")
    home = parser.parse_args(arguments).home.resolve()
    with contextlib.suppress(PermissionError):  # a shell's job control made it a group leader: Ctrl-C is wanted then
        os.setsid()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    logging.basicConfig(
        filename=home / LOG_NAME,
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    logging.getLogger("securecart").setLevel(logging.INFO)
    serve(home)


if __name__ == "__main__":
    main()
