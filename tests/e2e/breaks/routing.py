"""Breaks of the rules on accelerators, names with a routing policy, and Shield Advanced."""

from __future__ import annotations

from tests.e2e.broken_programs import Address, Break, change, whole

FAST, NAMES = "accelerator-shop", "records"
_SUBSCRIPTION = "aws:shield/subscription:Subscription"
_FORGETFUL = {"endpoint_id": "arn:aws:elasticloadbalancing:us-east-1:210000000004:loadbalancer/app/prod/1"}

JUDGED: tuple[Break, ...] = (
    change("ga-https-alone", FAST, "Listener", "shop", protocol="UDP"),
    change("ga-client-address-kept", FAST, "EndpointGroup", "shop-prod", endpoint_configurations=[_FORGETFUL]),
    change("ga-regions-listed", FAST, "EndpointGroup", "shop-prod-eu", endpoint_group_region="us-west-2"),
    change("dns-one-kind-of-routing", NAMES, "Record", "shop.us-east-1", weighted_routing_policies=[{"weight": 1}]),
    change("dns-failover-pair", NAMES, "Record", "checkout.secondary", failover_routing_policies=[{"type": "PRIMARY"}]),
    change(
        "dns-some-weight",
        NAMES,
        "Record",
        "release.prod-eu",
        name="alone.securecart.example",
        weighted_routing_policies=[{"weight": 0}],
    ),
    change(
        "dns-geolocation-default", NAMES, "Record", "local.default", geolocation_routing_policies=[{"country": "US"}]
    ),
    change("dns-answers-apart", NAMES, "Record", "shop.eu-west-1", set_identifier="us-east-1"),
    change("dns-answers-checked", NAMES, "Record", "local.continent-EU", health_check_id="elsewhere"),
    change("dns-routed-names-listed", NAMES, "Record", "checkout.primary", name="unlisted.securecart.example"),
    change("health-check-https", NAMES, "HealthCheck", "prod", disabled=True),
    Break("shield-switched-on", FAST, Address("Subscription", "unwanted"), {"skipDestroy": True}, adds=_SUBSCRIPTION),
    Break(
        "shield-subscribed",
        "shield-dev",
        Address("Subscription", "second"),
        {"skipDestroy": True},
        adds=_SUBSCRIPTION,
        blames=whole("shield-dev"),
    ),
    change(
        "shield-protects-all", "shield-network", "Protection", "dns", resource_arn="arn:aws:route53:::healthcheck/1"
    ),
)
"""Breaks of an accelerator's stack, of the records', and of two that a fleet has with Shield Advanced."""
