"""A small fleet that breaks no rule of configuration, and where its tiers lie, written out."""

from __future__ import annotations

from policies.facts import FleetFacts
from securecart.config.model import Fleet
from tests.policies.examples.edge import EDGE

FLEET = Fleet.model_validate(
    {
        "home_region": "us-east-1",
        "regions": ["us-east-1", "eu-west-1"],
        "supernet": "10.0.0.0/8",
        "accounts": {
            name: {"id": f"21000000000{index}", "role": "Deploy", "external_id": f"secret-{name}"}
            for index, name in enumerate(("network", "dev", "prod", "payments", "log-archive"), start=1)
        },
        "log_archive": {"account": "log-archive"},
        "hubs": {
            "us": {"account": "network", "region": "us-east-1", "asn": 64512, "segments": ["dev", "prod"]},
            "eu": {"account": "network", "region": "eu-west-1", "asn": 64513, "segments": ["prod"]},
        },
        "networks": {
            "dev": {
                "account": "dev",
                "region": "us-east-1",
                "environment": "dev",
                "cidr": "10.10.0.0/16",
                "azs": ["us-east-1a", "us-east-1b"],
                "nat": "single",
                "security_group_rules": [
                    {
                        "group": "ecs",
                        "direction": "egress",
                        "protocol": "udp",
                        "from_port": 123,
                        "to_port": 123,
                        "cidr": "10.0.0.0/8",
                        "description": "time",
                    }
                ],
            },
            "prod": {
                "account": "prod",
                "region": "us-east-1",
                "environment": "prod",
                "cidr": "10.30.0.0/16",
                "azs": ["us-east-1a", "us-east-1b", "us-east-1c"],
                "nat": "per-az",
                "endpoints": {"buckets": ["shop-{account}-*"], "tables": ["orders"]},
                "protected": True,
            },
            "prod-eu": {
                "account": "prod",
                "region": "eu-west-1",
                "environment": "prod",
                "cidr": "10.31.0.0/16",
                "azs": ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
                "nat": "per-az",
            },
            "payments": {
                "account": "payments",
                "region": "us-east-1",
                "environment": "payments",
                "profile": "payments",
                "cidr": "10.40.0.0/16",
                "azs": ["us-east-1a", "us-east-1b"],
                "tiers": ["private", "database"],
                "endpoints": {"gateway": ["s3"], "interface": ["ecr.api", "ecr.dkr"]},
                "protected": True,
            },
        },
        "connections": {
            "dev": {"kind": "attachment", "network": "dev", "hub": "us", "segment": "dev"},
            "prod": {"kind": "attachment", "network": "prod", "hub": "us", "segment": "prod"},
            "prod-eu": {"kind": "attachment", "network": "prod-eu", "hub": "eu", "segment": "prod"},
            "hubs": {"kind": "hub-peering", "requester": "us", "accepter": "eu", "segments": ["prod"]},
            "prod-payments": {
                "kind": "peering",
                "requester": {"network": "prod"},
                "accepter": {"network": "payments"},
            },
        },
        "vpns": {
            "office": {
                "hub": "us",
                "customer_gateway": {"ip_address": "203.0.113.10", "bgp_asn": 65010},
                "cidrs": ["192.168.100.0/24"],
                "reaches": [{"network": "prod"}, {"network": "dev"}],
            }
        },
        "direct_connects": {
            "logistics": {
                "account": "network",
                "region": "us-east-1",
                "location": "EqDC2",
                "gateway_asn": 64520,
                "vlan": 101,
                "bgp_asn": 65020,
                "networks": ["prod", "payments"],
                "allowed_prefixes": ["10.30.0.0/16", "10.40.0.0/16"],
                "failover": {"customer_gateway": {"ip_address": "203.0.113.20", "bgp_asn": 65020}},
                "cidrs": ["192.168.110.0/24"],
                "reaches": [{"network": "prod"}],
            }
        },
        **EDGE,
        "endpoint_services": {
            "payments": {
                "network": "payments",
                "private_dns_name": "payments.shop.example",
                "consumers": ["prod"],
            }
        },
        "partner_endpoints": {
            "provider": {
                "network": "payments",
                "service_name": "com.amazonaws.vpce.us-east-1.vpce-svc-0c0ffee0c0ffee001",
            }
        },
        "targets": {"sandbox": {"kind": "sandbox"}},
    }
)

FACTS = FleetFacts(FLEET)


# Tier blocks of each network, written out.
BLOCKS = {
    name: {
        "ANY": "0.0.0.0/0",
        "FLEET": "10.0.0.0/8",
        "VPC": f"10.{octet}.0.0/16",
        "PUBLIC": f"10.{octet}.0.0/19",
        "PRIVATE": f"10.{octet}.32.0/19",
        "DATABASE": f"10.{octet}.64.0/19",
    }
    for name, octet in {"dev": 10, "prod": 30, "prod-eu": 31, "payments": 40}.items()
}
