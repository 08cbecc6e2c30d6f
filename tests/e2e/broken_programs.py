"""The fleet's own programs with something broken in them: a property changed, a provider taken, a resource added."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import pulumi

from securecart.config.model import Fleet
from securecart.plan.stack import StackSpec
from securecart.program.kind import BoundProgram, StackKind
from securecart.program.run import Outputs, StackRun
from securecart.program.upstream import OutputSource


@dataclass(frozen=True)
class Address:
    """A resource of a stack, by the last part of its type and its name; also stands for its id in a property."""

    kind: str
    name: str

    def is_at(self, token: str, name: str) -> bool:
        """Tell by type and name; the firm's components, which have no properties, are never meant."""
        return name == self.name and token.endswith(f":{self.kind}") and not token.startswith("securecart:")

    def is_named_by(self, urn: str) -> bool:
        """Tell whether a URN is this resource's."""
        tokens, name = urn.split("::")[2:]
        return self.is_at(tokens.rsplit("$", 1)[-1], name)


def whole(stack: str) -> Address:
    """The stack itself, which a rule names where something is missing."""
    return Address("Stack", f"securecart-{stack}")


@dataclass(frozen=True)
class Break:
    """One rule broken in one stack, and the resource that the rule must name."""

    rule: str
    stack: str
    at: Address
    props: Mapping[str, object] = field(default_factory=dict)
    """New values, by pulumi_aws' names; those of an added resource by the engine's."""
    provider: tuple[str, str] | None = None
    """Account and region whose provider the resource gets instead of its own."""
    adds: str = ""
    """Type of a resource to add; empty where one of the program's is changed."""
    stands_in: bool = False
    """Whether a component is added under that type: the engine shows its inputs to the policies like any other's,
    and asks no provider about it. For types that no provider in reach has."""
    blames: Address | None = None
    """What the rule names; None for the resource that is changed or added."""

    @property
    def subject(self) -> Address:
        return self.blames or self.at


def change(rule: str, stack: str, kind: str, name: str, blames: Address | None = None, /, **props: object) -> Break:
    """Break a rule by other properties of one resource of the program."""
    return Break(rule, stack, Address(kind, name), props, blames=blames)


def broken(kind: StackKind, breaks: Collection[Break]) -> StackKind:
    """Return the kind of stack, its program broken in those stacks that the breaks name."""

    def bind(fleet: Fleet, spec: StackSpec) -> BoundProgram:
        bound = kind.bind(fleet, spec)
        own = [each for each in breaks if each.stack == spec.name]

        def run(source: OutputSource) -> Outputs:
            # Unlike the program, a break may work in any account.
            scopes = StackRun(fleet.name, spec, fleet.accounts, None, source)
            changes = _Changes(scopes, [each for each in own if not each.adds])
            pulumi.runtime.register_stack_transformation(changes)
            outputs = bound.run(source)
            changes.must_be_made()
            for each in own:
                if each.adds:
                    changes.add(each)
            return outputs

        # A broken program is another program, so what is remembered of the sound one must not stand for it.
        return BoundProgram({**bound.given, "breaks": [repr(each) for each in own]}, run) if own else bound

    return replace(kind, bind=bind)


class _Changes:
    """A transformation of resources as the program creates them."""

    def __init__(self, run: StackRun[None], breaks: Collection[Break]) -> None:
        self._run, self._open = run, list(breaks)
        self._created: list[tuple[str, str, pulumi.Resource]] = []

    def __call__(self, args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult:
        self._created.append((args.type_, args.name, args.resource))
        props, opts = dict(args.props), args.opts
        for each in [each for each in self._open if each.at.is_at(args.type_, args.name)]:
            self._open.remove(each)
            props |= {key: self._resolved(value) for key, value in each.props.items()}
            if each.provider:
                other = self._run.scope(*each.provider).provider
                opts = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(provider=other))
        return pulumi.ResourceTransformationResult(props, opts)

    def must_be_made(self) -> None:
        """Fail the program where a break has hit nothing: a rule that sees no break proves nothing."""
        assert not self._open, f"the program creates none of {[(each.rule, each.at) for each in self._open]}"

    def add(self, each: Break) -> None:
        """Add a resource, with the provider that the program itself uses in its own account and region."""
        if each.stands_in:
            pulumi.ComponentResource(each.adds, each.at.name, dict(each.props))
            return
        provider = self._find(Address("aws", f"{self._run.spec.account}-{self._run.spec.region}"))
        assert isinstance(provider, pulumi.ProviderResource)
        pulumi.CustomResource(each.adds, each.at.name, dict(each.props), pulumi.ResourceOptions(provider=provider))

    def _resolved(self, value: object) -> object:
        if isinstance(value, list):
            return [self._resolved(each) for each in value]
        if not isinstance(value, Address):
            return value
        found = self._find(value)
        assert isinstance(found, pulumi.CustomResource)
        return found.id

    def _find(self, address: Address) -> pulumi.Resource:
        (found,) = (resource for token, name, resource in self._created if address.is_at(token, name))
        return found
