from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.accounts import DEV, refusal
from tests.sandbox.moto_extensions.conftest import Builder, Network


@pytest.fixture(scope="module")
def network(build: Builder) -> Network:
    return build.network(DEV)


def group(network: Network, name: str) -> str:
    return network.ec2.create_security_group(GroupName=name, Description=name, VpcId=network.vpc)["GroupId"]


def admit(network: Network, group_id: str, **peer: Any) -> str:
    permission = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, **peer}
    answer = network.ec2.authorize_security_group_ingress(GroupId=group_id, IpPermissions=[permission])
    return answer["SecurityGroupRules"][0]["SecurityGroupRuleId"]


def seen(network: Network, rule: str) -> dict[str, Any]:
    answer = network.ec2.describe_security_group_rules(SecurityGroupRuleIds=[rule])
    return answer["SecurityGroupRules"][0]


def peers(network: Network, other: str) -> dict[str, tuple[dict[str, Any], dict[str, str]]]:
    """For each kind of peer, how it is admitted, and how a request to modify the rule names it."""
    [prefix_list, *_] = network.ec2.describe_managed_prefix_lists()["PrefixLists"]
    list_id = prefix_list["PrefixListId"]
    text = {"Description": "first"}
    return {
        "IPv4": ({"IpRanges": [{"CidrIp": "10.0.0.0/8", **text}]}, {"CidrIpv4": "10.0.0.0/9"}),
        "IPv6": ({"Ipv6Ranges": [{"CidrIpv6": "2001:db8::/32", **text}]}, {"CidrIpv6": "2001:db8::/48"}),
        "group": ({"UserIdGroupPairs": [{"GroupId": other, **text}]}, {"ReferencedGroupId": other}),
        "list": ({"PrefixListIds": [{"PrefixListId": list_id, **text}]}, {"PrefixListId": list_id}),
    }


@pytest.mark.parametrize("kind", ["IPv4", "IPv6", "group", "list"])
def test_a_rule_keeps_its_description_and_can_be_modified_whatever_its_peer(network: Network, kind: str) -> None:
    admitted, asked = peers(network, group(network, f"peer-{kind}"))[kind]
    subject = group(network, f"subject-{kind}")
    rule = admit(network, subject, **admitted)
    assert seen(network, rule)["Description"] == "first"
    change = {"IpProtocol": "tcp", "FromPort": 8443, "ToPort": 8443, "Description": "second", **asked}
    network.ec2.modify_security_group_rules(
        GroupId=subject, SecurityGroupRules=[{"SecurityGroupRuleId": rule, "SecurityGroupRule": change}]
    )
    modified = seen(network, rule)
    assert (modified["FromPort"], modified["ToPort"], modified["Description"]) == (8443, 8443, "second")
    [(member, value)] = asked.items()
    shown = modified["ReferencedGroupInfo"]["GroupId"] if kind == "group" else modified[member]
    assert shown == value
    network.ec2.update_security_group_rule_descriptions_ingress(
        GroupId=subject,
        SecurityGroupRuleDescriptions=[{"SecurityGroupRuleId": rule, "Description": "third"}],
    )
    assert seen(network, rule)["Description"] == "third"


def test_a_rules_kind_of_peer_cannot_change(network: Network) -> None:
    subject = group(network, "kind")
    rule = admit(network, subject, IpRanges=[{"CidrIp": "10.0.0.0/8"}])
    change = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIpv6": "2001:db8::/32"}
    code = refusal(
        network.ec2.modify_security_group_rules,
        GroupId=subject,
        SecurityGroupRules=[{"SecurityGroupRuleId": rule, "SecurityGroupRule": change}],
    )
    assert code == "InvalidParameterValue"
    assert seen(network, rule)["CidrIpv4"] == "10.0.0.0/8"


@pytest.mark.parametrize("kind", ["IPv4", "IPv6", "group", "list"])
def test_rules_that_differ_in_their_description_alone_are_duplicates(network: Network, kind: str) -> None:
    subject, other = group(network, f"twice-{kind}"), group(network, f"other-{kind}")
    admitted, _ = peers(network, other)[kind]
    admit(network, subject, **admitted)
    [(member, [peer])] = admitted.items()
    again = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, member: [peer | {"Description": "again"}]}
    code = refusal(network.ec2.authorize_security_group_ingress, GroupId=subject, IpPermissions=[again])
    assert code == "InvalidPermission.Duplicate"


def test_the_default_group_admits_its_members_until_that_is_revoked(build: Builder) -> None:
    network = build.network(DEV)
    filters = [{"Name": "vpc-id", "Values": [network.vpc]}, {"Name": "group-name", "Values": ["default"]}]
    [default] = network.ec2.describe_security_groups(Filters=filters)["SecurityGroups"]
    [rule] = default["IpPermissions"]
    assert rule["IpProtocol"] == "-1"
    assert [pair["GroupId"] for pair in rule["UserIdGroupPairs"]] == [default["GroupId"]]
    network.ec2.revoke_security_group_ingress(GroupId=default["GroupId"], IpPermissions=[rule])
    [emptied] = network.ec2.describe_security_groups(Filters=filters)["SecurityGroups"]
    assert emptied["IpPermissions"] == []
    assert refusal(network.ec2.delete_security_group, GroupId=default["GroupId"]) == "CannotDelete"


def test_a_group_that_another_refers_to_cannot_be_deleted(network: Network) -> None:
    subject, other = group(network, "refers"), group(network, "referred")
    rule = admit(network, subject, UserIdGroupPairs=[{"GroupId": other}])
    assert refusal(network.ec2.delete_security_group, GroupId=other) == "DependencyViolation"
    network.ec2.revoke_security_group_ingress(GroupId=subject, SecurityGroupRuleIds=[rule])
    network.ec2.delete_security_group(GroupId=other)
    assert refusal(network.ec2.describe_security_groups, GroupIds=[other]) == "InvalidGroup.NotFound"
