"""Extra security group rules that AWS would refuse.

Each case: name, changes to the sound fleet, rule, key path. The line expected ends in ``# HERE``.
"""

from __future__ import annotations

import pytest

from securecart.config.rules.security_groups import SECURITY_GROUP_RULES

MAIL = "{group: ecs, direction: egress, from_port: 25, to_port: 26, cidr: 192.0.2.0/24, description: mail}"


def mail(**changes: object) -> str:
    """The extra security group rule with some keys changed, marked as the line at fault."""
    rule = {
        "group": "ecs",
        "direction": "egress",
        "from_port": 25,
        "to_port": 26,
        "cidr": "192.0.2.0/24",
        "description": "mail",
    }
    return "{" + ", ".join(f"{key}: {value}" for key, value in (rule | changes).items()) + "} # HERE"


SG = "networks.prod.security_group_rules[0]"

CASES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    ("peer with a netmask", [(MAIL, mail(cidr="192.0.2.0/255.255.255.0"))], "sg-rule-cidr", f"{SG}.cidr"),
    ("peer in capitals", [(MAIL, mail(cidr='"2001:DB8::/32"'))], "sg-rule-cidr", f"{SG}.cidr"),
    ("unknown group", [(MAIL, mail(group="esc"))], "sg-rule-group", f"{SG}.group"),
    ("group of another profile", [(MAIL, mail(group="service"))], "sg-rule-group", f"{SG}.group"),
    ("ports in the wrong order", [(MAIL, mail(from_port=30))], "sg-rule-ports", f"{SG}.from_port"),
    ("no port for tcp", [(MAIL, mail(from_port=-1, to_port=-1))], "sg-rule-ports", f"{SG}.from_port"),
    ("ports for all protocols", [(MAIL, mail(protocol='"-1"'))], "sg-rule-ports", f"{SG}.from_port"),
    ("ports for icmp", [(MAIL, mail(protocol="icmp"))], "sg-rule-ports", f"{SG}.from_port"),
    ("peer that is no CIDR", [(MAIL, mail(cidr="mail.example"))], "sg-rule-cidr", f"{SG}.cidr"),
    ("peer with host bits", [(MAIL, mail(cidr="192.0.2.1/24"))], "sg-rule-cidr", f"{SG}.cidr"),
    ("peer with host bits in IPv6", [(MAIL, mail(cidr='"2001:db8::1/64"'))], "sg-rule-cidr", f"{SG}.cidr"),
    ("peer without prefix", [(MAIL, mail(cidr="192.0.2.1"))], "sg-rule-cidr", f"{SG}.cidr"),
    (
        "description AWS refuses",
        [(MAIL, mail(description='"mail <relay>"'))],
        "sg-rule-description",
        f"{SG}.description",
    ),
    (
        "rule twice",
        [(f"- {MAIL}", f"- {MAIL}\n      - {mail(description='again')}")],
        "sg-rule-unique",
        "networks.prod.security_group_rules[1]",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_bad_input_is_refused_with_rule_key_path_and_line(refused, case) -> None:
    _, changes, rule, subject = case
    refused(changes, rule, subject)


def test_every_rule_of_the_table_has_a_case() -> None:
    assert {case[2] for case in CASES} == {rule.id for rule in SECURITY_GROUP_RULES}


@pytest.mark.parametrize("cidr", ["0.0.0.0/0", "::/0"])
def test_ssh_from_the_internet_is_well_formed_and_left_to_the_policy_pack(judged, edited, cidr: str) -> None:
    ssh = mail(direction="ingress", from_port=22, to_port=22, cidr=f'"{cidr}"')
    checked = judged(edited((MAIL, ssh)))
    assert checked.findings == ()
    (rule,) = checked.fleet.networks["prod"].security_group_rules
    assert (rule.cidr, rule.from_port) == (cidr, 22)


def test_all_protocols_and_icmp_take_minus_one_for_both_ports(judged, edited) -> None:
    for protocol in ('"-1"', "icmp"):
        assert judged(edited((MAIL, mail(protocol=protocol, from_port=-1, to_port=-1)))).findings == ()
