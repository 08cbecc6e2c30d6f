"""Counts the AWS calls that write, so that anyone can see what a run did to the accounts, or that it did nothing."""

from __future__ import annotations

import io
import re
import threading
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_READS = re.compile(r"^(Describe|Get|List|Search|Head|AssumeRole)")
_CREDENTIAL_SERVICE = re.compile(r"Credential=[^/]*/\d+/[^/]+/(?P<service>[^/]+)/aws4_request")


class CallLog:
    """Counts of writing calls since the server started, by ``service:Operation``; thread-safe."""

    def __init__(self) -> None:
        """Start at nothing."""
        self._lock, self._writes = threading.Lock(), Counter[str]()

    def note(self, environ: WSGIEnvironment) -> None:
        """Count a request if it writes; leaves its body to be read again."""
        operation = operation_of(environ)
        if operation is not None:
            with self._lock:
                self._writes[operation] += 1

    def writes(self) -> Mapping[str, int]:
        """Return the counts so far."""
        with self._lock:
            return dict(sorted(self._writes.items()))


def operation_of(environ: WSGIEnvironment) -> str | None:
    """Return ``service:Operation`` of a call that writes (REST: ``service:METHOD``), None for one that only reads."""
    credential = _CREDENTIAL_SERVICE.search(str(environ.get("HTTP_AUTHORIZATION", "")))
    service = credential["service"] if credential else "unsigned"
    method = str(environ.get("REQUEST_METHOD", "GET"))
    operation = _named_operation(environ)
    if operation is None:
        return f"{service}:{method}" if method not in ("GET", "HEAD") else None
    return None if _READS.match(operation) else f"{service}:{operation}"


def _named_operation(environ: WSGIEnvironment) -> str | None:
    """Return the operation that a query or JSON call names; REST calls name none."""
    target = str(environ.get("HTTP_X_AMZ_TARGET", ""))
    if target:
        return target.rpartition(".")[2]
    if "x-www-form-urlencoded" not in str(environ.get("CONTENT_TYPE", "")):
        return _rest_operation(environ)
    body: bytes = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    actions = parse_qs(body.decode("utf-8", "replace")).get("Action", [])
    return actions[0] if actions else None


def _rest_operation(environ: WSGIEnvironment) -> str | None:
    """Return the operation of services whose REST paths are operation names in lower case, such as RAM's."""
    path = str(environ.get("PATH_INFO", "")).strip("/")
    words = {"getresourceshares": "Get", "getresourceshareassociations": "Get", "listresources": "List"}
    words |= {"listprincipals": "List", "getresourceshareinvitations": "Get", "listpermissions": "List"}
    return words.get(path)
