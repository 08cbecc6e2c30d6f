"""AWS WAF: IP sets, web ACLs, associations and logging.

Sources: WAFV2 API reference; pulumi-aws 7 resource documentation; terraform-provider-aws, internal/service/wafv2.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from securecart.sandbox.types.normalise import document, network, unordered
from securecart.sandbox.types.vocabulary import (
    Call,
    Fill,
    Lookup,
    Property,
    Read,
    ResourceType,
    Scope,
    Tagging,
    Update,
    properties,
)
from securecart.sandbox.types.wafv2_rules import filled, same_object, same_rules, told

_GONE = ("WAFNonexistentItemException",)
_IN_USE = ("WAFAssociatedItemException",)
"""On which the real provider tries to delete again: ip_set.go, web_acl.go."""
_NAMED = {"Name": "$name", "Scope": "$scope", "Id": "$itemId"}
_LOCKED = {**_NAMED, "LockToken": "$lockToken"}
_ITEM_ID = {"itemId": ("askedId", "id")}
"""The item's id is Pulumi's id, but importing asks for ID/NAME/SCOPE."""
_SCOPE = "contains({}.ARN, ':global/') && 'CLOUDFRONT' || 'REGIONAL'"
_IMPORT = "{askedId}/{name}/{scope}"
_TAGS = Lookup(Call("ListTagsForResource", {"ResourceARN": "$arn"}), {"tagList": "TagInfoForResource.TagList"})
_TAGGING = Tagging(
    steps=(
        Call("UntagResource", {"ResourceARN": "$arn", "TagKeys": "$removedKeys"}, when="removedKeys"),
        Call("TagResource", {"ResourceARN": "$arn", "Tags": "$addedTags"}, when="addedTags"),
    )
)


def _networks(value: object) -> object:
    listed = value if isinstance(value, Sequence) and not isinstance(value, str) else []
    return unordered([network(item) for item in listed])


IP_SET = ResourceType(
    token="aws:wafv2/ipSet:IpSet",
    service="wafv2",
    properties={
        "name": Property(replace=True, autoname="{name}"),
        **properties("scope ipAddressVersion", replace=True),
        "description": Property(),
        "addresses": Property(normalise=_networks),
    },
    create=(Call("CreateIPSet", Fill(Addresses="$allAddresses", Tags="$tagList")),),
    derived={"allAddresses": lambda scope: scope.get("addresses") or []},
    id="Summary.Id",
    read=Read(
        Call("GetIPSet", _NAMED),
        item="{set: IPSet, token: LockToken}",
        sets={
            "arn": "set.ARN",
            "scope": _SCOPE.format("set"),
            "name": "set.Name",
            "description": "set.Description",
            "addresses": "set.Addresses",
            "ipAddressVersion": "set.IPAddressVersion",
            "lockToken": "token",
        },
        also=(_TAGS,),
    ),
    updates=(
        Update(
            ("description", "addresses"),
            (Call("UpdateIPSet", {**_LOCKED, "Addresses": "$allAddresses", "Description": "$description"}),),
        ),
    ),
    delete=(Call("DeleteIPSet", _LOCKED),),
    tagging=_TAGGING,
    gone=_GONE,
    busy=_IN_USE,
    first_of=_ITEM_ID,
    import_id=_IMPORT,
    found_id="askedId",
    find_first=True,
    unique=("name", "scope"),
)

_BODIES = "customResponseBodies"


def _bodies(scope: Scope) -> object:
    """Return the custom response bodies as AWS has them: a map by key."""
    given = scope.get(_BODIES)
    listed = given if isinstance(given, list) else []
    return {one["key"]: {name: value for name, value in one.items() if name != "key"} for one in listed} or None


def _rules(scope: Scope) -> object:
    """Return the rules, from whichever of the two properties holds them."""
    raw = scope.get("ruleJson")
    return json.loads(raw) if isinstance(raw, str) else scope.get("rules") or []


def _read_acl(item: Mapping[str, object], scope: Scope) -> Mapping[str, object]:
    acl = item["acl"]
    found: Mapping[str, object] = acl if isinstance(acl, Mapping) else {}
    bodies = found.get("CustomResponseBodies")
    listed = bodies.items() if isinstance(bodies, Mapping) else ()
    return {
        "rules": None if scope.get("ruleJson") else told(found.get("Rules") or None),
        _BODIES: [{"key": key, **body} for key, body in listed] or None,
    }


_ACL_SETTINGS = {
    "DefaultAction": "$defaultAction",
    "Description": "$description",
    "Rules": "$allRules",
    "VisibilityConfig": "$visibilityConfig",
    "CustomResponseBodies": "$bodies",
    "CaptchaConfig": "$captchaConfig",
    "ChallengeConfig": "$challengeConfig",
    "TokenDomains": "$tokenDomains",
}
_ACL_IN_PLACE = {
    "description": Property(),
    "defaultAction": Property(normalise=same_object),
    "rules": Property(normalise=same_rules, send=filled),
    "ruleJson": Property(normalise=document, unread=True),
    **properties("visibilityConfig captchaConfig challengeConfig", normalise=same_object),
    **properties(f"tokenDomains {_BODIES}", normalise=unordered),
}

WEB_ACL = ResourceType(
    token="aws:wafv2/webAcl:WebAcl",
    service="wafv2",
    properties={
        "name": Property(replace=True, autoname="{name}"),
        "scope": Property(replace=True),
        **_ACL_IN_PLACE,
    },
    create=(Call("CreateWebACL", {**_ACL_SETTINGS, "Name": "$name", "Scope": "$scope", "Tags": "$tagList"}),),
    derived={"bodies": _bodies, "allRules": _rules},
    id="Summary.Id",
    read=Read(
        Call("GetWebACL", _NAMED),
        item="{acl: WebACL, token: LockToken, url: ApplicationIntegrationURL}",
        sets={
            "arn": "acl.ARN",
            "scope": _SCOPE.format("acl"),
            "name": "acl.Name",
            "capacity": "acl.Capacity",
            "description": "acl.Description",
            "defaultAction": "acl.DefaultAction",
            "visibilityConfig": "acl.VisibilityConfig",
            "captchaConfig": "acl.CaptchaConfig",
            "challengeConfig": "acl.ChallengeConfig",
            "tokenDomains": "acl.TokenDomains",
            "applicationIntegrationUrl": "url",
            "lockToken": "token",
        },
        also=(_TAGS,),
        convert=_read_acl,
    ),
    updates=(Update(tuple(_ACL_IN_PLACE), (Call("UpdateWebACL", {**_ACL_SETTINGS, **_LOCKED}),)),),
    delete=(Call("DeleteWebACL", _LOCKED),),
    tagging=_TAGGING,
    gone=_GONE,
    busy=_IN_USE,
    first_of=_ITEM_ID,
    import_id=_IMPORT,
    found_id="askedId",
    find_first=True,
    unique=("name", "scope"),
)

_PAIR = "{webAclArn},{resourceArn}"

WEB_ACL_ASSOCIATION = ResourceType(
    token="aws:wafv2/webAclAssociation:WebAclAssociation",
    service="wafv2",
    properties=properties("resourceArn webAclArn", replace=True),
    create=(Call("AssociateWebACL", Fill()),),
    id=_PAIR,
    read=Read(
        Call("GetWebACLForResource", {"ResourceArn": "$resourceArn"}),
        item="[WebACL][?ARN==$webAclArn] | [0]",
        sets={"webAclArn": "ARN"},
    ),
    delete=(Call("DisassociateWebACL", {"ResourceArn": "$resourceArn"}),),
    gone=_GONE,
    import_id=_PAIR,
    unique=("resourceArn",),
    find_first=True,
)

WEB_ACL_LOGGING_CONFIGURATION = ResourceType(
    token="aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    service="wafv2",
    properties={
        "resourceArn": Property(replace=True),
        "logDestinationConfigs": Property(replace=True, normalise=unordered),
        **properties("redactedFields loggingFilter", normalise=same_object),
    },
    create=(Call("PutLoggingConfiguration", {"LoggingConfiguration": Fill()}),),
    id="{resourceArn}",
    read=Read(
        Call("GetLoggingConfiguration", {"ResourceArn": "$id"}),
        item="LoggingConfiguration",
    ),
    updates=(
        Update(
            ("redactedFields", "loggingFilter"),
            (Call("PutLoggingConfiguration", {"LoggingConfiguration": Fill()}),),
        ),
    ),
    delete=(Call("DeleteLoggingConfiguration", {"ResourceArn": "$id"}),),
    gone=_GONE,
    unique=("resourceArn",),
)

TYPES = (IP_SET, WEB_ACL, WEB_ACL_ASSOCIATION, WEB_ACL_LOGGING_CONFIGURATION)
