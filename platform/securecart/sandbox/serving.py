"""The HTTP server under moto: threads on loopback, with connections that stay open.

Werkzeug closes every connection, because it does not know whether the request's body was read to its end.
Here the body is read first, so a client's next request may follow on the same connection, which spares each
boto3 call a TCP handshake and a thread.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import BaseWSGIServer, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

LOOPBACK = "127.0.0.1"
_IDLE_SECONDS = 60
_BODILESS = frozenset({204, 304})


class KeepAliveHandler(MotoRequestHandler):
    """Answers HTTP/1.1 requests of one connection, one after another."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = _IDLE_SECONDS

    def handle_expect_100(self) -> bool:
        """Let the client send its body now: the answer must not wait in the buffer."""
        super().handle_expect_100()
        self.wfile.flush()
        return True

    def run_wsgi(self) -> None:
        """Read the whole request, ask the application, send the whole answer."""
        environ = self.make_environ()
        if environ.pop("wsgi.input_terminated", False):  # sent in chunks: it is whole from here on
            del environ["HTTP_TRANSFER_ENCODING"]
            body = environ["wsgi.input"].read()
        else:
            body = self.rfile.read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        self._send(*_answer(self.server.app, environ))

    def _send(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        head = self.command == "HEAD"
        for name, value in headers:
            if name.lower() not in {"content-length", "connection", "transfer-encoding"} or (
                head and name.lower() == "content-length"
            ):
                self.send_header(name, value)
        if not head and int(code) not in _BODILESS:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not head and int(code) not in _BODILESS:
            self.wfile.write(body)
        self.wfile.flush()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: requests carry credentials, and there are many."""

    def log_error(self, format: str, *args: object) -> None:  # noqa: A002  # http.server's name
        """Say what went wrong, but not that a client left its connection idle for a minute."""
        if not any(isinstance(argument, TimeoutError) for argument in args):
            super().log_error(format, *args)


def _answer(application: WSGIApplication, environ: dict[str, object]) -> tuple[str, list[tuple[str, str]], bytes]:
    """Status line, headers and the complete body that a WSGI application gives."""
    collected: list[tuple[str, list[tuple[str, str]]]] = []
    written: list[bytes] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], exc_info: object = None, /
    ) -> Callable[[bytes], object]:
        collected.append((status, headers))
        return written.append

    parts: Iterable[bytes] = application(environ, start_response)
    try:
        body = b"".join(parts)
    finally:
        with contextlib.suppress(AttributeError):
            parts.close()  # type: ignore[attr-defined]  # PEP 3333: only where it has one
    status, headers = collected[-1]
    return status, headers, b"".join(written) + body


def listen(application: WSGIApplication) -> BaseWSGIServer:
    """A server on a free loopback port, bound and listening; serve_forever() makes it answer."""
    return make_server(LOOPBACK, 0, application, threaded=True, request_handler=KeepAliveHandler)
