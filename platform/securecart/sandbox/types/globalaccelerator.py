"""Global Accelerator, which moto does not have: all of it is recorded.

Sources: Global Accelerator API reference; pulumi-aws 7 resource documentation; terraform-provider-aws,
internal/service/globalaccelerator. The calls are never made: they tell which values AWS knows.
"""

from __future__ import annotations

from securecart.sandbox.types.normalise import compact, unordered
from securecart.sandbox.types.vocabulary import (
    Call,
    Fill,
    Property,
    Read,
    ResourceType,
    Tagging,
    Update,
    properties,
)

_NO_API = "moto has no Global Accelerator"
_NEVER_READ = Read(Call("ListAccelerators"), item="@")
_ZONE = "Z2BJ6XQ5FK7U4H"
"""The hosted zone of every accelerator (Route 53 API, AliasTarget)."""
_TAGS = Tagging(steps=(Call("TagResource", {"ResourceArn": "$id", "Tags": "$addedTags"}),))

_ACCELERATOR = {
    "name": Property(autoname="{name}"),
    "ipAddressType": Property(default="IPV4"),
    "enabled": Property(default=True),
    "attributes": Property(normalise=compact),
}

ACCELERATOR = ResourceType(
    token="aws:globalaccelerator/accelerator:Accelerator",
    service="globalaccelerator",
    properties={**_ACCELERATOR, "ipAddresses": Property(replace=True)},
    create=(Call("CreateAccelerator", Fill()),),
    id="arn:aws:globalaccelerator::{account}:accelerator/{random}",
    read=_NEVER_READ,
    updates=(Update(tuple(_ACCELERATOR), ()),),
    tagging=_TAGS,
    formats={"arn": "{id}", "dnsName": "{name}.awsglobalaccelerator.com", "hostedZoneId": _ZONE},
    recorded=_NO_API,
)

_LISTENER = {
    "protocol": Property(),
    "portRanges": Property(normalise=unordered),
    "clientAffinity": Property(default="NONE"),
}

LISTENER = ResourceType(
    token="aws:globalaccelerator/listener:Listener",
    service="globalaccelerator",
    properties={"acceleratorArn": Property(replace=True), **_LISTENER},
    create=(Call("CreateListener", Fill()),),
    id="{acceleratorArn}/listener/{random}",
    read=_NEVER_READ,
    updates=(Update(tuple(_LISTENER), ()),),
    formats={"arn": "{id}"},
    recorded=_NO_API,
)

_GROUP = {
    "endpointConfigurations": Property(normalise=unordered),
    "portOverrides": Property(normalise=unordered),
    "healthCheckIntervalSeconds": Property(default=30),
    "healthCheckProtocol": Property(default="TCP"),
    "thresholdCount": Property(default=3),
    "trafficDialPercentage": Property(default=100),
    **properties("healthCheckPath healthCheckPort", computed=True),
}

ENDPOINT_GROUP = ResourceType(
    token="aws:globalaccelerator/endpointGroup:EndpointGroup",
    service="globalaccelerator",
    properties={
        "listenerArn": Property(replace=True),
        "endpointGroupRegion": Property(replace=True, computed=True),
        **_GROUP,
    },
    create=(Call("CreateEndpointGroup", Fill()),),
    id="{listenerArn}/endpoint-group/{random}",
    read=_NEVER_READ,
    updates=(Update(tuple(_GROUP), ()),),
    formats={"arn": "{id}"},
    unique=("listenerArn", "endpointGroupRegion"),
    recorded=_NO_API,
)

TYPES = (ACCELERATOR, LISTENER, ENDPOINT_GROUP)
