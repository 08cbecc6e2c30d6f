"""A network's stack."""

from __future__ import annotations

from policies.values import Value
from policies.views import Resource, Stack
from securecart.config.model import Fleet
from tests.policies.examples.builder import Builder, Ref, tags
from tests.policies.examples.fleet import BLOCKS, FLEET
from tests.policies.examples.rows import ACL_ENTRIES, GATEWAY_ENTRIES, GROUP_RULES

_THIRD_OCTETS = {"public": 0, "private": 32, "database": 64}


def network_stack(name: str = "dev", *, deployed: bool = False, fleet: Fleet = FLEET) -> Stack:
    network = fleet.networks[name]
    build = Builder(f"network-{name}", network.account, network.region, deployed, fleet)
    vpc = build.add(
        "aws:ec2/vpc:Vpc",
        name,
        cidrBlock=str(network.cidr),
        defaultNetworkAclId=build.made("acl-default"),
        defaultRouteTableId=build.made("rtb-default"),
    )
    _defaults(build, vpc)
    build.add(
        "aws:ec2/flowLog:FlowLog",
        "flow-log",
        vpcId=Ref(vpc),
        logDestinationType="s3",
        logDestination=f"arn:aws:s3:::securecart-flow-logs-210000000005-{network.region}",
        trafficType="ALL",
    )
    tables = {tier.value: _tier(build, vpc, name, tier.value) for tier in network.tiers}
    if "public" in tables:
        _ways_out(build, vpc, name, tables)
    _groups(build, vpc, name)
    return build.stack()


def _defaults(build: Builder, vpc: Resource) -> None:
    build.add("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "default", vpcId=Ref(vpc), ingress=[], egress=[])
    build.add(
        "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
        "default",
        defaultNetworkAclId=Ref(vpc, "defaultNetworkAclId"),
        ingress=[],
        egress=[],
    )
    build.add(
        "aws:ec2/defaultRouteTable:DefaultRouteTable",
        "default",
        defaultRouteTableId=Ref(vpc, "defaultRouteTableId"),
        routes=[],
    )


def _tier(build: Builder, vpc: Resource, name: str, tier: str) -> list[tuple[Resource, Resource]]:
    network, blocks = build.fleet.networks[name], BLOCKS[name]
    prefix = blocks["VPC"].split(".0.0/")[0]
    pairs = []
    for az in network.azs:
        third = _THIRD_OCTETS[tier] + 4 * "abcdefgh".index(az[-1])
        subnet = build.add(
            "aws:ec2/subnet:Subnet",
            f"{tier}-{az}",
            vpcId=Ref(vpc),
            cidrBlock=f"{prefix}.{third}.0/22",
            mapPublicIpOnLaunch=False,
            tags=tags(tier=tier),
        )
        table = build.add("aws:ec2/routeTable:RouteTable", f"{tier}-{az}", vpcId=Ref(vpc), tags=tags(tier=tier))
        build.add(
            "aws:ec2/routeTableAssociation:RouteTableAssociation",
            f"{tier}-{az}",
            subnetId=Ref(subnet),
            routeTableId=Ref(table),
        )
        pairs.append((subnet, table))
    acl = build.add(
        "aws:ec2/networkAcl:NetworkAcl",
        tier,
        vpcId=Ref(vpc),
        subnetIds=[Ref(subnet) for subnet, _ in pairs],
        tags=tags(tier=tier),
    )
    for number, row_tier, egress, action, ports, peer, nat in (
        *ACL_ENTRIES,
        *(GATEWAY_ENTRIES if name == "payments" else ()),
    ):
        absent = peer.lower() in _THIRD_OCTETS and peer.lower() not in [str(x) for x in network.tiers]
        if row_tier == tier and not absent and not (nat and network.nat == "none"):
            acl_entry(build, f"{tier}-{number}", Ref(acl), number, egress, action, ports, blocks[peer])
    return pairs


def acl_entry(
    build: Builder,
    name: str,
    acl: Ref | Value,
    number: int,
    egress: bool,
    action: str,
    ports: tuple[int, int] | None,
    cidr: str,
    account: str = "",
) -> None:
    first, last = ports or (0, 0)
    build.add(
        "aws:ec2/networkAclRule:NetworkAclRule",
        name,
        account,
        networkAclId=acl,
        ruleNumber=number,
        egress=egress,
        ruleAction=action,
        protocol="tcp" if ports else "-1",
        fromPort=first,
        toPort=last,
        cidrBlock=cidr,
    )


def _ways_out(build: Builder, vpc: Resource, name: str, tables: dict[str, list[tuple[Resource, Resource]]]) -> None:
    igw = build.add("aws:ec2/internetGateway:InternetGateway", name, vpcId=Ref(vpc))
    nats = []
    for index, (subnet, table) in enumerate(tables["public"]):
        build.add(
            "aws:ec2/route:Route",
            f"public-{index}",
            routeTableId=Ref(table),
            destinationCidrBlock="0.0.0.0/0",
            gatewayId=Ref(igw),
        )
        if index and build.fleet.networks[name].nat == "single":
            continue
        eip = build.add("aws:ec2/eip:Eip", f"nat-{index}", allocationId=build.made(f"eipalloc-{index}"))
        nats.append(
            build.add(
                "aws:ec2/natGateway:NatGateway",
                f"nat-{index}",
                allocationId=Ref(eip, "allocationId"),
                subnetId=Ref(subnet),
            )
        )
    for index, (_, table) in enumerate(tables["private"]):
        build.add(
            "aws:ec2/route:Route",
            f"private-{index}",
            routeTableId=Ref(table),
            destinationCidrBlock="0.0.0.0/0",
            natGatewayId=Ref(nats[index % len(nats)]),
        )


def _groups(build: Builder, vpc: Resource, name: str) -> None:
    rows = GROUP_RULES[build.fleet.networks[name].profile.value]
    groups = {
        component: build.add(
            "aws:ec2/securityGroup:SecurityGroup",
            component,
            vpcId=Ref(vpc),
            tags=tags(component=component),
        )
        for component in dict.fromkeys(row[0] for row in rows)
    }
    for component, direction, peer, port in rows:
        kind = f"SecurityGroup{direction.capitalize()}Rule"
        far: dict[str, Value | Ref | list[Ref]] = {}
        if peer.startswith("group:"):
            far["referencedSecurityGroupId"] = Ref(groups[peer.removeprefix("group:")])
        elif peer.startswith("pl-"):
            far["prefixListId"] = peer
        else:
            far["cidrIpv4"] = BLOCKS[name].get(peer, peer)
        build.add(
            f"aws:vpc/s{kind[1:]}:{kind}",
            f"{component}-{direction}-{peer}-{port}",
            securityGroupId=Ref(groups[component]),
            ipProtocol="tcp",
            fromPort=port,
            toPort=port,
            **far,
        )
