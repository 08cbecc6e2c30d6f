"""Cases of policies/rules/admin_ports.py."""

from __future__ import annotations

from policies.values import UNKNOWN
from tests.policies.cases.base import ANY_PEER, INGRESS, INTERNET, LEGACY, SG_RULE, Case, dev, inline_ssh, ssh

VIOLATIONS: tuple[Case, ...] = (
    Case(INTERNET, "SSH over IPv4", dev, SG_RULE, add=(INGRESS, ssh(cidrIpv4="0.0.0.0/0"))),
    Case(INTERNET, "SSH over IPv6", dev, SG_RULE, add=(INGRESS, ssh(cidrIpv6="::/0"))),
    Case(INTERNET, "SSH from half of IPv4", dev, SG_RULE, add=(INGRESS, ssh(cidrIpv4="128.0.0.0/1"))),
    Case(INTERNET, "SSH from one address", dev, SG_RULE, add=(INGRESS, ssh(cidrIpv4="8.8.8.8/32"))),
    Case(INTERNET, "a block wider than private", dev, SG_RULE, add=(INGRESS, ssh(cidrIpv4="10.0.0.0/7"))),
    Case(INTERNET, "global IPv6", dev, SG_RULE, add=(INGRESS, ssh(cidrIpv6="2001:db8::/32"))),
    Case(INTERNET, "RDP", dev, SG_RULE, add=(INGRESS, ssh(fromPort=3389, toPort=3389, cidrIpv4="0.0.0.0/0"))),
    Case(
        INTERNET,
        "RDP by UDP",
        dev,
        SG_RULE,
        add=(INGRESS, ssh(ipProtocol="udp", fromPort=3000, toPort=4000, cidrIpv4="0.0.0.0/0")),
    ),
    Case(INTERNET, "a range", dev, SG_RULE, add=(INGRESS, ssh(fromPort=0, toPort=1024, cidrIpv4="0.0.0.0/0"))),
    Case(INTERNET, "all protocols", dev, SG_RULE, add=(INGRESS, {"ipProtocol": "-1", "cidrIpv4": "0.0.0.0/0"})),
    Case(INTERNET, "protocol by number", dev, SG_RULE, add=(INGRESS, ssh(ipProtocol="6", cidrIpv4="0.0.0.0/0"))),
    Case(INTERNET, "no CIDR at all", dev, SG_RULE, add=(INGRESS, ssh(cidrIpv4="everybody"))),
    Case(
        INTERNET,
        "legacy rule",
        dev,
        SG_RULE,
        add=(
            LEGACY,
            {
                "type": "ingress",
                "protocol": "tcp",
                "fromPort": 22,
                "toPort": 22,
                "cidrBlocks": ["10.0.0.0/8", "0.0.0.0/0"],
            },
        ),
    ),
    Case(
        INTERNET,
        "legacy rule, IPv6",
        dev,
        SG_RULE,
        add=(LEGACY, {"type": "ingress", "protocol": "all", "ipv6CidrBlocks": ["::/0"]}),
    ),
    Case(INTERNET, "inline", dev, "SecurityGroup", "ecs", inline_ssh(cidrBlocks=["0.0.0.0/0"])),
    Case(INTERNET, "inline, IPv6", dev, "SecurityGroup", "ecs", inline_ssh(ipv6CidrBlocks=["::/0"])),
    Case(INTERNET, "default group", dev, "DefaultSecurityGroup", "default", inline_ssh(cidrBlocks=["0.0.0.0/0"])),
    Case(ANY_PEER, "SSH from inside", dev, SG_RULE, add=(INGRESS, ssh(cidrIpv4="10.10.0.0/16"))),
    Case(ANY_PEER, "SSH from a group", dev, SG_RULE, add=(INGRESS, ssh(referencedSecurityGroupId="ecs-id"))),
    Case(ANY_PEER, "SSH from a prefix list", dev, SG_RULE, add=(INGRESS, ssh(prefixListId="pl-1"))),
    Case(ANY_PEER, "SSH from the group itself", dev, "SecurityGroup", "ecs", inline_ssh(self=True)),
)

UNDECIDED: tuple[Case, ...] = (
    Case(INTERNET, "SSH from whom", dev, SG_RULE, add=(INGRESS, ssh(cidrIpv4=UNKNOWN))),
    Case(
        INTERNET,
        "internet to which port",
        dev,
        SG_RULE,
        add=(INGRESS, ssh(fromPort=UNKNOWN, toPort=UNKNOWN, cidrIpv4="0.0.0.0/0")),
    ),
    Case(
        INTERNET,
        "internet by which protocol",
        dev,
        SG_RULE,
        add=(INGRESS, ssh(ipProtocol=UNKNOWN, cidrIpv4="0.0.0.0/0")),
    ),
    Case(INTERNET, "inline rules", dev, "SecurityGroup", "ecs", {"ingress": UNKNOWN}),
    Case(INTERNET, "one inline rule", dev, "SecurityGroup", "ecs", {"ingress": [UNKNOWN]}),
    Case(
        INTERNET,
        "one address of several",
        dev,
        "SecurityGroup",
        "ecs",
        inline_ssh(cidrBlocks=["10.0.0.0/8", UNKNOWN]),
    ),
    Case(
        ANY_PEER,
        "the last port",
        dev,
        SG_RULE,
        add=(INGRESS, ssh(fromPort=20, toPort=UNKNOWN, cidrIpv4="10.0.0.0/8")),
    ),
    Case(
        ANY_PEER,
        "legacy direction",
        dev,
        SG_RULE,
        add=(
            LEGACY,
            {"type": UNKNOWN, "protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": ["10.0.0.0/8"]},
        ),
    ),
)
