"""What holds for resources of any type: preview, tags, drift, failures, records, functions."""

from __future__ import annotations

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2

from securecart.sandbox.provider.service import serve_provider
from securecart.sandbox.provider.values import UNKNOWN, from_struct, to_struct
from securecart.sandbox.types.vocabulary import Call, Property, Read, ResourceType
from tests.sandbox.provider.harness import Engine, Sandbox, World, urn_of

VPC = "aws:ec2/vpc:Vpc"
SUBNET = "aws:ec2/subnet:Subnet"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
DX_GATEWAY = "aws:directconnect/gateway:Gateway"
RECORDED = ResourceType(
    token=DX_GATEWAY,
    service="directconnect",
    properties={"name": Property(replace=True), "amazonSideAsn": Property(replace=True)},
    create=(),
    id="dxgw-{random}",
    read=Read(Call("DescribeDirectConnectGateways"), item="@"),
    formats={"arn": "arn:aws:directconnect::{account}:dx-gateway/{id}", "ownerAccountId": "{account}"},
    recorded="moto has no Direct Connect gateways",
)


def details(call) -> str:
    with pytest.raises(grpc.RpcError) as caught:
        call()
    return caught.value.details()


def test_preview_leaves_unknown_what_aws_will_choose(world: World):
    state = world.at().preview(SUBNET, {"vpcId": UNKNOWN, "cidrBlock": "10.0.0.0/24", "tags": {"A": "1"}})
    assert state["vpcId"] is UNKNOWN
    assert state["arn"] is UNKNOWN
    assert state["availabilityZone"] is UNKNOWN
    assert state["cidrBlock"] == "10.0.0.0/24"
    assert state["tagsAll"] == {"A": "1"}


def test_preview_of_an_update_keeps_what_aws_chose(world: World):
    made = world.make(VPC, {"cidrBlock": "10.0.0.0/16"})
    planned = world.at().update(made, {**made.inputs, "tags": {"Name": UNKNOWN}}, preview=True)
    assert planned.state["arn"] == made.state["arn"]
    assert planned.state["tags"] == {"Name": UNKNOWN}
    [seen] = world.boto("ec2").describe_vpcs(VpcIds=[made.id])["Vpcs"]
    assert not seen.get("Tags")


def test_an_unknown_value_is_a_difference(world: World):
    made = world.make(VPC, {"cidrBlock": "10.0.0.0/16"})
    found = world.at().diff(made, {**made.inputs, "cidrBlock": UNKNOWN})
    assert found.replaces == {"cidrBlock"}


def test_default_tags_are_under_the_resources_own(sandbox: Sandbox, world: World):
    tags = '{"tags": {"Project": "securecart", "Owner": "network"}}'
    engine = Engine(sandbox, world.home, defaultTags=tags)
    made = engine.create(VPC, {"cidrBlock": "10.0.0.0/16", "tags": {"Owner": "edge", "Name": "v"}})
    assert made.state["tagsAll"] == {"Project": "securecart", "Owner": "edge", "Name": "v"}
    assert made.state["tags"] == {"Owner": "edge", "Name": "v"}
    assert not engine.diff(made, made.inputs).changed
    [seen] = world.boto("ec2").describe_vpcs(VpcIds=[made.id])["Vpcs"]
    assert {tag["Key"]: tag["Value"] for tag in seen["Tags"]} == made.state["tagsAll"]
    engine.close()


def test_a_changed_default_tag_is_a_difference_of_tags_all(sandbox: Sandbox, world: World):
    made = world.make(VPC, {"cidrBlock": "10.0.0.0/16", "tags": {"Name": "v"}})
    engine = Engine(sandbox, world.home, defaultTags='{"tags": {"Project": "securecart"}}')
    found = engine.diff(made, made.inputs)
    assert dict(found.detailed) == {'tagsAll["Project"]': "ADD"}
    engine.close()


def test_each_changed_tag_is_told_by_its_key(world: World):
    made = world.make(VPC, {"cidrBlock": "10.0.0.0/16", "tags": {"Name": "v", "Old": "1"}})
    found = world.at().diff(made, {**made.inputs, "tags": {"Name": "w", "New": "1"}})
    assert dict(found.detailed) == {'tags["Name"]': "UPDATE", 'tags["Old"]': "DELETE", 'tags["New"]': "ADD"}


def test_drift_is_seen_and_mended(world: World):
    made = world.make(VPC, {"cidrBlock": "10.0.0.0/16", "enableDnsHostnames": True})
    ec2 = world.boto("ec2")
    ec2.modify_vpc_attribute(VpcId=made.id, EnableDnsHostnames={"Value": False})
    found = world.at().read(made)
    assert found is not None
    assert found.state["enableDnsHostnames"] is False
    assert world.at().diff(found, made.inputs).diffs == {"enableDnsHostnames"}
    world.at().update(found, made.inputs)
    answer = ec2.describe_vpc_attribute(VpcId=made.id, Attribute="enableDnsHostnames")
    assert answer["EnableDnsHostnames"]["Value"] is True


def test_a_rule_added_by_hand_to_a_group_with_inline_rules_is_drift(world: World):
    vpc = world.make(VPC, {"cidrBlock": "10.0.0.0/16"})
    made = world.make(GROUP, {"vpcId": vpc.id, "ingress": [], "egress": []})
    world.boto("ec2").authorize_security_group_ingress(
        GroupId=made.id, IpProtocol="tcp", FromPort=22, ToPort=22, CidrIp="0.0.0.0/0"
    )
    found = world.at().read(made)
    assert found is not None
    assert world.at().diff(found, made.inputs).diffs == {"ingress"}
    world.at().update(found, made.inputs)
    [seen] = world.boto("ec2").describe_security_groups(GroupIds=[made.id])["SecurityGroups"]
    assert seen["IpPermissions"] == []


def test_what_was_deleted_by_hand_is_read_as_gone(world: World):
    made = world.make(VPC, {"cidrBlock": "10.0.0.0/16"})
    world.boto("ec2").delete_vpc(VpcId=made.id)
    assert world.at().read(made) is None
    world.at().delete(made)


def test_an_update_of_what_is_gone_says_so(world: World):
    made = world.make(VPC, {"cidrBlock": "10.0.0.0/16"})
    world.boto("ec2").delete_vpc(VpcId=made.id)
    message = details(lambda: world.at().update(made, {**made.inputs, "enableDnsHostnames": True}))
    assert made.id in message


def test_a_failed_call_names_the_operation_the_place_and_awss_words(world: World):
    message = details(lambda: world.make(SUBNET, {"vpcId": "vpc-00000000", "cidrBlock": "10.0.0.0/24"}))
    assert f"CreateSubnet in account {world.home}, us-east-1: InvalidVpcID.NotFound" in message


def test_a_half_made_resource_is_handed_to_the_engine(world: World):
    vpc = world.make(VPC, {"cidrBlock": "10.0.0.0/16"})
    rule = {"protocol": "tcp", "fromPort": 1, "toPort": 1, "cidrBlocks": ["not-a-network"]}
    inputs, failures = world.at().check(GROUP, {"vpcId": vpc.id, "name": "half", "ingress": [rule]})
    assert not failures
    request = provider_pb2.CreateRequest(urn=urn_of(GROUP, "half"), properties=to_struct(inputs))
    with pytest.raises(grpc.RpcError) as caught:
        world.at().stub.Create(request)
    [group] = [
        found
        for found in world.boto("ec2").describe_security_groups()["SecurityGroups"]
        if found["GroupName"] == "half"
    ]
    [packed] = [value for key, value in caught.value.trailing_metadata() if key == "grpc-status-details-bin"]
    assert group["GroupId"].encode() in packed
    assert b"ErrorResourceInitFailed" in packed


def test_a_replacement_that_cannot_stand_beside_the_old_one_waits_for_it(world: World):
    vpc = world.make(VPC, {"cidrBlock": "10.0.0.0/16"})
    made = world.make(GROUP, {"vpcId": vpc.id, "name": "web", "description": "old"})
    assert world.at().diff(made, {**made.inputs, "description": "new"}).delete_before_replace
    assert not world.at().diff(made, {**made.inputs, "name": "other"}).delete_before_replace


def test_ignored_changes_are_no_difference(world: World):
    made = world.make(VPC, {"cidrBlock": "10.0.0.0/16"})
    request = provider_pb2.DiffRequest(
        urn=made.urn,
        id=made.id,
        olds=to_struct(made.state),
        old_inputs=to_struct(made.inputs),
        news=to_struct({**made.inputs, "enableDnsSupport": False}),
    )
    assert world.at().stub.Diff(request).changes == provider_pb2.DiffResponse.DIFF_SOME
    request.ignoreChanges.append("enableDnsSupport")
    assert world.at().stub.Diff(request).changes == provider_pb2.DiffResponse.DIFF_NONE


def test_importing_by_an_id_of_another_form_tells_the_form(world: World):
    message = details(lambda: world.at().import_("aws:ec2/networkAclRule:NetworkAclRule", "acl-1"))
    assert "{networkAclId}:{ruleNumber}:{protocol}:{egress}" in message


def test_a_recorded_type_is_kept_in_the_store_and_marked(sandbox: Sandbox, world: World):
    server = serve_provider(sandbox.endpoint, types={DX_GATEWAY: RECORDED})
    engine = Engine(Sandbox(sandbox.endpoint, server, sandbox.http), world.home)
    try:
        made = engine.create(DX_GATEWAY, {"name": "dx", "amazonSideAsn": "64512"})
        assert made.state["ownerAccountId"] == world.home
        assert [(entry.id, entry.status) for entry in server.inventory.entries()] == [(made.id, "recorded")]
        assert [(kept.id, kept.account, kept.reason) for kept in server.store.list()] == [
            (made.id, world.home, RECORDED.recorded)
        ]
        assert server.inventory.counts() == {(world.home, "us-east-1", DX_GATEWAY): {"recorded": 1}}
        found = engine.read(made)
        assert found is not None
        assert found.state == made.state
        assert not engine.diff(made, made.inputs).changed
        assert engine.diff(made, {**made.inputs, "name": "other"}).replaces == {"name"}
        engine.delete(made)
        assert engine.read(made) is None
        assert server.store.list() == []
        assert server.inventory.entries() == []
    finally:
        engine.close()
        server.server.stop(grace=0).wait()


def test_the_caller_identity_is_the_providers_account(world: World):
    answer = world.at().stub.Invoke(
        provider_pb2.InvokeRequest(tok="aws:index/getCallerIdentity:getCallerIdentity", args=to_struct({}))
    )
    assert from_struct(getattr(answer, "return"))["accountId"] == world.home


@pytest.mark.parametrize("function", ["getPrefixList", "getManagedPrefixList"])
def test_prefix_lists_are_found_by_name(world: World, function):
    name = "com.amazonaws.us-east-1.s3"
    [listed] = world.boto("ec2").describe_managed_prefix_lists(
        Filters=[{"Name": "prefix-list-name", "Values": [name]}]
    )["PrefixLists"]
    request = provider_pb2.InvokeRequest(tok=f"aws:ec2/{function}:{function}", args=to_struct({"name": name}))
    found = from_struct(getattr(world.at().stub.Invoke(request), "return"))
    assert found["id"] == listed["PrefixListId"]
    assert found["name"] == name


def test_an_unknown_function_is_named(world: World):
    request = provider_pb2.InvokeRequest(tok="aws:ec2/getAmi:getAmi", args=to_struct({}))
    assert "aws:ec2/getAmi:getAmi" in details(lambda: world.at().stub.Invoke(request))


def test_what_the_provider_has_none_of_is_refused_by_name(world: World):
    stub = world.at().stub
    assert "aws:x:Y" in details(lambda: stub.Construct(provider_pb2.ConstructRequest(type="aws:x:Y")))
    assert "aws:x:y" in details(lambda: stub.Call(provider_pb2.CallRequest(tok="aws:x:y")))
    named = provider_pb2.ParameterizeRequest(value=provider_pb2.ParameterizeRequest.ParametersValue(name="other"))
    assert "other" in details(lambda: stub.Parameterize(named))


def test_unknown_tags_are_a_difference_of_the_tags(world: World):
    made = world.make(VPC, {"cidrBlock": "10.0.0.0/16", "tags": {"Name": "v"}})
    found = world.at().diff(made, {**made.inputs, "tags": UNKNOWN})
    assert dict(found.detailed) == {"tags": "UPDATE"}
    one = world.at().diff(made, {**made.inputs, "tags": {"Name": UNKNOWN}})
    assert dict(one.detailed) == {'tags["Name"]': "UPDATE"}
