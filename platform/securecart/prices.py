"""What AWS asks a month for what is there, used or not: each price with its source and date. docs/costs.md shows them.

Prices are in US dollars, without tax and discounts. They were not fetched: they are what AWS's price pages stated, to
the author's knowledge, at the date given. What is paid by use comes on top.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from securecart.errors import SecureCartError

HOURS_A_MONTH: Final = 730
"""Hours of a month, as AWS's price pages count."""
AS_OF: Final = "January 2025"
"""When the prices were as they are written here."""


@dataclass(frozen=True)
class Price:
    """One fixed price."""

    amount: Decimal
    """US dollars."""
    period: Literal["hour", "month"]
    """What the amount is for."""
    source: str
    """Page of AWS that states it."""

    @property
    def month(self) -> Decimal:
        """US dollars a month, for one."""
        return self.amount * (HOURS_A_MONTH if self.period == "hour" else 1)

    def __str__(self) -> str:
        """Such as ``0.045 an hour``."""
        return f"{self.amount} {'an hour' if self.period == 'hour' else 'a month'}" if self.amount else "free"


def _hourly(amount: str, source: str) -> Price:
    return Price(Decimal(amount), "hour", source)


def _monthly(amount: str, source: str) -> Price:
    return Price(Decimal(amount), "month", source)


SHIELD_ADVANCED: Final = "Shield Advanced"
"""Component that is off unless the fleet file switches it on."""

_US, _EU = "us-east-1", "eu-west-1"
_NAT = "Amazon VPC pricing, NAT gateway"
_IPV4 = "Amazon VPC pricing, public IPv4 address"
_PRIVATELINK = "AWS PrivateLink pricing, interface endpoints"
_TGW = "AWS Transit Gateway pricing"
_VPN = "AWS VPN pricing, Site-to-Site VPN connection"
_ELB = "Elastic Load Balancing pricing"
_WAF = "AWS WAF pricing"
_ROUTE53 = "Amazon Route 53 pricing"
_KMS = "AWS KMS pricing, key storage"

PRICES: Final[dict[tuple[str, str], Price]] = {
    ("NAT gateways", _US): _hourly("0.045", _NAT),
    ("NAT gateways", _EU): _hourly("0.048", _NAT),
    ("public IPv4 addresses of NAT gateways", _US): _hourly("0.005", _IPV4),
    ("public IPv4 addresses of NAT gateways", _EU): _hourly("0.005", _IPV4),
    ("interface endpoints", _US): _hourly("0.01", _PRIVATELINK),
    ("interface endpoints", _EU): _hourly("0.011", _PRIVATELINK),
    ("gateway endpoints", "both"): _monthly("0", "Amazon VPC user guide, Gateway endpoints, pricing"),
    ("Transit Gateway VPC attachments", _US): _hourly("0.05", _TGW),
    ("Transit Gateway VPC attachments", _EU): _hourly("0.05", _TGW),
    ("Transit Gateway peering attachments", "both"): _hourly("0.05", _TGW),
    ("Transit Gateway VPN attachments", _US): _hourly("0.05", _TGW),
    ("VPN connections", _US): _hourly("0.05", _VPN),
    ("VPN connections", _EU): _hourly("0.05", _VPN),
    ("public IPv4 addresses of VPN tunnels", "both"): _hourly("0.005", _IPV4),
    ("secrets of VPN tunnels", "both"): _monthly("0.40", "AWS Secrets Manager pricing"),
    ("Direct Connect port of 1 Gbps", _US): _hourly("0.30", "AWS Direct Connect pricing, dedicated port hours"),
    ("Application Load Balancers", _US): _hourly("0.0225", _ELB),
    ("Application Load Balancers", _EU): _hourly("0.0252", _ELB),
    ("public IPv4 addresses of load balancers", _US): _hourly("0.005", _IPV4),
    ("public IPv4 addresses of load balancers", _EU): _hourly("0.005", _IPV4),
    ("Network Load Balancers", _US): _hourly("0.0225", _ELB),
    ("PrivateLink endpoints", _US): _hourly("0.01", _PRIVATELINK),
    ("web ACLs", "both"): _monthly("5.00", _WAF),
    ("rules of web ACLs", "both"): _monthly("1.00", _WAF),
    ("secrets of distributions", _US): _monthly("0.40", "AWS Secrets Manager pricing"),
    ("CloudFront distributions", "all"): _monthly("0", "Amazon CloudFront pricing"),
    ("public certificates", "both"): _monthly("0", "AWS Certificate Manager pricing"),
    ("Global Accelerator", "all"): _hourly("0.025", "AWS Global Accelerator pricing"),
    ("public IPv4 addresses of accelerators", "all"): _hourly("0.005", _IPV4),
    ("hosted zone", "all"): _monthly("0.50", _ROUTE53),
    ("health checks", "all"): _monthly("0", f"{_ROUTE53}, health checks: the first 50 of AWS endpoints"),
    ("HTTPS of health checks", "all"): _monthly("1.00", f"{_ROUTE53}, health checks: optional features"),
    ("KMS keys", _US): _monthly("1.00", _KMS),
    ("KMS keys", _EU): _monthly("1.00", _KMS),
    ("alarms", "both"): _monthly("0.10", "Amazon CloudWatch pricing, standard resolution alarms"),
    (SHIELD_ADVANCED, "all"): _monthly("3000.00", "AWS Shield pricing"),
}
"""Price of each component in each region, of AWS's regions that the default fleet uses."""


def price(component: str, region: str = "all") -> Price:
    """Return the price of a component in a region; ``both`` or ``all`` where regions make no difference.

    Raises:
        SecureCartError: the table lacks it, a mistake in the platform itself.
    """
    found = PRICES.get((component, region))
    if found is None:
        remedy = "add it to securecart.prices.PRICES"
        raise SecureCartError("a price that is not known", value=f"{component}, {region}", remedy=remedy)
    return found
