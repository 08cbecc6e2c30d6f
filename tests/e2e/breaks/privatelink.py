"""Breaks of the rules on PrivateLink: services that are offered, and endpoints to services of others."""

from __future__ import annotations

import json

from tests.e2e.broken_programs import Address, Break, change, whole

OFFER = "endpoint-service-payments"
PARTNER = "partner-endpoint-payment-provider"
_SERVICE, _ENDPOINT, _BALANCER = "VpcEndpointService", "VpcEndpoint", "LoadBalancer"
_AT_SERVICE = Address(_SERVICE, "payments")
_POLICY = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "*"}]})

JUDGED: tuple[Break, ...] = (
    change("endpoint-service-listed", OFFER, _SERVICE, "payments", private_dns_name="pay.securecart.example"),
    change("endpoint-service-acceptance", OFFER, _SERVICE, "payments", acceptance_required=False),
    change("endpoint-service-principals", OFFER, _SERVICE, "payments", allowed_principals=["*"]),
    change("endpoint-service-own-load-balancer", OFFER, _SERVICE, "payments", network_load_balancer_arns=[]),
    change(
        "endpoint-service-name-proven",
        OFFER,
        "EndpointServicePrivateDnsVerification",
        "payments",
        _AT_SERVICE,
        service_id="vpce-svc-elsewhere",
    ),
    change("endpoint-service-proofs-alone", OFFER, "Record", "payments", type="CNAME"),
    change(
        "endpoint-service-own-connections",
        OFFER,
        "VpcEndpointConnectionAccepter",
        "prod",
        vpc_endpoint_id="vpce-elsewhere",
    ),
    change(
        "sg-privatelink-rows",
        OFFER,
        "SecurityGroupIngressRule",
        "nlb-in-prod-10.30.32.0_19-443",
        whole(OFFER),
        cidr_ipv4="10.30.32.0/20",
    ),
    change("nlb-before-services-alone", OFFER, _BALANCER, "payments", load_balancer_type="application"),
    change("nlb-internal", OFFER, _BALANCER, "payments", internal=False),
    change(
        "nlb-private-tier",
        OFFER,
        _BALANCER,
        "payments",
        enforce_security_group_inbound_rules_on_private_link_traffic="off",
    ),
    change("nlb-lasting", OFFER, _BALANCER, "payments", enable_cross_zone_load_balancing=False),
    change("nlb-tcp-443", OFFER, "TargetGroup", "payments", port=8443),
    change(
        "privatelink-endpoint-listed",
        PARTNER,
        _ENDPOINT,
        "payment-provider",
        service_name="com.amazonaws.vpce.us-east-1.vpce-svc-0c0ffee0c0ffee002",
    ),
    change("privatelink-endpoint-private-tier", PARTNER, _ENDPOINT, "payment-provider", subnet_ids=["subnet-one"]),
    change("privatelink-endpoint-without-policy", OFFER, _ENDPOINT, "prod", policy=_POLICY),
    change(
        "privatelink-endpoint-private-dns",
        PARTNER,
        "EndpointPrivateDns",
        "payment-provider",
        Address(_ENDPOINT, "payment-provider"),
        private_dns_enabled=False,
    ),
)
