"""The edge: DNS zone, certificates, load balancers, web ACLs, distributions and accelerators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from securecart.config.countries import CUSTOMERS, Country
from securecart.config.parts import Model, Name, RegionName

DomainName = Annotated[
    str,
    Field(
        pattern=r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$",
        max_length=253,
        description="Domain name in lower case, e.g. `shop.securecart.example`.",
    ),
]
UrlPath = Annotated[str, Field(pattern=r"^/[A-Za-z0-9._~/-]{0,254}$", description="Path of a URL, e.g. `/health`.")]
PathPattern = Annotated[
    str,
    Field(pattern=r"^/[A-Za-z0-9_.*$/~\"'@:+-]{0,254}$", description="CloudFront path pattern, e.g. `/api/*`."),
]


class Dns(Model):
    """The public hosted zone that holds every name of the fleet; stack `dns`."""

    account: Name = Field(description="Account that owns the zone.")
    zone: DomainName = Field(description="Domain name of the zone.")


class Certificate(Model):
    """One ACM certificate in each listed region of one account, validated by records in the zone."""

    account: Name = Field(description="Account that uses the certificates.")
    regions: tuple[RegionName, ...] = Field(
        min_length=1, description="Regions that get one; CloudFront's is us-east-1."
    )
    domain_name: DomainName = Field(description="First name of the certificates.")
    subject_alternative_names: tuple[DomainName, ...] = Field(default=(), description="Further names.")


class LoadBalancer(Model):
    """An Application Load Balancer in the public tier of a network, with its web ACL."""

    network: Name = Field(description="Network whose public tier holds it, and whose private tier it forwards to.")
    host: DomainName = Field(description="Its own name in the zone; health checks and CloudFront ask for it.")
    certificate: Name = Field(description="Certificate of the HTTPS listener; it must name the host.")
    health_check_path: UrlPath = Field(default="/health", description="Path that answers 200 while targets are well.")


class Waf(Model):
    """What every web ACL of the fleet enforces."""

    rate_limit: int = Field(
        default=100,
        ge=10,
        le=2_000_000_000,
        description="Requests of one address within the window, above which it is blocked.",
    )
    rate_window_seconds: Literal[60, 120, 300, 600] = Field(default=300, description="The window, in seconds.")
    countries: tuple[Country, ...] = Field(
        default=CUSTOMERS,
        min_length=1,
        description="Countries whose requests are let in: the United States and Europe, unless told otherwise.",
    )


class Shield(Model):
    """DDoS protection beyond Shield Standard, which costs nothing and is always on."""

    advanced: bool = Field(
        default=False,
        description="Shield Advanced on every load balancer, distribution, accelerator and the zone: 3000 USD a month.",
    )


class Distribution(Model):
    """A CloudFront distribution: static content from a private bucket, and a load balancer for the rest."""

    account: Name = Field(description="Account that owns distribution and bucket.")
    aliases: tuple[DomainName, ...] = Field(min_length=1, description="Its names in the zone.")
    certificate: Name = Field(description="Certificate, in us-east-1, that names every alias.")
    load_balancer: Name = Field(description="Load balancer behind the listed paths.")
    dynamic_paths: tuple[PathPattern, ...] = Field(
        default=("/api/*",), min_length=1, description="Paths that go to the load balancer; all others to the bucket."
    )
    price_class: Literal["PriceClass_100", "PriceClass_200", "PriceClass_All"] = Field(
        default="PriceClass_100", description="Which edge locations serve; 100 is North America and Europe."
    )


class AcceleratorEndpoint(Model):
    """A load balancer behind an accelerator."""

    weight: int = Field(default=128, ge=0, le=255, description="Share of its region's traffic among endpoints.")
    traffic_dial_percentage: float = Field(
        default=100, ge=0, le=100, description="Part of the traffic meant for its region that it takes, in percent."
    )


class Accelerator(Model):
    """A Global Accelerator: two static addresses in front of load balancers in several regions."""

    host: DomainName = Field(description="Its name in the zone.")
    load_balancers: Mapping[Name, AcceleratorEndpoint] = Field(
        min_length=1, description="Load balancers, of one account, one for each region."
    )
