"""The version of each stack's recorded state, read from the backend without starting an engine.

Whatever writes a state (a run, the ordinary pulumi command, a colleague's machine) changes its version. Pulumi's
self-managed backends keep a stack's state in one object, ``.pulumi/stacks/PROJECT/STACK.json``, or ``.json.gz``
(Pulumi documentation, "Managing state & backend options").
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import parse_qs, urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from securecart.errors import EngineError
from securecart.execute.home import PROJECT, Home

_FOLDER = f".pulumi/stacks/{PROJECT}"
_SUFFIXES = (".json.gz", ".json")


class StateVersions(Protocol):
    """Versions of the states in one backend."""

    def all(self) -> Mapping[str, str] | None:
        """Return the version of every stack's state by stack; None where the backend cannot be asked cheaply."""
        ...

    def of(self, stack: str) -> str | None:
        """Return the version of one stack's state; None where there is none, or where it cannot be asked."""
        ...


def state_versions(home: Home, environment: Mapping[str, str]) -> StateVersions:
    """Return the versions of the backend that engines with this environment work on."""
    url = environment.get("PULUMI_BACKEND_URL", "")
    parts = urlsplit(url)
    if parts.scheme == "file":
        # As the engine does, which runs in the workspace: `~` is the user's home, a query holds options.
        return FileStates(home.workspace / Path(url.removeprefix("file://").partition("?")[0]).expanduser())
    if parts.scheme == "s3":
        return S3States(url, environment)
    return NoVersions()


class FileStates:
    """A folder: the digest of each state file."""

    def __init__(self, backend: Path) -> None:
        """Name the folder."""
        self._folder = backend / _FOLDER

    def all(self) -> Mapping[str, str]:
        """Return the digest of every state file, by stack."""
        files = self._folder.iterdir() if self._folder.is_dir() else ()
        return {name: _digest(path) for path in sorted(files) if (name := _stack_of(path.name))}

    def of(self, stack: str) -> str | None:
        """Return the digest of one state file."""
        found = (self._folder / f"{stack}{suffix}" for suffix in _SUFFIXES)
        return next((_digest(path) for path in found if path.is_file()), None)


class S3States:
    """A bucket: the ETag of each state object."""

    def __init__(self, url: str, environment: Mapping[str, str]) -> None:
        """Take the backend's URL, as Pulumi reads it, and the environment with the caller's credentials."""
        parts = urlsplit(url)
        query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        endpoint = query.get("endpoint") or environment.get("AWS_ENDPOINT_URL")
        if endpoint and "://" not in endpoint:
            endpoint = f"{'http' if query.get('disableSSL') == 'true' else 'https'}://{endpoint}"
        style: Literal["path", "auto"] = "path" if query.get("s3ForcePathStyle") == "true" else "auto"
        session = boto3.Session(
            profile_name=query.get("awssdk_profile") or query.get("profile") or None,
            region_name=query.get("region") or None,
        )
        self._client = session.client("s3", endpoint_url=endpoint, config=Config(s3={"addressing_style": style}))
        self._bucket = parts.netloc
        self._prefix = "/".join(part for part in (parts.path.strip("/"), _FOLDER) if part) + "/"

    def all(self) -> Mapping[str, str]:
        """Return the ETag of every state object, by stack (one call for a thousand of them)."""
        return self._listed(self._prefix)

    def of(self, stack: str) -> str | None:
        """Return the ETag of one state object."""
        return self._listed(f"{self._prefix}{stack}.json").get(stack)

    def _listed(self, prefix: str) -> dict[str, str]:
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
        try:
            objects = [entry for page in pages for entry in page.get("Contents", ())]
        except (BotoCoreError, ClientError) as error:
            raise EngineError(
                f"the backend s3://{self._bucket} cannot be listed: {error}",
                rule="state is read with the caller's own credentials",
                remedy="see that they are valid, and allow s3:ListBucket on the bucket",
            ) from error
        named = ((_stack_of(entry["Key"].removeprefix(self._prefix)), entry["ETag"]) for entry in objects)
        return {name: etag for name, etag in named if name}


class NoVersions:
    """A backend whose states have no version that could be read without an engine, for example Pulumi Cloud."""

    def all(self) -> None:
        """Say that it cannot be asked."""

    def of(self, stack: str) -> None:
        """Say that it cannot be asked."""


def _stack_of(name: str) -> str:
    """Return the stack of a state file; empty for other files, such as backups."""
    suffix = next((end for end in _SUFFIXES if name.endswith(end)), "")
    return name.removesuffix(suffix) if suffix and "/" not in name else ""


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
