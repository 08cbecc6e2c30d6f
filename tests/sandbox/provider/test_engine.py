"""The real Pulumi engine deploys through the provider into moto."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pulumi
import pulumi_aws as aws
import pytest
from pulumi import automation
from pulumi_aws import ec2

from securecart.execute.engine.command import EngineCommand, version_of
from securecart.setup.find import find_engine
from tests.sandbox.provider.harness import Sandbox, World

SECRET = "not for the state file"


class Deployment:
    """One stack of an inline program, with a state file of its own."""

    def __init__(self, sandbox: Sandbox, directory: Path) -> None:
        executable = find_engine()
        assert executable, "no Pulumi engine: run the set-up first"
        environment = {
            "PULUMI_CONFIG_PASSPHRASE": "lives as long as the test",
            "PULUMI_BACKEND_URL": directory.as_uri(),
            "PULUMI_DEBUG_PROVIDERS": f"aws:{sandbox.provider.port}",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }
        options = automation.LocalWorkspaceOptions(
            env_vars=environment,
            work_dir=str(directory),
            pulumi_command=EngineCommand(executable, version_of(executable)),
        )
        self.stack = automation.create_stack("dev", "provider", lambda: None, opts=options)

    def up(self, program: Callable[[], None]) -> automation.UpResult:
        self.stack.workspace.program = program
        return self.stack.up()

    def changes(self, program: Callable[[], None]) -> dict[str, int]:
        self.stack.workspace.program = program
        found = self.stack.preview().change_summary
        return {str(getattr(kind, "value", kind)): count for kind, count in found.items()}


@pytest.fixture
def deployment(sandbox: Sandbox, tmp_path: Path):
    made = Deployment(sandbox, tmp_path)
    yield made
    made.stack.destroy()


def provider(account: str, name: str = "provider") -> aws.Provider:
    return aws.Provider(
        name,
        region="us-east-1",
        assume_roles=[{"role_arn": f"arn:aws:iam::{account}:role/deploy", "external_id": "securecart"}],
        allowed_account_ids=[account],
        default_tags={"tags": {"Project": "securecart"}},
        skip_credentials_validation=True,
        skip_requesting_account_id=True,
    )


def network(account: str, *, cidr: str = "10.0.0.0", **vpc_arguments: object) -> Callable[[], None]:
    def program() -> None:
        opts = pulumi.ResourceOptions(provider=provider(account))
        vpc = ec2.Vpc("vpc", cidr_block=f"{cidr}/16", opts=opts, **vpc_arguments)
        subnet = ec2.Subnet("subnet", vpc_id=vpc.id, cidr_block=f"{cidr}/24", opts=opts)
        table = ec2.RouteTable("table", vpc_id=vpc.id, opts=opts)
        ec2.RouteTableAssociation("uses", subnet_id=subnet.id, route_table_id=table.id, opts=opts)
        pulumi.export("vpc", vpc.id)
        pulumi.export("main", vpc.main_route_table_id)

    return program


def vpc_ids(world: World, account: str) -> set[str]:
    return {vpc["VpcId"] for vpc in world.boto("ec2", account).describe_vpcs()["Vpcs"]}


def test_a_network_is_deployed_seen_changed_replaced_and_destroyed(deployment: Deployment, world: World):
    assert deployment.changes(network(world.home))["create"] == 6
    first = deployment.up(network(world.home))
    vpc_id = first.outputs["vpc"].value
    assert vpc_id in vpc_ids(world, world.home)
    assert first.outputs["main"].value.startswith("rtb-")

    assert deployment.up(network(world.home)).summary.resource_changes == {"same": 6}
    changed = deployment.up(network(world.home, enable_dns_hostnames=True))
    assert changed.summary.resource_changes == {"same": 5, "update": 1}

    replaced = deployment.up(network(world.home, cidr="10.1.0.0"))
    assert replaced.summary.resource_changes["replace"] == 4
    assert vpc_id not in vpc_ids(world, world.home)

    newest = replaced.outputs["vpc"].value
    deployment.stack.destroy()
    assert newest not in vpc_ids(world, world.home)


def test_a_replaced_subnet_goes_once_another_stacks_attachment_has_left_it(deployment: Deployment, world: World):
    old = deployment.up(network(world.home)).outputs["vpc"].value
    ec2 = world.boto("ec2")
    [subnet] = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [old]}])["Subnets"]
    gateway = ec2.create_transit_gateway()["TransitGateway"]["TransitGatewayId"]
    attached = ec2.create_transit_gateway_vpc_attachment(
        TransitGatewayId=gateway, VpcId=old, SubnetIds=[subnet["SubnetId"]]
    )
    named = {"TransitGatewayAttachmentId": attached["TransitGatewayVpcAttachment"]["TransitGatewayAttachmentId"]}
    before, left = vpc_ids(world, world.home), threading.Event()

    def leave() -> None:
        while vpc_ids(world, world.home) <= before:
            time.sleep(0.1)
        time.sleep(4)  # the new network stands by then, and the old subnet's deletion waits
        left.set()
        ec2.delete_transit_gateway_vpc_attachment(**named)

    threading.Thread(target=leave, daemon=True).start()
    replaced = deployment.up(network(world.home, cidr="10.1.0.0"))
    assert left.is_set()
    assert replaced.summary.resource_changes["replace"] == 4
    assert replaced.outputs["vpc"].value in vpc_ids(world, world.home)
    assert old not in vpc_ids(world, world.home)


def test_two_providers_of_one_stack_act_in_two_accounts(deployment: Deployment, world: World):
    def program() -> None:
        for account in (world.home, world.other):
            opts = pulumi.ResourceOptions(provider=provider(account, f"in-{account}"))
            made = ec2.Vpc(f"vpc-{account}", cidr_block="10.0.0.0/16", opts=opts)
            pulumi.export(account, made.id)

    outputs = deployment.up(program).outputs
    assert outputs[world.home].value in vpc_ids(world, world.home)
    assert outputs[world.other].value in vpc_ids(world, world.other)
    assert outputs[world.home].value not in vpc_ids(world, world.other)


def test_a_refresh_sees_drift_and_the_next_up_mends_it(deployment: Deployment, world: World):
    program = network(world.home, enable_dns_hostnames=True)
    vpc_id = deployment.up(program).outputs["vpc"].value
    attribute = {"VpcId": vpc_id, "EnableDnsHostnames": {"Value": False}}
    world.boto("ec2").modify_vpc_attribute(**attribute)
    assert deployment.stack.refresh().summary.resource_changes["update"] == 1
    assert deployment.up(program).summary.resource_changes["update"] == 1
    seen = world.boto("ec2").describe_vpc_attribute(VpcId=vpc_id, Attribute="enableDnsHostnames")
    assert seen["EnableDnsHostnames"]["Value"] is True


def test_an_existing_vpc_is_imported(deployment: Deployment, world: World):
    vpc = world.boto("ec2").create_vpc(CidrBlock="10.7.0.0/16")["Vpc"]["VpcId"]

    def program() -> None:
        opts = pulumi.ResourceOptions(provider=provider(world.home), import_=vpc)
        ec2.Vpc("found", cidr_block="10.7.0.0/16", tags={"Name": "found"}, opts=opts)

    assert deployment.up(program).summary.resource_changes["import"] == 1
    [seen] = world.boto("ec2").describe_vpcs(VpcIds=[vpc])["Vpcs"]
    assert {"Key": "Name", "Value": "found"} in seen["Tags"]


def test_a_secret_input_is_secret_in_the_state(deployment: Deployment, world: World, tmp_path: Path):
    def program() -> None:
        opts = pulumi.ResourceOptions(provider=provider(world.home))
        ec2.Vpc("vpc", cidr_block="10.0.0.0/16", tags={"Name": pulumi.Output.secret(SECRET)}, opts=opts)

    deployment.up(program)
    [stored] = tmp_path.glob(".pulumi/stacks/**/dev.json")
    state = stored.read_text()
    assert "10.0.0.0/16" in state
    assert "ciphertext" in state
    assert SECRET not in state
    [seen] = [vpc for vpc in world.boto("ec2").describe_vpcs()["Vpcs"] if vpc.get("Tags")]
    assert {"Key": "Name", "Value": SECRET} in seen["Tags"]


def test_a_resource_without_a_provider_is_refused(deployment: Deployment):
    def program() -> None:
        ec2.Vpc("vpc", cidr_block="10.0.0.0/16")

    with pytest.raises(automation.CommandError, match="the default aws provider is refused"):
        deployment.up(program)


def test_a_type_that_is_not_declared_is_refused_by_name(deployment: Deployment, world: World):
    def program() -> None:
        opts = pulumi.ResourceOptions(provider=provider(world.home))
        ec2.KeyPair("key", public_key="ssh-ed25519 AAAA", opts=opts)

    with pytest.raises(automation.CommandError, match="aws:ec2/keyPair:KeyPair"):
        deployment.up(program)
