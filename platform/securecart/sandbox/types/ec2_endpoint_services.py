"""What an account offers by PrivateLink, to whom, and whom it accepts.

Sources: EC2 API reference; AWS PrivateLink guide; pulumi-aws 7 resource documentation.
"""

from __future__ import annotations

from collections.abc import Mapping

from securecart.sandbox.types.ec2_tags import EC2_TAGS, with_tags
from securecart.sandbox.types.normalise import unordered
from securecart.sandbox.types.vocabulary import (
    Aws,
    Call,
    Lookup,
    Property,
    Read,
    ResourceType,
    Scope,
    Update,
    properties,
)

_GONE = ("InvalidVpcEndpointServiceId.NotFound", "InvalidVpcEndpointService.NotFound")
_DESCRIBE = Call("DescribeVpcEndpointServiceConfigurations", {"ServiceIds": ["$id"]})


def _lists(scope: Scope, name: str) -> tuple[list[str], list[str]]:
    """What joins a list, and what leaves it."""
    old = scope.get("old")
    before = old.get(name) if isinstance(old, Mapping) else None
    had, wanted = (set(map(str, value)) if isinstance(value, list) else set() for value in (before, scope.get(name)))
    return sorted(wanted - had), sorted(had - wanted)


def _change(aws: Aws, scope: Scope) -> None:
    """Change what the service is: AWS takes the load balancers that join and leave."""
    added, removed = _lists(scope, "networkLoadBalancerArns")
    params: dict[str, object] = {"ServiceId": scope["id"], "AcceptanceRequired": scope["acceptanceRequired"]}
    params |= {"AddNetworkLoadBalancerArns": added} if added else {}
    params |= {"RemoveNetworkLoadBalancerArns": removed} if removed else {}
    params |= {"PrivateDnsName": scope["privateDnsName"]} if scope.get("privateDnsName") else {}
    aws.call("ModifyVpcEndpointServiceConfiguration", params)


def _allow(aws: Aws, scope: Scope) -> None:
    """Allow the principals that are new, and no longer those that are not named."""
    added, removed = _lists(scope, "allowedPrincipals")
    params: dict[str, object] = {"AddAllowedPrincipals": added} if added else {}
    params |= {"RemoveAllowedPrincipals": removed} if removed else {}
    aws.call("ModifyVpcEndpointServicePermissions", {"ServiceId": scope["id"], **params})


def _service(item: Mapping[str, object], scope: Scope) -> Mapping[str, object]:
    """Properties whose form differs from AWS's."""
    found = item.get("PrivateDnsNameConfiguration")
    configuration = [found] if isinstance(found, Mapping) and found.get("State") else []
    return {"privateDnsNameConfigurations": configuration}


VPC_ENDPOINT_SERVICE = ResourceType(
    token="aws:ec2/vpcEndpointService:VpcEndpointService",
    service="ec2",
    properties={
        "acceptanceRequired": Property(),
        "networkLoadBalancerArns": Property(normalise=unordered),
        "allowedPrincipals": Property(computed=True, normalise=unordered),
        "privateDnsName": Property(computed=True),
    },
    create=(
        Call(
            "CreateVpcEndpointServiceConfiguration",
            {
                "AcceptanceRequired": "$acceptanceRequired",
                "NetworkLoadBalancerArns": "$networkLoadBalancerArns",
                "PrivateDnsName": "$privateDnsName",
                "TagSpecifications": with_tags("vpc-endpoint-service"),
            },
        ),
    ),
    id="ServiceConfiguration.ServiceId",
    read=Read(
        _DESCRIBE,
        item="ServiceConfigurations[?!contains(['Deleted', 'Deleting'], ServiceState)] | [0]",
        sets={
            "state": "ServiceState",
            "serviceType": "ServiceType[0].ServiceType",
            "supportedRegions": "SupportedRegions[].Region",
        },
        also=(
            Lookup(
                Call("DescribeVpcEndpointServicePermissions", {"ServiceId": "$id"}),
                {"allowedPrincipals": "AllowedPrincipals[].Principal"},
            ),
        ),
        convert=_service,
    ),
    updates=(
        Update(("acceptanceRequired", "networkLoadBalancerArns", "privateDnsName"), (_change,)),
        Update(("allowedPrincipals",), (_allow,), at_create=True),
    ),
    delete=(
        Call(
            "DeleteVpcEndpointServiceConfigurations",
            {"ServiceIds": ["$id"]},
            fails="Unsuccessful[0].Error.Message",
        ),
    ),
    tagging=EC2_TAGS,
    chosen=("supportedIpAddressTypes", "supportedRegions"),
    formats={"arn": "arn:aws:ec2:{region}:{account}:vpc-endpoint-service/{id}"},
    gone=_GONE,
    exactly_one=(("networkLoadBalancerArns",),),
    find_first=True,
)


def _permit(member: str) -> Call:
    params = {"ServiceId": "$vpcEndpointServiceId", member: ["$principalArn"]}
    return Call("ModifyVpcEndpointServicePermissions", params)


ALLOWED_PRINCIPAL = ResourceType(
    token="aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple",
    service="ec2",
    properties=properties("vpcEndpointServiceId principalArn", replace=True),
    create=(_permit("AddAllowedPrincipals"),),
    id="{vpcEndpointServiceId}_{principalArn}",
    read=Read(
        Call("DescribeVpcEndpointServicePermissions", {"ServiceId": "$vpcEndpointServiceId"}),
        item="AllowedPrincipals[?Principal==$principalArn] | [0]",
    ),
    delete=(_permit("RemoveAllowedPrincipals"),),
    gone=_GONE,
    import_id="{vpcEndpointServiceId}_{principalArn}",
)

_CONNECTION = {"ServiceId": "$vpcEndpointServiceId", "VpcEndpointIds": ["$vpcEndpointId"]}

CONNECTION_ACCEPTER = ResourceType(
    token="aws:ec2/vpcEndpointConnectionAccepter:VpcEndpointConnectionAccepter",
    service="ec2",
    properties=properties("vpcEndpointServiceId vpcEndpointId", replace=True),
    create=(Call("AcceptVpcEndpointConnections", _CONNECTION, fails="Unsuccessful[0].Error.Message"),),
    id="{vpcEndpointServiceId}_{vpcEndpointId}",
    read=Read(
        Call(
            "DescribeVpcEndpointConnections",
            {"Filters": [{"Name": "service-id", "Values": ["$vpcEndpointServiceId"]}]},
        ),
        item="VpcEndpointConnections[?VpcEndpointId==$vpcEndpointId && VpcEndpointState=='available'] | [0]",
    ),
    delete=(Call("RejectVpcEndpointConnections", _CONNECTION),),
    gone=_GONE,
    import_id="{vpcEndpointServiceId}_{vpcEndpointId}",
)

PRIVATE_DNS_VERIFICATION = ResourceType(
    token="aws:vpc/endpointServicePrivateDnsVerification:EndpointServicePrivateDnsVerification",
    service="ec2",
    properties={"serviceId": Property(replace=True), "waitForVerification": Property(local=True)},
    create=(Call("StartVpcEndpointServicePrivateDnsVerification", {"ServiceId": "$serviceId"}),),
    id="{serviceId}",
    read=Read(
        Call("DescribeVpcEndpointServiceConfigurations", {"ServiceIds": ["$serviceId"]}),
        item="ServiceConfigurations[0]",
    ),
    gone=_GONE,
    import_id="{serviceId}",
)

TYPES = (VPC_ENDPOINT_SERVICE, ALLOWED_PRINCIPAL, CONNECTION_ACCEPTER, PRIVATE_DNS_VERIFICATION)
