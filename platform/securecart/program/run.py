"""One run of one stack program: what it may read, and the providers it creates resources with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import pulumi
import pulumi_aws as aws

from securecart.config.model import Account
from securecart.errors import ProgramError
from securecart.plan.stack import StackSpec
from securecart.program.scope import TAG_PREFIX, Scope
from securecart.program.upstream import OutputSource, Upstream

Outputs = Mapping[str, pulumi.Input[object]]
"""What a program returns: its stack's outputs by name."""
Inputs = TypeVar("Inputs")
"""What one kind of program reads of the fleet file: a frozen dataclass of its own."""


@dataclass
class StackRun(Generic[Inputs]):
    """Handed to a program; lives as long as the program runs. It holds all of the fleet that the program can read."""

    fleet_name: str
    """Name of the fleet; a tag of every resource."""
    spec: StackSpec
    """The stack that the program deploys."""
    accounts: Mapping[str, Account]
    """The accounts that the spec names, by name; a program can create nothing in another one."""
    inputs: Inputs
    """What the program's kind takes from the fleet file for this stack."""
    source: OutputSource
    """Where outputs of other stacks come from."""
    _providers: dict[tuple[str, str], aws.Provider] = field(default_factory=dict, init=False)

    def scope(self, account: str, region: str) -> Scope:
        """Return the scope of an account and region; one provider each, created at first use.

        Raises:
            ProgramError: the spec does not name the account.
        """
        if account not in self.accounts:
            raise ProgramError(
                f"stack {self.spec.name!r} may not work in account {account!r}",
                rule=f"a stack works in the accounts that its spec names: {', '.join(self.accounts)}",
                remedy="name it in the spec's other_accounts",
            )
        key = (account, region)
        if key not in self._providers:
            self._providers[key] = self._provider(account, region)
        return Scope(
            provider=self._providers[key],
            account=account,
            account_id=self.accounts[account].id,
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
        entry = self.accounts[account]
        role = aws.ProviderAssumeRoleArgs(
            role_arn=f"arn:aws:iam::{entry.id}:role/{entry.role}",
            external_id=entry.external_id,
            session_name=f"securecart-{self.spec.name}"[:64],
        )
        return aws.Provider(f"{account}-{region}", region=region, assume_roles=[role], allowed_account_ids=[entry.id])

    def _base_tags(self, account: str) -> dict[str, str]:
        labels = {
            "fleet": self.fleet_name,
            "stack": self.spec.name,
            "account": account,
            "environment": self.spec.environment,
            "managed-by": "pulumi",
        }
        return {f"{TAG_PREFIX}{key}": value for key, value in labels.items()}
