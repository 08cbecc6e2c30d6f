"""Collects the resources of one stack as an engine would show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from policies.facts import StackFacts
from policies.values import UNKNOWN, Value
from policies.views import ProviderView, Resource, Stack
from securecart.config.model import Fleet
from tests.policies.examples.fleet import FLEET


@dataclass(frozen=True)
class Ref:
    """A property that takes an attribute of another resource of the stack."""

    source: Resource
    attribute: str = "id"


@dataclass
class Builder:
    """Collects the resources of one stack; ids are known once deployed, and unknown in a first preview."""

    stack_name: str
    account: str
    region: str
    deployed: bool
    fleet: Fleet = FLEET
    resources: list[Resource] = field(default_factory=list)

    def add(
        self, kind: str, name: str, account: str = "", region: str = "", /, **props: Value | Ref | list[Ref]
    ) -> Resource:
        urn = f"urn:pulumi:{self.stack_name}::securecart::{kind}::{name}"
        plain: dict[str, Value] = {"id": self._made(f"{name}-id")}
        sources: dict[str, tuple[str, ...]] = {}
        for key, value in props.items():
            refs = value if isinstance(value, list) and value and isinstance(value[0], Ref) else [value]
            if isinstance(refs[0], Ref):
                found = [ref for ref in refs if isinstance(ref, Ref)]
                values = [ref.source.props[ref.attribute] for ref in found]
                plain[key] = values if isinstance(value, list) else values[0]
                sources[key] = tuple(ref.source.urn for ref in found)
            else:
                assert not isinstance(value, Ref)
                plain[key] = value  # type: ignore[assignment]  # no Ref is left in it
        provider = provider_view(self.fleet, self.stack_name, account or self.account, region or self.region)
        resource = Resource(urn, kind, name, plain, provider, sources)
        self.resources.append(resource)
        return resource

    def _made(self, value: str) -> Value:
        return value if self.deployed else UNKNOWN

    def made(self, value: str) -> Value:
        """A value that AWS or another stack gives; unknown before the deployment."""
        return self._made(value)

    def stack(self) -> Stack:
        root = Resource(
            f"urn:pulumi:{self.stack_name}::securecart::pulumi:pulumi:Stack::securecart-{self.stack_name}",
            "pulumi:pulumi:Stack",
            f"securecart-{self.stack_name}",
            {},
        )
        return Stack((root, *self.resources), StackFacts.of(self.fleet, self.stack_name))


def provider_view(fleet: Fleet, stack: str, account: str, region: str) -> ProviderView:
    role = f"arn:aws:iam::{fleet.accounts[account].id}:role/Deploy"
    return ProviderView(
        f"{account}-{region}",
        f"urn:pulumi:{stack}::securecart::pulumi:providers:aws::{account}-{region}",
        {"region": region, "assumeRoles": f'[{{"roleArn": "{role}", "externalId": "x"}}]'},
    )


def tags(**labels: str) -> Mapping[str, str]:
    return {f"securecart:{key}": value for key, value in labels.items()}
