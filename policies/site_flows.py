"""What a site's flows need and may have in the networks it reaches: network ACL entries, security group rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from policies.acl import Entry
from policies.facts import StackFacts
from policies.logic import Truth, equal, every, one_of, some
from policies.networks import same_cidr
from policies.permissions import PeerKind, Permission
from policies.site_subjects import ReachFacts, SiteFacts
from policies.tables import EPHEMERAL, SITE_EGRESS_NUMBERS, SITE_INGRESS_NUMBERS
from policies.values import UNKNOWN
from policies.views import Resource


class Flow(NamedTuple):
    """One direction of a site's traffic through a network's ACL."""

    egress: bool
    """Whether it leaves the network: replies."""
    ports: tuple[int, int] | None
    """TCP ports, inclusive; None means everything, which is denied."""
    cidr: str
    """Block of the site."""

    def __str__(self) -> str:
        """What an entry for it does, as a reader writes it."""
        what = f"lets tcp {self.ports[0]}-{self.ports[1]}" if self.ports else "denies the rest"
        return f"{what} {'out to' if self.egress else 'in from'} {self.cidr}"

    def is_entry(self, entry: Entry) -> Truth:
        """Tell whether an entry lets this flow through, or denies the rest, and nothing more."""
        protocol, (first, last) = ("tcp", self.ports) if self.ports else ("-1", (0, 0))
        return every(
            (
                one_of(entry.number, SITE_EGRESS_NUMBERS if self.egress else SITE_INGRESS_NUMBERS),
                equal(entry.egress, self.egress),
                equal(entry.allow, self.ports is not None),
                entry.ports.exactly(protocol, first, last),
                same_cidr(entry.cidr, self.cidr),
            )
        )

    def is_permission(self, permission: Permission) -> Truth:
        """Tell whether a security group rule lets this flow in, and nothing more."""
        if permission.kind not in (PeerKind.CIDR, UNKNOWN) or self.egress or self.ports is None:
            return Truth.FALSE
        ports = permission.ports.exactly("tcp", *self.ports)
        return equal(permission.direction, "ingress") & ports & same_cidr(permission.peer, self.cidr)


def flows(site: SiteFacts, reach: ReachFacts) -> Iterator[Flow]:
    """Return the flows between a site and one network: requests to the listed ports, nothing else in, and replies.

    Without the denial the entry for the internet's replies (219) would let in what a site sends from any port.
    """
    for cidr in site.cidrs:
        yield from (Flow(False, (port, port), cidr) for port in reach.ports)
        yield Flow(False, None, cidr)
        yield Flow(True, EPHEMERAL, cidr)


def site_entry(resource: Resource, entry: Entry, facts: StackFacts) -> Truth:
    """Tell whether an entry is one that the stack's site needs where its provider leads."""
    return some(flow.is_entry(entry) for flow in _flows_at(resource, facts))


def site_permission(resource: Resource, permission: Permission, facts: StackFacts) -> Truth:
    """Tell whether a security group rule lets the stack's site in, as listed, where its provider leads."""
    return some(flow.is_permission(permission) for flow in _flows_at(resource, facts))


def _flows_at(resource: Resource, facts: StackFacts) -> Iterator[Flow]:
    if facts.site is None or resource.provider is None:
        return
    for reach in facts.site.at(resource.provider.name):
        yield from flows(facts.site, reach)
