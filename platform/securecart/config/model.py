"""The fleet: accounts, regions, networks, hubs, connections and targets, as frozen models.

The models check what one value can say about itself; rules between objects live in ``rules``. Field names are
AWS's and Pulumi's own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from ipaddress import IPv4Network
from typing import Annotated, Literal

from pydantic import Field

from securecart.config.edge import Accelerator as Accelerator
from securecart.config.edge import Certificate as Certificate
from securecart.config.edge import Distribution as Distribution
from securecart.config.edge import Dns as Dns
from securecart.config.edge import LoadBalancer as LoadBalancer
from securecart.config.edge import Shield as Shield
from securecart.config.edge import Waf as Waf
from securecart.config.endpoints import Endpoints as Endpoints
from securecart.config.hybrid import CustomerGateway as CustomerGateway
from securecart.config.hybrid import DirectConnect as DirectConnect
from securecart.config.hybrid import Failover as Failover
from securecart.config.hybrid import Reach as Reach
from securecart.config.hybrid import Vpn as Vpn
from securecart.config.parts import Model as Model
from securecart.config.parts import Name as Name
from securecart.config.parts import RegionName as RegionName
from securecart.config.parts import StackName as StackName
from securecart.config.parts import Tier as Tier
from securecart.config.privatelink import EndpointService as EndpointService
from securecart.config.privatelink import PartnerEndpoint as PartnerEndpoint
from securecart.config.record_sets import FailoverSet as FailoverSet
from securecart.config.record_sets import GeolocationSet as GeolocationSet
from securecart.config.record_sets import LatencySet as LatencySet
from securecart.config.record_sets import RecordSet as RecordSet
from securecart.config.record_sets import WeightedSet as WeightedSet


class Environment(StrEnum):
    """What a network serves. Environments never reach each other, save for listed peerings."""

    DEV = "dev"
    STAGING = "staging"
    PROD = "prod"
    PAYMENTS = "payments"


class Profile(StrEnum):
    """Which rows of the security group and network ACL tables a network takes."""

    APPLICATION = "application"
    PAYMENTS = "payments"


class Nat(StrEnum):
    """How the private tier reaches the internet."""

    NONE = "none"
    SINGLE = "single"
    PER_AZ = "per-az"


class Direction(StrEnum):
    """Direction of a security group rule, in AWS's words."""

    INGRESS = "ingress"
    EGRESS = "egress"


class Account(Model):
    """An AWS account and the way into it."""

    id: str = Field(pattern=r"^[0-9]{12}$", description="Twelve digits, quoted.")
    role: str = Field(
        pattern=r"^[A-Za-z0-9_+=,.@-]{1,64}$",
        description="Name of the IAM role that every stack assumes in this account.",
    )
    external_id: str = Field(
        min_length=2,
        max_length=1224,
        description="External id that the role's trust policy demands (IAM: STS ExternalId).",
    )


class SecurityGroupRule(Model):
    """An extra rule on one of the network's security groups; judged by the policy pack like every other."""

    group: Name = Field(description="Component whose group takes the rule: alb, ecs, rds, lambda, endpoints, service.")
    direction: Direction = Field(description="ingress or egress.")
    protocol: Literal["tcp", "udp", "icmp", "-1"] = Field(default="tcp", description="IP protocol; -1 means all.")
    from_port: int = Field(ge=-1, le=65535, description="First port; -1 with protocol icmp or -1.")
    to_port: int = Field(ge=-1, le=65535, description="Last port, inclusive.")
    cidr: str = Field(description="Peer as an IPv4 or IPv6 CIDR, for example 10.0.0.0/8 or ::/0.")
    description: str = Field(min_length=1, max_length=255, description="Why the rule exists.")


class Network(Model):
    """A VPC with its tiers, in one account and region."""

    account: Name = Field(description="Account that owns the VPC.")
    region: RegionName = Field(description="Region of the VPC.")
    environment: Environment = Field(description="What the network serves.")
    profile: Profile = Field(default=Profile.APPLICATION, description="Which rows of the firm's tables apply.")
    cidr: IPv4Network = Field(description="IPv4 block of the VPC, /16 to /22, inside the fleet's supernet.")
    azs: tuple[str, ...] = Field(min_length=1, description="Availability zones, for example us-east-1a.")
    tiers: tuple[Tier, ...] = Field(
        default=(Tier.PUBLIC, Tier.PRIVATE, Tier.DATABASE), description="Tiers that the network has."
    )
    nat: Nat = Field(default=Nat.NONE, description="NAT gateways in the public tier: none, single, per-az.")
    security_group_rules: tuple[SecurityGroupRule, ...] = Field(default=(), description="Rules beyond the table.")
    endpoints: Endpoints | None = Field(
        default=None, description="VPC endpoints of the private tier; stack `endpoints-NAME`."
    )
    protected: bool = Field(default=False, description="Whether destroy refuses unless the stack is named.")
    after: tuple[StackName, ...] = Field(
        default=(), description="Stacks to be done first, beyond derived dependencies."
    )


class Hub(Model):
    """A Transit Gateway shared to the accounts of its attachments."""

    account: Name = Field(description="Account that owns the Transit Gateway.")
    region: RegionName = Field(description="Region of the Transit Gateway.")
    asn: int = Field(
        ge=64512,
        le=4294967294,
        description="Private ASN of the Amazon side, 64512-65534 or 4200000000-4294967294.",
    )
    segments: tuple[Name, ...] = Field(min_length=1, description="One Transit Gateway route table each.")
    protected: bool = Field(default=False, description="Whether destroy refuses unless the stack is named.")
    after: tuple[StackName, ...] = Field(
        default=(), description="Stacks to be done first, beyond derived dependencies."
    )


class Attachment(Model):
    """A Transit Gateway VPC attachment of a network to a hub."""

    kind: Literal["attachment"] = Field(description="Transit Gateway VPC attachment.")
    network: Name = Field(description="Network to attach.")
    hub: Name = Field(description="Hub of the same region.")
    segment: Name = Field(description="Route table of the hub that the attachment associates with and propagates to.")


class PeeringSide(Model):
    """One end of a VPC peering: a network and the tiers whose route tables take a route."""

    network: Name = Field(description="Network on this end.")
    tiers: tuple[Tier, ...] = Field(default=(Tier.PRIVATE,), description="Tiers that need the other end.")


class Peering(Model):
    """A VPC peering connection; flows go from the requester's tiers to the accepter's tiers."""

    kind: Literal["peering"] = Field(description="VPC peering connection.")
    requester: PeeringSide = Field(description="End that requests, and starts the flows.")
    accepter: PeeringSide = Field(description="End that accepts, with its own role, and serves the flows.")
    ports: tuple[Annotated[int, Field(ge=1, le=65535)], ...] = Field(
        default=(443,), description="TCP ports that the accepter serves."
    )


class HubPeering(Model):
    """A Transit Gateway peering attachment between the hubs of two regions."""

    kind: Literal["hub-peering"] = Field(description="Transit Gateway peering attachment.")
    requester: Name = Field(description="Hub that requests.")
    accepter: Name = Field(description="Hub that accepts.")
    segments: tuple[Name, ...] = Field(min_length=1, description="Segments carried across; static routes in each hub.")


Connection = Annotated[Attachment | Peering | HubPeering, Field(discriminator="kind")]


class LogArchive(Model):
    """Where flow logs go: an encrypted bucket per region in the log archive account."""

    account: Name = Field(description="Account that owns the buckets and their keys.")
    retention_days: int = Field(default=400, ge=90, le=3650, description="Days until a log object expires.")


class Target(Model):
    """Where a run deploys to, and where its state lives."""

    kind: Literal["sandbox", "aws"] = Field(description="The embedded sandbox, or real AWS accounts.")
    backend: str | None = Field(
        default=None,
        description="Pulumi backend URL, for example s3://bucket; the sandbox defaults to a local folder.",
    )
    secrets_provider: str | None = Field(
        default=None,
        description="Pulumi secrets provider, for example awskms://alias/pulumi; sandbox: a passphrase.",
    )


class Fleet(Model):
    """The whole fleet file."""

    name: Name = Field(default="securecart", description="Name of the fleet; Pulumi project and tag value.")
    home_region: RegionName = Field(description="Region of everything that exists once.")
    regions: tuple[RegionName, ...] = Field(min_length=1, description="Regions the fleet may use.")
    supernet: IPv4Network = Field(description="Block that holds every network; nothing else may use it.")
    organization_id: str | None = Field(
        default=None,
        pattern=r"^o-[a-z0-9]{10,32}$",
        description="AWS Organizations id; where it is given, VPC endpoints admit the organization's principals.",
    )
    accounts: Mapping[Name, Account] = Field(min_length=1, description="Accounts by name.")
    log_archive: LogArchive = Field(description="Where flow logs go.")
    hubs: Mapping[Name, Hub] = Field(default={}, description="Hubs by name; stack `hub-NAME`.")
    networks: Mapping[Name, Network] = Field(default={}, description="Networks by name; stack `network-NAME`.")
    connections: Mapping[Name, Connection] = Field(default={}, description="Connections by name.")
    vpns: Mapping[Name, Vpn] = Field(default={}, description="VPN connections of offices by name; stack `vpn-NAME`.")
    direct_connects: Mapping[Name, DirectConnect] = Field(
        default={}, description="Direct Connect connections by name; stack `direct-connect-NAME`."
    )
    endpoint_services: Mapping[Name, EndpointService] = Field(
        default={}, description="Services offered by PrivateLink, by name; stack `endpoint-service-NAME`."
    )
    partner_endpoints: Mapping[Name, PartnerEndpoint] = Field(
        default={}, description="Endpoints to services of others, by name; stack `partner-endpoint-NAME`."
    )
    dns: Dns | None = Field(default=None, description="The public hosted zone; stack `dns`.")
    certificates: Mapping[Name, Certificate] = Field(
        default={}, description="Certificates by name; stack `certificate-NAME`."
    )
    waf: Waf = Field(default=Waf(), description="What every web ACL enforces.")
    shield: Shield = Field(default=Shield(), description="DDoS protection.")
    load_balancers: Mapping[Name, LoadBalancer] = Field(
        default={}, description="Application Load Balancers by name; stack `load-balancer-NAME`."
    )
    distributions: Mapping[Name, Distribution] = Field(
        default={}, description="CloudFront distributions by name; stack `distribution-NAME`."
    )
    accelerators: Mapping[Name, Accelerator] = Field(
        default={}, description="Global Accelerators by name; stack `accelerator-NAME`."
    )
    record_sets: Mapping[Name, RecordSet] = Field(
        default={}, description="Names with a routing policy, by name; all of them in stack `records`."
    )
    targets: Mapping[Name, Target] = Field(min_length=1, description="Targets by name.")
    default_target: Name = Field(default="sandbox", description="Target of a run that names none.")
