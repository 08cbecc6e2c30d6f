"""Cases of policies/rules/accelerators.py."""

from __future__ import annotations

from policies.values import UNKNOWN
from policies.views import Stack
from tests.policies import examples
from tests.policies.cases.base import Case, dev


def fast() -> Stack:
    return examples.accelerator_stack(deployed=True)


_ACCELERATOR = "aws:globalaccelerator/accelerator:Accelerator"
_CUSTOM = "aws:globalaccelerator/customRoutingAccelerator:CustomRoutingAccelerator"
_GROUP = "aws:globalaccelerator/endpointGroup:EndpointGroup"
_HTTP = {"fromPort": 80, "toPort": 80}
_HTTPS = {"fromPort": 443, "toPort": 443}
_OWN = {"endpointId": "alb-us", "clientIpPreservationEnabled": True}

VIOLATIONS: tuple[Case, ...] = (
    Case("ga-https-alone", "UDP", fast, "Listener", props={"protocol": "UDP"}),
    Case("ga-https-alone", "80 too", fast, "Listener", props={"portRanges": [_HTTPS, _HTTP]}),
    Case("ga-https-alone", "a range", fast, "Listener", props={"portRanges": [{"fromPort": 443, "toPort": 8443}]}),
    Case("ga-https-alone", "no port", fast, "Listener", drop=("portRanges",)),
    Case(
        "ga-client-address-kept",
        "not kept",
        fast,
        "EndpointGroup",
        "go-us",
        {"endpointConfigurations": [{"endpointId": "alb-us", "clientIpPreservationEnabled": False}]},
    ),
    Case(
        "ga-client-address-kept",
        "not by default",
        fast,
        "EndpointGroup",
        "go-us",
        {"endpointConfigurations": [{"endpointId": "alb-us"}]},
    ),
    Case("ga-client-address-kept", "two", fast, "EndpointGroup", "go-us", {"endpointConfigurations": [_OWN, _OWN]}),
    Case("ga-client-address-kept", "none", fast, "EndpointGroup", "go-us", drop=("endpointConfigurations",)),
    Case("ga-regions-listed", "one less", fast, "EndpointGroup", "go-eu", remove=True),
    Case("ga-regions-listed", "elsewhere", fast, "EndpointGroup", "go-eu", {"endpointGroupRegion": "us-west-2"}),
    Case(
        "ga-regions-listed",
        "one twice",
        fast,
        "EndpointGroup",
        "go-eu",
        add=(_GROUP, {"endpointGroupRegion": "us-east-1"}),
    ),
    Case("ga-regions-listed", "a second accelerator", fast, "Accelerator", add=(_ACCELERATOR, {})),
    Case("ga-regions-listed", "in a network's stack", dev, "Vpc", add=(_ACCELERATOR, {})),
    Case("ga-regions-listed", "with routing of its own", fast, "Accelerator", add=(_CUSTOM, {})),
)

UNDECIDED: tuple[Case, ...] = (
    Case("ga-https-alone", "the protocol", fast, "Listener", props={"protocol": UNKNOWN}),
    Case("ga-https-alone", "the ports", fast, "Listener", props={"portRanges": UNKNOWN}),
    Case("ga-https-alone", "a port", fast, "Listener", props={"portRanges": [{"fromPort": 443, "toPort": UNKNOWN}]}),
    Case("ga-client-address-kept", "all", fast, "EndpointGroup", "go-us", {"endpointConfigurations": UNKNOWN}),
    Case("ga-client-address-kept", "one", fast, "EndpointGroup", "go-us", {"endpointConfigurations": [UNKNOWN]}),
    Case("ga-regions-listed", "a region", fast, "EndpointGroup", "go-us", {"endpointGroupRegion": UNKNOWN}),
)
