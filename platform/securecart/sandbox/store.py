"""Resources that moto has no API for: kept in memory, and always called `recorded`, never realised."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

StoreKey = tuple[str, str, str, str]
"""Account, region, type token and id."""


class RecordedResource(BaseModel):
    """One resource that is only recorded."""

    model_config = ConfigDict(frozen=True)

    account: str = Field(description="AWS account id, 12 digits.")
    region: str = Field(description="AWS region code.")
    type: str = Field(description="Pulumi type token.")
    id: str = Field(description="Id that the sandbox gave it.")
    properties: Mapping[str, object] = Field(description="Its properties by Pulumi name.")
    reason: str = Field(description="Why moto cannot realise it.")

    @property
    def key(self) -> StoreKey:
        """What identifies it in the store."""
        return self.account, self.region, self.type, self.id


class Store:
    """The recorded resources of a sandbox; safe for threads, gone with the process as moto's are."""

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.Lock()
        self._kept: dict[StoreKey, RecordedResource] = {}

    def put(self, resource: RecordedResource) -> None:
        """Record a resource, in place of one with the same key."""
        with self._lock:
            self._kept[resource.key] = resource

    def get(self, key: StoreKey) -> RecordedResource | None:
        """Return a recorded resource, or None when there is none."""
        with self._lock:
            return self._kept.get(key)

    def remove(self, key: StoreKey) -> None:
        """Forget a resource; one that is not recorded is no error."""
        with self._lock:
            self._kept.pop(key, None)

    def list(self) -> list[RecordedResource]:
        """Return every recorded resource, ordered by account, region, type and id."""
        with self._lock:
            found = list(self._kept.values())
        return sorted(found, key=lambda resource: resource.key)
