"""Listeners, their rules and further certificates. Sources: ELB API reference; pulumi-aws 7 resource documentation."""

from __future__ import annotations

from collections.abc import Mapping

from securecart.sandbox.types.lb_actions import (
    actions_from_aws,
    actions_to_aws,
    conditions_from_aws,
    conditions_to_aws,
    same_actions,
)
from securecart.sandbox.types.lb_parts import TAGS, TAGS_FOUND, attribute, set_attributes
from securecart.sandbox.types.normalise import unordered
from securecart.sandbox.types.vocabulary import (
    Call,
    Lookup,
    Property,
    Read,
    ResourceType,
    Scope,
    Update,
    properties,
)

_ARN = {"ListenerArn": "$id"}
_ANSWER = "routing.http.response"
_REQUEST = "routing.http.request"
_KEYS = {
    "tcpIdleTimeoutSeconds": "tcp.idle_timeout.seconds",
    "routingHttpRequestXAmznTlsVersionHeaderName": f"{_REQUEST}.x_amzn_tls_version.header_name",
    "routingHttpRequestXAmznTlsCipherSuiteHeaderName": f"{_REQUEST}.x_amzn_tls_cipher_suite.header_name",
    "routingHttpResponseServerEnabled": f"{_ANSWER}.server.enabled",
    "routingHttpResponseStrictTransportSecurityHeaderValue": f"{_ANSWER}.strict_transport_security.header_value",
    "routingHttpResponseContentSecurityPolicyHeaderValue": f"{_ANSWER}.content_security_policy.header_value",
    "routingHttpResponseXContentTypeOptionsHeaderValue": f"{_ANSWER}.x_content_type_options.header_value",
    "routingHttpResponseXFrameOptionsHeaderValue": f"{_ANSWER}.x_frame_options.header_value",
}
"""Attributes of a listener that fit SecureCart's; AWS knows more."""


def _upper(value: object) -> object:
    return str(value).upper() if value is not None else None


def _protocol(scope: Scope) -> object:
    """The protocol: an application load balancer's is HTTP where the program names none, as the provider has it."""
    given, application = scope.get("protocol"), "loadbalancer/app/" in str(scope.get("loadBalancerArn"))
    return _upper(given) or ("HTTP" if application else None)


def _listener(item: Mapping[str, object], scope: Scope) -> Mapping[str, object]:
    return {"defaultActions": actions_from_aws(item.get("DefaultActions"))}


_SENT = {
    "Port": "$port",
    "Protocol": "$knownProtocol",
    "SslPolicy": "$sslPolicy",
    "Certificates": [{"CertificateArn": "$certificateArn!"}],
    "AlpnPolicy": ["$alpnPolicy"],
    "DefaultActions": "$sentActions",
}

LISTENER = ResourceType(
    token="aws:lb/listener:Listener",
    service="elbv2",
    properties={
        "loadBalancerArn": Property(replace=True),
        "defaultActions": Property(normalise=same_actions),
        **properties("port certificateArn alpnPolicy"),
        "protocol": Property(computed=True, normalise=_upper),
        "sslPolicy": Property(computed=True),
        **properties(" ".join(_KEYS), computed=True),
    },
    create=(Call("CreateListener", {"LoadBalancerArn": "$loadBalancerArn", **_SENT, "Tags": "$tagList"}),),
    derived={
        "knownProtocol": _protocol,
        "sentActions": lambda scope: actions_to_aws(scope.get("defaultActions")) or None,
    },
    id="Listeners[0].ListenerArn",
    read=Read(
        Call("DescribeListeners", {"ListenerArns": ["$id"]}),
        item="Listeners[0]",
        sets={
            "arn": "ListenerArn",
            "certificateArn": "Certificates[0].CertificateArn",
            "alpnPolicy": "AlpnPolicy[0]",
        },
        also=(
            Lookup(
                Call("DescribeListenerAttributes", _ARN),
                {name: attribute(key) for name, key in _KEYS.items()},
            ),
            TAGS_FOUND,
        ),
        convert=_listener,
    ),
    updates=(
        Update(
            ("port", "protocol", "sslPolicy", "certificateArn", "alpnPolicy", "defaultActions"),
            (Call("ModifyListener", {**_ARN, **_SENT}),),
        ),
        Update(
            tuple(_KEYS),
            (set_attributes("ModifyListenerAttributes", "ListenerArn", _KEYS, {}),),
            at_create=True,
        ),
    ),
    delete=(Call("DeleteListener", _ARN),),
    tagging=TAGS,
    gone=("ListenerNotFound", "LoadBalancerNotFound"),
)


def _rule(item: Mapping[str, object], scope: Scope) -> Mapping[str, object]:
    return {
        "actions": actions_from_aws(item.get("Actions")),
        "conditions": conditions_from_aws(item.get("Conditions")),
        "listenerArn": str(item["RuleArn"]).replace(":listener-rule/", ":listener/").rpartition("/")[0],
    }


_RULE = {"RuleArn": "$id"}
_RULE_SENT = {"Conditions": "$sentConditions", "Actions": "$sentActions"}
_NEXT = "not_null($priority, sum([not_null(max(Rules[?Priority!='default'].to_number(Priority)), `0`), `1`]))"
"""The given priority, or the next after the highest, which the provider takes when none is given."""

LISTENER_RULE = ResourceType(
    token="aws:lb/listenerRule:ListenerRule",
    service="elbv2",
    properties={
        "listenerArn": Property(replace=True),
        "priority": Property(computed=True),
        "actions": Property(normalise=same_actions),
        "conditions": Property(normalise=unordered),
    },
    before_create=(Lookup(Call("DescribeRules", {"ListenerArn": "$listenerArn"}), {"nextPriority": _NEXT}),),
    create=(
        Call(
            "CreateRule",
            {"ListenerArn": "$listenerArn", "Priority": "$nextPriority", **_RULE_SENT, "Tags": "$tagList"},
        ),
    ),
    derived={
        "sentActions": lambda scope: actions_to_aws(scope.get("actions")),
        "sentConditions": lambda scope: conditions_to_aws(scope.get("conditions")),
    },
    id="Rules[0].RuleArn",
    read=Read(
        Call("DescribeRules", {"RuleArns": ["$id"]}),
        item="Rules[0]",
        sets={"arn": "RuleArn"},
        also=(TAGS_FOUND,),
        convert=_rule,
    ),
    updates=(
        Update(
            ("priority",),
            (Call("SetRulePriorities", {"RulePriorities": [{**_RULE, "Priority": "$priority"}]}),),
        ),
        Update(("actions", "conditions"), (Call("ModifyRule", {**_RULE, **_RULE_SENT}),)),
    ),
    delete=(Call("DeleteRule", _RULE),),
    tagging=TAGS,
    gone=("RuleNotFound", "ListenerNotFound", "LoadBalancerNotFound"),
)

_CERTIFICATE = {"ListenerArn": "$listenerArn", "Certificates": [{"CertificateArn": "$certificateArn"}]}

LISTENER_CERTIFICATE = ResourceType(
    token="aws:lb/listenerCertificate:ListenerCertificate",
    service="elbv2",
    properties=properties("listenerArn certificateArn", replace=True),
    create=(Call("AddListenerCertificates", _CERTIFICATE),),
    id="{listenerArn}_{certificateArn}",
    read=Read(
        Call("DescribeListenerCertificates", {"ListenerArn": "$listenerArn"}),
        item="Certificates[?CertificateArn==$certificateArn && !IsDefault] | [0]",
    ),
    delete=(Call("RemoveListenerCertificates", _CERTIFICATE),),
    gone=("ListenerNotFound",),
    import_id="{listenerArn}_{certificateArn}",
)

TYPES = (LISTENER, LISTENER_RULE, LISTENER_CERTIFICATE)
