"""CloudWatch Logs: deliveries of other services' logs, from a source to a destination.

Sources: CloudWatch Logs API reference; pulumi-aws 7 resource documentation; terraform-provider-aws,
internal/service/logs/delivery*.go.
"""

from __future__ import annotations

from collections.abc import Mapping

from securecart.sandbox.types.normalise import document, unordered
from securecart.sandbox.types.vocabulary import (
    Aws,
    Call,
    Fill,
    Property,
    Read,
    ReadHook,
    ResourceType,
    Scope,
    Tagging,
    Update,
    properties,
)

_GONE = ("ResourceNotFoundException",)
_CONFIGURATION = "deliveryDestinationConfiguration"


def _arn(aws: Aws, scope: Scope, kind: str) -> str:
    return f"arn:aws:logs:{aws.region}:{aws.account}:{kind}:{scope['id']}"


def _tagging(kind: str) -> Tagging:
    """Change the tags, which are a map here, of the thing that has this kind in its ARN."""

    def change(aws: Aws, scope: Scope) -> None:
        added, removed = scope.get("addedTags"), scope.get("removedKeys")
        if removed:
            aws.call("UntagResource", {"resourceArn": _arn(aws, scope, kind), "tagKeys": removed})
        if isinstance(added, list) and added:
            tags = {one["Key"]: one["Value"] for one in added}
            aws.call("TagResource", {"resourceArn": _arn(aws, scope, kind), "tags": tags})

    return Tagging(steps=(change,), at_create=True)


def _reading(operation: str, key: str, member: str, kind: str) -> ReadHook:
    """Read what an operation finds, with its tags, which AWS tells apart.

    Args:
        operation: The operation that describes one.
        key: The parameter that takes the id.
        member: The answer's member.
        kind: Its kind in its ARN.
    """

    def read(aws: Aws, scope: Scope) -> Mapping[str, object] | None:
        found = aws.call(operation, {key: scope["id"]})[member]
        whole = {key: value for key, value in found.items() if key != "tags"} if isinstance(found, Mapping) else {}
        tags = aws.call("ListTagsForResource", {"resourceArn": _arn(aws, scope, kind)})["tags"]
        pairs = tags.items() if isinstance(tags, Mapping) else ()
        sources = whole.get("resourceArns")
        first = {"resourceArn": sources[0]} if isinstance(sources, list) else {}
        return {**whole, **first, "tagList": [{"Key": name, "Value": value} for name, value in pairs]}

    return read


SOURCE = ResourceType(
    token="aws:cloudwatch/logDeliverySource:LogDeliverySource",
    service="logs",
    properties=properties("name logType resourceArn", replace=True),
    create=(Call("PutDeliverySource", Fill()),),
    id="{name}",
    read=_reading("GetDeliverySource", "name", "deliverySource", "delivery-source"),
    delete=(Call("DeleteDeliverySource", {"name": "$id"}),),
    tagging=_tagging("delivery-source"),
    gone=_GONE,
    unique=("name",),
    find_first=True,
)


def _service_differs(old: object, new: object) -> bool:
    """Whether a destination is of another service, or may be: then it is another destination."""

    def service(value: object) -> object:
        arn = value.get("destinationResourceArn") if isinstance(value, Mapping) else None
        return arn.split(":")[2] if isinstance(arn, str) else arn

    return not isinstance(service(new), str) or service(old) != service(new)


DESTINATION = ResourceType(
    token="aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
    service="logs",
    properties={
        **properties("name outputFormat", replace=True),
        "deliveryDestinationType": Property(replace=True, computed=True),
        _CONFIGURATION: Property(replace_when=_service_differs),
    },
    create=(Call("PutDeliveryDestination", Fill()),),
    id="{name}",
    read=_reading("GetDeliveryDestination", "name", "deliveryDestination", "delivery-destination"),
    updates=(
        Update(
            (_CONFIGURATION,), (Call("PutDeliveryDestination", {"name": "$id", _CONFIGURATION: f"${_CONFIGURATION}"}),)
        ),
    ),
    delete=(Call("DeleteDeliveryDestination", {"name": "$id"}),),
    tagging=_tagging("delivery-destination"),
    gone=_GONE,
    unique=("name",),
    find_first=True,
)

DESTINATION_POLICY = ResourceType(
    token="aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy",
    service="logs",
    properties={
        "deliveryDestinationName": Property(replace=True),
        "deliveryDestinationPolicy": Property(normalise=document),
    },
    create=(Call("PutDeliveryDestinationPolicy", Fill()),),
    id="{deliveryDestinationName}",
    read=Read(
        Call("GetDeliveryDestinationPolicy", {"deliveryDestinationName": "$id"}),
        item="policy.deliveryDestinationPolicy && policy",
    ),
    updates=(Update(("deliveryDestinationPolicy",), (Call("PutDeliveryDestinationPolicy", Fill()),)),),
    delete=(Call("DeleteDeliveryDestinationPolicy", {"deliveryDestinationName": "$id"}),),
    gone=_GONE,
    import_id="{deliveryDestinationName}",
    unique=("deliveryDestinationName",),
)

DELIVERY = ResourceType(
    token="aws:cloudwatch/logDelivery:LogDelivery",
    service="logs",
    properties={
        **properties("deliverySourceName deliveryDestinationArn", replace=True),
        "recordFields": Property(computed=True, normalise=unordered),
    },
    create=(Call("CreateDelivery", Fill()),),
    id="delivery.id",
    read=_reading("GetDelivery", "id", "delivery", "delivery"),
    updates=(
        Update(
            ("recordFields",),
            (Call("UpdateDeliveryConfiguration", {"id": "$id", "recordFields": "$recordFields"}),),
        ),
    ),
    delete=(Call("DeleteDelivery", {"id": "$id"}),),
    tagging=_tagging("delivery"),
    gone=_GONE,
    unique=("deliverySourceName",),
    find_first=True,
)

TYPES = (SOURCE, DESTINATION, DESTINATION_POLICY, DELIVERY)
