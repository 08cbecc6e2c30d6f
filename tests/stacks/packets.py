"""A little evaluator of network ACLs and security groups, written from AWS's documentation alone.

It knows nothing of the tables: it reads the rule resources that the stacks registered, as AWS would.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_network

from tests.components.recording import Recording, Registered

ACL_RULE = "aws:ec2/networkAclRule:NetworkAclRule"
GROUP_RULES = {
    "in": "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "out": "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
}
TIER_SLOTS = {"public": 0, "private": 1, "database": 2}


@dataclass(frozen=True)
class Host:
    """An address; on the internet, or in a tier of a network with a component's security group."""

    ip: IPv4Address
    network: str = ""
    tier: str = ""
    component: str = ""


INTERNET = Host(IPv4Address("198.51.100.7"))
OFFICE = Host(IPv4Address("192.168.100.7"))
PARTNER = Host(IPv4Address("192.168.110.7"))
S3 = Host(IPv4Address("52.216.0.1"))
"""One of S3's public addresses: a gateway endpoint is a route, and leaves addresses as they are."""


class Packets:
    """Judges packets by the rules of every stack of a fleet."""

    def __init__(self, fleet, recordings: Mapping[str, Recording]) -> None:
        self.fleet = fleet
        resources = [(name, item) for name, recording in recordings.items() for item in recording.resources]
        self.acl_rules = [(_acl(stack, item), item) for stack, item in resources if item.type == ACL_RULE]
        self.group_rules = [
            (_group(stack, item), item) for stack, item in resources if item.type in GROUP_RULES.values()
        ]
        assert self.acl_rules
        assert self.group_rules

    def host(self, network: str, tier: str, component: str = "", zone: int = 0) -> Host:
        """Return a host in a zone slot of a tier: an eighth of the VPC, and an eighth of that."""
        vpc = ip_network(str(self.fleet.networks[network].cidr))
        eighth = vpc.num_addresses // 8
        return Host(vpc[TIER_SLOTS[tier] * eighth + zone * (eighth // 8) + 10], network, tier, component)

    def acl_lets(self, host: Host, way: str, peer: IPv4Address, port: int) -> bool:
        """Say whether the ACL of a host lets a TCP packet in or out: the lowest matching number decides."""
        if not host.network:
            return True
        rules = [rule for where, rule in self.acl_rules if where == (host.network, host.tier)]
        assert rules, f"{host} stands behind no ACL"
        for rule in sorted(rules, key=lambda item: _number(item, "ruleNumber")):
            if rule.inputs["egress"] is (way == "out") and _matches(rule, peer, port):
                return rule.inputs["ruleAction"] == "allow"
        return False

    def acls_let(self, source: Host, target: Host, port: int) -> bool:
        """Say whether one packet passes both subnets' ACLs."""
        return self.acl_lets(source, "out", target.ip, port) and self.acl_lets(target, "in", source.ip, port)

    def acls_connect(self, client: Host, server: Host, port: int, client_port: int) -> bool:
        """Say whether a connection's packets pass in both directions: ACLs are stateless."""
        return self.acls_let(client, server, port) and self.acls_let(server, client, client_port)

    def groups_let(self, client: Host, server: Host, port: int) -> bool:
        """Say whether both ends' security groups let a connection be opened; replies follow by themselves."""
        return self._group_lets(client, "out", server, port) and self._group_lets(server, "in", client, port)

    def leaves_to_prefix_list(self, client: Host, service: str, port: int) -> bool:
        """Say whether the client's security group lets it out to AWS's prefix list of a service."""
        rules = [rule for where, rule in self.group_rules if where == (client.network, client.component)]
        return any(
            str(rule.inputs.get("prefixListId", "")).endswith(f".{service}")
            and rule.type == GROUP_RULES["out"]
            and _first(rule) <= port <= _last(rule)
            for rule in rules
        )

    def connects(self, client: Host, server: Host, port: int, client_port: int = 50000) -> bool:
        """Say whether a connection works through ACLs and security groups."""
        return self.groups_let(client, server, port) and self.acls_connect(client, server, port, client_port)

    def through_nat(self, client: Host, nat: Host, port: int, client_port: int, nat_port: int) -> Iterator[bool]:
        """Yield the verdict of each ACL that a connection through a NAT gateway and its reply pass.

        The packet names the internet host from the start, and so does the reply to the end: NAT replaces
        only the client's address (VPC user guide, NAT gateways).
        """
        yield self.acl_lets(client, "out", INTERNET.ip, port)
        yield self.acl_lets(nat, "in", client.ip, port)
        yield self.acl_lets(nat, "out", INTERNET.ip, port)
        yield self.acl_lets(nat, "in", INTERNET.ip, nat_port)
        yield self.acl_lets(nat, "out", client.ip, client_port)
        yield self.acl_lets(client, "in", INTERNET.ip, client_port)

    def _group_lets(self, host: Host, way: str, peer: Host, port: int) -> bool:
        if not host.network:
            return True
        rules = [
            rule
            for where, rule in self.group_rules
            if where == (host.network, host.component) and rule.type == GROUP_RULES[way]
        ]
        return any(_first(rule) <= port <= _last(rule) and _names(rule, host, peer) for rule in rules)


def _acl(stack: str, rule: Registered) -> tuple[str, str]:
    """Return network and tier of the ACL that a rule belongs to, own or of another stack."""
    ident = str(rule.inputs["networkAclId"])
    if ident.startswith("NetworkAcl/"):
        return stack.removeprefix("network-"), ident.removeprefix("NetworkAcl/")
    owner, _, tier = ident.partition(".network_acl_ids.")
    return owner.removeprefix("network-"), tier


def _group(stack: str, rule: Registered) -> tuple[str, str]:
    """Return network and component of the group that a rule belongs to, own or of another stack."""
    ident = str(rule.inputs["securityGroupId"])
    if ident.startswith("SecurityGroup/"):
        return stack.removeprefix("network-"), ident.removeprefix("SecurityGroup/")
    owner, _, component = ident.partition(".security_group_ids.")
    return owner.removeprefix("network-"), component


def _matches(rule: Registered, peer: IPv4Address, port: int) -> bool:
    if peer not in ip_network(str(rule.inputs["cidrBlock"])):
        return False
    return rule.inputs["protocol"] == "-1" or _first(rule) <= port <= _last(rule)


def _names(rule: Registered, host: Host, peer: Host) -> bool:
    """Say whether a group rule means a peer: by block, or by a group of the same network."""
    if cidr := rule.inputs.get("cidrIpv4"):
        return peer.ip in ip_network(str(cidr))
    group = str(rule.inputs.get("referencedSecurityGroupId", ""))
    return bool(group) and peer.network == host.network and group == f"SecurityGroup/{peer.component}"


def _first(rule: Registered) -> float:
    return _number(rule, "fromPort")


def _last(rule: Registered) -> float:
    return _number(rule, "toPort")


def _number(rule: Registered, key: str) -> float:
    """Return a number, which the engine's protocol carries as a float."""
    value = rule.inputs[key]
    assert isinstance(value, float)
    return value
