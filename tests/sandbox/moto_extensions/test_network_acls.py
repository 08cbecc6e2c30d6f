from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.accounts import DEV, refusal
from tests.sandbox.moto_extensions.conftest import Builder, Network


@pytest.fixture(scope="module")
def network(build: Builder) -> Network:
    return build.network(DEV)


def entry(acl: str, number: int, **more: Any) -> dict[str, Any]:
    ports = {"PortRange": {"From": 443, "To": 443}}
    base = {"NetworkAclId": acl, "RuleNumber": number, "Egress": False, "Protocol": "6"}
    return base | {"RuleAction": "allow", "CidrBlock": "0.0.0.0/0"} | ports | more


def rules(network: Network, acl: str) -> dict[tuple[int, bool], str]:
    [found] = network.ec2.describe_network_acls(NetworkAclIds=[acl])["NetworkAcls"]
    return {(one["RuleNumber"], one["Egress"]): one["RuleAction"] for one in found["Entries"]}


def test_a_new_acl_denies_everything_by_its_last_rules(network: Network) -> None:
    acl = network.ec2.create_network_acl(VpcId=network.vpc)["NetworkAcl"]["NetworkAclId"]
    assert rules(network, acl) == {(32767, True): "deny", (32767, False): "deny"}


def test_the_last_rules_can_be_neither_made_changed_nor_removed(network: Network) -> None:
    acl = network.ec2.create_network_acl(VpcId=network.vpc)["NetworkAcl"]["NetworkAclId"]
    last = entry(acl, 32767)
    assert refusal(network.ec2.create_network_acl_entry, **last) == "InvalidParameterValue"
    assert refusal(network.ec2.replace_network_acl_entry, **last) == "InvalidParameterValue"
    named = {"NetworkAclId": acl, "RuleNumber": 32767, "Egress": False}
    assert refusal(network.ec2.delete_network_acl_entry, **named) == "InvalidParameterValue"
    assert rules(network, acl)[32767, False] == "deny"


def test_an_entry_can_be_made_replaced_and_removed_once(network: Network) -> None:
    acl = network.ec2.create_network_acl(VpcId=network.vpc)["NetworkAcl"]["NetworkAclId"]
    network.ec2.create_network_acl_entry(**entry(acl, 100))
    code = refusal(network.ec2.create_network_acl_entry, **entry(acl, 100))
    assert code == "NetworkAclEntryAlreadyExists"
    network.ec2.replace_network_acl_entry(**entry(acl, 100, RuleAction="deny"))
    assert rules(network, acl)[100, False] == "deny"
    named = {"NetworkAclId": acl, "RuleNumber": 100, "Egress": False}
    network.ec2.delete_network_acl_entry(**named)
    assert (100, False) not in rules(network, acl)
    assert refusal(network.ec2.delete_network_acl_entry, **named) == "InvalidNetworkAclEntry.NotFound"
    code = refusal(network.ec2.replace_network_acl_entry, **entry(acl, 100))
    assert code == "InvalidNetworkAclEntry.NotFound"


def test_an_acl_that_does_not_exist_is_an_error(network: Network) -> None:
    code = refusal(network.ec2.describe_network_acls, NetworkAclIds=["acl-0123456789abcdef0"])
    assert code == "InvalidNetworkAclID.NotFound"
