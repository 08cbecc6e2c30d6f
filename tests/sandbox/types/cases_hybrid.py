"""Cases of Direct Connect, Global Accelerator and Shield Advanced."""

from __future__ import annotations

from typing import Any

from tests.sandbox.provider.harness import REGION, Resource, World
from tests.sandbox.types.case import Case, Edit
from tests.sandbox.types.cases_cloudfront import recorded
from tests.sandbox.types.cases_vpn import vpn_gateway

GATEWAY = "aws:directconnect/gateway:Gateway"
_ADDRESS = "192.0.2.20"


def _recorded_edit(name: str, value: object) -> Edit:
    return Edit(lambda world, it: {name: value}, lambda world, it: recorded(world, it)[name], value)


def _recorded_tags() -> Edit:
    return Edit(
        lambda world, it: {"tags": {"Name": "changed"}},
        lambda world, it: recorded(world, it)["tagsAll"],
        {"Name": "changed"},
    )


def _connection_inputs(world: World) -> dict[str, object]:
    return {"name": "office", "bandwidth": "1Gbps", "location": "EqDC2", "tags": {"Name": "office"}}


def connection(world: World) -> str:
    return world.make("aws:directconnect/connection:Connection", _connection_inputs(world)).id


def gateway(world: World) -> str:
    return world.make(GATEWAY, {"name": "hub", "amazonSideAsn": "64700"}).id


def _dx(world: World) -> Any:
    return world.boto("directconnect")


def _connection(world: World, it: Resource) -> Any:
    [found] = _dx(world).describe_connections(connectionId=it.id)["connections"]
    return found if found["connectionState"] != "deleted" else None


def _connection_tags(world: World, it: Resource) -> Any:
    [found] = _dx(world).describe_tags(resourceArns=[it.state["arn"]])["resourceTags"]
    return {tag["key"]: tag["value"] for tag in found["tags"]}


def _interface_inputs(world: World) -> dict[str, object]:
    return {
        "name": "vif",
        "connectionId": connection(world),
        "dxGatewayId": gateway(world),
        "addressFamily": "ipv4",
        "bgpAsn": 65020,
        "vlan": 101,
        "bgpAuthKey": "key",
        "tags": {"Name": "vif"},
    }


def _interface(token: str, further: dict[str, object]) -> Case:
    return Case(
        token=token,
        inputs=_interface_inputs,
        seen=recorded,
        edits=(
            _recorded_edit("mtu", 9001 if further else 8500),
            _recorded_edit("sitelinkEnabled", True),
            _recorded_tags(),
        ),
        replacing={
            "name": "other",
            "connectionId": "dxcon-1",
            "dxGatewayId": "gateway",
            "addressFamily": "ipv6",
            "bgpAsn": 65021,
            "vlan": 102,
            "bgpAuthKey": "other",
            "amazonAddress": "169.254.20.1/30",
            "customerAddress": "169.254.20.2/30",
        },
        equal={"vlan": "101"},
    )


_PREFIXES = ["10.10.0.0/16", "10.20.0.0/16"]
_FURTHER_PREFIXES = ["10.30.0.0/16"]


def _association_inputs(world: World) -> dict[str, object]:
    return {"dxGatewayId": gateway(world), "associatedGatewayId": vpn_gateway(world), "allowedPrefixes": _PREFIXES}


def _accelerator(world: World) -> str:
    return world.make("aws:globalaccelerator/accelerator:Accelerator", {"name": "shop"}).id


def _listener(world: World) -> str:
    inputs = {
        "acceleratorArn": _accelerator(world),
        "protocol": "TCP",
        "portRanges": [{"fromPort": 443, "toPort": 443}],
    }
    return world.make("aws:globalaccelerator/listener:Listener", inputs).id


def _balancer(world: World) -> str:
    account = world.home
    return f"arn:aws:elasticloadbalancing:{REGION}:{account}:loadbalancer/app/shop/{next(world.names):016x}"


def _protection_inputs(world: World) -> dict[str, object]:
    world.boto("shield").create_subscription()  # type: ignore[attr-defined]  # the client's methods are made at run time
    return {"name": "shop", "resourceArn": _balancer(world), "tags": {"Name": "shop"}}


def _shield(world: World) -> Any:
    return world.boto("shield")


def _protection(world: World, it: Resource) -> Any:
    return _shield(world).describe_protection(ProtectionId=it.id)["Protection"]


def _protection_tags(world: World, it: Resource) -> Any:
    found = _shield(world).list_tags_for_resource(ResourceARN=it.state["arn"])["Tags"]
    return {tag["Key"]: tag["Value"] for tag in found}


CASES = (
    Case(
        token="aws:directconnect/connection:Connection",
        inputs=_connection_inputs,
        seen=_connection,
        edits=(
            Edit(
                lambda world, it: {"encryptionMode": "should_encrypt"},
                lambda world, it: _connection(world, it)["encryptionMode"],
                "should_encrypt",
            ),
            Edit(lambda world, it: {"tags": {"Name": "x"}}, _connection_tags, {"Name": "x"}),
        ),
        replacing={
            "name": "other",
            "bandwidth": "10Gbps",
            "location": "EqDC3",
            "providerName": "other",
            "requestMacsec": True,
        },
    ),
    Case(
        token=GATEWAY,
        inputs=lambda world: {"name": "hub", "amazonSideAsn": "64700", "tags": {"Name": "hub"}},
        seen=recorded,
        edits=(_recorded_edit("name", "other"), _recorded_tags()),
        replacing={"amazonSideAsn": "64701"},
    ),
    _interface("aws:directconnect/privateVirtualInterface:PrivateVirtualInterface", {"vpnGatewayId": "vgw-1"}),
    _interface("aws:directconnect/transitVirtualInterface:TransitVirtualInterface", {}),
    Case(
        token="aws:directconnect/bgpPeer:BgpPeer",
        inputs=lambda world: {"virtualInterfaceId": "dxvif-1", "addressFamily": "ipv6", "bgpAsn": 65020},
        seen=recorded,
        replacing={
            "virtualInterfaceId": "dxvif-2",
            "addressFamily": "ipv4",
            "bgpAsn": 65021,
            "amazonAddress": "169.254.20.1/30",
            "customerAddress": "169.254.20.2/30",
            "bgpAuthKey": "key",
        },
    ),
    Case(
        token="aws:directconnect/gatewayAssociation:GatewayAssociation",
        inputs=_association_inputs,
        seen=recorded,
        edits=(_recorded_edit("allowedPrefixes", _FURTHER_PREFIXES),),
        replacing={"dxGatewayId": "other", "associatedGatewayId": "tgw-1", "associatedGatewayOwnerAccountId": "1"},
        equal={"allowedPrefixes": _PREFIXES[::-1]},
    ),
    Case(
        token="aws:directconnect/gatewayAssociationProposal:GatewayAssociationProposal",
        inputs=lambda world: {**_association_inputs(world), "dxGatewayOwnerAccountId": world.other},
        seen=recorded,
        replacing={
            "dxGatewayId": "other",
            "associatedGatewayId": "tgw-1",
            "dxGatewayOwnerAccountId": "1",
            "allowedPrefixes": _FURTHER_PREFIXES,
        },
    ),
    Case(
        token="aws:globalaccelerator/accelerator:Accelerator",
        inputs=lambda world: {"name": "shop", "tags": {"Name": "shop"}},
        seen=recorded,
        edits=(_recorded_edit("enabled", False), _recorded_edit("ipAddressType", "DUAL_STACK"), _recorded_tags()),
        replacing={"ipAddresses": [_ADDRESS]},
    ),
    Case(
        token="aws:globalaccelerator/listener:Listener",
        inputs=lambda world: {
            "acceleratorArn": _accelerator(world),
            "protocol": "TCP",
            "portRanges": [{"fromPort": 443, "toPort": 443}],
        },
        seen=recorded,
        edits=(_recorded_edit("clientAffinity", "SOURCE_IP"),),
        replacing={"acceleratorArn": "arn:aws:globalaccelerator::1:accelerator/other"},
    ),
    Case(
        token="aws:globalaccelerator/endpointGroup:EndpointGroup",
        inputs=lambda world: {
            "listenerArn": _listener(world),
            "endpointGroupRegion": "eu-west-1",
            "endpointConfigurations": [{"endpointId": _balancer(world), "weight": 128}],
            "healthCheckProtocol": "HTTPS",
            "healthCheckPath": "/health",
        },
        seen=recorded,
        edits=(_recorded_edit("trafficDialPercentage", 50), _recorded_edit("healthCheckPort", 443)),
        replacing={"listenerArn": "arn:aws:globalaccelerator::1:listener", "endpointGroupRegion": "us-east-1"},
        equal={"trafficDialPercentage": "100", "thresholdCount": 3},
    ),
    Case(
        token="aws:shield/subscription:Subscription",
        inputs=lambda world: {"skipDestroy": True},
        seen=lambda world, it: _shield(world).describe_subscription()["Subscription"]["AutoRenew"],
        not_imported=frozenset({"skipDestroy"}),
        adopted=True,
    ),
    Case(
        token="aws:shield/protection:Protection",
        inputs=_protection_inputs,
        seen=_protection,
        edits=(Edit(lambda world, it: {"tags": {"Name": "x"}}, _protection_tags, {"Name": "x"}),),
        replacing={"name": "other", "resourceArn": "arn:aws:cloudfront::1:distribution/other"},
    ),
    Case(
        token="aws:shield/protectionHealthCheckAssociation:ProtectionHealthCheckAssociation",
        inputs=lambda world: {"shieldProtectionId": "protection", "healthCheckArn": "arn:aws:route53:::healthcheck/1"},
        seen=recorded,
        replacing={"shieldProtectionId": "other", "healthCheckArn": "arn:aws:route53:::healthcheck/2"},
    ),
)
