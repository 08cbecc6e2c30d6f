"""One change of the default fleet file, and the stacks whose inputs change with it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Document = dict[str, Any]

ARCHIVES = {"log-archive-us-east-1", "log-archive-eu-west-1"}
HUBS = {"hub-us-east-1", "hub-eu-west-1"}
NETWORKS = {"network-dev", "network-staging", "network-prod", "network-prod-eu", "network-payments"}
ATTACHMENTS = {"attach-dev", "attach-staging", "attach-prod", "attach-prod-eu"}
ENDPOINTS = {"endpoints-dev", "endpoints-staging", "endpoints-prod", "endpoints-prod-eu", "endpoints-payments"}
PEERINGS = {"peering-prod-payments", "peering-prod-eu-payments"}
OFFICES = {"vpn-office"}
LINKS = {"direct-connect-logistics"}
OFFERS = {"endpoint-service-payments"}
PARTNERS = {"partner-endpoint-payment-provider"}
ZONE = {"dns"}
CERTIFICATES = {"certificate-dev", "certificate-staging", "certificate-prod"}
BALANCERS = {"load-balancer-dev", "load-balancer-staging", "load-balancer-prod", "load-balancer-prod-eu"}
DISTRIBUTIONS = {"distribution-static"}
ROUTING = {"accelerator-shop", "records"}
EVERYTHING = {
    *(*ARCHIVES, *HUBS, *NETWORKS, *ENDPOINTS, *ATTACHMENTS, *PEERINGS, *OFFICES, *LINKS, "hub-peering-hubs"),
    *(*OFFERS, *PARTNERS, *ZONE, *CERTIFICATES, *BALANCERS, *DISTRIBUTIONS, *ROUTING),
}


@dataclass(frozen=True)
class Change:
    """One edit of the default fleet file, and the stacks that it concerns."""

    name: str
    edit: Callable[[Document], object]
    changed: set[str] = field(default_factory=set)
    added: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
