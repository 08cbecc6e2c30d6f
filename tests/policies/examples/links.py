"""The stack of a Direct Connect link."""

from __future__ import annotations

from policies.views import Stack
from tests.policies.examples.builder import Builder, Ref
from tests.policies.examples.sites import log_group, site_access, vpn_connection

PARTNER = "192.168.110.0/24"


def direct_connect_stack(*, deployed: bool = False) -> Stack:
    build = Builder("direct-connect-logistics", "network", "us-east-1", deployed)
    connection = build.add("aws:directconnect/connection:Connection", "logistics", location="EqDC2", bandwidth="1Gbps")
    gateway = build.add("aws:directconnect/gateway:Gateway", "logistics", amazonSideAsn="64520")
    build.add(
        "aws:directconnect/privateVirtualInterface:PrivateVirtualInterface",
        "logistics",
        connectionId=Ref(connection),
        dxGatewayId=Ref(gateway),
        vlan=101,
        bgpAsn=65020,
    )
    for network, block in (("prod", "10.30.0.0/16"), ("payments", "10.40.0.0/16")):
        vgw = build.add("aws:ec2/vpnGateway:VpnGateway", network, network, vpcId=build.made(f"vpc-{network}"))
        proposal = build.add(
            "aws:directconnect/gatewayAssociationProposal:GatewayAssociationProposal",
            network,
            network,
            dxGatewayId=Ref(gateway),
            associatedGatewayId=Ref(vgw),
            allowedPrefixes=[block],
        )
        build.add(
            "aws:directconnect/gatewayAssociation:GatewayAssociation",
            network,
            dxGatewayId=Ref(gateway),
            proposalId=Ref(proposal),
            allowedPrefixes=[block],
        )
        log_group(build, f"logistics-{network}")
        vpn_connection(build, f"logistics-{network}", "203.0.113.20", network, vpnGatewayId=Ref(vgw))
        if network == "prod":
            site_access(build, network, PARTNER, "abc", gatewayId=Ref(vgw))
    return build.stack()
