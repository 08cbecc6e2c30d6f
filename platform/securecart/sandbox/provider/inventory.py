"""What the provider has made: the list behind `status` and `/securecart/inventory`."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["realised", "recorded"]


class ResourceEntry(BaseModel):
    """One resource that exists in the sandbox."""

    model_config = ConfigDict(frozen=True)

    urn: str = Field(description="Pulumi URN, which names stack, type and logical name.")
    type: str = Field(description="Pulumi type token, such as `aws:ec2/vpc:Vpc`.")
    id: str = Field(description="Provider's id of the resource, such as `vpc-0a1b2c3d`.")
    account: str = Field(description="AWS account id, 12 digits.")
    region: str = Field(description="AWS region code, such as `us-east-1`.")
    status: Status = Field(description="`realised` by moto, or only `recorded` in the sandbox's own store.")


class Inventory:
    """Thread-safe set of the resources that the provider created and has not deleted."""

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.Lock()
        self._entries: dict[tuple[str, str], ResourceEntry] = {}

    def add(self, entry: ResourceEntry) -> None:
        """Note a resource that now exists; the same URN and id again replaces the entry."""
        with self._lock:
            self._entries[entry.urn, entry.id] = entry

    def remove(self, urn: str, resource_id: str) -> None:
        """Forget a resource that is gone; one that is not listed is no error."""
        with self._lock:
            self._entries.pop((urn, resource_id), None)

    def entries(self) -> list[ResourceEntry]:
        """Return every entry, ordered by account, region, type, URN and id."""
        with self._lock:
            found = list(self._entries.values())
        return sorted(found, key=lambda entry: (entry.account, entry.region, entry.type, entry.urn, entry.id))

    def counts(self) -> Mapping[tuple[str, str, str], Mapping[Status, int]]:
        """Return the number of realised and recorded resources of each (account, region, type)."""
        counted: dict[tuple[str, str, str], Counter[Status]] = {}
        for entry in self.entries():
            counted.setdefault((entry.account, entry.region, entry.type), Counter())[entry.status] += 1
        return counted
