"""What a stack is about, cut down to what the rules ask: no rule sees more of the fleet file than these fields."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network

from securecart.config.model import Direction, Profile, Tier

# A VPC is cut into eight equal blocks; each tier owns one, in this order (docs/network: addressing).
_TIER_SLOTS = {Tier.PUBLIC: 0, Tier.PRIVATE: 1, Tier.DATABASE: 2}


def tier_block(cidr: IPv4Network, tier: Tier) -> IPv4Network:
    """Return the block of a VPC that holds every subnet of a tier.

    It is computed here anew, so that a mistake in a program's arithmetic cannot hide in the policy.
    """
    return list(cidr.subnets(prefixlen_diff=3))[_TIER_SLOTS[tier]]


@dataclass(frozen=True, order=True)
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
class ExtraRule:
    """A security group rule that the fleet file declares beyond the table."""

    group: str
    """Component whose group takes the rule."""
    direction: Direction
    """Ingress or egress."""
    protocol: str
    """IP protocol; -1 means all."""
    from_port: int
    """First port."""
    to_port: int
    """Last port, inclusive."""
    cidr: str
    """The other end's addresses."""


@dataclass(frozen=True)
class NetworkFacts:
    """The network that a stack deploys."""

    supernet: IPv4Network
    """Block that holds every network of the fleet."""
    cidr: IPv4Network
    """Block of the VPC."""
    profile: Profile
    """Which rows of the firm's tables it takes."""
    tiers: tuple[Tier, ...]
    """Tiers that it has."""
    zones: int
    """How many availability zones it spans."""
    nat_gateways: int
    """How many NAT gateways it has."""
    extra_rules: tuple[ExtraRule, ...]
    """Security group rules beyond the table."""
    gateway_endpoints: bool
    """Whether it has gateway endpoints, whose replies come from AWS's public addresses."""


@dataclass(frozen=True)
class EndpointsFacts:
    """The VPC endpoints that a stack deploys."""

    place: Place
    """Account and region of their network: whose principals and resources they let through."""
    organization_id: str | None
    """Organization whose principals they let through, where the fleet names one."""
    zones: int
    """How many availability zones the network spans; the private tier has a subnet and a route table in each."""
    gateway: tuple[str, ...]
    """Services with a gateway endpoint, sorted."""
    interface: tuple[str, ...]
    """Services with an interface endpoint, sorted."""
    buckets: tuple[str, ...]
    """Names of buckets that the S3 endpoint lets through, placeholders filled in, sorted."""
    tables: tuple[str, ...]
    """Names of tables that the DynamoDB endpoint lets through, placeholders filled in, sorted."""
    log_account_id: str
    """Account of the log archive."""


@dataclass(frozen=True)
class HubFacts:
    """The hub that a stack deploys."""

    segments: tuple[str, ...]
    """One Transit Gateway route table each."""
    attached_accounts: tuple[str, ...]
    """Ids of the accounts whose networks attach to it, sorted."""


@dataclass(frozen=True)
class AttachmentFacts:
    """The Transit Gateway attachment that a stack deploys."""

    zones: int
    """How many availability zones its network spans; the private tier has a route table for each."""
    crosses: bool
    """Whether a peering of hubs carries its segment across."""
    beyond: tuple[str, ...]
    """Blocks of the other networks in its segment, on its hub and beyond peerings that carry it, sorted."""


@dataclass(frozen=True)
class PeeringSide:
    """A network at one end of a VPC peering, and the tiers of it that are listed."""

    network: str
    """Name of the network."""
    place: Place
    """Where the network is."""
    blocks: tuple[IPv4Network, ...]
    """Blocks of the listed tiers."""
    tables: int
    """How many route tables the listed tiers have: one for each zone."""


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
class PeeringFacts:
    """The VPC peering that a stack deploys."""

    requester: PeeringSide
    """End that starts the flows."""
    accepter: PeeringSide
    """End that serves them."""
    ports: tuple[int, ...]
    """TCP ports that the accepter serves."""

    @property
    def ends(self) -> tuple[PeeringEnd, PeeringEnd]:
        """The peering as the requester and as the accepter see it."""
        return PeeringEnd(self.requester, self.accepter, True), PeeringEnd(self.accepter, self.requester, False)

    def ends_at(self, provider_name: str) -> tuple[PeeringEnd, ...]:
        """Return the ends that lie where a provider leads.

        Two ends in one account and region both qualify: then the other rules, by address, tell them apart.
        """
        return tuple(end for end in self.ends if end.own.place.provider_name == provider_name)


@dataclass(frozen=True)
class HubSide:
    """A hub at one end of a peering of hubs."""

    place: Place
    """Where the hub is."""
    beyond: tuple[str, ...]
    """Blocks of the networks that attach to the other hub in a segment carried across, sorted."""


@dataclass(frozen=True)
class HubPeeringFacts:
    """The peering of hubs that a stack deploys."""

    requester: HubSide
    """Hub that requests."""
    accepter: HubSide
    """Hub that accepts."""
