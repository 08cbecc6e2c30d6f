"""What the fleet file says about one stack, in the form the rules ask for.

The tier blocks are computed here anew, so that a mistake in a program's arithmetic cannot hide in the policy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network

from securecart.config.model import (
    Attachment,
    Fleet,
    Hub,
    HubPeering,
    Nat,
    Network,
    Peering,
    PeeringSide,
    Tier,
)

# A VPC is cut into eight equal blocks; each tier owns one, in this order (docs/network: addressing).
_TIER_SLOTS = {Tier.PUBLIC: 0, Tier.PRIVATE: 1, Tier.DATABASE: 2}


def tier_block(network: Network, tier: Tier) -> IPv4Network:
    """Return the block that holds every subnet of a tier."""
    return list(network.cidr.subnets(prefixlen_diff=3))[_TIER_SLOTS[tier]]


@dataclass(frozen=True)
class Place:
    """An account and region that a stack may create resources in."""

    account: str
    """Name of the account in the fleet."""
    account_id: str
    """Twelve digits."""
    region: str
    """AWS region."""

    @property
    def provider_name(self) -> str:
        """Logical name of the provider that leads there."""
        return f"{self.account}-{self.region}"


@dataclass(frozen=True)
class PeeringEnd:
    """A peering as one of its networks sees it."""

    own: PeeringSide
    """This end."""
    peer: PeeringSide
    """The other end."""
    requests: bool
    """Whether flows start here."""


@dataclass(frozen=True)
class StackFacts:
    """A stack's name, and what the fleet declares it to be."""

    fleet: Fleet
    """The whole fleet."""
    name: str
    """Pulumi stack name, from the URN."""

    @classmethod
    def of_urn(cls, fleet: Fleet, urn: str) -> StackFacts:
        """Return the facts of the stack in ``urn:pulumi:STACK::PROJECT::TYPE::NAME``."""
        return cls(fleet, urn.removeprefix("urn:pulumi:").split("::", 1)[0])

    @property
    def network_name(self) -> str:
        """Name of the network that the stack deploys; empty for other stacks."""
        name = self.name.removeprefix("network-")
        return name if self.name.startswith("network-") and name in self.fleet.networks else ""

    @property
    def network(self) -> Network | None:
        """Return the network that the stack deploys."""
        return self.fleet.networks.get(self.network_name)

    @property
    def hub(self) -> Hub | None:
        """Return the hub that the stack deploys."""
        return self.fleet.hubs.get(self.hub_name)

    @property
    def hub_name(self) -> str:
        """Name of the hub that the stack deploys; empty for other stacks."""
        name = self.name.removeprefix("hub-")
        return name if self.name.startswith("hub-") and name in self.fleet.hubs else ""

    @property
    def peering(self) -> Peering | None:
        """Return the VPC peering that the stack deploys."""
        found = self._connection("peering-")
        return found if isinstance(found, Peering) else None

    @property
    def attachment(self) -> Attachment | None:
        """Return the Transit Gateway attachment that the stack deploys."""
        found = self._connection("attach-")
        return found if isinstance(found, Attachment) else None

    @property
    def hub_peering(self) -> HubPeering | None:
        """Return the peering of hubs that the stack deploys."""
        found = self._connection("hub-peering-")
        return found if isinstance(found, HubPeering) else None

    @property
    def archive_region(self) -> str:
        """Region of the log archive that the stack deploys; empty for other stacks."""
        region = self.name.removeprefix("log-archive-")
        return region if self.name.startswith("log-archive-") and region in self.fleet.regions else ""

    def _connection(self, prefix: str) -> object:
        if not self.name.startswith(prefix):
            return None
        return self.fleet.connections.get(self.name.removeprefix(prefix))

    @property
    def places(self) -> frozenset[Place]:
        """Accounts and regions that the stack may work in; empty for a stack that the fleet does not have."""
        return frozenset(Place(name, self.fleet.accounts[name].id, region) for name, region in self._pairs())

    def _pairs(self) -> Iterator[tuple[str, str]]:
        fleet = self.fleet
        holders: list[Network | Hub | None] = [self.network, self.hub]
        if self.archive_region:
            yield fleet.log_archive.account, self.archive_region
        if (attachment := self.attachment) is not None:
            holders += [fleet.networks[attachment.network], fleet.hubs[attachment.hub]]
        if (across := self.hub_peering) is not None:
            holders += [fleet.hubs[across.requester], fleet.hubs[across.accepter]]
        if (peering := self.peering) is not None:
            holders += [fleet.networks[side.network] for side in (peering.requester, peering.accepter)]
        yield from ((holder.account, holder.region) for holder in holders if holder is not None)

    def archive_bucket(self, region: str) -> str:
        """Return the name of the bucket that takes a region's flow logs."""
        archive = self.fleet.accounts[self.fleet.log_archive.account].id
        return f"{self.fleet.name}-flow-logs-{archive}-{region}"

    def side_blocks(self, side: PeeringSide) -> tuple[IPv4Network, ...]:
        """Return the tier blocks on one side of a peering."""
        network = self.fleet.networks[side.network]
        return tuple(tier_block(network, tier) for tier in side.tiers)

    def peering_ends(self, provider_name: str) -> tuple[PeeringEnd, ...]:
        """Return the ends of the stack's peering that lie where a provider leads.

        Two ends in one account and region both qualify: then the other rules, by address, tell them apart.
        """
        peering = self.peering
        if peering is None:
            return ()
        ends = (
            PeeringEnd(peering.requester, peering.accepter, True),
            PeeringEnd(peering.accepter, peering.requester, False),
        )
        return tuple(end for end in ends if self._provider_of(end.own) == provider_name)

    def _provider_of(self, side: PeeringSide) -> str:
        network = self.fleet.networks[side.network]
        return f"{network.account}-{network.region}"

    def attached_accounts(self, hub_name: str) -> frozenset[str]:
        """Return the ids of the accounts whose networks attach to a hub."""
        return frozenset(
            self.fleet.accounts[self.fleet.networks[connection.network].account].id
            for connection in self.attachments()
            if connection.hub == hub_name
        )

    def attachments(self) -> Iterable[Attachment]:
        """Return every Transit Gateway attachment of the fleet."""
        return (found for found in self.fleet.connections.values() if isinstance(found, Attachment))

    def hub_peerings(self) -> Iterable[HubPeering]:
        """Return every peering of hubs of the fleet."""
        return (found for found in self.fleet.connections.values() if isinstance(found, HubPeering))

    def segment_crosses_from(self, hub_name: str, segment: str) -> bool:
        """Tell whether a peering of hubs carries a hub's segment across."""
        return any(
            hub_name in (across.requester, across.accepter) and segment in across.segments
            for across in self.hub_peerings()
        )

    def segment_cidrs(self, hub_name: str, segment: str) -> frozenset[str]:
        """Return the blocks of the networks attached to one hub in one segment."""
        return frozenset(
            str(self.fleet.networks[found.network].cidr)
            for found in self.attachments()
            if (found.hub, found.segment) == (hub_name, segment)
        )

    def reachable_segment_cidrs(self, attachment: Attachment) -> frozenset[str]:
        """Return the blocks of a segment, on an attachment's hub and beyond peerings that carry it."""
        hubs = {attachment.hub}
        for across in self.hub_peerings():
            if attachment.segment in across.segments and attachment.hub in (
                across.requester,
                across.accepter,
            ):
                hubs |= {across.requester, across.accepter}
        return frozenset(cidr for hub in hubs for cidr in self.segment_cidrs(hub, attachment.segment))

    def expected_nat_gateways(self) -> int:
        """Return how many NAT gateways the stack's network has."""
        network = self.network
        if network is None or network.nat is Nat.NONE:
            return 0
        return len(network.azs) if network.nat is Nat.PER_AZ else 1
