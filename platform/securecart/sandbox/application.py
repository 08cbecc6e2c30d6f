"""The sandbox's WSGI application: its own routes, and moto behind a lock."""

from __future__ import annotations

import hmac
import json
import logging
import re
import threading
import traceback
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from securecart.sandbox.call_log import CallLog
from securecart.sandbox.client import CALLS, HEALTH, INVENTORY, SHUTDOWN, TOKEN_HEADER

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_LOG = logging.getLogger(__name__)
_OWN = "/securecart/"
_MOTO_CONTROL = "/moto-api"
_TOKEN_KEY = "HTTP_" + TOKEN_HEADER.upper().replace("-", "_")


@dataclass(frozen=True)
class SandboxApplication:
    """Answers the sandbox's own routes itself and passes everything else to moto.

    Moto's control routes are refused: they could empty moto's memory without a new generation.
    """

    health: Mapping[str, object]
    """What /securecart/health answers, as it is."""
    token: str
    """What a client must present in X-SecureCart-Token to stop the server."""
    inventory: Callable[[], Iterable[Mapping[str, object]]]
    """Gives the provider's resources, each a mapping as ResourceEntry describes it."""
    on_shutdown: Callable[[], None]
    """Called, once per accepted request, to stop the server; must not block."""
    moto: Future[WSGIApplication]
    """Moto's application: a future, because loading it takes a second that clients need not wait for."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    """Held during each of moto's answers: its dictionaries are not made for threads."""
    calls: CallLog = field(default_factory=CallLog)
    """Counts the calls to moto that write, as /securecart/calls tells them."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request (PEP 3333)."""
        path = str(environ.get("PATH_INFO", ""))
        if path.startswith(_OWN):
            status, document = self._own(str(environ["REQUEST_METHOD"]), path, str(environ.get(_TOKEN_KEY, "")))
            return _send_json(start_response, status, document)
        if path.startswith(_MOTO_CONTROL):
            return _send_json(start_response, "403 Forbidden", {"message": "moto's control routes are closed"})
        try:
            application = self.moto.result()
            self.calls.note(environ)
            with self.lock:
                return list(application(environ, start_response))
        except Exception as error:
            return _unserved(environ, start_response, error)

    def _own(self, method: str, path: str, token: str) -> tuple[str, Mapping[str, object]]:
        if (method, path) == ("GET", HEALTH):
            return "200 OK", self.health
        if (method, path) == ("GET", CALLS):
            return "200 OK", {"writes": self.calls.writes()}
        if (method, path) == ("GET", INVENTORY):
            return "200 OK", {"resources": list(self.inventory())}
        if (method, path) == ("POST", SHUTDOWN):
            if not hmac.compare_digest(token.encode(), self.token.encode()):
                return "403 Forbidden", {"message": "the token in the home's sandbox.json is required"}
            self.on_shutdown()
            return "202 Accepted", {"message": "stopping"}
        return "404 Not Found", {"message": f"no route {method} {path}"}


def _send_json(start_response: StartResponse, status: str, document: Mapping[str, object]) -> list[bytes]:
    start_response(status, [("Content-Type", "application/json")])
    return [json.dumps(document).encode()]


def _unserved(environ: WSGIEnvironment, start_response: StartResponse, error: Exception) -> list[bytes]:
    """Say that moto cannot serve this call: 501, which no SDK retries, in the call's own error format.

    Only names of types and places are logged and sent: an exception's text may hold a caller's values.
    NotImplementedError's text is moto's own and names the missing operation.
    """
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename.rpartition('site-packages/')[2]}:{frames[-1].lineno}" if frames else "?"
    reason = str(error) if isinstance(error, NotImplementedError) else f"{type(error).__name__} at {place}"
    _LOG.error("moto cannot serve %s %s: %s", environ.get("REQUEST_METHOD"), _service(environ), reason)
    for frame in frames[-6:]:
        _LOG.error("  %s:%s in %s", frame.filename, frame.lineno, frame.name)
    message = f"The sandbox's moto cannot serve this call: {reason}"
    kind = [("x-amzn-ErrorType", "NotImplemented")]
    if "json" in str(environ.get("CONTENT_TYPE", "")) or _service(environ) in _REST_JSON:
        body = json.dumps({"__type": "NotImplemented", "message": message}).encode()
        start_response("501 Not Implemented", [("Content-Type", "application/json"), *kind])
        return [body]
    text = f"<Code>NotImplemented</Code><Message>{escape(message)}</Message>"
    if _service(environ) == "s3":
        body = f"<Error>{text}</Error>".encode()
    elif _service(environ) == "ec2":
        body = f"<Response><Errors><Error>{text}</Error></Errors></Response>".encode()
    else:
        body = f"<ErrorResponse><Error>{text}</Error></ErrorResponse>".encode()
    start_response("501 Not Implemented", [("Content-Type", "text/xml"), *kind])
    return [body]


_REST_JSON = frozenset({"ram"})
_SCOPE = re.compile(r"Credential=[^/]+/\d+/[^/]+/([a-z0-9-]+)/aws4_request")


def _service(environ: WSGIEnvironment) -> str:
    """The service in the signature's credential scope (Signature Version 4), or an empty string."""
    found = _SCOPE.search(str(environ.get("HTTP_AUTHORIZATION", "")))
    return found.group(1) if found else ""
