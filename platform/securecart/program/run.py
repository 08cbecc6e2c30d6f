"""One run of one stack program: what it may read, and the providers it creates resources with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from securecart.config.model import Fleet
from securecart.errors import ProgramError
from securecart.plan.stack import StackSpec
from securecart.program.scope import TAG_PREFIX, Scope
from securecart.program.upstream import OutputSource, Upstream

Outputs = Mapping[str, pulumi.Input[object]]
"""What a program returns: its stack's outputs by name."""


@dataclass
class StackRun:
    """Handed to a program; lives as long as the program runs."""

    fleet: Fleet
    """The whole fleet."""
    spec: StackSpec
    """The stack that the program deploys."""
    source: OutputSource
    """Where outputs of other stacks come from."""
    _providers: dict[tuple[str, str], aws.Provider] = field(default_factory=dict, init=False)

    def scope(self, account: str, region: str) -> Scope:
        """Return the scope of an account and region; one provider each, created at first use."""
        key = (account, region)
        if key not in self._providers:
            self._providers[key] = self._provider(account, region)
        return Scope(
            provider=self._providers[key],
            account=account,
            account_id=self.fleet.accounts[account].id,
            region=region,
            base_tags=self._base_tags(account),
        )

    def upstream(self, alias: str) -> Upstream:
        """Return the outputs asked for under an alias.

        Raises:
            ProgramError: the spec declares no such alias.
        """
        for ask in self.spec.asks:
            if ask.alias == alias:
                return Upstream(ask, self.source)
        raise ProgramError(
            f"stack {self.spec.name!r} asks nothing under the alias {alias!r}",
            remedy="declare it in the spec's asks",
        )

    def _provider(self, account: str, region: str) -> aws.Provider:
        entry = self.fleet.accounts[account]
        role = aws.ProviderAssumeRoleArgs(
            role_arn=f"arn:aws:iam::{entry.id}:role/{entry.role}",
            external_id=entry.external_id,
            session_name=f"securecart-{self.spec.name}"[:64],
        )
        return aws.Provider(f"{account}-{region}", region=region, assume_roles=[role], allowed_account_ids=[entry.id])

    def _base_tags(self, account: str) -> dict[str, str]:
        labels = {
            "fleet": self.fleet.name,
            "stack": self.spec.name,
            "account": account,
            "environment": self.spec.environment,
            "managed-by": "pulumi",
        }
        return {f"{TAG_PREFIX}{key}": value for key, value in labels.items()}


@dataclass(frozen=True)
class StackKind:
    """A kind of stack: which stacks of it a fleet has, and the program that deploys one."""

    name: str
    """Name of the kind, for example ``network``."""
    stacks: Callable[[Fleet], Iterable[StackSpec]]
    """Stacks of this kind in a fleet; pure."""
    program: Callable[[StackRun], Outputs]
    """Creates the resources of one stack and returns its outputs."""
