"""What PrivateLink adds to the security group table: the clients that a service's load balancer takes.

With its group enforced, a Network Load Balancer sees a client behind an endpoint by the client's own private address,
not by the endpoint's (NLB guide, Update the security groups for your Network Load Balancer). So the group lists the
private tiers of the firm's consumers, and the blocks that the fleet file names for others.
"""

from __future__ import annotations

from ipaddress import IPv4Network

from securecart.components.security_group_rules import GroupRule
from securecart.components.site_access_table import block_label
from securecart.config.addressing import tier_block
from securecart.config.model import Direction, EndpointService, Fleet, Tier

LOAD_BALANCER = "nlb"
"""Component whose group the load balancer takes."""
PORT = 443
"""Port that clients call; TLS goes through the load balancer and ends in the service."""


def client_rules(fleet: Fleet, service: EndpointService) -> tuple[GroupRule, ...]:
    """Return the rules that let a service's clients into its load balancer's group."""
    consumers = [(name, tier_block(fleet.networks[name].cidr, Tier.PRIVATE)) for name in sorted(service.consumers)]
    others = [("client", block) for block in sorted(service.clients)]
    return tuple(_rule(who, block) for who, block in (*consumers, *others))


def _rule(who: str, block: IPv4Network) -> GroupRule:
    return GroupRule(
        component=LOAD_BALANCER,
        direction=Direction.INGRESS,
        label=f"{who}-{block_label(block)}",
        protocol="tcp",
        ports=(PORT, PORT),
        description=f"{who} by PrivateLink",
        cidr=str(block),
    )
